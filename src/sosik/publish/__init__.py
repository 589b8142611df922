"""An edition projected into a directory, and the one place that says what a document answers, whoever serves it."""

"""Worker processes: each task is a named function from values to values."""

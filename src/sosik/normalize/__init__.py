"""A file of content/ to an entry: text, times, identity, addresses, HTML and pictures for feeds.

`entry.normalize` is the public function. It is pure except for the given pictures, and never raises for the content of
a file. The result is an `Entry`, a `Withdrawal` or neither, with all problems of the file.

The package imports nothing: most builds read no article and need only the name of a page.
"""

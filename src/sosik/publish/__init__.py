"""Writes an edition to a directory, and defines the response of every document, for all servers."""

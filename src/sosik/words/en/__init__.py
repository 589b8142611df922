"""Contains the English texts: a file for each room, with the text of every message by its identifier."""

"""Korean: a file for each room of the house, with the text of every message by its identifier."""

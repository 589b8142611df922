"""The Korean texts: a module for each package, with the text of every message by its identifier."""

"""Processes that work beside this one: what a room lets them do is a function that it names, from values to values."""

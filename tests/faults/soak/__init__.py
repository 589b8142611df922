"""A bad day in minutes: a newsroom that never rests, clients of every kind, and a book that judges what they hear."""

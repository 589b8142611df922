"""What was ever published: an id never changes, published never moves, what is held keeps its last good version."""

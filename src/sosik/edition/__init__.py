"""Editions: a pure function of entries, definitions, feed state and the time. Queues the announcements."""

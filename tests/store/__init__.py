"""What every store does, whichever database keeps it: in a file, in memory, and for a dry run over a file.

A store in another database is one more row of `STORES`; nothing else here knows where the rows lie.
"""

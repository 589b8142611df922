"""The edition before, taken from the feeds that were published: for a machine that has lost the store.

The JSON feeds, with their archives, tell which entries readers have; the Atom documents beside them tell the feeds'
ids and `updated`. What is recalled stands in the ledger as if it had been published from here. Texts are not recalled:
an entry that is held back has no last good version until it was good once.

Nothing is imported here: most builds have the store, and need none of it but what is left beside the feeds.
"""

"""Recovers the previous edition from the published feeds, for a machine without the store.

The JSON feeds and their archives give the published entries; the Atom documents give the ids and `updated` of the
feeds. The recovered entries are in the ledger as if published from this machine. Texts are not recovered: an entry that
is held back has no last good version until it is valid once.

The package imports nothing: most builds have the store and need only `published.json`.
"""

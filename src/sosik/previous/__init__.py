"""The edition before, taken from the feeds that were published: for a machine that has lost the store.

The JSON feeds, with their archives, tell which entries readers have; the Atom documents beside them tell the feeds'
ids and `updated`. What is recalled stands in the ledger as if it had been published from here. Texts are not recalled:
an entry that is held back has no last good version until it was good once.
"""

from sosik.previous.described import META as DESCRIBED
from sosik.previous.memory import BEGINNING, Written, describe, state_of_memory, written_memory
from sosik.previous.memory import NAME as MEMORY_NAME
from sosik.previous.news import Left, brought_up
from sosik.previous.recall import NOTHING, Previous, read_previous, recall

__all__ = [
    "BEGINNING",
    "DESCRIBED",
    "MEMORY_NAME",
    "NOTHING",
    "Left",
    "Previous",
    "Written",
    "brought_up",
    "describe",
    "read_previous",
    "recall",
    "state_of_memory",
    "written_memory",
]

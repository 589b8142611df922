"""Faults of every kind, one file each: what a machine and strangers do, and what must hold all the same.

In the suite each file tries its kind a few times. `SOSIK_FAULTS=10 pytest tests/faults` has every file try its own for
ten minutes, other trials each time, and prints how many of each kind there were, as docs/reliability.md has them.
"""

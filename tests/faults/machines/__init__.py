"""Several machines on one: servers behind a balancer, builders, a database and a bucket; what kills them, and judges.

`cluster.py` has the machines, `database.py` PostgreSQL and the log of all that was ever committed, `desk.py` who edits,
`readers.py` and `bucket.py` who reads, `chaos.py` who kills, `judging.py` what must have come of it.
"""

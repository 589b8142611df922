"""PostgreSQL (15 and later) as the store's database, for papers whose readers outgrow one machine: needs psycopg.

One schema holds one publication. Every statement names it, so that nothing depends on what a session was told before:
a pooler may hand each transaction to another one. Imported only where an address asks for it.
"""

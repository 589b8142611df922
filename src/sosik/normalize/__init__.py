"""A file of content/ to an entry: text, times, identity, addresses, HTML and pictures as feeds need them.

``entry.normalize`` is the front door. It decides and touches nothing but the pictures it is given, and it never raises
for what a newsroom wrote: an `Entry`, a `Withdrawal` or neither comes out, with all problems of the file.

Nothing is imported here: most builds read no article, and ask for no more than the name of a page.
"""

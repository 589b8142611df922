"""The command line: every command a few lines over the façade. Only here is anything printed.

Exit status: 0 fine (warnings too), 1 errors, 2 usage.
"""

from sosik.cli.root import main

__all__ = ["main"]

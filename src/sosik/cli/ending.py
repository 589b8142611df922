"""The end of a process of ours: its memory goes back to the system as it is, and is not taken apart first."""

import atexit
import os
import sys


def end(status: int) -> None:
    """End this process, or return where something may still go on in it, or somebody looks on.

    Python takes apart every module, class and function before it ends, which took a tenth of a build that finds nothing
    to do. What is to be done at the end, and what was printed, is done and written first.
    """
    is_watched = (
        sys.gettrace() is not None or sys.getprofile() is not None or sys.flags.interactive or sys.flags.inspect
    )
    # Whoever has threads has imported it.
    threading = sys.modules.get("threading")
    if is_watched or (threading is not None and threading.active_count() > 1):
        return
    atexit._run_exitfuncs()  # noqa: SLF001  # the one name that it ever had
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody reads any more: Python knows what to do
        return
    os._exit(status)

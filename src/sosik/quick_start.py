"""The start of a process of ours: what takes long to import and does nothing for it is not imported."""

import sys

_REFUSED = "typing_extensions"


def import_msgspec() -> None:
    """Import msgspec without typing_extensions, which it uses where that is installed.

    It takes names from it that `typing` has as well since Python 3.11. With it come `inspect`, `ast` and `tokenize`:
    a third of the time of a build that finds nothing to do, beside looking at the files. Whoever wants it gets it
    afterwards.
    """
    if _REFUSED in sys.modules or "msgspec" in sys.modules:
        return
    # A name with None is one that cannot be imported (The import system, 5.3.1).
    sys.modules[_REFUSED] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    except ImportError:
        pass  # a later version may need it: then it is imported with it
    finally:
        del sys.modules[_REFUSED]

"""Python's search for garbage, as it suits commands."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 20_000
"""Values that are made before those among them are looked for that nothing leads to: a build makes many that stay."""


@contextmanager
def importing() -> Iterator[None]:
    """Search for none while modules are imported; from then on search for it, but not in them.

    What modules are made of stays: to look for garbage in it takes a tenth of the time of importing them.
    """
    gc.disable()
    yield
    gc.freeze()
    gc.enable()
    gc.set_threshold(_YOUNG)

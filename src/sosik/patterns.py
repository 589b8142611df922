"""Regular expressions of modules that are compiled on first use.

Compiling those of all modules takes longer than reading and normalizing an article, which needs only a few.
"""

import re
from typing import Any, AnyStr, cast


class Uncompiled:
    """A pattern until it is used, and after that what leads to it."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        # By the name that `re.Pattern` has for it: longer patterns are made of it.
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = self.compiled()
        # Found from now on without coming here.
        vars(self).update({known: getattr(compiled, known) for known in dir(compiled) if not known.startswith("__")})
        return getattr(compiled, name)

    def compiled(self) -> re.Pattern[Any]:
        """Return the pattern as `re` has it."""
        return re.compile(self.pattern, self._flags)


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern to be used as what `re.compile` returns, of which an error in it shows at its first use."""
    return cast("re.Pattern[AnyStr]", Uncompiled(text, flags))

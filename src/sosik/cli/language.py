"""The language of a process: the requested one, else that of the publication, else that of the system."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from sosik.cli.arguments import publication_around
from sosik.file_names import spelled
from sosik.patterns import pattern
from sosik.words.message import VARIABLE, speak

_WRITTEN = pattern(r"^language[ \t]*:[ \t]*[\"']?([A-Za-z]{2,3})", re.MULTILINE)
"""What feeds/publication.yaml says of its language; reading it whole takes ten times as long as `--help`."""

_MOST = 65_536
"""Bytes of it that are looked at."""

_UNSAID = "ko"
"""The language of a publication that does not say."""

_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")


def speak_as_asked(arguments: Sequence[str]) -> None:
    """Have this process, and those that it starts, speak as the arguments ask for, or as the publication meant."""
    given = options(arguments)
    folder = Path(spelled(given["-C"])) if "-C" in given else publication_around(Path.cwd()) or Path()
    language = chosen(given.get("--lang", ""), os.environ, written_in(folder / "feeds" / "publication.yaml"))
    speak(language)
    os.environ[VARIABLE] = language
    if language == "ko":
        # What click says itself, it takes from gettext, which goes by this variable before any other.
        os.environ["LANGUAGE"] = language


def let_click_speak() -> None:
    """Have click find what it says itself in the language of this process."""
    import gettext

    if os.environ.get(VARIABLE) == "ko":
        gettext.bindtextdomain("sosik", str(Path(__file__).parent.parent / "words"))
        gettext.textdomain("sosik")


def options(arguments: Sequence[str]) -> dict[str, str]:
    """Return the options that stand before the command, with their values."""
    found: dict[str, str] = {}
    left = iter(arguments)
    for argument in left:
        if not argument.startswith("-"):
            break
        name, mark, value = argument.partition("=")
        if argument.startswith("-C"):
            found["-C"] = argument.removeprefix("-C") or next(left, "")
        elif name == "--lang":
            found[name] = value if mark else next(left, "")
    return found


def chosen(asked: str, environment: Mapping[str, str], publication: str | None) -> str:
    """Return `ko` or `en`: what was `asked` for, SOSIK_LANG, the `publication`'s (None without one), the locale's."""
    said = next(filter(None, (asked, environment.get(VARIABLE), publication)), "") or _of_system(environment)
    return "ko" if said.lower().startswith("ko") else "en"


def _of_system(environment: Mapping[str, str]) -> str:
    # Asked outside publications alone.
    import locale

    return next(filter(None, map(environment.get, _SYSTEM)), "") or locale.getlocale(locale.LC_CTYPE)[0] or ""


def written_in(file: Path) -> str | None:
    """Return the language that a publication's file says, None where there is no file that can be read."""
    try:
        with file.open("rb") as stream:
            text = stream.read(_MOST).decode("utf-8", "replace")
    except (OSError, ValueError):  # a path may hold what none can
        return None
    found = _WRITTEN.search(text)
    return found[1] if found else _UNSAID

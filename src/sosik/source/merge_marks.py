"""The marks of an unfinished merge in a text."""

from sosik.errors import Location, Problem
from sosik.patterns import pattern
from sosik.source.places import LINE_BREAK, problem_of
from sosik.words import Message

# git, Mercurial and Subversion write each at the beginning of a line, whatever the file is; the version before both
# (||||||| of diff3) stands between the first two, and so needs no row.
_MARKS = (pattern(r"<{7}(?: |$)"), pattern(r"={7}\s*$"), pattern(r">{7}(?: |$)"))


def merge_marks(text: str, file: str) -> Problem | None:
    """Return the error that both versions of something stand in a text, at its first mark, or None.

    Prose may have a line of seven signs; only all three marks in their order are a merge's.
    """
    if "<<<<<<<" not in text:
        return None
    found: list[int] = []
    for number, line in enumerate(LINE_BREAK.split(text), 1):
        if _MARKS[0].match(line):
            found = [number]
        elif found and _MARKS[len(found)].match(line):
            found.append(number)
        if len(found) == len(_MARKS):
            message = Message("merge-marks.lines", first=found[0], last=found[-1])
            location = Location(file=file, line=found[0], column=1)
            return problem_of(message, location, Message("merge-marks.lines-hint"))
    return None

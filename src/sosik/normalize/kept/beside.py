"""Compares a body as written with its HTML, from beginning to end."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from sosik.normalize.kept.shown import PLAIN, Mark, flat, shown, without_invisible
from sosik.normalize.kept.slashes import Slashes
from sosik.patterns import pattern

_MOST = 3
"""Places of one body that are told."""

_ENOUGH = 60
"""Pieces that are not seen, beside each other or not, after which the rest of a body is not looked at."""

_PROBE = 8
WINDOW = 200
"""Characters that are looked through for words that are seen further on."""

_AROUND = 8
_SHOWN = 20
_SIGNS = pattern(r"\s*((?:[#>*_~`+-]+|\d+[.)])[ \t]*[*_`\[]*)(\w{0,8})")
_LABEL = pattern(r"\[([^\[\]\n]+)\]")


class Unseen(Struct, frozen=True):
    """What readers do not see as it was written: its offset in the body, itself, and the words around it."""

    offset: int
    text: str
    excerpt: str


class Beside:
    """Two places: `at` in the body, and `seen` in what readers see, up to which both are known to say the same."""

    def __init__(self, text: str, html: str, *, is_auto: bool, told: frozenset[str]) -> None:
        self.text = text = without_invisible(text)
        self.html = html
        self.is_auto = is_auto
        self.told = told
        self.lower = text.lower() if "<" in text else ""
        self.labels = Counter(_LABEL.findall(text.casefold())) if "]:" in text else Counter()
        self.out = shown(html)
        self.at = self.seen = 0
        self.end = len(text)
        self._spans: list[list[int]] = []
        self._misses = 0
        self._sought: dict[tuple[int, tuple[str, ...]], int] = {}
        self.opened: Counter[str] = Counter()
        """The elements that began and did not end yet, by their names."""
        self.never_again: set[str] = set()
        """What was looked for as far as the body goes, and is not there."""

    @cached_property
    def slashes(self) -> Slashes:
        """The backslashes of the body."""
        return Slashes(self.text, is_auto=self.is_auto)

    @property
    def is_told(self) -> bool:
        """Whether so much is missing that nobody wants to hear of more."""
        return len(self._spans) >= _MOST or self._misses >= _ENOUGH

    @property
    def is_over(self) -> bool:
        """Whether the part is read, or so much is missing that nobody wants to hear of more."""
        return self.at >= self.end or self.is_told

    def here(self) -> Iterator[Mark]:
        """Give the marks that stand here and of which nothing was found that they were made of."""
        return (mark for mark in self.out.marks.get(self.seen, ()) if not mark.used)

    def use(self, *names: str) -> Mark | None:
        """Return the next mark here that has one of these names; it is used up then."""
        marks = self.out.marks.get(self.seen, [])
        at = self._sought.get((self.seen, names), 0)
        while at < len(marks) and (marks[at].used or marks[at].name not in names):
            at += 1
        self._sought[self.seen, names] = at  # thousands of empty elements may stand at one place
        mark = marks[at] if at < len(marks) else None
        if mark and mark.name not in PLAIN:
            mark.used = True
        return mark

    def find(self, words: str, start: int) -> int:
        """Return where words stand in the body from an offset on; what is not there (-1) is not sought again."""
        if words in self.never_again:
            return -1
        at = self.lower.find(words, start)
        if at < 0:
            self.never_again.add(words)
        return at

    def sees(self, written: str) -> bool:
        """Whether readers see this next, as it is written; if so, it is read."""
        words = flat(written)
        if not self.out.text.startswith(words, self.seen):
            return False
        self.seen += len(words)
        return True

    def pass_put_in_before(self, start: int) -> None:
        """The same for markup, which is seen only by what it was made into: the words behind it are looked for."""
        if self.seen in self.out.marks:
            signs = _SIGNS.match(self.text, start)
            is_fence = signs and ("```" in signs[1] or "~~~" in signs[1])  # the word behind it is not seen
            if (
                signs
                and not is_fence
                and len(signs[2]) > 1
                and self.out.text[self.seen : self.seen + 1] not in signs[1]
            ):
                self.pass_put_in(signs[2])

    def pass_put_in(self, words: str) -> None:
        """Go on to where words are visible, if only what was put in here stands before them."""
        self.seen = self._behind_what_was_put_in(words)

    def read(self, start: int, end: int) -> None:
        """Read words of the body, which readers must see next; those that they do not see are noted."""
        self.at = end
        if start < end and not self.sees(self.text[start:end]):
            self._read_slowly(start, end)

    def miss(self, start: int, end: int) -> None:
        """Note that something is not seen as it was written; what stands beside it and is not either, is one place."""
        self._misses += 1
        last = self._spans[-1] if self._spans else None
        if last and last[1] <= start and not self.text[last[1] : start].strip():
            last[1] = end
        else:
            self._spans.append([start, end])

    def found(self) -> tuple[Unseen, ...]:
        """Return what was noted."""
        return tuple(self._unseen(*span) for span in self._spans[:_MOST])

    def _unseen(self, start: int, end: int) -> Unseen:
        before = self.text[max(0, start - _AROUND) : start].rpartition("\n")[2]
        after = self.text[end : end + _AROUND].partition("\n")[0]
        lost = " ".join(self.text[start : min(end, start + 2 * _SHOWN)].split())
        if len(lost) > _SHOWN:
            lost, after = f"{lost[:_SHOWN]}…", ""
        return Unseen(start, lost, f"{before}{lost}{after}".strip())

    def _read_slowly(self, start: int, end: int) -> None:
        offsets = [offset for offset in range(start, end) if not self.text[offset].isspace()]
        letters = flat(self.text[start:end])
        first = 0
        while first < len(letters) and not self.is_told:
            rest = letters[first : first + WINDOW]
            self.seen = self._behind_what_was_put_in(rest[:_PROBE])
            if self.out.text.startswith(rest[0], self.seen):
                first, self.seen = first + 1, self.seen + 1
                continue
            lost, self.seen = self._together_again(rest)
            self.miss(offsets[first], offsets[first + lost - 1] + 1)
            first += lost

    def _behind_what_was_put_in(self, words: str) -> int:
        """Return where words are visible behind an element that begins here, such as the name of a player."""
        if self.seen in self.out.marks and not self.out.text.startswith(words, self.seen):
            for at in self.out.after(self.seen):
                if at > self.seen + WINDOW:
                    break
                if self.out.text.startswith(words, at):
                    return at
        return self.seen

    def _together_again(self, rest: str) -> tuple[int, int]:
        """Return how many of the characters are lost, and where what follows them is visible."""
        for lost in range(1, len(rest)):
            seen = self.out.text.find(rest[lost : lost + _PROBE], self.seen, self.seen + WINDOW)
            if seen == self.seen or (seen > self.seen and len(rest) - lost >= 3):
                return lost, seen
        return len(rest), self.seen

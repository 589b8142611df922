"""The headline of a page saved as text: its place, and its text if it was broken into several lines."""

import re
from collections.abc import Callable, Sequence
from html import unescape

from msgspec import Struct

from sosik.importers.captions import is_caption, is_picture
from sosik.importers.furniture import TITLE_TAG, is_furniture, is_sentence, is_stop, without_suffix
from sosik.importers.lines import LineKind, PageLine
from sosik.importers.stamps import is_date_line, is_masthead
from sosik.normalize.bylines import byline
from sosik.patterns import pattern

FORM = pattern(r"(?:기사\s?제목|메일\s?제목)\s*[:：]?\s*(?P<title>.*)")
"""The field of the mail form that repeats the headline whole."""

DASH = pattern(r"\A(?:[-–—―─ㅡ]|[▷▶◇◆△·ㆍ]\s)\s*(?=\S)")
"""What a sub-headline begins with."""

OUTLET = pattern(
    r"\S{1,12}\s?(?:일보|신문|뉴스|방송|타임[스즈]|저널|미디어|닷컴|투데이|통신|헤럴드|데일리|브리핑|포스트|리포트|매거진)"
)

GOES_ON = pattern(r"(?:[,·]|며|와|를|위해|위한|및|(?:하|되|잡|열|맺|놓|밝히|받|얻|딛|두|하려)고)\Z")
"""How a line ends that the next one continues."""

MOST_LINES = 4

LONGEST = 300
"""Characters that no title of a page has."""


class Headline(Struct, frozen=True, kw_only=True):
    """The headline on one line; `start` to `end` (excluded) are the places of its lines, `line` is the
    number of the first in the file. `sure` is false where it was pieced
    together without anything on the page repeating it whole."""

    text: str
    start: int
    end: int
    line: int
    section: str = ""
    sure: bool = True


def find_headline(lines: Sequence[PageLine], declared: Sequence[str] = ()) -> Headline | None:
    """Return the headline of a page, or None where no line can be one.

    What the page repeats whole is the best source: *declared* by its markup, the mail form, or the page's title.
    """
    tag = next((match for line in lines[:20] if (match := TITLE_TAG.fullmatch(line.text[:LONGEST]))), None)
    section = tag["section"].strip() if tag else ""
    for title in filter(None, (*declared, _form_title(lines), tag["title"] if tag else "")):
        whole = without_suffix(unescape(title[:LONGEST])).strip()
        place = _place(lines, whole)
        if place:
            return Headline(
                text=_fuller(whole, lines[place[0] : place[1]]),
                start=place[0],
                end=place[1],
                line=lines[place[0]].number,
                section=section,
            )
    return _first_lines(lines, section)


def is_subtitle_mark(text: str) -> bool:
    """Whether a line begins as a sub-headline does."""
    return bool(DASH.match(text))


def without_dash(text: str) -> str:
    """Return a sub-headline without what it begins with."""
    return DASH.sub("", text)


def _form_title(lines: Sequence[PageLine]) -> str:
    for place, line in enumerate(lines, start=1):
        match = FORM.fullmatch(line.text)
        if match:
            return match["title"] or "".join(following.text for following in lines[place : place + 1])
    return ""


def _place(lines: Sequence[PageLine], title: str) -> tuple[int, int] | None:
    """The last lines above the article's text that read as *title* together."""
    letters = _letters(title)
    places = [place for start in range(len(lines)) if (place := _span(lines, start, letters))]
    return next((place for place in reversed(places) if _text_follows(lines[place[1] :])), None)


def _span(lines: Sequence[PageLine], start: int, letters: str) -> tuple[int, int] | None:
    if not letters or not _letters(lines[start].text):
        return None
    joined = ""
    for end in range(start, min(start + MOST_LINES, len(lines))):
        joined += _letters(lines[end].text)
        if joined == letters:
            return start, end + 1
        if not letters.startswith(joined):
            return None
    return None


def _letters(text: str) -> str:
    """What two copies of a headline have in common, however they lost marks and spaces."""
    return re.sub(r"[\W_]+", "", text)


def _text_follows(lines: Sequence[PageLine]) -> bool:
    for line in lines:
        if line.kind is LineKind.PARAGRAPH:
            return True
        if is_stop(line.text) or FORM.fullmatch(line.text):
            return False
        if is_sentence(line.text) and len(line.text) > 20:
            return True
    return False


def _fuller(whole: str, lines: Sequence[PageLine]) -> str:
    """Of two copies of a headline the one that kept more marks; *whole* where they kept the same."""
    joined = " ".join(line.text for line in lines)
    return joined if len(joined.replace(" ", "")) > len(whole.replace(" ", "")) else whole


def _first_lines(lines: Sequence[PageLine], section: str) -> Headline | None:
    """The headline by position alone: the last plain lines in a row above what only an article has."""
    plain = [_is_plain(line) for line in lines]
    first = plain.index(True) if True in plain else len(lines)
    below = next((place for place, line in enumerate(lines) if place > first and _is_of_article(line)), 0)
    end = below or len(lines)
    while end and not plain[end - 1]:
        end -= 1
    start = end
    while start and plain[start - 1]:
        start -= 1
    if start == end:
        return None
    dashed = end < len(lines) and is_subtitle_mark(lines[end].text)
    if not dashed or end - start > MOST_LINES:
        end = _end_of_title(lines, start, end)
    text = without_suffix(" ".join(line.text for line in lines[start:end]))
    number = lines[start].number
    return Headline(text=text, start=start, end=end, line=number, section=section, sure=end - start == 1)


def _is_of_article(line: PageLine) -> bool:
    """Whether a line is one that stands below a headline and in no masthead or menu."""
    text = line.text
    if (
        line.kind is LineKind.PARAGRAPH
        or is_subtitle_mark(text)
        or is_picture(text)
        or is_sentence(text)
        or is_caption(text)
    ):
        return True
    return byline(text) is not None or is_date_line(text)


def _end_of_title(lines: Sequence[PageLine], start: int, end: int) -> int:
    """Where a headline ends that is followed by sub-headlines without a mark: after the line that does not go on."""
    goes_on: Callable[[str], bool] = lambda text: bool(GOES_ON.search(text)) or _is_open(text)  # noqa: E731 - one use
    place = start
    while place + 1 < end and goes_on(lines[place].text):
        place += 1
    return place + 1


def _is_open(text: str) -> bool:
    """Whether a quotation or a bracket is not closed on the line."""
    pairs = ("“”", "‘’", "「」", "『』", "()", "[]", "<>")
    return text.count('"') % 2 == 1 or any(text.count(pair[0]) > text.count(pair[1]) for pair in pairs)


def _is_plain(line: PageLine) -> bool:
    """Whether a line can be part of a headline."""
    text = line.text
    if line.kind is LineKind.PARAGRAPH:
        return False
    other = (is_furniture, is_stop, is_sentence, is_picture, is_date_line, is_masthead, is_subtitle_mark)
    if any(test(text) for test in other) or TITLE_TAG.fullmatch(text) or OUTLET.fullmatch(text):
        return False
    return byline(text) is None and not is_caption(text)

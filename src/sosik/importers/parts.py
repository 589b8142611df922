"""The lines below a headline sorted into the parts of an article, by one walk from top to bottom."""

from collections.abc import Callable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from sosik.importers.captions import is_caption, is_caption_of_picture, is_picture, split_caption, tells_scene
from sosik.importers.furniture import COPYRIGHT, COPYRIGHT_TAIL, END_MARK, TAGS, is_furniture, is_sentence, is_stop
from sosik.importers.headline import is_subtitle_mark, without_dash
from sosik.importers.lines import LineKind, PageLine
from sosik.importers.stamps import is_date_line
from sosik.normalize.bylines import byline

MOST_SUBTITLES = 4
"""More short lines than this before the text are the text: a list of appointments, not sub-headlines."""


EVERYWHERE: tuple[tuple[LineKind, Callable[[str], object]], ...] = (
    (LineKind.STOP, is_stop),
    (LineKind.CLOSE, COPYRIGHT.fullmatch),
    (LineKind.FURNITURE, is_furniture),
    (LineKind.FURNITURE, TAGS.fullmatch),
    (LineKind.STAMP, is_date_line),
    (LineKind.BYLINE, lambda text: byline(text) is not None),
)
"""What a line can be above, inside and below the text; the first that holds decides."""


class Picture(Struct, kw_only=True):
    """A picture of the page; `line` is where its name stands."""

    url: str
    line: int
    caption: str = ""
    credit: str = ""


class ArticleParts(Struct, kw_only=True):
    """What was found so far. `run` are the pictures that a caption may still belong to, `orphans` captions without a
    picture, `doubtful` lines that only read like captions, `over` whether the text has ended; `addresses` and
    `captions` are what stood already."""

    subtitles: list[str] = field(default_factory=list)
    date_lines: list[PageLine] = field(default_factory=list)
    bylines: list[PageLine] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    paragraphs: list[PageLine] = field(default_factory=list)
    orphans: list[PageLine] = field(default_factory=list)
    doubtful: list[PageLine] = field(default_factory=list)
    run: list[Picture] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    captions: set[str] = field(default_factory=set)
    over: bool = False


def sort_lines(lines: Sequence[PageLine]) -> ArticleParts:
    """Return the parts of the article whose headline stands above *lines*."""
    parts = ArticleParts()
    text_start = _text_start(lines)
    for place, line in enumerate(lines):
        kind = line.kind or _kind(line.text, parts, in_head=place < text_start)
        if kind is LineKind.STOP and (parts.paragraphs or parts.over):
            break
        _add(parts, kind, line)
    return parts


def _text_start(lines: Sequence[PageLine]) -> int:
    """The place of the first line of running text; above it, short lines are sub-headlines, unless there are many."""
    short = 0
    pictured = False
    for place, line in enumerate(lines):
        if line.kind is LineKind.PARAGRAPH:
            return place
        pictured = pictured or is_picture(line.text)
        if line.kind is not None or _is_apart(line.text):
            continue
        is_caption_here = is_caption_of_picture(line.text) or (pictured and tells_scene(line.text))
        if is_sentence(line.text) and not is_caption_here:
            return place
        pictured = pictured and not is_caption_here
        short += not is_subtitle_mark(line.text)
        if short > MOST_SUBTITLES:
            break
    return next((place for place, line in enumerate(lines) if line.kind is None and not _is_apart(line.text)), 0)


def _is_apart(text: str) -> bool:
    """Whether a line is no text of the article at all."""
    return is_picture(text) or is_furniture(text) or is_stop(text) or is_date_line(text) or byline(text) is not None


def _kind(text: str, parts: ArticleParts, *, in_head: bool) -> LineKind:
    """What a line is by its text and by where it stands; the first test that holds decides."""
    if parts.run and not parts.over and is_caption_of_picture(text):
        return LineKind.CAPTION
    for kind, holds in EVERYWHERE:
        if holds(text):
            return kind
    if parts.over:
        return LineKind.FURNITURE
    if is_picture(text):
        return LineKind.PICTURE
    uncaptioned = bool(parts.run) and not any(picture.caption or picture.credit for picture in parts.run[:1])
    if is_caption(text) or (uncaptioned and tells_scene(text)):
        return LineKind.CAPTION
    if not in_head:
        return LineKind.PARAGRAPH
    if is_subtitle_mark(text) or not (uncaptioned or is_sentence(split_caption(text)[0])):
        return LineKind.SUBTITLE
    return LineKind.CAPTION


def _add(parts: ArticleParts, kind: LineKind, line: PageLine) -> None:
    if kind is LineKind.PICTURE:
        _add_picture(parts, line)
    elif kind is LineKind.CAPTION:
        _add_caption(parts, line)
    elif kind in (LineKind.PARAGRAPH, LineKind.EMBED):
        _add_paragraph(parts, line)
    elif kind is LineKind.SUBTITLE:
        parts.subtitles.append(without_dash(line.text))
    elif kind is LineKind.CLOSE:
        parts.over = parts.over or bool(parts.paragraphs)
    elif kind in (LineKind.STAMP, LineKind.BYLINE):
        _add_signature(parts, kind, line)


def _add_signature(parts: ArticleParts, kind: LineKind, line: PageLine) -> None:
    """A line that dates or signs the article; below the text only where nothing did so above it."""
    if kind is LineKind.STAMP and not (parts.over and parts.date_lines):
        parts.date_lines.append(line)
    if not (parts.over and parts.bylines):
        parts.bylines.append(line)


def _add_picture(parts: ArticleParts, line: PageLine) -> None:
    """A picture that follows another is of one run with it; one that follows a caption begins a new run. A name that
    stands twice, as in many dumps, is one picture."""
    if line.text in parts.addresses:
        return
    parts.addresses.add(line.text)
    picture = Picture(url=line.text, line=line.number)
    if any(held.caption or held.credit for held in parts.run[:1]):  # captions are given to the first
        parts.run = []
    parts.run.append(picture)
    parts.pictures.append(picture)


def _add_caption(parts: ArticleParts, line: PageLine) -> None:
    """A caption belongs to the first picture of its run that has none: of two pictures with one caption, to the
    first. Which of them it tells of the page does not say, and an aggregator shows the first one."""
    if line.text in parts.captions:
        return
    parts.captions.add(line.text)
    free = next((picture for picture in parts.run if not picture.caption and not picture.credit), None)
    if free is None:
        parts.orphans.append(line)
        return
    free.caption, free.credit = split_caption(line.text)
    if line.kind is None and not is_caption_of_picture(line.text):
        parts.doubtful.append(line)


def _add_paragraph(parts: ArticleParts, line: PageLine) -> None:
    parts.run = []
    if parts.over or line.text in parts.captions:
        return
    text = COPYRIGHT_TAIL.sub("", line.text)
    shown = END_MARK.sub("", text).rstrip()
    parts.over = shown != line.text
    if shown:
        marks = tuple(mark for mark in line.marks if mark.end <= len(shown))
        parts.paragraphs.append(replace(line, text=shown, marks=marks))

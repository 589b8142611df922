"""What docs/writing.md and its Korean twin show is so: every row of their tables is normalized."""

import re
from html import unescape

import pytest

import prose
import prose_count
from newsrooms import ROOT

PAGES = ("writing.md", "writing.ko.md")
ROW = re.compile(r"^\| (`+)(?P<body>.+?)\1 \| (?P<seen>.+?) \| (?P<told>.*?) ?\|$", re.MULTILINE)

JUMP = re.compile(r'<a [^<>]*#fn-[^<>]*>(.*?)</a>| id="fn-[^"]*"')
"""Where a footnote leads, which is not shown on the page."""


def rows(page: str) -> list[tuple[str, str, str]]:
    """Return the rows of a page's tables: what one writes, what readers see as HTML, the codes that are told."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    return [(row["body"], row["seen"], row["told"]) for row in ROW.finditer(text)]


def shown(seen: str) -> str:
    """Return what a cell shows, as HTML on one line: escapes are for who reads the page."""
    return one_line(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", seen))


def one_line(html: str) -> str:
    """Return HTML on one line, the paragraph left out where it is the only one."""
    html = re.sub(r"\s*\n\s*", "", JUMP.sub(r"\1", html))
    only = re.fullmatch(r"<p>((?:(?!<p>).)*)</p>", html)
    return unescape(only[1] if only else html)


@pytest.mark.parametrize("row", rows("writing.md"), ids=lambda row: row[0][:40])
def test_readers_see_what_the_page_says(row: tuple[str, str, str]) -> None:
    body, seen, told = row
    made = prose_count.normalized(body.replace("⏎", "\n").replace("\\|", "|"))

    assert made.entry is not None
    assert one_line(made.entry.body) == shown(seen)
    assert {problem.code for problem in made.problems} == set(re.findall(r"[a-z-]+", told))


def test_both_pages_show_the_same_rows() -> None:
    english, korean = map(rows, PAGES)

    assert english == korean
    assert len(english) > 40


def test_ordinary_prose_is_seen_as_it_was_written() -> None:
    """Of a thousand bodies of every kind, at most ten are told of."""
    r = prose.Random(1)
    told = [body for _, body in (prose.ordinary(r) for _ in range(1000)) if prose_count.changed(body)]

    assert len(told) <= 10, told[:3]

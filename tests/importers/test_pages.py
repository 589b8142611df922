"""Saved article pages beside the entry files that they come to, with the problems in comments on top.

To add a case, add a page (.txt or .html) to tests/data/importers and the expected .yaml beside it.
"""

from pathlib import Path

import pytest

from sosik.importers import Imported, read_page
from sosik.write import format_entry

DATA = Path(__file__).parent.parent / "data" / "importers"
PAGES = sorted(path for path in DATA.iterdir() if path.suffix in {".txt", ".html"})
ID = "tag:news.example.kr,2010:k7m2q9x4t1zb"


def imported(page: str | bytes, name: str = "page.txt", masthead: str = "unconfirmed") -> Imported:
    """The article of a page, with an id that is always the same."""
    return read_page(
        page,
        name,
        authority="news.example.kr,2010",
        new_id=lambda authority: f"tag:{authority}:k7m2q9x4t1zb",
        masthead=masthead,
    )


def shown(article: Imported) -> str:
    problems = "".join(f"# {problem}\n".replace("\n    hint", "\n#   hint") for problem in article.problems)
    return problems + format_entry(article.fields)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_becomes_the_entry_file_beside_it(page: Path) -> None:
    article = imported(page.read_bytes(), page.name)

    assert shown(article) == page.with_name(page.name + ".yaml").read_text(encoding="utf-8")


def test_there_are_pages() -> None:
    """A glob that finds nothing would prove nothing."""
    assert len(PAGES) >= 12

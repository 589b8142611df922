"""The table of formats, and what it costs to look at it."""

import subprocess
import sys

import pytest

from sosik.model import Feed, Publication
from sosik.render.formats import FORMATS

HEAVY = ("feedgen", "lxml", "jinja2", "flask")


def test_the_rows_say_how_each_format_is_served() -> None:
    assert [(row.name, row.filename, row.media_type, row.link_type) for row in FORMATS.values()] == [
        ("rss", "rss.xml", "application/rss+xml; charset=utf-8", "application/rss+xml"),
        ("atom", "atom.xml", "application/atom+xml; charset=utf-8", "application/atom+xml"),
        ("json", "feed.json", "application/feed+json", "application/feed+json"),
    ]
    assert all(name == row.name for name, row in FORMATS.items())


@pytest.mark.rule(44)
def test_addresses_are_absolute_ascii(feed: Feed, publication: Publication) -> None:
    """They come of configuration and the feed's path, percent-encoded."""
    assert FORMATS["rss"].address(feed, publication) == (
        "https://feeds.haenuri.example/%EC%A7%80%EC%97%AD%20%EC%86%8C%EC%8B%9D/rss.xml"
    )


@pytest.mark.parametrize(
    "module", ["sosik.render.formats", "sosik.render.pages", "sosik.render.opml", "sosik.render.sitemap"]
)
def test_what_is_always_imported_is_light(module: str) -> None:
    """Feedgen, lxml and Jinja2 are paid for when a document is rendered, and not before."""
    program = f"import {module}, sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_row_has_its_renderer() -> None:
    for row in FORMATS.values():
        assert callable(row.renderer.render_entry)
        assert callable(row.renderer.render_envelope)

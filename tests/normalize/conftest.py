"""What the tests of normalize share: an article in a content folder, with a picture beside it."""

import json
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from sosik.model import Normalized, Person, Publication
from sosik.normalize.entry import normalize
from sosik.read import Pictures, read_bytes

ARTICLE: dict[str, object] = {
    "id": "tag:news.haenuri.example,2010:k7m2q9x4t1zb",
    "title": "해누리시, 자율주행 버스 늘린다",
    "published": "2024-01-16 15:20",
    "link": "https://news.haenuri.example/articles/18660",
    "body": "해누리시는 16일 버스를 늘린다고 밝혔다.",
}
"""A file with nothing wrong in it."""

Normalize = Callable[..., Normalized]


@pytest.fixture(scope="session")
def check() -> Callable[[str], None]:
    """Give a function that fails for HTML that may not be published."""
    check_html: Callable[[str], None] = runpy.run_path(str(Path(__file__).parent / "published.py"))["check"]
    return check_html


@pytest.fixture(scope="session")
def publication() -> Publication:
    return Publication(
        title="해누리일보",
        url="https://news.haenuri.example/",
        feeds_url="https://feeds.haenuri.example/",
        authority="news.haenuri.example,2010",
        publisher=Person(name="해누리일보"),
    )


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a content folder with two pictures in content/정치/images/, and a file that is none."""
    folder = tmp_path_factory.mktemp("신문") / "content"
    images = folder / "정치" / "images"
    images.mkdir(parents=True)
    Image.new("RGB", (640, 480), "white").save(images / "서명.png")
    Image.new("RGB", (30, 20), "black").save(images / "버스 100%.jpg")
    (images / "글.jpg").write_text("사진이 아니다", "utf-8")
    return folder


@pytest.fixture
def normalized(publication: Publication, content: Path) -> Normalize:
    """Give a function that writes, reads and normalizes the article, with other values for some of its keys.

    A value of None leaves the key out. Each key stands on a line of its own, in the order of `ARTICLE`.
    """

    def with_values(**values: object) -> Normalized:
        fields = {key: value for key, value in {**ARTICLE, **values}.items() if value is not None}
        raw = read_bytes(json.dumps(fields, indent=1).encode(), "정치/기사.json").raw
        assert raw is not None
        return normalize(raw, publication, Pictures(content))

    return with_values


@pytest.fixture
def normalized_markdown(publication: Publication, content: Path) -> Normalize:
    """Give a function that does the same for the text below the front matter of a Markdown file, with *head* in it."""

    def with_body(body: str, head: str = "") -> Normalized:
        keys = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in ARTICLE.items())
        keys = keys[: keys.index("body:")]
        raw = read_bytes(f"---\n{keys}{head}---\n{body}".encode(), "정치/기사.md").raw
        assert raw is not None
        return normalize(raw, publication, Pictures(content))

    return with_body

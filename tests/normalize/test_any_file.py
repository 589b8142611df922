"""Whatever stands in a file, normalizing it ends in an entry, a withdrawal, or problems that say why not."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sosik.addresses import ascii_url
from sosik.errors import Location, Severity
from sosik.model import BodyFormat, Entry, Person, Publication, RawEntry, RawList, RawMapping, RawText, RawValue
from sosik.normalize.entry import normalize
from sosik.normalize.ids import atom_id, entry_key
from sosik.normalize.similarity import changed_share
from sosik.words import Message

PUBLICATION = Publication(
    title="해누리일보",
    url="https://news.haenuri.example/",
    feeds_url="https://feeds.haenuri.example/",
    authority="news.haenuri.example,2010",
    publisher=Person(name="해누리일보"),
)
PLACE = Location(file="content/기사.yaml", line=1, column=1)

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_KEYS = """
id title subtitles section tags authors published updated images link summary body edits status draft withdrawn
unconfirmed publish_email
"""
KEYS = st.sampled_from(_KEYS.split())
MEMBERS = st.sampled_from(["name", "email", "url", "caption", "credit", "alt", "at", "kind", "note", "publish_email"])
_TEXTS = """
2024-01-16 15:20|입력 2024.01.16. 오후 3:20|2024-01-17|published|draft|withdrawn|correction|true|updated|images/사진.jpg
|https://news.haenuri.example/1|/a b|<b>가</b>|![x](y.png)
"""
TEXTS = st.text(max_size=40) | st.sampled_from(_TEXTS.split("|"))


def as_text(text: str) -> RawText:
    return RawText(text=text, location=PLACE)


def as_list(items: list[RawValue]) -> RawList:
    return RawList(items=tuple(items), location=PLACE)


def as_mapping(items: dict[str, RawValue]) -> RawMapping:
    return RawMapping(items=tuple((as_text(key), value) for key, value in items.items()), location=PLACE)


VALUES: st.SearchStrategy[RawValue] = st.recursive(
    TEXTS.map(as_text),
    lambda values: (
        st.lists(values, max_size=3).map(as_list) | st.dictionaries(MEMBERS, values, max_size=4).map(as_mapping)
    ),
    max_leaves=6,
)
FILES = st.builds(
    RawEntry,
    source=st.just("정치/기사.yaml"),
    fields=st.dictionaries(KEYS, VALUES, max_size=10)
    | st.dictionaries(KEYS, VALUES, max_size=10).map(
        lambda fields: {**fields, "title": as_text("제목"), "published": as_text("2024-01-16 15:20")}
    ),
    body_format=st.sampled_from(BodyFormat),
    location=st.just(Location(file="content/기사.yaml")),
)


class Nowhere:
    """A content folder without pictures."""

    def find(self, _source: str, _url: str, /) -> Message:
        return Message("read.picture-absent")

    def nearest(self, _source: str, _url: str, /) -> None:
        return None


@given(FILES)
def test_every_file_comes_to_something(raw: RawEntry) -> None:
    made = normalize(raw, PUBLICATION, Nowhere())
    errors = [problem for problem in made.problems if problem.severity is Severity.ERROR]

    assert made.source == raw.source
    assert made.entry is None or made.withdrawal is None
    assert not (errors and (made.entry or made.withdrawal))
    assert made == normalize(raw, PUBLICATION, Nowhere())
    if made.entry:
        check_entry(made.entry)


def check_entry(entry: Entry) -> None:
    assert entry.title
    assert entry.id
    assert ascii_url(entry.link) == entry.link
    assert entry.published.utcoffset() is not None
    assert entry.updated is None or entry.updated >= entry.published
    assert all(image.url.isascii() for image in entry.images)
    texts = [entry.title, entry.section, entry.summary, *entry.tags, *entry.subtitles]
    assert all(text == " ".join(text.split()) for text in texts)
    assert not any(FORBIDDEN.search(text) for text in [*texts, entry.body])


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z가-힣.:@/?#%\[\]\\ -]{0,30}", fullmatch=True))
def test_an_address_is_ascii_and_settled_or_none(text: str) -> None:
    url = ascii_url(text)

    assert url is None or (url.isascii() and url.isprintable() and " " not in url and ascii_url(url) == url)


@given(st.text(min_size=1, max_size=60))
def test_every_id_has_a_safe_key_and_an_iri(id_: str) -> None:
    assert entry_key(id_).replace("-", "").replace("_", "").isalnum()
    assert ":" in atom_id(id_, PUBLICATION.authority)


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_share_is_a_share(old: str, new: str) -> None:
    assert 0 <= changed_share(old, new) <= 1
    assert changed_share(old, old) == 0

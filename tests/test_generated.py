"""Whatever a newsroom writes: every document can be parsed, and every reader finds in it what the JSON feed says."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import fastfeedparser
import feedparser
import pytest
import reader
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from newsrooms import PUBLICATION, Newsroom, at
from sosik.conformance import check_path
from sosik.write import format_entry
from sosik.write.quoting import quote
from test_readers import Seen, by_fastfeedparser, by_feedparser, by_newsboat, by_reader, expected, seconds

_EXAMPLES = os.environ.get("SOSIK_EXAMPLES", "")
GENERATED = settings(
    max_examples=int(_EXAMPLES or 12),
    phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if _EXAMPLES else [])],
)
"""A few publications for each test. Who looks for mistakes sets SOSIK_EXAMPLES: then more, and the smallest that fails,
which takes minutes to find."""

NOW = "2090-01-01 00:00"
"""When everything is built: what is dated later must not appear."""

FEEDS = """\
logo: https://www.test.example/로고.png
copyright: © 시험일보
hubs: [https://hub.test.example/]
-- feeds/all.yaml --
title: 전체
archive: month
-- feeds/brief.yaml --
title: 간추림 & <줄임>
content: summary
-- feeds/tags.yaml --
each: tag
title: "{value}"
minimum: 2
"""

ALWAYS = {"title": "늘 있는 기사", "published": "2020-01-01 09:00", "body": "본문."}
"""Some readers take a feed without articles for a broken one, so that there is always this one."""

ATOM = "{http://www.w3.org/2005/Atom}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"

PIECES = [
    "해누리 소식",
    "\u1112\u119e\u11ab글",  # old Hangul, which has no composed form
    "\u1112\u1161\u11ab\u1100\u1173\u11af",  # conjoining jamo, which have one
    "👨\u200d👩\u200d👧😀🇰🇷",
    "مرحبا \u202eשלום\u202c\u200f",
    "\x00\x08\x1b\ufffe\ufeff\u200b\x85",
    "<b>굵게</b>",
    "<속보>",
    "<script>alert(1)</script>",
    "&amp; &lt;i&gt; &#0; & <",
    "]]><![CDATA[",
    "[단독] '정책' \"발표\": 50% #",
    "\t\n  \u3000\u2028",
    "{value} - | > ---",
    "\\n \\",
]
MARKUP = [
    '<p onclick="go()">클릭</p>',
    '<a href="/지도?a=1&b=2">지도</a> <a href="javascript:go()">실행</a>',
    '<img src="//www.test.example/사진.jpg" data-src="/b.jpg" srcset="/2.jpg 1x, 3.jpg 2x" alt="둘째">',
    '<img src="https://count.example/1.gif" width="1" height="1">',
    '<iframe src="https://video.example/1"></iframe><form><input name="a"></form>',
    '<div class="adsbygoogle">광고</div><style>p{}</style>',
    "<table><tr><td>칸</table><p>열린 <b>채로",
    "\n\n## 제목\n\n- 하나\n- 둘\n\n```\n<코드>\n```\n",
]
LINKS = [
    "https://www.test.example/기사/{}",
    'https://www.test.example/a%20b/?q="{}"&x=<1>',
    "https://시험.example/{}",
    "/{}",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=5).map("".join)
bodies = st.lists(st.one_of(texts, st.sampled_from(MARKUP)), max_size=4).map("".join)
pictures = st.fixed_dictionaries(
    {
        "url": st.sampled_from(["https://www.test.example/사진 1.jpg", "/2.png?w=1&h=2"]),
        "caption": texts,
        "credit": texts,
    }
)
instants = st.datetimes(datetime(1970, 1, 2), datetime(2100, 12, 31))  # noqa: DTZ001 - bounds, in Korean time
KOREA = timezone(timedelta(hours=9))


def stamp(instant: datetime, form: str) -> str:
    """Write an instant in a form; in the years of summer time with its offset."""
    known = instant.replace(tzinfo=KOREA)
    if not form or instant.year in (1987, 1988):
        return known.isoformat(timespec="seconds")
    return known.strftime(form)


stamps = st.builds(stamp, instants, st.sampled_from(["", "%Y-%m-%d %H:%M", "%Y년 %m월 %d일 %H시 %M분", "%Y.%m.%d."]))
authors = st.one_of(
    st.sampled_from(["김하늘 기자", "이도윤·박솔아 기자", "편집부"]),
    st.fixed_dictionaries({"name": texts.map("기자 {}".format)}),
)
edits = st.fixed_dictionaries({"at": stamps, "kind": st.sampled_from(["minor", "update", "correction"]), "note": texts})
articles = st.fixed_dictionaries(
    {"title": texts, "published": stamps, "body": bodies},
    optional={
        "subtitles": st.lists(texts, max_size=2),
        "section": texts,
        "tags": st.lists(texts, max_size=3),
        "authors": st.lists(authors, max_size=2),
        "updated": stamps,
        "summary": texts,
        "edits": st.lists(edits, max_size=2),
        "link": st.sampled_from(LINKS),
        "images": st.lists(pictures, max_size=2),
        "status": st.sampled_from(["published", "published", "draft"]),
    },
)
publications = st.lists(articles, min_size=7, max_size=7).map(lambda some: [ALWAYS, *some])


names = texts.map("이름 {}".format)
"""What a publication calls things, however odd: never nothing at all."""


class Item(NamedTuple):
    """All that an article is in each of the formats; `published` and `updated` in seconds since 1970."""

    id: str
    link: str
    title: str
    published: int
    updated: int
    summary: str
    content: str
    terms: list[str]


def publish(root: Path, some: list[dict[str, Any]]) -> Path:
    """Write, build and publish articles; return the folder of the documents."""
    room = Newsroom(root)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}{FEEDS}")
    (root / "content").mkdir()
    for number, article in enumerate(some):
        fields = {**article, "id": identity(number), "title": f"{article['title']} {number}"}
        if "link" in fields:
            fields["link"] = fields["link"].format(number)
        (root / "content" / f"{number}.yaml").write_text(format_entry(fields), "utf-8")
    report = room.build(NOW)
    assert not report.errors, [str(problem) for problem in report.errors]
    return root / "public"


def identity(number: int) -> str:
    return f"tag:test.example,2010:{number:012}"


def moment(text: str) -> int:
    """Read a stamp as `stamp` wrote it, in whatever form."""
    year, month, day, hour, minute, second = ([int(found) for found in re.findall(r"\d+", text)] + [0] * 3)[:6]
    return int(datetime(year, month, day, hour, minute, second, tzinfo=KOREA).timestamp())


def visible(text: str) -> str:
    """Return the characters that can be seen, decomposed: they must survive whatever else is removed or folded."""
    return unicodedata.normalize("NFD", "".join(c for c in text if unicodedata.category(c)[0] not in "CZ"))


def json_items(file: Path) -> list[Item]:
    return [
        Item(
            item["id"],
            item["url"],
            item["title"],
            seconds(item["date_published"]),
            seconds(item.get("date_modified", item["date_published"])),
            item.get("summary") or item["title"],
            item.get("content_html", ""),
            item.get("tags", []),
        )
        for item in json.loads(file.read_bytes())["items"]
    ]


def read_as_html(text: str) -> str:
    """Return what a text of HTML shows; no tag may stand in it."""
    assert "<" not in text
    return unescape(text)


def rss_items(file: Path) -> list[Item]:
    found = []
    for item in etree.parse(file).iterfind("channel/item"):
        published = int(parsedate_to_datetime(item.findtext("pubDate")).timestamp())
        updated = item.findtext(f"{ATOM}updated")
        found.append(
            Item(
                item.findtext("guid"),
                item.findtext("link"),
                item.findtext("title"),
                published,
                seconds(updated) if updated else published,
                read_as_html(item.findtext("description")),
                item.findtext(ENCODED) or "",
                [category.text for category in item.findall("category")],
            )
        )
    return found


def atom_items(file: Path) -> list[Item]:
    return [
        Item(
            entry.findtext(f"{ATOM}id"),
            entry.find(f"{ATOM}link[@rel='alternate']").get("href"),
            entry.findtext(f"{ATOM}title"),
            seconds(entry.findtext(f"{ATOM}published")),
            seconds(entry.findtext(f"{ATOM}updated")),
            entry.findtext(f"{ATOM}summary") or entry.findtext(f"{ATOM}title"),
            entry.findtext(f"{ATOM}content") or "",
            [category.get("term") for category in entry.findall(f"{ATOM}category")],
        )
        for entry in etree.parse(file).iterfind(f"{ATOM}entry")
    ]


@pytest.mark.rule(1, 10, 13, 19, 38)
@GENERATED
@given(some=publications)
def test_every_document_can_be_parsed_and_the_formats_agree(some: list[dict[str, Any]]) -> None:
    """Strict parsers take them all; each feed has the same articles in the same order in its three formats."""
    with tempfile.TemporaryDirectory() as scratch:
        public = publish(Path(scratch), some)

        for file in (*public.rglob("*.xml"), *public.rglob("*.opml")):
            etree.parse(file)
        feeds = [file.parent for file in public.rglob("feed.json")]
        assert len(feeds) >= 3
        for folder in feeds:
            items = json_items(folder / "feed.json")
            assert rss_items(folder / "rss.xml") == items
            assert atom_items(folder / "atom.xml") == items


@pytest.mark.rule(1, 4, 5, 6, 7, 8, 9, 10, 12, 13, 15, 16, 17, 19, 20, 21, 22, 25, 26, 27, 28, 31, 32, 34, 35, 38, 39)
@pytest.mark.rule(40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 58, 59, 91, 94, 96, 98)
@GENERATED
@given(some=publications)
def test_our_own_check_finds_nothing(some: list[dict[str, Any]]) -> None:
    """Every rule that can be asked of documents is asked of all of them, in every format.

    That a title shows `&amp;` is rightly pointed out where a newsroom wrote just that.
    """
    with tempfile.TemporaryDirectory() as scratch:
        checked = check_path(publish(Path(scratch), some), judged=at(NOW))

    assert checked.documents > 10
    assert [str(found) for found in checked.findings if "the title shows readers" not in found.message] == []


def titles_of(public: Path, folder: str) -> list[object]:
    """Return what a feed calls itself, and for a description, in each format."""
    rss, atom = etree.parse(public / folder / "rss.xml"), etree.parse(public / folder / "atom.xml")
    feed = json.loads((public / folder / "feed.json").read_bytes())
    return [
        (rss.findtext("channel/title"), rss.findtext("channel/description")),
        (atom.findtext(f"{ATOM}title"), atom.findtext(f"{ATOM}subtitle")),
        (feed["title"], feed["description"]),
    ]


@pytest.mark.rule(5, 7, 13, 16, 40)
@GENERATED
@given(title=names, description=names, publisher=names, rights=names, feed=names, about=names)
def test_a_publication_may_call_itself_and_its_feeds_anything(
    title: str, description: str, publisher: str, rights: str, feed: str, about: str
) -> None:
    """Its names too are plain text, alike in every format, and harm no document."""
    with tempfile.TemporaryDirectory() as scratch:
        public = publish(Path(scratch), [ALWAYS])
        room = Newsroom(Path(scratch))
        room.write(
            f"-- feeds/publication.yaml --\n{PUBLICATION.replace('시험일보', quote(title))}"
            f"description: {quote(description)}\ncopyright: {quote(rights)}\n"
            f"publisher: {{name: {quote(publisher)}, email: desk@test.example}}\n"
            f"-- feeds/brief.yaml --\ntitle: {quote(feed)}\ndescription: {quote(about)}\n"
        )

        report = room.build(NOW)

        assert not report.errors, [str(problem) for problem in report.errors]
        checked = check_path(public, judged=at(NOW)).findings
        for folder, said in (("", ("전체", description)), ("brief", (feed, about))):
            (shown,) = set(titles_of(public, folder))
            assert [visible(text) for text in shown] == [visible(text) for text in said]
    assert [str(found) for found in checked if found.rule.number != 40] == []


@pytest.mark.rule(25, 29, 30, 32)
@GENERATED
@given(some=publications)
def test_what_is_due_is_published_as_it_was_written(some: list[dict[str, Any]]) -> None:
    """Neither drafts nor what lies ahead; the instant is the one written, and nothing that can be seen is lost."""
    due = {
        identity(number): article
        for number, article in enumerate(some)
        if article.get("status") != "draft" and moment(article["published"]) <= at(NOW).timestamp()
    }
    with tempfile.TemporaryDirectory() as scratch:
        items = {item.id: item for item in json_items(publish(Path(scratch), some) / "feed.json")}

    assert items.keys() == due.keys()
    for key, article in due.items():
        assert items[key].published == moment(article["published"])
        # Tags of HTML are taken out of a title; that is tested elsewhere.
        if "<" not in article["title"]:
            assert visible(items[key].title) == visible(f"{article['title']} {int(key[-12:])}")


Texts = Callable[[Path, Path], Mapping[str, str]]
"""The content of each article, by its id, from a file and the folder in which its reader has worked."""


def texts_by_feedparser(file: Path, _: Path) -> Mapping[str, str]:
    found = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    return {e.id: e.content[0].value for e in found.entries if "content" in e}


def texts_by_reader(file: Path, _: Path) -> Mapping[str, str]:
    library = reader.make_reader(":memory:", feed_root=str(file.parent))
    library.add_feed(file.name)
    library.update_feeds()
    return {entry.id: entry.content[0].value for entry in library.get_entries() if entry.content}


def texts_by_fastfeedparser(file: Path, _: Path) -> Mapping[str, str]:
    return {
        e["id"]: e["content"][0]["value"] for e in fastfeedparser.parse(file.read_bytes()).entries if "content" in e
    }


def texts_by_newsboat(_: Path, scratch: Path) -> Mapping[str, str]:
    connection = sqlite3.connect(scratch / "cache.db")
    rows = connection.execute("SELECT guid, content FROM rss_item").fetchall()
    connection.close()
    return dict(rows)


def sfeed_rows(file: Path) -> list[list[str]]:
    """Return sfeed's fields; only a line feed ends its lines, for a text may hold what Python takes for line ends."""
    if not shutil.which("sfeed"):
        pytest.skip("sfeed is not installed")
    done = subprocess.run(["sfeed"], input=file.read_bytes(), check=True, capture_output=True)
    return [line.split("\t") for line in done.stdout.decode().removesuffix("\n").split("\n")]


def by_sfeed(file: Path, _: Path) -> list[Seen]:
    return [Seen(row[5], row[1], row[2], int(row[0])) for row in sfeed_rows(file)]


def texts_by_sfeed(file: Path, _: Path) -> Mapping[str, str]:
    signs = {r"\n": "\n", r"\t": "\t", r"\\": "\\"}
    return {row[5]: re.sub(r"\\[nt\\]", lambda sign: signs[sign[0]], row[3]) for row in sfeed_rows(file)}


def words(content: str) -> list[str]:
    """Return the words of HTML: `reader` writes its markup anew, and no two readers keep white space alike."""
    return " ".join(html.fragment_fromstring(content, create_parent="div").itertext()).split()


def summaries_by_feedparser(file: Path, _: Path) -> Mapping[str, str]:
    found = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    return {entry.id: entry.summary for entry in found.entries}


def summaries_by_reader(file: Path, _: Path) -> Mapping[str, str]:
    library = reader.make_reader(":memory:", feed_root=str(file.parent))
    library.add_feed(file.name)
    library.update_feeds()
    return {entry.id: entry.summary or "" for entry in library.get_entries()}


def summaries_by_fastfeedparser(file: Path, _: Path) -> Mapping[str, str]:
    return {entry["id"]: entry["description"] for entry in fastfeedparser.parse(file.read_bytes()).entries}


def summaries_by_newsboat(file: Path, scratch: Path) -> Mapping[str, str]:
    by_newsboat(file, scratch)
    return texts_by_newsboat(file, scratch)


SUMMARIES = [
    summaries_by_feedparser,
    summaries_by_reader,
    summaries_by_fastfeedparser,
    summaries_by_newsboat,
    texts_by_sfeed,
]
"""What readers show of articles that have a description alone: HTML, as they take it."""

READERS: list[tuple[Callable[[Path, Path], list[Seen]], Texts]] = [
    (by_feedparser, texts_by_feedparser),
    (by_reader, texts_by_reader),
    (by_fastfeedparser, texts_by_fastfeedparser),
    (by_newsboat, texts_by_newsboat),
    (by_sfeed, texts_by_sfeed),
]


def comparable(articles: list[Seen], read: Callable[[Path, Path], list[Seen]], vague: set[str]) -> list[Seen]:
    """Return the articles by their ids, without the titles that a reader cannot give back: those of *vague* ids.

    feedparser, and `reader` upon it, hand some plain titles out as HTML and others not. Of a title that itself spells
    an entity, such as `&amp;`, nobody can then tell which it is.
    """
    left_out = vague if read in (by_feedparser, by_reader) else set()
    return sorted(article._replace(title="") if article.id in left_out else article for article in articles)


@pytest.mark.rule(104)
@pytest.mark.parametrize("filename", ["rss.xml", "atom.xml"])
@pytest.mark.parametrize(("read", "read_texts"), READERS, ids=[read.__name__[3:] for read, _ in READERS])
@GENERATED
@given(some=publications)
def test_every_reader_finds_what_the_json_feed_says(
    read: Callable[[Path, Path], list[Seen]], read_texts: Texts, filename: str, some: list[dict[str, Any]]
) -> None:
    """The same ids, titles, links and instants, and the same words in every article that has a text."""
    with tempfile.TemporaryDirectory() as scratch:
        public = publish(Path(scratch), some)
        wanted, items = expected(public, ""), json_items(public / "feed.json")

        seen = read(public / filename, Path(scratch))
        found = read_texts(public / filename, Path(scratch))

    vague = {article.id for article in wanted if unescape(article.title) != article.title}
    assert comparable(seen, read, vague) == comparable(wanted, read, vague)
    contents = {item.id: item.content for item in items if item.content}
    assert {key: words(found[key]) for key in contents} == {key: words(text) for key, text in contents.items()}


@pytest.mark.rule(41, 104)
@pytest.mark.parametrize("read", SUMMARIES, ids=lambda read: read.__name__.rpartition("_")[2])
@GENERATED
@given(some=publications)
def test_every_reader_shows_the_summary_as_it_was_written(read: Texts, some: list[dict[str, Any]]) -> None:
    """RSS descriptions are HTML to readers: what looks like a tag or a reference must survive."""
    with tempfile.TemporaryDirectory() as scratch:
        public = publish(Path(scratch), some)
        items = json.loads((public / "brief" / "feed.json").read_bytes())["items"]

        found = read(public / "brief" / "rss.xml", Path(scratch))

    assert {item["id"]: words(found[item["id"]]) for item in items} == {
        item["id"]: item["content_text"].split() for item in items
    }

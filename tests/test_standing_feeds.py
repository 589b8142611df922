"""A feed once published never ends by itself: what nothing in feeds/ defines any more answers until it is retired."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newsrooms import PUBLICATION, Newsroom, Unpack
from serve.clients import wsgi_client
from sosik.edition.build import Report
from sosik.serve import create_app
from sosik.serve.builder import Builder
from sosik.site import Site

LATER = "2024-02-02 09:00"
LATEST = "2024-02-03 09:00"
FILES = ("rss.xml", "atom.xml", "feed.json")


def entry(number: int, rest: str = "section: 지역\n", body: str = "") -> str:
    text = body or f"{number}번 다리가 새로 놓였다."
    return (
        f"-- content/{number}.yaml --\nid: tag:test.example,2010:{number:012}\ntitle: 다리 {number}\n"
        f"published: 2024-01-{10 + number} 10:00\n{rest}body: {text}\n"
    )


def entries(count: int, rest: str = "section: 지역\n") -> str:
    return "".join(entry(number, rest) for number in range(1, count + 1))


def told(report: Report) -> list[str]:
    return [f"{one.message} | {one.hint}" for one in report.problems if one.code == "feed-undefined"]


def bodies(room: Newsroom, folder: str = "", names: tuple[str, ...] = FILES) -> dict[str, bytes]:
    return {name: room.read(f"{folder}/{name}") for name in names}


def retire(room: Newsroom, *addresses: str, now: str = LATEST) -> Report:
    room.sosik("retire", *addresses)
    return room.build(now)


@pytest.fixture
def local(newsroom: Unpack) -> Newsroom:
    """A newsroom with a feed of everything and an archived one of a section, with an old address."""
    definition = "title: 지역\narchive: month\nselect: {section: [지역]}\naliases: [/old/local.xml]\n"
    room = newsroom(f"-- feeds/local.yaml --\n{definition}" + entries(4))
    room.build()
    return room


def test_a_definition_that_is_gone_leaves_every_address_as_it_was(local: Newsroom) -> None:
    """Feed, archive and old address: the same bytes and times; it is told at every build, and offered no more."""
    names = ("local/archive/2024-01", "local")
    before = [bodies(local, f"/{name}") for name in names]
    times = [(local.root / "public" / name / file).stat().st_mtime for name in names for file in FILES]
    alias = local.read("/old/local.xml")
    local.write("-- feeds/local.yaml --\n(gone)\n")

    reports = [local.build(LATER), local.build(LATEST)]

    assert [bodies(local, f"/{name}") for name in names] == before
    assert [(local.root / "public" / name / file).stat().st_mtime for name in names for file in FILES] == times
    assert local.read("/old/local.xml") == alias
    for report in (*reports, Site(local.root).check()):
        [message] = told(report)
        assert "/local/rss.xml, /local/atom.xml, /local/feed.json, /old/local.xml" in message
        assert "aliases: [/local/rss.xml, /local/atom.xml, /local/feed.json, /old/local.xml]" in message
        assert "feeds/all.yaml" in message
    for page in ("/feeds/feeds.opml", "/feeds/index.html"):
        assert b"local/" not in local.read(page)
    assert "새 기사가 올라오지 않습니다" in local.read("/feeds/local/index.html").decode()
    assert b"/local/rss.xml" not in local.read("/feeds/local/index.html")


def test_what_stands_still_follows_withdrawals_and_corrections_and_takes_nothing_new(local: Newsroom) -> None:
    local.write("-- feeds/local.yaml --\n(gone)\n")
    local.build(LATER)
    correction = "section: 지역\nedits: [{at: 2024-02-02 10:00, kind: correction, note: 길이를 바로잡습니다}]\n"
    local.write(entry(1, "section: 지역\nstatus: withdrawn\n") + entry(2, correction, "다리는 20미터다.") + entry(5))

    local.build(LATEST)

    for path in ("/local/feed.json", "/local/archive/2024-01/feed.json"):
        assert local.titles(path) == ["다리 4", "다리 3", "다리 2"]
        assert "다리는 20미터다" in local.read(path).decode()
    assert "다리는 20미터다" in local.read("/old/local.xml").decode()
    assert b"<updated>2024-02-03T09:00:00+09:00</updated>" in local.read("/local/atom.xml")


def test_retired_addresses_are_gone_and_come_back_when_they_are_not(local: Newsroom) -> None:
    before = bodies(local, "/local")
    local.write("-- feeds/local.yaml --\n(gone)\n")
    local.build(LATER)

    report = retire(local, "/local/rss.xml", "https://feeds.test.example/old/local.xml")

    [message] = told(report)
    assert message.startswith("/local/atom.xml, /local/feed.json have ")
    assert not (local.root / "public/local/rss.xml").exists()
    assert sorted(local.sosik("config", "redirects").split("\n")[-3:-1]) == [
        "/local/rss.xml  /feeds/index.html  410",
        "/old/local.xml  /feeds/index.html  410",
    ]
    report = retire(local, "/local/*", now="2024-02-04 09:00")
    assert told(report) == []
    assert not (local.root / "public/local").exists()
    local.write(f"-- feeds/publication.yaml --\n{PUBLICATION}")
    local.build("2024-02-05 09:00")
    assert bodies(local, "/local") == before
    assert local.titles("/local/archive/2024-01/feed.json") == ["다리 4", "다리 3", "다리 2", "다리 1"]


def test_retiring_keeps_the_form_of_the_file(local: Newsroom) -> None:
    file = local.root / "feeds/publication.yaml"
    text = f"{PUBLICATION}# 아래는 그대로 둔다\nmax_age: 60  # 초\n"
    file.write_text(text, "utf-8")
    local.write("-- feeds/local.yaml --\n(gone)\n")

    local.sosik("retire", "/local/rss.xml")
    local.sosik("retire", "/local/rss.xml", "/local/atom.xml")

    assert file.read_text("utf-8") == f'{text}retire:\n  - "/local/rss.xml"\n  - "/local/atom.xml"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("retire: /a.xml\n", 'retire: ["/a.xml", "/local/*"]\n'),
        ("retire: ['/a.xml']\n", "retire: ['/a.xml', \"/local/*\"]\n"),
    ],
)
def test_a_list_written_by_hand_is_gone_on_with(local: Newsroom, before: str, after: str) -> None:
    local.write(f"-- feeds/publication.yaml --\n{PUBLICATION}{before}")

    local.sosik("retire", "/local/*")

    assert (local.root / "feeds/publication.yaml").read_text("utf-8") == PUBLICATION + after


@pytest.mark.parametrize(
    "address", ["/never/rss.xml", "https://other.example/local/rss.xml", "/*", "local/rss.xml", "/x?a"]
)
def test_what_was_never_an_address_is_not_retired(local: Newsroom, address: str) -> None:
    assert "no published feed has the address" in local.sosik("retire", address, status=2)


def test_what_is_defined_is_never_retired(local: Newsroom) -> None:
    """Nothing ends by a slip: first the definition goes, and until then the editor is told."""
    assert "still defined" in local.sosik("retire", "/local/rss.xml")
    report = local.build(LATER)

    assert (local.root / "public/local/rss.xml").exists()
    assert [problem.code for problem in report.problems] == ["retire-defined"]
    local.write("-- feeds/local.yaml --\n(gone)\n")
    local.build(LATEST)
    assert not (local.root / "public/local/rss.xml").exists()


@pytest.mark.parametrize("name", ["main", "전체"])
def test_the_root_feed_renamed_is_taken_over_by_the_line_of_the_hint(newsroom: Unpack, name: str) -> None:
    room = newsroom(entries(4))
    room.build()
    before = bodies(room)
    (room.root / "feeds/all.yaml").rename(room.root / f"feeds/{name}.yaml")
    report = room.build(LATER)
    assert bodies(room) == before
    [message] = told(report)
    line = message.partition(f"feeds/{name}.yaml ")[2].partition(";")[0]
    assert line == "aliases: [/rss.xml, /atom.xml, /feed.json]"

    with (room.root / f"feeds/{name}.yaml").open("a") as file:
        file.write(f"{line}\n")
    room.write(entry(5))
    report = room.build(LATEST)

    assert told(report) == []
    assert bodies(room) == bodies(room, f"/{name}")
    assert room.titles()[0] == "다리 5"


def test_a_section_renamed_keeps_its_readers_and_can_have_the_old_address(newsroom: Unpack) -> None:
    family = '-- feeds/sections.yaml --\neach: section\ntitle: "{value} 뉴스"\npath: "section/{slug}"\n'
    room = newsroom(family + entries(6))
    room.build()
    before = bodies(room, "/section/지역")
    room.write(entries(6, "section: 지역사회\n"))
    report = room.build(LATER)

    for name in FILES:
        assert room.read(f"/section/지역/{name}").count("지역".encode()) >= before[name].count("지역".encode())
    assert len(room.titles("/section/지역/feed.json")) == 6
    [message] = told(report)
    assert "slugs: {지역사회: 지역}" in message
    room.write(f"{family}slugs: {{지역사회: 지역}}\n" + entry(7, "section: 지역사회\n"))
    report = room.build(LATEST)

    assert room.titles("/section/지역/feed.json") == room.titles("/section/지역사회/feed.json")
    assert len(room.titles("/section/지역/feed.json")) == 7
    assert "no definition any more" in told(report)[0]


def test_a_minimum_is_for_the_birth_of_a_feed(newsroom: Unpack) -> None:
    family = "-- feeds/tags.yaml --\neach: tag\nminimum: 2\n"
    room = newsroom(family + entries(3, "tags: [다리, 강]\n") + entry(4, "tags: [산]\n"))
    room.build()
    assert not (room.root / "public/tag/산").exists()
    room.write(entries(2, "tags: [다리]\n"))
    report = room.build(LATER)

    assert told(report) == []
    assert room.titles("/tag/강/feed.json") == ["다리 3"]
    room.write(entry(3, "tags: [다리]\n"))
    [message] = told(room.build(LATEST))
    assert "under 강" in message
    assert room.titles("/tag/강/feed.json") == ["다리 3"]
    room.write(entry(4, "tags: [강]\n"))
    assert told(room.build("2024-02-04 09:00")) == []
    assert room.titles("/tag/강/feed.json") == ["다리 4"]


def test_many_values_that_are_gone_are_told_together(newsroom: Unpack) -> None:
    room = newsroom(
        "-- feeds/tags.yaml --\neach: tag\n" + entry(1, f"tags: [{', '.join(f'말{n}' for n in range(9))}]\n")
    )
    room.build()
    room.write(entry(1, "tags: [다른]\n"))
    room.write("-- feeds/all.yaml --\n(gone)\n-- feeds/one.yaml --\ntitle: 하나\nselect: {section: [없음]}\n")

    report = room.build(LATER)

    assert [message.partition(" |")[0] for message in told(report) if message.startswith("no")] == [
        "no articles under 말0, 말1, 말2, 말3, 말4 any more (9 feeds); the last articles stay published"
    ]


@pytest.mark.parametrize("what", ["formats: [rss]\n", "archive: none\n", "path: town\n"])
def test_what_a_feed_had_goes_on_with_it(newsroom: Unpack, what: str) -> None:
    """A format, an archive, a folder: new articles come there too where the feed has them."""
    base = "title: 지역\nselect: {section: [지역]}\narchive: month\n"
    room = newsroom(f"-- feeds/local.yaml --\n{base}" + entries(3))
    room.build()
    paths = list((room.root / "public/local").rglob("*.*"))
    before = {path: path.read_bytes() for path in paths}
    changed = base.replace("archive: month\n", "") if "archive" in what else base
    room.write(f"-- feeds/local.yaml --\n{changed}{what}")
    room.build(LATER)
    assert all(path.exists() for path in before)
    room.write(entry(3, "section: 지역\nstatus: withdrawn\n"))
    room.write(entry(6).replace("2024-01-16", "2024-02-02"))

    report = room.build(LATEST)

    assert {json.dumps(room.titles("/local/archive/2024-01/feed.json"))} == {json.dumps(["다리 2", "다리 1"])}
    if "archive" not in what:
        assert room.titles("/local/feed.json")[0] == "다리 6"
        assert "no definition any more" in told(report)[0]


def test_another_feed_may_take_the_place(local: Newsroom) -> None:
    local.write("-- feeds/local.yaml --\n(gone)\n-- feeds/town.yaml --\ntitle: 동네\npath: local\nformats: [json]\n")

    report = local.build(LATER)

    assert [one.code for one in report.problems] == ["feed-undefined"]
    assert json.loads(local.read("/local/feed.json"))["title"] == "동네"
    assert "<title>지역</title>".encode() in local.read("/local/rss.xml")


def test_the_server_says_so_in_its_log_and_to_who_watches_over_it(
    local: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    local.write("-- feeds/local.yaml --\n(gone)\n")
    builder = Builder(Site(local.root))
    builder.build()
    builder.build()

    logged = [one.getMessage() for one in caplog.records if "feed-undefined" in one.getMessage()]
    assert len(logged) == 1
    app = create_app(local.root / ".sosik")
    ask = wsgi_client(app.wsgi_app)
    health = json.loads(ask("/healthz").body)
    assert (health["status"], health["problems"]) == ("ok", {"feed-undefined": 1})
    assert [ask(f"/local/{name}").status for name in FILES] == [200, 200, 200]
    app.extensions["sosik"].close()


def rename(room: Newsroom) -> None:
    (room.root / "feeds/local.yaml").rename(room.root / "feeds/지방.yaml")


def break_it(room: Newsroom) -> None:
    room.write("-- feeds/local.yaml --\ntitle: [지역\n")
    room.build("2024-02-01 12:00")
    room.write("-- feeds/local.yaml --\n(gone)\n")


def make_a_family(room: Newsroom) -> None:
    room.write('-- feeds/local.yaml --\neach: section\ntitle: "{value}"\npath: "local/{slug}"\n')


def leave_without_entries(room: Newsroom) -> None:
    room.write("-- feeds/local.yaml --\n(gone)\n")
    for number in (1, 2, 3, 4):
        room.write(entry(number, "section: 지역\nstatus: withdrawn\n"))


@pytest.mark.parametrize("deed", [rename, break_it, make_a_family, leave_without_entries])
def test_no_slip_takes_an_address_away(local: Newsroom, deed: Callable[[Newsroom], None]) -> None:
    public: Path = local.root / "public"
    before = {path for path in public.rglob("*.*") if path.name in {*FILES, "local.xml"}}
    deed(local)

    local.build(LATER, withdrawals=True)
    local.build(LATEST)

    assert {path for path in before if not path.exists()} == set()

"""What was published is a whole second memory: a machine that kept no store goes on as one that kept it.

Two publications live through the same days. One keeps its store; the other is checked out anew each time, knows only
what it published before, and must publish, announce and take back the same.
"""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from newsrooms import PUBLICATION, Newsroom, Unpack, at
from sosik.edition.build import Report
from sosik.errors import PreviousError
from sosik.ledger.verdicts import Allowances
from sosik.previous.memory import Written, written_memory
from sosik.publish import beside
from sosik.site import Site
from sosik.store import Store, open_snapshot, open_store
from test_previous import Quiet, serving

HUB = "https://hub.test.example/"
SETTINGS = f"""\
-- feeds/publication.yaml --
{PUBLICATION}hubs: [{HUB}]
indexnow: {{key: 0123456789abcdef, endpoints: [http://127.0.0.1:1/]}}
-- feeds/all.yaml --
title: 전체
archive: month
window: {{entries: 3, hours: 0, at_most: 3}}
aliases: [/rss/all.xml]
-- feeds/sections.yaml --
each: section
-- feeds/brief.yaml --
title: 간추림
content: summary
formats: [rss]
select: {{section: [경제]}}
"""


def article(number: int, rest: str = "", body: str = "", section: str = "지역") -> str:
    text = body or f"{number}호선 공사가 끝나 열차가 다시 다닌다."
    link = f"link: https://www.test.example/{number}\n" if number % 2 else ""
    return (
        f"-- content/{number}.yaml --\nid: tag:test.example,2010:{number:012}\ntitle: 열차 {number}\n"
        f"published: 2024-01-{number:02} 10:00\nsection: {section}\n{link}{rest}body: {text}\n"
    )


DAYS: tuple[tuple[str, str], ...] = (
    ("2024-01-20 09:00", SETTINGS + "".join(article(number) for number in range(1, 7)) + article(9, "", "", "경제")),
    ("2024-01-21 09:00", article(5, body="조용히 고친 글이다.") + "-- content/6.yaml --\n(gone)\n"),
    ("2024-01-22 09:00", article(10) + article(11, section="경제")),
    ("2024-01-22 10:00", ""),
    ("2024-01-23 09:00", article(4, "edits: [{at: 2024-01-23 08:00, kind: correction, note: 고칩니다}]\n")),
    ("2024-01-24 09:00", "-- feeds/brief.yaml --\n(gone)\n" + article(12, "status: draft\n") + article(31)),
    ("2024-01-25 09:00", "".join(article(number, section="동네") for number in (1, 2, 3, 4, 5, 10))),
    (
        "2024-01-26 09:00",
        article(11, "status: withdrawn\n", section="경제") + article(9, "tags: [철도]\n", section="경제"),
    ),
    ("2024-01-27 09:00", "-- retire --\n/section/지역/*\n"),
    ("2024-02-02 09:00", article(12)),
)


def live(room: Newsroom, text: str, now: str, previous: str = "") -> Report:
    """Let a day come to a publication: build, publish, and leave what another machine needs."""
    head, mark, retired = text.partition("-- retire --\n")
    if head:
        room.write(head)
    if mark:
        settings = room.root / "feeds/publication.yaml"
        settings.write_text(settings.read_text("utf-8") + f"retire: ['{retired.strip()}']\n", "utf-8")
    site = Site(room.root)
    allowed = Allowances(withdraw_now=True)  # as a fresh checkout means it
    report = site.build(now=at(now), allowed=allowed, previous=previous, or_new=bool(previous))
    site.publish(room.root / "public")
    site.leave_memory(room.root / "public")
    return report


def said(report: Report) -> tuple[object, ...]:
    """Return what a build says, but for what only the texts of the day before can tell."""
    problems = {str(one) for one in report.problems if one.code != "edit-large"}
    return report.edition, report.counts, dict(report.documents), report.outcomes, problems


def queue(room: Newsroom) -> set[tuple[str, str, int]]:
    """Return who is to be told of what, and empty the queue."""
    with open_store(room.root / ".sosik") as store, store.transaction():
        rows = store.announcements.waiting()
        store.announcements.drop(rows)
    return {(row.target, row.url, row.since) for row in rows}


def files(room: Newsroom) -> dict[str, tuple[bytes, int]]:
    public = room.root / "public"
    found = (path for path in sorted(public.rglob("*")) if path.is_file())
    return {str(path.relative_to(public)): (path.read_bytes(), int(path.stat().st_mtime)) for path in found}


def gone(room: Newsroom) -> set[str]:
    with closing(open_snapshot(room.root / ".sosik")) as snapshot:
        return {*snapshot.gone()}


def forget_times(public: Path) -> None:
    """Let files have the times of a fresh download."""
    for path in public.rglob("*"):
        os.utime(path, (2_000_000_000, 2_000_000_000))


@pytest.mark.parametrize("how", ["folder", "web"])
@pytest.mark.rule(18, 33, 63)
def test_who_kept_no_store_does_what_who_kept_it_does(tmp_path: Path, how: str) -> None:
    kept, fresh = Newsroom(tmp_path / "kept"), Newsroom(tmp_path / "fresh")
    site = tmp_path / "site"
    for number, (now, text) in enumerate(DAYS):
        with_store = live(kept, text, now)
        shutil.rmtree(fresh.root / ".sosik", ignore_errors=True)
        shutil.rmtree(fresh.root / "public", ignore_errors=True)
        if how == "folder":
            with_files = live(fresh, text, now, str(site))
        else:
            site.mkdir(exist_ok=True)
            with serving(partial(Quiet, directory=str(site))) as address:
                with_files = live(fresh, text, now, address)
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(fresh.root / "public", site)
        forget_times(site)

        assert said(with_files) == said(with_store), number
        assert files(fresh).keys() == files(kept).keys(), number
        assert files(fresh) == files(kept), number
        assert gone(fresh) == gone(kept), number
        assert queue(fresh) == queue(kept), number


def test_nothing_that_is_not_public_stands_in_it(newsroom: Unpack) -> None:
    """No file's name, no draft, nothing to come, and of what was taken back only its id."""
    room = newsroom(SETTINGS + article(1) + article(2) + article(3, "status: draft\n"))
    live(room, article(4).replace("2024-01-04", "2024-03-04"), "2024-01-20 09:00")
    live(room, article(2, "status: withdrawn\n"), "2024-01-21 09:00")

    text = (room.root / "public/feeds/published.json").read_text("utf-8")

    assert "열차 1" in text
    for secret in ("열차 2", "열차 3", "열차 4", "content", ".yaml", "000000000003", "000000000004", "공사"):
        assert secret not in text
    assert "000000000002" in text
    live(room, article(1, "published: 2024-01-09 10:00\n").replace("열차 1", "아직 모를 제목"), "2024-01-22 09:00")
    assert "아직 모를" not in (room.root / "public/feeds/published.json").read_text("utf-8")


def test_what_was_left_is_brought_up_to_what_a_new_one_would_tell(
    newsroom: Unpack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the lines only those are made whose rows changed; it is made anew where a file was held back, say."""
    anew: list[Store] = []

    def made_anew(store: Store) -> Written:
        anew.append(store)
        return written_memory(store)

    room = newsroom("")
    monkeypatch.setattr(beside, "written_memory", made_anew)
    for day, (now, text) in enumerate(DAYS):
        live(room, text, now)

        with open_store(room.root / ".sosik") as store:
            made = b"".join(written_memory(store))
        assert (room.root / "public/feeds/published.json").read_bytes() == made, day
    assert len(anew) < len(DAYS) / 2


def test_a_file_that_others_changed_is_made_anew(newsroom: Unpack) -> None:
    room = newsroom(SETTINGS + article(1) + article(2))
    live(room, "", "2024-01-20 09:00")
    left = room.root / "public/feeds/published.json"
    left.write_text(left.read_text("utf-8").replace("열차 1", "열차 7"), "utf-8")
    live(room, article(2, body="고쳐 쓴 글이다."), "2024-01-21 09:00")

    assert "열차 7" not in left.read_text("utf-8")


def test_it_is_written_only_when_it_changed(newsroom: Unpack) -> None:
    room = newsroom(SETTINGS + article(1))
    live(room, "", "2024-01-20 09:00")
    before = (room.root / "public/feeds/published.json").stat().st_ctime_ns
    live(room, "", "2024-01-20 10:00")

    assert (room.root / "public/feeds/published.json").stat().st_ctime_ns == before


@pytest.mark.parametrize(
    ("status", "is_new"), [(404, True), (410, True), (403, False), (401, False), (500, False), (503, False)]
)
def test_only_what_is_not_there_is_new(newsroom: Unpack, status: int, *, is_new: bool) -> None:
    class Refusing(Quiet):
        def do_GET(self) -> None:  # noqa: N802  # the name that http.server calls
            self.send_error(status)

    room = newsroom(article(1))
    with serving(Refusing) as address:
        build: Callable[[], object] = partial(Site(room.root).build, previous=address, or_new=True)
        if is_new:
            build()
        else:
            with pytest.raises(PreviousError):
                build()
    assert Site(room.root).has_store is is_new


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://nowhere.invalid/", "https://127.0.0.1:1/"])
def test_a_network_that_fails_is_nothing_new(newsroom: Unpack, address: str) -> None:
    room = newsroom(article(1))

    with pytest.raises(PreviousError):
        Site(room.root).build(previous=address, or_new=True)


def test_a_server_that_speaks_no_tls_is_nothing_new(newsroom: Unpack) -> None:
    room = newsroom(article(1))
    with serving(Quiet) as address, pytest.raises(PreviousError):
        Site(room.root).build(previous=address.replace("http:", "https:"), or_new=True)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 2}', '{"version": 1}', "<!doctype html><title>없는 페이지</title>"]
)
def test_a_memory_that_cannot_be_read_stops_the_build(newsroom: Unpack, text: str) -> None:
    room = newsroom(article(1))
    room.write(f"-- old/feeds/published.json --\n{text}")

    with pytest.raises(PreviousError, match=r"published\.json"):
        Site(room.root).build(previous="old", or_new=True)


@pytest.mark.parametrize("path", ["/../x.xml", "x.xml", "/a\nb"])
def test_a_path_that_is_none_stops_the_build(newsroom: Unpack, path: str) -> None:
    room = newsroom(SETTINGS + article(1))
    live(room, "", "2024-01-20 09:00")
    file = room.root / "public/feeds/published.json"
    memory = json.loads(file.read_text("utf-8"))
    memory["gone"] = [[path, 1]]
    file.write_text(json.dumps(memory), "utf-8")
    shutil.rmtree(room.root / ".sosik")

    with pytest.raises(PreviousError):
        Site(room.root).build(previous="public")


@pytest.mark.parametrize(
    ("then", "told"), [("", ""), ("pages: /old/\n", "old/published.json"), ("pages: /old/\n", None)]
)
def test_it_is_found_where_pages_were_before(newsroom: Unpack, tmp_path: Path, then: str, told: str | None) -> None:
    """In the build that moves `pages`: at the usual place, by its own address, or in a folder (None)."""
    articles = "".join(article(number) for number in range(1, 7))
    fresh = newsroom(SETTINGS.replace("hubs:", f"{then}hubs:") + articles)
    live(fresh, "", "2024-01-20 09:00")
    queue(fresh)
    kept, site = Newsroom(tmp_path / "kept"), tmp_path / "site"
    shutil.copytree(fresh.root, kept.root, dirs_exist_ok=True)
    shutil.move(fresh.root / "public", site)
    shutil.rmtree(fresh.root / ".sosik")
    moved = SETTINGS.replace("hubs:", "pages: /pages/\nhubs:") + article(7) + "-- content/2.yaml --\n(gone)\n"

    with_store = live(kept, moved, "2024-01-21 09:00")
    with serving(partial(Quiet, directory=str(site))) as address:
        with_files = live(fresh, moved, "2024-01-21 09:00", str(site) if told is None else address + told)

    assert said(with_files) == said(with_store)
    assert gone(fresh) == gone(kept)
    assert queue(fresh) == queue(kept)


def test_without_that_file_the_feeds_themselves_tell_most(newsroom: Unpack) -> None:
    """As an earlier version published them: hubs are told of what changed alone, and times stay."""
    room = newsroom(SETTINGS + "".join(article(number) for number in range(1, 7)))
    live(room, "", "2024-01-20 09:00")
    queue(room)
    (room.root / "public/feeds/published.json").unlink()
    before = files(room)
    shutil.copytree(room.root / "public", room.root / "site")
    for name in (".sosik", "public"):
        shutil.rmtree(room.root / name)

    live(room, article(7, section="경제"), "2024-01-21 09:00", str(room.root / "site"))

    told = {url for _, url, _ in queue(room)}
    assert "https://feeds.test.example/rss.xml" in told
    assert not any("%EC%A7%80%EC%97%AD" in url for url in told)
    unchanged = [name for name in before if name.startswith("section/지역/")]
    assert {name: files(room)[name] for name in unchanged} == {name: before[name] for name in unchanged}


def test_a_store_that_is_there_and_knows_as_much_is_believed(newsroom: Unpack) -> None:
    """A cache in CI, and the published feeds beside it: both may be given, and nothing moves."""
    room = newsroom(SETTINGS + article(1) + article(2))
    live(room, "", "2024-01-20 09:00")
    before = files(room)

    live(room, "", "2024-01-20 10:00", "public")

    assert files(room) == before


def test_a_store_that_is_an_older_one_takes_over_what_was_published(newsroom: Unpack) -> None:
    """Also a silent edit, which nobody stamped: it is not told again."""
    room = newsroom(SETTINGS + article(1) + article(2))
    live(room, "", "2024-01-20 09:00")
    shutil.copytree(room.root / ".sosik", room.root / "backup")
    live(room, article(1, body="조용히 고친 글이다.") + "-- content/2.yaml --\n(gone)\n", "2024-01-21 09:00")
    before = files(room)
    shutil.rmtree(room.root / ".sosik")
    (room.root / "backup").rename(room.root / ".sosik")
    queue(room)

    report = live(room, "", "2024-01-22 09:00", "public")

    assert (report.outcomes, report.unchanged) == ({}, 1)
    assert queue(room) == set()
    assert files(room) == before

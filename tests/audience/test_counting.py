"""What the report says is what happened: logs of known visits, read through the command."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from audience.logs import BROWSER, FEEDBIN, FEEDLY, MINIFLUX, NEWSBOAT, Visit, combined, polls, write
from newsrooms import Newsroom, Unpack

DAY = 24 * 60


def audience(root: Path, visits: Sequence[Visit], *options: str) -> dict[str, Any]:
    log = write(root / "access.log", combined(visits))
    found: dict[str, Any] = json.loads(Newsroom(root).sosik("audience", log, "--json", *options))
    return found


def feeds(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {feed["path"]: feed for feed in found["feeds"]}


@pytest.mark.rule(102)
def test_subscribers_are_the_greatest_number_of_a_day_and_no_sum(tmp_path: Path) -> None:
    """A service polls from several machines, and each says the same number; on the next day somebody has left."""
    visits = [
        *(Visit(agent=FEEDLY.format(16), address=f"192.0.2.{n}", after=n) for n in range(5)),
        Visit(agent=FEEDLY.format(17), after=60),
        Visit(agent=FEEDLY.format(12), after=DAY),
        Visit(agent=FEEDLY.format(11), after=DAY + 5),
    ]
    found = audience(tmp_path, visits)

    (claim,) = feeds(found)["/rss.xml"]["claims"]
    assert (claim["service"], claim["subscribers"], claim["most"]) == ("Feedly", 12, 17)
    assert claim["last_day"] == "2024-01-17"
    assert [day["subscribers"] for day in found["days"]] == [17, 12]
    assert found["subscribers"] == 12


def test_feed_ids_are_feeds_of_their_own(tmp_path: Path) -> None:
    """A service that knows a feed under two addresses counts the subscribers of each."""
    visits = [Visit(agent=FEEDBIN.format(1, 5)), Visit(agent=FEEDBIN.format(2, 3)), Visit(agent=FEEDBIN.format(1, 5))]

    assert audience(tmp_path, visits)["subscribers"] == 8


@pytest.mark.rule(102)
def test_numbers_that_nobody_can_have_are_not_believed(tmp_path: Path) -> None:
    visits = [Visit(agent=FEEDLY.format(1_000_000)), Visit(agent=FEEDLY.format(7))]
    visits += [Visit(agent=FEEDBIN.format(number, 90_000)) for number in range(200)]
    found = audience(tmp_path, visits)

    assert found["subscribers"] == 7 + 31 * 90_000
    assert any("implausible" in note for note in found["notes"])


def test_readers_are_pairs_of_address_and_agent(tmp_path: Path) -> None:
    """Services with a number, browsers and search engines are no readers; a reader is counted once a day."""
    visits = [
        *polls(10, every=30, address="192.0.2.1"),
        *polls(10, every=30, address="192.0.2.2"),
        *polls(3, every=60, address="192.0.2.2", agent=MINIFLUX),
        *polls(2, every=60, first=DAY, address="192.0.2.1"),
        Visit(agent=BROWSER),
        Visit(agent=FEEDLY.format(3)),
        Visit(agent="Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)"),
    ]
    found = audience(tmp_path, visits)

    assert [day["readers"] for day in found["days"]] == [3, 1]
    assert found["readers"] == 3


def test_people_are_shown_times_as_they_write_them(tmp_path: Path) -> None:
    log, page = write(tmp_path / "access.log", combined([Visit(), Visit(after=DAY)])), tmp_path / "page.html"
    room = Newsroom(tmp_path)

    assert "2024-01-16 09:00 to 2024-01-17 09:00" in " ".join(room.sosik("audience", log).split())
    assert "2024년 1월 16일 09:00부터 2024년 1월 17일 09:00까지" in " ".join(
        room.sosik("--lang", "ko", "audience", log, "--html", page).split()
    )
    assert "2024년 1월 16일 09:00부터" in page.read_text("utf-8")
    assert json.loads(room.sosik("audience", log, "--json"))["first"] == "2024-01-16T09:00:00+09:00"


@pytest.mark.rule(102)
def test_what_polls_cost(tmp_path: Path) -> None:
    visits = [*polls(4, every=30, size=1000), *polls(6, every=30, address="192.0.2.2", size=3000)]
    visits = [visit if visit.status == 200 else Visit(**{**vars(visit), "size": 0}) for visit in visits]
    found = audience(tmp_path, visits)

    assert found["traffic"] == {"polls": 10, "unchanged": 8, "sent": 4000, "saved": 16000, "unchanged_share": 0.8}


def test_only_polls_of_feeds_count(tmp_path: Path) -> None:
    visits = [
        Visit(target="/rss.xml?_=12345"),
        Visit(target="/local/atom.xml"),
        Visit(target="/section/%EC%A0%95%EC%B9%98/feed.json"),
        Visit(target="/articles/a/"),
        Visit(target="/media/12345678/a.jpg"),
        Visit(target="/gone/rss.xml", status=410),
        Visit(target="/nowhere/rss.xml", status=404),
        Visit(method="POST", status=405),
        Visit(method="HEAD", size=0),
    ]
    found = audience(tmp_path, visits)

    assert set(feeds(found)) == {"/rss.xml", "/local/atom.xml", "/section/정치/feed.json"}
    assert feeds(found)["/rss.xml"]["traffic"]["polls"] == 2
    assert found["elsewhere"] == 2
    assert found["refused"] == {"404": 1, "405": 1, "410": 1}


def test_old_addresses_of_a_publication_are_feeds(newsroom: Unpack) -> None:
    made = newsroom()
    made.write("-- feeds/all.yaml --\ntitle: 전체\naliases: [/rss/allArticle.do]\n")
    made.build()
    log = write(made.root / "access.log", combined([Visit(target="/rss/allArticle.do")]))

    assert set(feeds(json.loads(made.sosik("audience", log, "--json")))) == {"/rss/allArticle.do"}


def test_days_begin_where_the_publication_is(tmp_path: Path) -> None:
    """A server logs in its own zone; a newsroom's day is Korean unless it says otherwise."""
    line = '192.0.2.1 - - [15/Jan/2024:{} +0000] "GET /rss.xml HTTP/1.1" 200 5 "-" "newsboat/2"\n'
    log = write(tmp_path / "access.log", (line.format("14:59:59") + line.format("15:00:00")).encode())

    found = json.loads(Newsroom(tmp_path).sosik("audience", log, "--json"))

    assert [day["day"] for day in found["days"]] == ["2024-01-15", "2024-01-16"]


@pytest.mark.rule(102)
@pytest.mark.parametrize(
    ("visits", "reasons"),
    [
        pytest.param([Visit(after=60 * n) for n in range(4)], ["ignores ETag and Last-Modified"], id="no condition"),
        pytest.param([Visit(after=60 * n) for n in range(3)], None, id="too few to judge"),
        pytest.param([Visit(after=60 * n, size=5000 + n) for n in range(9)], None, id="each was another document"),
        pytest.param(polls(20, every=60), None, id="as it should be"),
        pytest.param(polls(40, every=2), ["polls too often"], id="too often"),
        pytest.param(polls(40, every=5), None, id="as often as an answer may be kept"),
    ],
)
def test_wasteful_clients(tmp_path: Path, visits: list[Visit], reasons: list[str] | None) -> None:
    found = audience(tmp_path, visits)

    assert [client["reasons"] for client in found["wasteful"]] == ([reasons] if reasons else [])


def test_the_most_wasteful_come_first(tmp_path: Path) -> None:
    visits = [Visit(address=f"192.0.2.{n}", size=1000 * n, after=60 * m) for n in range(1, 20) for m in range(5)]
    found = audience(tmp_path, visits, "--top", "3")

    wasted = [(client["address"], client["wasted"]) for client in found["wasteful"]]
    assert wasted == [("192.0.2.19", 76000), ("192.0.2.18", 72000), ("192.0.2.17", 68000)]


def test_the_table_says_the_same(tmp_path: Path) -> None:
    log = write(tmp_path / "access.log", combined([*polls(4, every=30), Visit(agent=FEEDLY.format(16))]))

    printed = Newsroom(tmp_path).sosik("audience", log)

    assert "5 lines: 5 feed polls" in printed
    assert "16 subscribers reported by services, about 1 other readers" in printed
    assert "60 % of responses were 304" in printed
    assert f"{NEWSBOAT.split('/', maxsplit=1)[0]} " in printed

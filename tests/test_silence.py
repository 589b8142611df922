"""Nothing is left out of feeds in silence: what is new and in none, what a window promises and cannot show."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from newsrooms import PUBLICATION, Newsroom, Unpack, at
from sosik.errors import Problem
from sosik.model import Outcome
from sosik.serve.builder import Builder
from sosik.site import Site

FEED = "-- feeds/all.yaml --\ntitle: 전체\n"
NOW = at("2024-02-01 09:00")


def article(name: str, minutes: int, *lines: str, kilobytes: int = 0) -> str:
    """Return an article of so many minutes before `NOW`."""
    published = f"{NOW - timedelta(minutes=minutes):%Y-%m-%d %H:%M} KST".replace(" KST", "")
    text = f"나루시가 {name} 일로 회의를 열었다. " + "강가의 바람이 분다. " * (kilobytes * 36)
    more = "".join(f"{line}\n" for line in lines)
    return (
        f"-- content/{name}.yaml --\nid: tag:test.example,2010:{name:0>12}\ntitle: 소식 {name}\n"
        f"published: {published} +09:00\n{more}body: {text.strip()}\n"
    )


def many(count: int, apart: int, *, kilobytes: int = 0, first: int = 1) -> str:
    """Return articles, each so many minutes older than the one before."""
    return "".join(article(f"a{n}", n * apart, kilobytes=kilobytes) for n in range(first, first + count))


def told(problems: list[Problem], code: str) -> list[str]:
    return [str(problem.message) for problem in problems if problem.code == code]


def founded(newsroom: Unpack, feeds: str, articles: str) -> Newsroom:
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}{feeds}{articles}")
    room.build()
    return room


# --- at_most gives way


@pytest.mark.parametrize(
    ("window", "count", "shown", "missing"),
    [
        ("", 150, 150, 0),
        ("", 300, 300, 0),
        ("", 340, 300, 40),
        ("window: {entries: 10, at_most: 20}", 50, 50, 0),
        ("window: {entries: 10, at_most: 20}", 70, 60, 10),
        ("window: {entries: 10, hours: 0, at_most: 20}", 70, 10, 0),
        ("window: {entries: 10, hours: 1, at_most: 20}", 30, 13, 0),
    ],
)
def test_a_burst_makes_room_and_what_is_left_out_is_counted(
    newsroom: Unpack, window: str, count: int, shown: int, missing: int
) -> None:
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}{FEED}{window}\n" + many(count, 5))
    report = room.build()

    assert len(room.items()) == shown
    expected = [f"/: no room for {missing} entries of the last 48 hours"] if missing else []
    assert told(report.problems, "feed-overfull") == expected


def test_the_same_is_shown_and_told_where_only_changes_are_looked_at(newsroom: Unpack) -> None:
    window = f"{FEED}window: {{entries: 5, at_most: 10}}\n"
    room = founded(newsroom, window, many(9, 5))
    for number in range(10, 45):
        room.write(article(f"a{number}", number * 5))
        report = room.build()
        assert len(room.items()) == min(number, 30)
        left = [f"/: no room for {number - 30} {'entry' if number == 31 else 'entries'} of the last 48 hours"]
        assert told(report.problems, "feed-overfull") == (left if number > 30 else [])


def test_what_is_corrected_in_a_burst_finds_room(newsroom: Unpack) -> None:
    corrected = "edits: [{at: 2024-01-31 10:00, kind: correction, note: 날짜를 바로잡습니다}]"
    room = founded(newsroom, f"{FEED}window: {{entries: 5, at_most: 10}}\n", many(12, 5))

    room.write(article("old", 90_000, corrected))
    report = room.build("2024-02-01 09:01")

    assert len(room.items()) == 13
    assert room.titles()[-1] == "소식 old"
    assert told(report.problems, "feed-overfull") == told(report.problems, "entry-unshown") == []


# --- size gives way


@pytest.mark.parametrize(("count", "kilobytes"), [(40, 41), (30, 60), (60, 41), (12, 250)])
def test_long_articles_keep_their_place_with_their_summary(newsroom: Unpack, count: int, kilobytes: int) -> None:
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}{FEED}" + many(count, 40, kilobytes=kilobytes))
    report = room.build()

    items = room.items()
    whole = [item for item in items if "content_html" in item]
    assert len(items) == count
    assert items[: len(whole)] == whole, "the newest are shown whole"
    assert 0 < len(whole) < count
    assert all(item["summary"] for item in items)
    [message] = told(report.problems, "feed-overfull")
    assert message == f"/: {count - len(whole)} older entries have only a summary"
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert len(room.read(name)) < 1_500_000
    assert room.read("rss.xml").count(b"<content:encoded>") == len(whole)


def test_a_feed_of_summaries_has_room_for_the_longest_articles(newsroom: Unpack) -> None:
    feed = "-- feeds/all.yaml --\ntitle: 전체\ncontent: summary\n"
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}{feed}" + many(40, 40, kilobytes=100))

    assert told(room.build().problems, "feed-overfull") == []
    assert len(room.items()) == 40


def test_what_was_told_of_a_summary_is_not_told_again(newsroom: Unpack) -> None:
    room = founded(newsroom, FEED, many(40, 40, kilobytes=41))

    room.write(article("a40", 1600, "section: 시정", kilobytes=41))
    assert told(room.build("2024-02-01 10:00").problems, "feed-overfull") == []

    room.write(article("b", 0, kilobytes=41))
    assert len(told(room.build("2024-02-01 11:00").problems, "feed-overfull")) == 1


# --- new, and in no feed


def test_an_article_that_is_published_late_with_an_old_date_is_told_once(newsroom: Unpack) -> None:
    room = founded(newsroom, FEED, many(40, 60))

    room.write(article("late", 60 * 24 * 200))
    shown = room.sosik("check")
    assert "content/late.yaml: warning: entry-unshown: published 2023-07-16 09:00, but in no feed" in shown
    report = room.build("2024-02-01 09:30")

    [problem] = [one for one in report.problems if one.code == "entry-unshown"]
    assert problem.location.file == "content/late.yaml"
    assert "feeds/all.yaml" in str(problem.message)
    assert told(room.build("2024-02-01 09:31").problems, "entry-unshown") == []


def test_a_burst_is_told_by_twenty_names_and_a_number(newsroom: Unpack) -> None:
    room = founded(newsroom, f"{FEED}window: {{entries: 5, hours: 0}}\n", many(5, 60))

    room.write(many(60, 1, first=100))
    report = room.build("2024-02-01 09:30")

    named = [one.location.file for one in report.problems if one.code == "entry-unshown"]
    assert len(named) == 21
    assert named[-1] == "content"
    assert report.unshown == 56
    assert told(report.problems, "entry-unshown")[-1] == "36 more new entries are in no feed"


def test_an_archive_is_silent_when_it_is_built_first_and_later(newsroom: Unpack) -> None:
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}{FEED}" + many(1_000, 600))

    first = room.sosik("build", "--now", "2024-02-01T09:00+09:00")
    assert "970 new entries are in no feed" in first
    room.write(article("new", 0))
    second = room.sosik("build", "--now", "2024-02-01T09:01+09:00")

    for printed in (first, second):
        assert not {"entry-unshown", "feed-overfull"} & set(printed.replace(":", "").split())
    assert "in no feed" not in second


def test_an_article_that_one_feed_shows_is_seen(newsroom: Unpack) -> None:
    small = "-- feeds/all.yaml --\ntitle: 전체\nwindow: {entries: 2, hours: 0}\n"
    family = '-- feeds/people.yaml --\neach: author\ntitle: "{value}"\npath: "people/{slug}"\n'
    room = founded(newsroom, small + family, many(5, 60))

    room.write(article("late", 90_000, "author: 한바다") + article("later", 90_001))
    report = room.build("2024-02-01 09:30")

    assert [one.location.file for one in report.problems if one.code == "entry-unshown"] == ["content/later.yaml"]


def test_an_article_that_no_feed_takes_is_told_and_one_left_out_on_purpose_is_not(newsroom: Unpack) -> None:
    feeds = "-- feeds/local.yaml --\ntitle: 지역\nselect: {section: [지역]}\nexclude: {tag: [광고]}\n"
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}{feeds}" + article("a", 10, "section: 지역"))
    room.write("-- feeds/all.yaml --\n(gone)\n")
    room.build()

    room.write(article("slip", 5, "section: 지억") + article("ad", 5, "section: 지역", "tags: [광고]"))
    report = room.build("2024-02-01 09:30")

    assert [one.location.file for one in report.problems if one.code == "entry-unshown"] == ["content/slip.yaml"]
    assert told(report.problems, "entry-unshown") == ["no feed selects the entry"]


# --- warned of


@pytest.mark.parametrize(
    ("published", "others", "is_told"),
    [
        ("2024-02-01", many(3, 60), True),
        ("2024년 2월 1일", many(3, 60), True),
        ("2024-02-01 08:59", many(3, 60), False),
        ("2024-01-31", many(3, 60), False),
        ("2024-02-01", many(3, 60, first=30), False),
        ("2024-02-01", article("x", 60).replace("2024-02-01 08:00 +09:00", "2024-02-01"), False),
    ],
)
def test_a_day_without_a_time_is_told_where_it_stands_below_the_morning(
    newsroom: Unpack, published: str, others: str, is_told: bool
) -> None:
    room = founded(newsroom, FEED, others)
    name = "-- content/d.yaml --\n"
    room.write(f"{name}id: tag:test.example,2010:dddd\ntitle: 낮 소식\npublished: {published}\nbody: 본문입니다.\n")

    assert ("published-day" in room.sosik("check")) is False, "today is another day"
    report = room.build("2024-02-01 12:00")
    assert bool(told(report.problems, "published-day")) is is_told

    room.write(f"{name}id: tag:test.example,2010:dddd\ntitle: 낮 소식 둘\npublished: {published}\nbody: 본문.\n")
    assert told(room.build("2024-02-01 12:10").problems, "published-day") == [], "it cannot be changed any more"


@pytest.mark.parametrize(("seconds", "is_told"), [(300, False), (3600, False), (3601, True), (86_400, True)])
def test_caches_that_keep_feeds_for_long_are_told(newsroom: Unpack, seconds: int, is_told: bool) -> None:
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}max_age: {seconds}\n{FEED}" + article("a", 10))

    assert bool(told(room.build().problems, "max-age-long")) is is_told
    assert len(room.items()) == 1


@pytest.mark.parametrize(
    ("alias", "media_type"),
    [
        ("/rss", "application/octet-stream"),
        ("/feed/", "text/html"),
        ("/rss.php", "application/octet-stream"),
        ("/rss/all.HTML", "text/html"),
        ("/old.json", "application/json"),
        ("/v1.0/rss", "application/octet-stream"),
        ("/rss/allArticle.xml", ""),
        ("/index.rdf", ""),
        ("/all.rss", ""),
    ],
)
def test_an_old_address_that_hides_a_feed_is_told_when_it_comes(newsroom: Unpack, alias: str, media_type: str) -> None:
    room = founded(newsroom, FEED, article("a", 10))
    assert told(room.build("2024-02-01 09:01").problems, "alias-type") == []

    room.write(f"{FEED}aliases: [{alias}]\n")
    messages = told(room.build("2024-02-01 09:02").problems, "alias-type")

    assert messages == (
        [f"alias {alias} is a feed, but some web servers serve it as {media_type}"] if media_type else []
    )
    room.write(article("b", 5))
    assert told(room.build("2024-02-01 09:03").problems, "alias-type") == []


# --- what an entry loses

WHOLE = (
    "-- content/w.yaml --\nid: tag:test.example,2010:wwww\ntitle: 나루 다리 놓인다\npublished: 2024-01-30 10:00\n"
    "link: https://www.test.example/news/7\nauthors: [강바람, 윤슬]\nimages: [{url: https://www.test.example/7.jpg}]\n"
    "summary: 손으로 쓴 요약이다.\nbody: 나루시가 다리를 놓는다. 내년 봄에 연다.\n"
)


@pytest.mark.parametrize(
    ("key", "before"),
    [
        ("link", "https://www.test.example/news/7"),
        ("authors", "강바람, 윤슬"),
        ("images", "https://www.test.example/7.jpg"),
        ("summary", "손으로 쓴 요약이다."),
    ],
)
def test_a_key_that_an_editor_omits_is_told_with_what_it_was(newsroom: Unpack, key: str, before: str) -> None:
    room = founded(newsroom, FEED, WHOLE)
    poorer = "\n".join(line for line in WHOLE.split("\n") if not line.startswith(f"{key}:"))

    room.write(poorer)
    assert f"lost-member: missing {key}, was {before!r}" in room.sosik("check")
    report = room.build("2024-02-01 09:30")

    assert told(report.problems, "lost-member") == [f"missing {key}, was {before!r}"]
    assert set(report.outcomes.values()) == {Outcome.MINOR}
    assert told(room.build("2024-02-01 09:31").problems, "lost-member") == []
    assert "lost-member" not in room.sosik("check")


def test_a_body_that_is_gone_may_still_be_coming_before_it_is_told(newsroom: Unpack) -> None:
    """An upload that is half done may end before the body begins."""
    room = founded(newsroom, FEED, WHOLE)
    room.write(WHOLE.split("body:", 1)[0])
    assert told(room.build("2024-02-01 09:30").problems, "lost-member") == []

    report = room.build("2024-02-01 09:31")

    assert told(report.problems, "lost-member") == ["missing body, was '나루시가 다리를 놓는다. 내년 봄에 연다.'"]
    assert set(report.outcomes.values()) == {Outcome.MINOR}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("authors: [강바람, 윤슬]", "authors: [윤슬]"),
        ("link: https://www.test.example/news/7", "link: https://www.test.example/news/8"),
        ("summary: 손으로 쓴 요약이다.", "summary: 다시 쓴 요약이다."),
        ("images: [{url: https://www.test.example/7.jpg}]", "image: https://www.test.example/8.jpg"),
        ("내년 봄에 연다.", "올가을에 연다."),
    ],
)
def test_what_is_edited_is_not_lost(newsroom: Unpack, old: str, new: str) -> None:
    room = founded(newsroom, FEED, WHOLE)
    room.write(WHOLE.replace(old, new))

    assert told(room.build("2024-02-01 09:30").problems, "lost-member") == []


def test_a_summary_without_the_captions_of_the_body_is_not_lost_with_them(newsroom: Unpack) -> None:
    """Classes tell captions, and the body that goes out has none."""
    article = "-- content/글.yaml --\nid: {}\ntitle: 새 다리\npublished: 2024-01-16 15:20\nbody: {}\n"
    caption = '<p class="caption">다리가 서 있다.</p>'
    id_ = "tag:test.example,2010:aaaaaaaaaaaa"
    room = newsroom(article.format(id_, f"'{caption}<p>다리가 열렸다.</p>'"))
    room.build()
    room.write(article.format(id_, "'<p>다리가 열렸다.</p>'"))

    assert "lost-member" not in {problem.code for problem in room.build("2024-02-02 09:00").problems}


def test_a_summary_made_of_the_body_is_not_lost_with_it(newsroom: Unpack) -> None:
    plain = WHOLE.replace("summary: 손으로 쓴 요약이다.\n", "")
    room = founded(newsroom, FEED, plain)
    room.write(plain.replace("나루시가 다리를 놓는다. 내년 봄에 연다.", "다리는 없던 일이 됐다."))

    assert told(room.build("2024-02-01 09:30").problems, "lost-member") == []


def test_a_long_value_is_told_in_short_and_a_held_entry_not_at_all(newsroom: Unpack) -> None:
    long = WHOLE.replace("손으로 쓴 요약이다.", "가나다라마 " * 30)
    room = founded(newsroom, FEED, long)
    poorer = long.replace(f"summary: {'가나다라마 ' * 30}\n", "")

    room.write(poorer.replace("2024-01-30 10:00", "2024-01-30 11:00"))
    report = room.build("2024-02-01 09:30")
    assert told(report.problems, "lost-member") == []
    room.write(poorer)
    [message] = told(room.build("2024-02-01 09:31").problems, "lost-member")

    assert "…" in message
    assert len(message) < 90


def test_the_log_of_a_server_says_it_once(newsroom: Unpack, caplog: pytest.LogCaptureFixture) -> None:
    room = founded(newsroom, FEED, many(40, 60))
    builder = Builder(Site(room.root))
    room.write(article("late", 90_000))

    for _ in range(2):
        builder.build()

    [line] = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert "content/late.yaml: warning: entry-unshown" in line


def test_programs_are_told_how_many_stand_in_no_feed(newsroom: Unpack) -> None:
    room = founded(newsroom, FEED, many(40, 60))
    room.write(article("late", 90_000))

    told_all = json.loads(room.sosik("build", "--json", "--now", "2024-02-01T09:30+09:00"))

    assert told_all["unshown"] == 1
    assert isinstance(Site(room.root).root, Path)

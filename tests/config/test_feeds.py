"""feeds/NAME.yaml: each defines a feed or a family; one that is broken does not stop the others."""

import unicodedata
from pathlib import Path

import pytest
from msgspec.structs import replace

from sosik.config import Config, load_publication
from sosik.errors import Location
from sosik.model import ArchivePeriod, Content, Criteria, Criterion, FeedDefinition, FormatName, Window

PUBLICATION = "title: 해누리일보\nurl: https://www.haenuri.example/\nauthority: news.haenuri.example,2010\n"


def load(root: Path, **files: str) -> Config:
    (root / "feeds").mkdir(exist_ok=True)
    for name, text in {"publication": PUBLICATION, **files}.items():
        (root / "feeds" / f"{name}.yaml").write_text(text, "utf-8")
    return load_publication(root)


def told(config: Config) -> list[str]:
    return [f"{problem.location}: {problem.code}" for problem in config.problems]


LOCAL = FeedDefinition(name="local", title="지역", path="local", location=Location(file="feeds/local.yaml"))
FAMILY = replace(LOCAL, title="{value}", path="section/{slug}", each=Criterion.SECTION)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: 지역", LOCAL),
        ("title: 지역\npath: /news/지역/", replace(LOCAL, path="news/지역")),
        ("title: 지역\npath: '%EC%A7%80%EC%97%AD'", replace(LOCAL, path="지역")),
        ("title: 지역\nselect: {section: [지역, 사회]}", replace(LOCAL, select=Criteria(section=("지역", "사회")))),
        (
            "title: 지역\nselect: {sections: 지역, tags: [강], authors: 김하늘}",
            replace(LOCAL, select=Criteria(section=("지역",), tag=("강",), author=("김하늘",))),
        ),
        ("title: 지역\nexclude: {tag: 광고}", replace(LOCAL, exclude=Criteria(tag=("광고",)))),
        ("title: 지역\nwindow: {entries: 5}", replace(LOCAL, window=Window(entries=5))),
        (
            "title: 지역\nwindow: {entries: 200, hours: 0, at_most: 300}",
            replace(LOCAL, window=Window(entries=200, hours=0, at_most=300)),
        ),
        ("title: 지역\nwindow: {entries: 200}", replace(LOCAL, window=Window(entries=200, at_most=200))),
        ("title: 지역\nwindow: {at_most: 10}", replace(LOCAL, window=Window(entries=10, at_most=10))),
        ("title: 지역\ncontent: summary", replace(LOCAL, content=Content.SUMMARY)),
        ("title: 지역\nformats: [json, rss]", replace(LOCAL, formats=(FormatName.RSS, FormatName.JSON))),
        ("title: 지역\nformat: ATOM", replace(LOCAL, formats=(FormatName.ATOM,))),
        ("title: 지역\ncontent: Summary", replace(LOCAL, content=Content.SUMMARY)),
        ("title: 지역\narchive: month", replace(LOCAL, archive=ArchivePeriod.MONTH)),
        ("title: 지역\naliases: [/rss/S1N1.xml, /feed/]", replace(LOCAL, aliases=("/rss/S1N1.xml", "/feed/"))),
        ("title: 지역\nalias: /%EC%A7%80%EC%97%AD.xml", replace(LOCAL, aliases=("/지역.xml",))),
        ("title: 지역\nid: tag:haenuri.example,2010:feed/1", replace(LOCAL, id="tag:haenuri.example,2010:feed/1")),
        ("title: 지역\ndescription: 동네 소식", replace(LOCAL, description="동네 소식")),
        ("each: section", FAMILY),
        ("each: sections\ntitle: '해누리 {value}'", replace(FAMILY, title="해누리 {value}")),
        ("each: tag\npath: 'tag/{slug}/news'", replace(FAMILY, each=Criterion.TAG, path="tag/{slug}/news")),
        ("each: author\nminimum: 3", replace(FAMILY, each=Criterion.AUTHOR, path="author/{slug}", minimum=3)),
        (
            "each: section\nslugs: {지역: local, 사설·칼럼: 칼럼}",
            replace(FAMILY, slugs={"지역": "local", "사설·칼럼": "칼럼"}),
        ),
    ],
)
def test_a_feed_is_what_its_file_defines(tmp_path: Path, text: str, expected: FeedDefinition) -> None:
    config = load(tmp_path, local=f"{text}\n")

    assert config.problems == ()
    (feed,) = config.feeds
    assert feed.location.file == "feeds/local.yaml"
    assert replace(feed, location=expected.location) == expected
    assert config.held == ()


@pytest.mark.rule(101)
@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("description: 제목 없는 피드", "config-key", 1),
        ("title: 지역\ntitel: 지역", "key-unknown", 2),
        ("title: [지역] 소식", "headline-quote", 1),
        ("title: [지역, 소식]", "value-type", 1),
        ("title: 지역\npath: ../secret", "feed-path", 2),
        ("title: 지역\npath: a//b", "feed-path", 2),
        ("title: 지역\npath: '%2e%2e/secret'", "feed-path", 2),
        ("title: 지역\npath: a\\b", "feed-path", 2),
        ("title: 지역\npath: 'a?b'", "feed-path", 2),
        ("title: 지역\npath: media/local", "feed-path", 2),
        ("title: 지역\npath: '{slug}'", "feed-path", 2),
        ("title: 지역\nselect: 지역", "value-type", 2),
        ("title: 지역\nselect: {sectoin: 지역}", "key-unknown", 2),
        ("title: 지역\nselect: {section: {지역: 1}}", "value-type", 2),
        ("title: 지역\nwindow: {entries: 0}", "value-invalid", 2),
        ("title: 지역\nwindow: {at_most: 301}", "value-invalid", 2),
        ("title: 지역\nwindow: {hours: 이틀}", "value-invalid", 2),
        ("title: 지역\nwindow: {entries: 50, at_most: 20}", "value-invalid", 2),
        ("title: 지역\nwindow: 30", "value-type", 2),
        ("title: 지역\ncontent: none", "value-invalid", 2),
        ("title: 지역\nformats: [rss, rdf]", "value-invalid", 2),
        ("title: 지역\nformats: []", "value-invalid", 2),
        ("title: 지역\nformats: ['']", "value-invalid", 2),
        ("title: 지역\nselect: {}", "value-invalid", 2),
        ("title: 지역\nselect: {section: []}", "value-invalid", 2),
        ("title: 지역\nselect: {section: [지역], tag: []}", "value-invalid", 2),
        ("title: 지역\nexclude: {author: []}", "value-invalid", 2),
        ("title: 지역\nwindow: {entries: -1, at_most: 5}", "value-invalid", 2),
        ("title: 지역\narchive: year", "value-invalid", 2),
        ("title: 지역\naliases: [rss.xml]", "feed-path", 2),
        ("title: 지역\naliases: [/a/../b.xml]", "feed-path", 2),
        ("title: 지역\naliases: ['/rss.php?']", "feed-path", 2),
        ("title: 지역\naliases: ['//other.example/rss.xml']", "feed-path", 2),
        ("title: 지역\naliases: [https://www.haenuri.example/rss.xml]", "feed-path", 2),
        ("title: 지역\nformats: [json]\naliases: [/old.xml]", "value-invalid", 3),
        ("title: 지역\nid: 지역", "value-invalid", 2),
        ("title: '{value} 뉴스'", "value-invalid", 1),
        ("title: 지역\ndescription: '{slug} 소식'", "value-invalid", 2),
        ("title: 지역\nminimum: 3", "value-invalid", 2),
        ("title: 지역\nslugs: {가: a}", "value-invalid", 2),
        ("each: editor", "value-invalid", 1),
        ("each: section\ntitle: 지역", "value-invalid", 2),
        ("each: section\ntitle: '{values}'", "value-invalid", 2),
        ("each: section\npath: section", "feed-path", 2),
        ("each: section\npath: 'section/{name}'", "feed-path", 2),
        ("each: section\nid: tag:haenuri.example,2010:x", "value-invalid", 2),
        ("each: section\naliases: [/old.xml]", "value-invalid", 2),
        ("each: section\nminimum: 0", "value-invalid", 2),
        ("each: section\nslugs: [local]", "value-type", 2),
        ("each: section\nslugs: {지역: ../a}", "value-invalid", 2),
        ("each: section\nslugs: {지역: ..}", "value-invalid", 2),
        ("each: section\nslugs: {지역: a, 사회: a}", "slug-collision", 2),
        ("each: section\nslugs: {지역: a, 사회: A}", "slug-collision", 2),
        ("title: '지역", "yaml-invalid", 1),
        ("- 지역", "value-type", 1),
    ],
)
def test_a_mistake_holds_its_feed_and_no_other(tmp_path: Path, text: str, code: str, line: int) -> None:
    config = load(tmp_path, local=f"{text}\n", other="title: 다른 피드\n")

    assert [(problem.code, problem.location.file) for problem in config.problems][:1] == [(code, "feeds/local.yaml")]
    assert len(config.problems) == 1
    assert config.problems[0].location.line == line
    assert [feed.name for feed in config.feeds] == ["other"]
    assert config.held == ("local",)
    assert config.publication is not None


@pytest.mark.rule(101)
@pytest.mark.parametrize("name", ["archive", "Media", "healthz", "두 단어", "a.b", "a?b", "피드#1"])
def test_a_name_that_cannot_be_part_of_an_address_is_refused(tmp_path: Path, name: str) -> None:
    config = load(tmp_path, **{name: "title: 지역\n"})

    assert told(config) == [f"feeds/{name}.yaml: feed-name"]
    assert config.held == (name,)


def test_the_root_feed_comes_first_and_lies_at_the_root(tmp_path: Path) -> None:
    config = load(tmp_path, zebra="title: 끝\n", all="title: 전체\n", 가나="title: 처음\n")

    assert [(feed.name, feed.path) for feed in config.feeds] == [("all", ""), ("zebra", "zebra"), ("가나", "가나")]


@pytest.mark.parametrize(("text", "code"), [("title: 전체\npath: a", "feed-path"), ("each: section", "value-invalid")])
def test_the_root_feed_stays_at_the_root(tmp_path: Path, text: str, code: str) -> None:
    assert {problem.code for problem in load(tmp_path, all=f"{text}\n").problems} == {code}


@pytest.mark.parametrize(
    ("second", "claimed"),
    [
        ("path: first", "/first/rss.xml"),
        ("path: First", "/First/rss.xml"),
        ("aliases: [/first/atom.xml]", "/first/atom.xml"),
        ("aliases: [/old.xml]", "/old.xml"),
        ("aliases: [/news-sitemap.xml]", "/news-sitemap.xml"),
        ("aliases: [/feeds/feeds.opml]", "/feeds/feeds.opml"),
        ("aliases: [/feeds/]", "/feeds/"),
        ("id: tag:haenuri.example,2010:x", "tag:haenuri.example,2010:x"),
    ],
)
def test_two_feeds_that_claim_one_address_are_told_apart(tmp_path: Path, second: str, claimed: str) -> None:
    first = "title: 하나\naliases: [/old.xml]\nid: tag:haenuri.example,2010:x\n"
    config = load(tmp_path, first=first, second=f"title: 둘\n{second}\n")

    assert [(problem.location.file, problem.code) for problem in config.problems] == [
        ("feeds/second.yaml", "feed-collision")
    ]
    assert claimed in str(config.problems[0].message)
    assert [feed.name for feed in config.feeds] == ["first"]
    assert config.held == ("second",)


def test_a_collision_names_both_files(tmp_path: Path) -> None:
    config = load(tmp_path, first="title: 하나\n", second="title: 둘\npath: first\n")

    assert str(config.problems[0]).splitlines()[0] == (
        "feeds/second.yaml:2:7: error: feed-collision: duplicate path /first/rss.xml, also of feeds/first.yaml"
    )


def test_files_that_are_no_yaml_are_left_alone(tmp_path: Path) -> None:
    config = load(tmp_path, local="title: 지역\n")
    (tmp_path / "feeds" / "README.md").write_text("메모", "utf-8")
    (tmp_path / "feeds" / ".draft.yaml").write_text("nonsense: true\n", "utf-8")

    assert load_publication(tmp_path) == config


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    """Two that differ only in how their Hangul is composed."""
    load(tmp_path, 지역="title: 지역\n")
    (tmp_path / "feeds" / unicodedata.normalize("NFD", "지역.yaml")).write_text("title: 다른 지역\n", "utf-8")
    config = load_publication(tmp_path)

    assert told(config) == ["feeds/지역.yaml: file-name"]
    assert "지역" in config.held


def test_a_folder_that_is_called_like_a_feed_is_told(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "feeds" / "local.yaml").mkdir()

    assert told(load_publication(tmp_path)) == ["feeds/local.yaml: file-unreadable"]


def test_a_broken_publication_does_not_keep_the_feeds_from_being_checked(tmp_path: Path) -> None:
    config = load(tmp_path, publication="title: 해누리일보\n", local="titel: 지역\n")

    assert {problem.location.file for problem in config.problems} == {"feeds/publication.yaml", "feeds/local.yaml"}


@pytest.mark.parametrize(
    ("name", "text", "comment", "place"),
    [
        ("publication", f'{PUBLICATION}copyright: "무단 전재 금지" #저작권', "#저작권", "4:12"),
        ("publication", f"{PUBLICATION}publisher: 해누리 # 회사", "# 회사", "4:12"),
        ("publication", f"{PUBLICATION}foreign_keys: [layout] #toc", "#toc", "4:15"),
        ("local", 'title: "지역" #동네', "#동네", "1:8"),
        ("local", "title: 지역\nselect:\n  section: 정치 #선거", "#선거", "3:12"),
        ("local", "title: 지역\nselect:\n  author:\n    - 김하늘 # 정치부", "# 정치부", "4:7"),
        ("local", "title: 지역\nexclude: {tag: 광고} #협찬", "", ""),
        ("local", "title: 지역 소식\nselect:\n  tag: 강 # 데스크 확인", "# 데스크 확인", "3:8"),
        ("local", "title: 지역\nformats: [rss] # 하나만\nselect:\n  tag: [강] # 하나만", "", ""),
    ],
)
def test_what_yaml_takes_for_a_comment_behind_words_is_told(
    tmp_path: Path, name: str, text: str, comment: str, place: str
) -> None:
    config = load(tmp_path, **{name: text})

    assert told(config) == ([f"feeds/{name}.yaml:{place}: comment-ignored"] if comment else [])
    assert all(str(problem.message).startswith(comment) for problem in config.problems)
    assert config.publication


def test_a_hashtag_behind_tags_is_a_tag_to_be_selected(tmp_path: Path) -> None:
    config = load(tmp_path, local="title: 지역\nselect:\n  tag: 강 #다리\nexclude:\n  tag: [광고] #협찬")

    assert told(config) == []
    assert config.feeds == (
        replace(LOCAL, select=Criteria(tag=("강", "다리")), exclude=Criteria(tag=("광고", "협찬"))),
    )

"""feeds/publication.yaml: read into the one form that everything builds on, or refused with every mistake in it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from sosik.config import Config, load_publication
from sosik.model import BodyFormat, IndexNow, Person, Publication

LEAST = "title: 해누리일보\nurl: https://www.haenuri.example/\nauthority: news.haenuri.example,2010\n"

NAVER = "https://searchadvisor.naver.com/indexnow"

DEFAULTS = Publication(
    title="해누리일보",
    url="https://www.haenuri.example/",
    authority="news.haenuri.example,2010",
    feeds_url="https://www.haenuri.example/",
    publisher=Person(name="해누리일보"),
)


def load(root: Path, text: str) -> Config:
    (root / "feeds").mkdir(exist_ok=True)
    (root / "feeds" / "publication.yaml").write_text(text, "utf-8")
    return load_publication(root)


def told(config: Config) -> list[str]:
    return [f"{problem.location}: {problem.code}" for problem in config.problems]


def test_three_keys_are_enough(tmp_path: Path) -> None:
    config = load(tmp_path, LEAST)

    assert config.publication == DEFAULTS
    assert config.problems == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("feeds_url: https://feeds.haenuri.example", {"feeds_url": "https://feeds.haenuri.example/"}),
        ("feeds_url: http://127.0.0.1:8000/\nsample: true", {"feeds_url": "http://127.0.0.1:8000/", "sample": True}),
        (
            "feeds_url: HTTPS://Feeds.Haenuri.Example:443/소식",
            {"feeds_url": "https://feeds.haenuri.example/%EC%86%8C%EC%8B%9D/"},
        ),
        ("feeds_url: https://해누리.example", {"feeds_url": "https://xn--od1b68lt7y.example/"}),
        ("feeds_url: 'http://[::1]:8000'\nsample: yes", {"feeds_url": "http://[::1]:8000/", "sample": True}),
        ("pages: /구독", {"pages": "/구독/"}),
        ("pages: /", {"pages": "/"}),
        ("language: ko-KR", {"language": "ko-KR"}),
        ("timezone: Asia/Tokyo", {"timezone": "Asia/Tokyo"}),
        ("description: 해누리시의 하루", {"description": "해누리시의 하루"}),
        ("publisher: 해누리신문사", {"publisher": Person(name="해누리신문사")}),
        (
            "publisher: {email: desk@haenuri.example, url: /company}",
            {
                "publisher": Person(
                    name="해누리일보", email="desk@haenuri.example", url="https://www.haenuri.example/company"
                )
            },
        ),
        ("icon: /icon.png", {"icon": "https://www.haenuri.example/icon.png"}),
        ("logo: https://cdn.example/a%20b.png", {"logo": "https://cdn.example/a%20b.png"}),
        ('copyright: "© 해누리일보"', {"copyright": "© 해누리일보"}),
        ("hubs: [https://hub.example]", {"hubs": ("https://hub.example/",)}),
        ("hub: http://127.0.0.1:9000/hub", {"hubs": ("http://127.0.0.1:9000/hub",)}),
        ("hubs: []", {}),
        ("indexnow: {key: 0123-abcd}", {"indexnow": IndexNow(key="0123-abcd", endpoints=(NAVER,))}),
        (
            "indexnow: {key: 0123abcd, endpoint: https://a.example/indexnow}",
            {"indexnow": IndexNow(key="0123abcd", endpoints=("https://a.example/indexnow",))},
        ),
        ("max_age: 60", {"max_age": 60}),
        ("max_age:", {}),
        ("format: text", {"format": BodyFormat.TEXT}),
    ],
)
def test_every_key_is_brought_into_one_form(tmp_path: Path, line: str, expected: dict[str, object]) -> None:
    config = load(tmp_path, f"{LEAST}{line}\n")

    assert config.problems == ()
    assert config.publication == replace(DEFAULTS, **expected)


@pytest.mark.parametrize(
    "authority",
    ["news.haenuri.example,2010", "haenuri.example,2010-02", "haenuri.example,2010-02-28", "desk@a.example,2010"],
)
def test_authorities_are_those_of_rfc_4151(tmp_path: Path, authority: str) -> None:
    assert load(tmp_path, f"title: 해누리일보\nurl: https://a.example\nauthority: {authority}\n").problems == ()


@pytest.mark.parametrize(
    ("line", "code", "expected"),
    [
        ("description: <b>해누리시</b>의 하루", "html-removed", {"description": "해누리시의 하루"}),
        ("description: 하루&nbsp;소식", "entity-literal", {"description": "하루&nbsp;소식"}),
        ("copyright: '&copy; <a href=\"/\">해누리</a>'", "html-removed", {"copyright": "&copy; 해누리"}),
        ("publisher: {name: 해누리<br>신문}", "html-removed", {"publisher": Person(name="해누리 신문")}),
    ],
)
def test_markup_in_what_readers_are_shown_is_told(
    tmp_path: Path, line: str, code: str, expected: dict[str, object]
) -> None:
    config = load(tmp_path, f"{LEAST}{line}\n")

    assert config.publication == replace(DEFAULTS, **expected)
    assert [problem.code for problem in config.problems] == [code]


@pytest.mark.parametrize(
    "line", ["description: 오늘의 <속보>와 3 < 5", "description: A & B", "description: '<해누리> 사람들'"]
)
def test_angle_brackets_of_people_are_no_markup(tmp_path: Path, line: str) -> None:
    assert load(tmp_path, f"{LEAST}{line}\n").problems == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("feeds_url: feeds.haenuri.example", "value-invalid"),
        ("feeds_url: ftp://haenuri.example/", "value-invalid"),
        ("feeds_url: https://haenuri.example/?a=1", "value-invalid"),
        ("feeds_url: https://haenuri.example/news/../feeds/", "value-invalid"),
        ("feeds_url: https://haenuri.example/%2e%2e/", "value-invalid"),
        ("feeds_url: https://user:word@haenuri.example/", "value-invalid"),
        ("feeds_url: https://haenuri.example:99999/", "value-invalid"),
        ("feeds_url: https://haenuri .example/", "value-invalid"),
        ("feeds_url: 'https://[::1/'", "value-invalid"),
        ("pages: feeds", "value-invalid"),
        ("pages: /../feeds/", "value-invalid"),
        ("pages: /feeds?/", "value-invalid"),
        ("language: 한국어", "value-invalid"),
        ("timezone: Asia/Haenuri", "value-invalid"),
        ("timezone: Asia", "value-invalid"),
        ("timezone: ../../etc/passwd", "value-invalid"),
        ("publisher: {email: desk}", "value-invalid"),
        ("publisher: {mail: desk@haenuri.example}", "key-unknown"),
        ("publisher: [해누리]", "value-type"),
        ("icon: 'mailto:a@b.example'", "value-invalid"),
        ("hubs: [http://hub.example/]", "value-invalid"),
        ("hubs: {a: https://hub.example/}", "value-type"),
        ("indexnow: 0123abcd", "value-type"),
        ("indexnow: {endpoint: https://a.example/indexnow}", "config-key"),
        ("indexnow: {key: short}", "value-invalid"),
        ("indexnow: {key: ../../etc/passwd}", "value-invalid"),
        ("indexnow: {key: 0123abcd, endpoints: [http://a.example/]}", "value-invalid"),
        ("indexnow: {key: 0123abcd, url: https://a.example/}", "key-unknown"),
        ("max_age: 0", "value-invalid"),
        ("max_age: 5분", "value-invalid"),
        ("max_age: -1", "value-invalid"),
        ("max_age: '٣٠٠'", "value-invalid"),
        ("max_age: 99999999999999999999", "value-invalid"),
        ("maxage: 300", "key-unknown"),
        ("title: 다른 이름", "key-duplicate"),
        ("hub: https://a.example\nhubs: [https://b.example]", "key-conflict"),
        ("description: [단독] 소식", "text-quote"),
    ],
)
def test_a_mistake_is_told_at_its_line_and_nothing_is_built(tmp_path: Path, line: str, code: str) -> None:
    config = load(tmp_path, f"{LEAST}{line}\n")
    (problem,) = config.problems

    assert problem.code == code
    assert problem.location.file == "feeds/publication.yaml"
    assert problem.location.line in (4, 5)
    assert config.publication is None


@pytest.mark.parametrize(
    "authority",
    ["haenuri", "haenuri.example", "haenuri.example,10", "haenuri.example,2010-13", "Haenuri.example,2010", "a,b"],
)
def test_an_authority_that_is_none_is_refused(tmp_path: Path, authority: str) -> None:
    config = load(tmp_path, f"title: 해누리일보\nurl: https://a.example\nauthority: {authority}\n")

    assert told(config) == ["feeds/publication.yaml:3:12: value-invalid"]


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    config = load(tmp_path, "language: ko\n")

    assert [str(problem.message) for problem in config.problems] == [
        "missing title",
        "missing url",
        "missing authority",
    ]
    assert {problem.code for problem in config.problems} == {"config-key"}


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = "title: [해누리] 일보\nurl: haenuri\ntimezon: Asia/Seoul\npublisher:\n  nmae: 해누리\nmax_age: 0\n"

    assert told(load(tmp_path, text)) == [
        "feeds/publication.yaml:1:1: config-key",
        "feeds/publication.yaml:1:8: headline-quote",
        "feeds/publication.yaml:2:6: value-invalid",
        "feeds/publication.yaml:3:1: key-unknown",
        "feeds/publication.yaml:5:3: key-unknown",
        "feeds/publication.yaml:6:10: value-invalid",
    ]


def test_an_unknown_key_is_answered_with_the_nearest(tmp_path: Path) -> None:
    config = load(tmp_path, f"{LEAST}publisher: {{nmae: 해누리}}\ntimezon: Asia/Seoul\n")

    assert [(str(problem.message), str(problem.hint)) for problem in config.problems] == [
        ("unknown key publisher.nmae", "did you mean name?"),
        ("unknown key timezon", "did you mean timezone?"),
    ]


@pytest.mark.parametrize("text", ["", "글\n", "- 하나\n", "url: [\n"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    config = load(tmp_path, text)

    assert config.publication is None
    assert [problem.location.file for problem in config.problems] == ["feeds/publication.yaml"]


@pytest.mark.parametrize("folder", ["", "feeds"])
def test_without_the_file_the_way_out_is_told(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    config = load_publication(tmp_path)

    assert told(config) == ["feeds/publication.yaml: config-missing"]
    assert "sosik init" in str(config.problems[0].hint)


def test_an_old_encoding_is_read_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "publication.yaml").write_bytes(LEAST.encode("cp949"))
    config = load_publication(tmp_path)

    assert config.publication == DEFAULTS
    assert told(config) == ["feeds/publication.yaml: encoding-old"]


def test_the_digest_changes_with_any_file(tmp_path: Path) -> None:
    digests = [load(tmp_path, LEAST).digest, load(tmp_path, f"{LEAST}# 메모\n").digest]
    for name, text in (("a", "title: 가\n"), ("a", "title: 나\n"), ("b", "title: 나\n")):
        (tmp_path / "feeds" / f"{name}.yaml").write_text(text, "utf-8")
        digests.append(load_publication(tmp_path).digest)

    assert len(set(digests)) == 5
    assert load_publication(tmp_path).digest == digests[-1]


def test_ampersands_that_were_copied_out_of_html_are_undone_and_told(tmp_path: Path) -> None:
    config = load(
        tmp_path, f"{LEAST}logo: https://img.haenuri.example/?w=1&amp;h=2\nhub: https://hub.example/?a=1&amp;b=2\n"
    )

    assert config.publication is not None
    assert config.publication.logo == "https://img.haenuri.example/?w=1&h=2"
    assert config.publication.hubs == ("https://hub.example/?a=1&b=2",)
    assert told(config) == [
        "feeds/publication.yaml:4:7: address-repaired",
        "feeds/publication.yaml:5:6: address-repaired",
    ]


def test_an_address_without_its_scheme_is_no_path_of_the_home_page(tmp_path: Path) -> None:
    config = load(tmp_path, f"{LEAST}icon: www.haenuri.kr/icon.png\n")

    assert told(config) == ["feeds/publication.yaml:4:7: value-invalid"]

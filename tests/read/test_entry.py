"""An entry file is read under canonical keys, whatever it calls them, with every problem it has."""

import hashlib
from pathlib import Path

import pytest

from sosik.model import BodyFormat, RawList, RawMapping, RawValue
from sosik.read import EntryReading, read_bytes, read_entry, scan
from sosik.read.foreign import FOREIGN
from sosik.read.keys import ENTRY_KEYS, names_of
from sosik.source import MAX_BYTES


def plain(value: RawValue) -> object:
    if isinstance(value, RawMapping):
        return {name.text: plain(member) for name, member in value.items}
    return [plain(item) for item in value.items] if isinstance(value, RawList) else value.text


def read(text: str, source: str = "a.yaml") -> EntryReading:
    return read_bytes(text.encode(), source)


def fields(text: str, source: str = "a.yaml") -> dict[str, object]:
    reading = read(text, source)
    assert reading.raw is not None
    assert reading.problems == ()
    return {key: plain(value) for key, value in reading.raw.fields.items()}


def told(text: str) -> list[str]:
    return [f"{problem.location.line}: {problem.code}: {problem.hint}" for problem in read(text).problems]


ENGLISH = """\
id: tag:news.haenuri.example,2010:k7m2q9x4t1zb
title: 강변 도서관
subtitles: [하나, 둘]
section: 지역
tags: [강, 책]
authors: [{name: 김하늘, email: sky@haenuri.example, url: /sky, publish_email: true}]
published: 2026-11-03
updated: 2026-11-04
link: https://news.haenuri.example/1
images: [{url: a.jpg, caption: 개관, credit: 해누리시, alt: 도서관}]
summary: 문을 연다
body: 본문
edits: [{at: 2026-11-04, kind: correction, note: 고침}]
status: withdrawn
withdrawn: 2026-11-05
unconfirmed: [published]
publish_email: true
"""

KOREAN = """\
id: tag:news.haenuri.example,2010:k7m2q9x4t1zb
제목: 강변 도서관
부제: [하나, 둘]
분류: 지역
태그: [강, 책]
기자: [{이름: 김하늘, 이메일: sky@haenuri.example, 주소: /sky, 이메일공개: true}]
입력: 2026-11-03
수정: 2026-11-04
원문: https://news.haenuri.example/1
사진: [{주소: a.jpg, 설명: 개관, 제공: 해누리시, 대체: 도서관}]
요약: 문을 연다
본문: 본문
고침: [{때: 2026-11-04, 종류: 정정, 내용: 고침}]
상태: 철회
철회: 2026-11-05
미확인: [입력]
이메일공개: true
"""


def test_korean_keys_say_what_the_english_ones_say() -> None:
    assert fields(KOREAN) == fields(ENGLISH)
    assert fields(ENGLISH)["status"] == "withdrawn"
    assert fields(ENGLISH)["authors"] == [
        {"name": "김하늘", "email": "sky@haenuri.example", "url": "/sky", "publish_email": "true"}
    ]


def test_every_name_of_a_key_leads_to_it() -> None:
    """But for `categories`, which becomes section and tags."""
    for name, key in names_of(ENTRY_KEYS).items():
        if key.name != "categories":
            assert list(fields(f"{name}: 글\n")) == [key.name]


@pytest.mark.parametrize(("word", "meant"), [("초안", "draft"), ("발행", "published"), ("게시", "published")])
def test_korean_words_of_a_status(word: str, meant: str) -> None:
    assert fields(f"status: {word}\n") == {"status": meant}


@pytest.mark.parametrize(
    ("word", "meant"), [("정정", "correction"), ("수정", "update"), ("사소", "minor"), ("minor", "minor")]
)
def test_korean_words_of_an_edit(word: str, meant: str) -> None:
    assert fields(f"edit: {{at: 2026-11-03, kind: {word}}}\n") == {"edits": {"at": "2026-11-03", "kind": meant}}


def test_the_front_matter_of_other_programs() -> None:
    text = """\
---
title: 강변 도서관
date: 2026-11-03T15:20:00+09:00
lastmod: 2026-11-04
description: 문을 연다
draft: true
categories: [지역, 문화, 책]
tags: 강
layout: post
weight: 3
---
본문
"""
    reading = read(text, "a.md")

    assert reading.raw is not None
    assert {key: plain(value) for key, value in reading.raw.fields.items()} == {
        "title": "강변 도서관",
        "published": "2026-11-03T15:20:00+09:00",
        "updated": "2026-11-04",
        "summary": "문을 연다",
        "draft": "true",
        "section": "지역",
        "tags": ["문화", "책", "강"],
        "body": "본문\n",
    }
    assert [(problem.location.line, problem.code) for problem in reading.problems] == [
        (9, "key-ignored"),
        (10, "key-ignored"),
    ]
    assert not reading.failed


def test_no_foreign_key_is_one_of_ours() -> None:
    assert not FOREIGN & names_of(ENTRY_KEYS).keys()


@pytest.mark.parametrize(("text", "section"), [("category: 지역\n", "지역"), ("categories: [지역]\n", "지역")])
def test_a_single_category_is_the_section(text: str, section: str) -> None:
    assert fields(text) == {"section": section}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("titel", "title"),
        ("publised", "published"),
        ("Autor", "author"),
        ("제뮥", "제목"),
        ("부재", "부제"),
        ("입렵", "입력"),
    ],
)
def test_an_unknown_key_is_answered_with_the_nearest(name: str, meant: str) -> None:
    assert told(f"{name}: 글\n") == [f"1: key-unknown: did you mean {meant}?"]


def test_an_unknown_key_that_is_like_none_is_ignored_and_told() -> None:
    (line,) = told("images: [{url: a.jpg, 크기: 큼}]\n")

    hint = "indent it if it is part of the body; otherwise delete it, or list it under foreign_keys:"
    assert line == f"1: key-ignored: {hint}"


@pytest.mark.parametrize(
    ("first", "second"),
    [("title", "제목"), ("date", "published"), ("Title", "title"), ("description", "요약"), ("tag", "tags")],
)
def test_the_same_thing_twice_is_an_error(first: str, second: str) -> None:
    assert told(f"{first}: 하나\n{second}: 둘\n") == [f"2: key-conflict: keep only {first} or {second}"]


def test_an_empty_value_says_nothing_twice() -> None:
    assert fields("title:\n제목: 강변\nsummary: ''\n") == {"title": "강변"}


@pytest.mark.parametrize("text", ["id:\n", "status: ''\n", "title:\n", "제목: ''\n", "published:\n", "body:\n"])
def test_an_empty_value_that_is_needed_keeps_its_place(text: str) -> None:
    assert list(fields(text).values()) == [""]


def test_draft_and_status_are_two_ways_to_say_the_same() -> None:
    assert told("draft: true\nstatus: published\n") == ["1: key-conflict: keep status, delete draft"]


def test_section_and_categories_are_two_ways_to_say_the_same() -> None:
    assert told("section: 지역\ncategories: [문화]\n") == ["2: key-conflict: keep section"]


def test_every_problem_of_a_file_is_told() -> None:
    text = "제목: [단독] 책\ntitel: 책\nimages:\n  - {url: a.jpg, captoin: 개관}\nsection: 지역\nsection: 문화\n"

    assert told(text) == [
        '1: headline-quote: 제목: "[단독] 책"',
        "2: key-unknown: did you mean title?",
        "4: key-unknown: did you mean caption?",
        "6: key-duplicate: keep one of them",
    ]


def test_a_file_that_failed_still_shows_what_could_be_read() -> None:
    """So the other problems of its values are found in the same run; the entry is held back all the same."""
    reading = read("title: [단독] 도서관\npublished: 어제\n")

    assert reading.failed
    assert reading.raw is not None
    assert plain(reading.raw.fields["title"]) == "[단독] 도서관"


@pytest.mark.parametrize("text", ["- 하나\n", "글\n", "title:강변\n"])
def test_a_file_without_keys_is_refused(text: str) -> None:
    reading = read(text)

    assert [problem.code for problem in reading.problems] == ["value-type"]
    assert reading.raw is None


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a.yaml", "id: tag:haenuri.example,2010:a\ntitle: [\n"),
        ("a.yaml", "title: [\n'id' : \"tag:haenuri.example,2010:a\"\n"),
        ("a.md", "---\nid: tag:haenuri.example,2010:a # 이름표\ntitle: {\n---\n"),
        ("a.json", '{\n"id": "tag:haenuri.example,2010:a",\n"title": \n'),
        ("a.json", '{"id":"tag:haenuri.example,2010:a","title":'),
    ],
)
def test_a_broken_file_still_names_its_id(source: str, text: str) -> None:
    reading = read(text, source)

    assert reading.failed
    assert reading.id_hint == "tag:haenuri.example,2010:a"


def test_the_format_of_the_body_is_told_by_the_name() -> None:
    for source, expected in (("a.MD", BodyFormat.MARKDOWN), ("a.yaml", BodyFormat.AUTO), ("a.json", BodyFormat.AUTO)):
        text = {"a.MD": "---\ntitle: x\n---\n", "a.yaml": "title: x\n", "a.json": '{"title": "x"}'}[source]
        raw = read(text, source).raw
        assert raw is not None
        assert raw.body_format is expected


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


def test_a_file_is_read_once_with_its_digest(content: Path) -> None:
    data = "title: 강변 도서관\nid: 1\n".encode()
    (content / "강변.yaml").write_bytes(data)
    (file,) = scan(content).entries
    reading = read_entry(file)

    assert reading == read_bytes(data, "강변.yaml")
    assert reading.digest == hashlib.sha256(data).hexdigest()
    assert reading.id_hint == "1"
    assert reading.raw is not None
    assert str(reading.raw.fields["title"].location) == "content/강변.yaml:1:8"


def test_a_file_beyond_the_limit_is_refused_unread(content: Path) -> None:
    (content / "a.yaml").write_bytes(b"id: 1\n" + b"#" * (MAX_BYTES + 1))
    (file,) = scan(content).entries
    reading = read_entry(file)

    assert [problem.code for problem in reading.problems] == ["file-too-large"]
    assert (reading.raw, reading.id_hint) == (None, "1")


def test_a_file_that_vanishes_is_a_problem(content: Path) -> None:
    (content / "a.yaml").write_bytes(b"title: x\n")
    (file,) = scan(content).entries
    (content / "a.yaml").unlink()

    assert [str(problem) for problem in read_entry(file).problems] == [
        "content/a.yaml: error: file-unreadable: cannot be read: no such file or directory"
    ]


@pytest.mark.parametrize("key", ["audio", "video", "영상"])
def test_sounds_and_films_are_told_as_not_supported_yet_and_hold_nothing(key: str) -> None:
    reading = read_bytes(f"id: 1\ntitle: 글\n{key}: https://haenuri.example/1.mp4\n".encode(), "기사.yaml")

    assert [problem.code for problem in reading.problems] == ["key-ignored"]
    assert "not supported yet" in str(reading.problems[0].message)

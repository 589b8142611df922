"""What stands behind a value and YAML takes for a comment: a hashtag behind tags is a tag, all else is told of."""

from pathlib import Path

import pytest

import prose_count
from sosik.model import Entry
from sosik.normalize.entry import normalize
from sosik.read import EntryReading, Pictures, read_bytes

HEAD = 'id: "tag:news.haenuri.example,2010:1"\ntitle: 새 다리\npublished: "2024-01-16 15:20"\n'


def read(text: str) -> EntryReading:
    return read_bytes(f"{HEAD}{text}\n".encode(), "a.yaml")


def entry(reading: EntryReading) -> Entry:
    assert reading.raw is not None
    made = normalize(reading.raw, prose_count.PUBLICATION, Pictures(Path("content"))).entry
    assert made is not None
    return made


@pytest.mark.parametrize(
    "written",
    [
        "태그: 예산 #심사",
        "tags: 예산   #심사",
        "키워드: 예산\t#심사",
        'tags: "예산" #심사',
        "tags: [예산] #심사",
        "tags:\n  - 예산 #심사",
        "tags:\n  - 예산\n  - 심사",
        "tags: [예산, #심사\n  ]",
        "tags:\n  예산 #심사",
        "tags:\n  - [예산] #심사",
        "tags: >\n  예산 #심사",
    ],
)
def test_a_hashtag_behind_tags_is_a_tag(written: str) -> None:
    reading = read(written)

    assert reading.problems == ()
    assert entry(reading).tags == ("예산", "심사")


@pytest.mark.parametrize(
    ("written", "comment"),
    [
        ("tags: 예산   # 데스크 확인", "# 데스크 확인"),
        ("tags:\n  - 예산 # 데스크 확인", "# 데스크 확인"),
        ("tags: 예산 ##심사", "##심사"),
        ("분류: 정치 #선거", "#선거"),
        ("기자: 홍길동 #정치부", "#정치부"),
        ("authors:\n  - name: 홍길동 #정치부", "#정치부"),
        ('summary: "다리가 열린다." #개통', "#개통"),
        ("subtitles: [하나, 둘] #셋", "#셋"),
        ("categories: [정치] #선거", "#선거"),
        ("body: 다리가 열렸다. #해누리", "#해누리"),
    ],
)
def test_what_else_stands_behind_words_is_told(written: str, comment: str) -> None:
    reading = read(written)

    assert [(problem.code, str(problem.message).split(" is left out")[0]) for problem in reading.problems] == [
        ("comment-ignored", comment)
    ]
    assert comment.strip("# ") not in str(entry(reading))


def test_of_hashtags_and_a_comment_behind_tags_the_hashtags_are_tags() -> None:
    reading = read("tags: 예산, 국회 #심사 #결산 # 데스크 확인")

    assert entry(reading).tags == ("예산", "국회", "심사", "결산")
    assert [str(problem.hint) for problem in reading.problems] == [
        'write "예산, 국회 # 데스크 확인", or move the comment to a separate line'
    ]


@pytest.mark.parametrize(
    "written",
    [
        "tags: # 아직 없다",
        "tags: [예산] # 데스크 확인",
        "# 데스크 확인\ntags: [예산]",
        "tags:\n  # 데스크 확인\n  - 예산\n  #- 심사",
        'summary: "다리가 열린다." # 데스크 확인',
        "body: |\n  다리가 열렸다. #해누리\n\n  # 길",
        "expires: 2030-01-01 # 데스크 확인",
        "link: https://haenuri.example/1 # 데스크 확인",
    ],
)
def test_comments_that_are_certainly_such_and_texts_in_blocks_are_not_told(written: str) -> None:
    assert read(written).problems == ()


def test_a_headline_with_a_comment_behind_it_is_held_back() -> None:
    reading = read_bytes('title: 예산   # 데스크 확인\npublished: "2024-01-16 15:20"\nbody: 글\n'.encode(), "a.yaml")

    assert reading.failed
    assert [problem.code for problem in reading.problems] == ["headline-quote"]


def test_nothing_stands_below_the_text_of_a_markdown_file() -> None:
    """A line separator breaks no line: whoever counts the lines of the keys otherwise takes text for a comment."""
    reading = read_bytes(f"---\n{HEAD}section: 사\u2028회\n---\n본문이다.\n#해시태그\n".encode(), "a.md")

    assert reading.problems == ()

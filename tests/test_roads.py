"""A file comes to the same whether it takes the straight roads or the long ones: entry, record, listing, problems."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsrooms import ROOT
from sosik.config import load_publication
from sosik.dates import entries
from sosik.ledger.written import written_of
from sosik.model.listing import listing_of
from sosik.normalize import body, summary
from sosik.normalize.entry import normalize
from sosik.read import Pictures, read_bytes
from sosik.source import straight, yaml_text
from sosik.store.records import record_of

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
CONFIG = load_publication(ROOT)
PICTURES = Pictures(ROOT / "content")

FILES = [
    path
    for folder in (ROOT / "content", ROOT / "feeds", ROOT / "tests" / "data")
    for path in sorted(folder.rglob("*"))
    if path.suffix in (".md", ".yaml", ".json") and path.is_file()
]

VALUES = {
    "id": ("tag:news.haenuri.example,2010:a1", "a1 b", '"a"', "", "x" * 300),
    "title": (
        "해오름교 개통",
        '"[단독] 시장 사퇴"',
        "속보: 지진",
        "A &amp; B <b>굵게</b>",
        "'큰' 것",
        "[속보] 비",
        "가 # 나",
        "",
    ),
    "section": ("사회", '"경제"', "[정치]", "null"),
    "tags": (
        "[예산, 심사]",
        "예산, 심사",
        "#예산 #심사",
        '["가 나", 다]',
        "\n  - 예산\n  - 심사",
        "\n- 예산",
        "[]",
        "[a, b] #c",
    ),
    "authors": (
        "김하늘",
        "이도윤·박솔아 기자",
        "[김하늘 기자, 편집부]",
        "\n  - name: 김하늘\n    email: a@b.kr",
        "사진 박솔아",
        "12",
    ),
    "published": (
        *("2026-11-28T09:30:00+09:00", "2026-11-28", "2026-11-27 18:20", "2026.11.27. 오후 6:20", "2026년 11월 27일"),
        *('"2026. 11. 27. 18:20"', "2026-13-01", "어제", "수정 2026.11.27.", "1987-05-10 02:30", "2028-01-01", ""),
    ),
    "updated": ("2026-11-28 11:00", "2026.11.26. 오전 9:00", "2026-11-27", "곧"),
    "link": (
        *(
            "https://www.haenuri.example/news/1",
            "https://other.kr/a",
            "www.haenuri.example/1",
            "/news/1",
            "https//a.kr/b",
        ),
        *(
            "https://www.haenuri.example/a?b=1&amp;c=2",
            "https://www.haenuri.example/뉴스",
            "http://[",
            "https://a.kr/b?",
        ),
    ),
    "edits": (
        *("\n  - at: 2026-11-28 11:00\n    kind: 정정\n    note: 이름을 바로잡습니다.", "\n- 2026-11-28 10:00 오탈자"),
        *("\n  - at: 2026-11-28\n    kind: minor", "\n  - kind: 정정", "2026.11.28."),
    ),
    "status": ("draft", "발행", "철회", "보류"),
    "summary": ("한 줄 요약이다.", '"요약: 두 가지"', "|\n  요약이다.\n  둘째 줄."),
    "subtitles": ('\n  - 하나\n  - "둘"', "하나", "[하나]"),
    "related": ("[a2, b3]", "a2"),
    "expires": ("2026-12-24", "2026-11-01 09:00"),
    "unconfirmed": ("[updated]",),
    "format": ("text", "마크다운"),
    "layout": ("post",),
    "엠바고": ("2026-12-01 09:00",),
    "메모": ("데스크", "2027-01-01"),
}
NAMES = {
    "title": "제목",
    "tags": "태그",
    "authors": "기자",
    "published": "입력",
    "updated": "lastmod",
    "section": "분류",
}
BODIES = (
    "본문이다.\n",
    "첫 문단이다.\n\n둘째 **문단**이다.\n",
    "",
    "## 제목\n\n- 하나\n- 둘\n",
    "본문 \u2028 끝.\n#해시태그\n",
    "e\u0301\n",
)


def entry_file(random: Random) -> tuple[str, str]:
    """Return the path and the text of an entry file."""
    keys = [key for key in VALUES if random.random() < (0.9 if key in ("id", "title", "published") else 0.3)]
    random.shuffle(keys)
    written = ((random.choice([key, key, NAMES.get(key, key)]), random.choice(VALUES[key])) for key in keys)
    matter = "".join(f"{key}:{'' if value[:1] == chr(10) else ' '}{value}\n" for key, value in written)
    if random.random() < 0.2:
        at = random.randint(0, len(matter))
        matter = (
            matter[:at] + random.choice(["\n", " ", "#", ": ", '"', "\t", "\x00", "\u00a0", "# 메모\n"]) + matter[at:]
        )
    body = random.choice(BODIES)
    if random.random() < 0.5:
        text, name = f"---\n{matter}---\n{body}", "2026/11/a.md"
    else:
        block = "".join(f"  {line}\n" if line else "\n" for line in body.split("\n"))
        text, name = f"{matter}body: |\n{block}{random.choice(['', '# 메모', '#해시태그'])}\n", "2026/11/a.yaml"
    return name, text.replace("\n", "\r\n") if random.random() < 0.1 else text


@contextmanager
def long_roads() -> Iterator[None]:
    """Let nothing take a straight road."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "read_straight", lambda *_, **__: None)
        patch.setattr(entries, "read_straight", lambda *_: None)
        patch.setattr(body, "straight", lambda *_: None)
        patch.setattr(summary, "opening", lambda *_: None)
        yield


def comes_to(data: bytes, source: str) -> list[str]:
    """Return all that a file comes to, spelled out."""
    assert CONFIG.publication is not None
    reading = read_bytes(data, source, silent=("layout",))
    told = [repr(reading)]
    if reading.raw is not None:
        normalized = normalize(reading.raw, CONFIG.publication, PICTURES, now=NOW)
        told += [repr(normalized), str(written_of(reading.raw.fields, []))]
        if normalized.entry is not None:
            told += [repr(record_of(normalized.entry)), repr(listing_of(normalized.entry))]
    return told


def assert_the_same(data: bytes, source: str) -> None:
    told = comes_to(data, source)
    with long_roads():
        assert comes_to(data, source) == told


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_at_hand_comes_to_the_same(path: Path) -> None:
    assert_the_same(path.read_bytes(), path.name)


@settings(max_examples=1000)
@given(st.integers(min_value=0, max_value=2**40))
def test_any_entry_file_comes_to_the_same(seed: int) -> None:
    name, text = entry_file(Random(seed))  # noqa: S311  # not for secrets

    assert_the_same(text.encode(), name)


def test_most_articles_of_the_sample_take_the_straight_road(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    def spied(*arguments: object, **named: object) -> object:
        taken.append(read(*arguments, **named))  # type: ignore[arg-type] # the arguments are handed on
        return taken[-1]

    read = straight.read_straight
    monkeypatch.setattr(yaml_text, "read_straight", spied)
    for path in FILES:
        if path.is_relative_to(ROOT / "content"):
            read_bytes(path.read_bytes(), path.name)

    assert sum(value is not None for value in taken) > 0.7 * len(taken)


def test_what_a_file_says_has_the_digests_that_ledgers_hold() -> None:
    """Were they others, every update of sosik would take every article for edited."""
    reading = read_bytes((ROOT / "content" / "2026" / "11" / "library-dawn.yaml").read_bytes(), "library-dawn.yaml")
    assert reading.raw is not None

    assert written_of(reading.raw.fields, [("images/library-dawn.jpg", "0" * 64)]) == (
        "6b3d82e7e68642f544f62da8c3128600099513e7cd6f3d1baee516f7387bacb7",
        "a006ea9201f6839e721179c87b6584d553d50777ade304b53b10e7c40ef0538a",
    )

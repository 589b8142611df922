"""`correct` and `withdraw` from the keyboard to the feeds, for files in every form and language."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from newsrooms import Newsroom, Unpack
from sosik.cli.root import sosik

ID = "tag:test.example,2010:aaaaaaaaaaaa"

FILES = {
    "english.yaml": f"id: {ID}\ntitle: 다리 개통\npublished: 2024-01-16 15:20\nbody: |\n  다리가 열렸다.\n",
    "korean.yaml": f"id: {ID}\n제목: 다리 개통\n입력: 2024년 1월 16일 오후 3시 20분\n본문: 다리가 열렸다.\n",
    "korean.md": f"---\nid: {ID}\n제목: 다리 개통\n입력: 2024-01-16 15:20\n---\n다리가 열렸다.\n",
    "english.md": f"---\nid: {ID}\ntitle: 다리 개통\ndate: 2024-01-16T15:20:00+09:00\n---\n다리가 열렸다.\n",
    "english.json": json.dumps({"id": ID, "title": "다리 개통", "published": "2024-01-16 15:20", "body": "열렸다."}),
    "korean.json": json.dumps(
        {"id": ID, "제목": "다리 개통", "입력": "2024-01-16 15:20", "본문": "열렸다."}, ensure_ascii=False, indent=2
    ),
    "edited.yaml": f"id: {ID}\ntitle: 다리 개통\npublished: 2024-01-16 15:20\nedits:\n"
    "  - at: 2024-01-17 09:00\n    kind: correction\n    note: 첫 정정\nbody: 다리가 열렸다.\n",
    "windows.yaml": f"id: {ID}\r\ntitle: 다리 개통\r\npublished: 2024-01-16 15:20\r\nbody: 열렸다.\r\n",
}


@pytest.fixture(params=FILES)
def room(request: pytest.FixtureRequest, newsroom: Unpack) -> tuple[Newsroom, str]:
    """A newsroom that published one article, and the article's file."""
    made = newsroom("-- content/other.yaml --\ntitle: 다른 기사\npublished: 2024-01-10\nbody: 다른 본문.\n")
    name = f"content/{request.param}"
    (made.root / name).write_bytes(FILES[request.param].encode())
    counts(made)
    return made, name


def run(room: Newsroom, *arguments: str, status: int = 0) -> str:
    """Run a command and return what it printed."""
    done = CliRunner().invoke(sosik, ["-C", str(room.root), *arguments])
    assert done.exit_code == status, done.output
    return f"{done.output}{done.exception or ''}"


def counts(room: Newsroom) -> dict[str, int]:
    """Build, an hour after the build before, and return what became of entries."""
    builds = room.root / ".builds"
    number = len(builds.read_text()) + 1 if builds.exists() else 1
    builds.write_text("." * number)
    now = datetime.now(UTC) + timedelta(hours=number)
    found: dict[str, int] = json.loads(run(room, "build", "--json", "--now", now.isoformat()))["counts"]
    return {name: number for name, number in found.items() if number and name != "unchanged"}


def item(room: Newsroom) -> dict[str, object]:
    return next(item for item in room.items() if item["id"] == ID)


def test_corrections_reach_readers_one_after_the_other(room: tuple[Newsroom, str]) -> None:
    """Id and pubDate stay, the edit is stamped, every note is shown, the newest first."""
    made, name = room
    before = item(made)
    run(made, "correct", name, "시장 이름을 '한바다'로 바로잡습니다")
    assert counts(made) == {"corrected": 1}
    first = item(made)

    run(made, "correct", name, "날짜: 17일 #정정")
    counts(made)

    after = item(made)
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])
    assert before.get("date_modified", "") < str(first["date_modified"]) <= str(after["date_modified"])  # type: ignore[operator]  # a text
    notes = re.findall(r"이름을 &#x27;한바다&#x27;|이름을 '한바다'|날짜: 17일 #정정", str(after["content_html"]))
    assert len(notes) == 2


def test_a_withdrawal_takes_the_entry_out_of_every_feed_once(room: tuple[Newsroom, str]) -> None:
    made, name = room
    run(made, "withdraw", name)
    assert counts(made) == {"withdrawn": 1}
    assert ID not in [one["id"] for one in made.items()]
    assert run(made, "check")

    run(made, "withdraw", name)

    assert counts(made) == {}
    assert ID not in [one["id"] for one in made.items()]


def test_a_corrected_entry_may_be_withdrawn_and_brought_back(room: tuple[Newsroom, str]) -> None:
    """The same item returns, with its correction."""
    made, name = room
    run(made, "correct", name, "바로잡습니다")
    counts(made)
    before = item(made)
    text = (made.root / name).read_bytes()
    run(made, "withdraw", name)
    counts(made)

    (made.root / name).write_bytes(text)

    assert counts(made) == {"updated": 1}
    assert item(made) == before


def test_a_file_that_cannot_be_changed_is_left_as_it_is(newsroom: Unpack) -> None:
    """What to write by hand is told."""
    room = newsroom("-- content/a.yaml --\n{title: 가, published: 2024-01-16, body: 본문}\n")
    before = (room.root / "content/a.yaml").read_bytes()

    printed = run(room, "correct", "content/a.yaml", "바로잡습니다", status=1)

    assert "edits:" in printed
    assert (room.root / "content/a.yaml").read_bytes() == before

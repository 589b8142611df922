"""Half an upload is no edit: a text that is the beginning of the published one waits, every other edit goes at once."""

import time
from pathlib import Path
from threading import Thread, Timer

import pytest

from newsrooms import Newsroom, Unpack
from sosik.model import Outcome
from sosik.serve.builder import Builder
from sosik.site import Site

ID = "tag:test.example,2010:aaaaaaaaaaaa"
FIRST, SECOND = "2024-02-01 09:00", "2024-02-01 10:00"
SENTENCES = [
    "해누리시가 새 다리의 **이름**을 정했다.",
    "이름은 [시민 공모](https://www.test.example/공모)로 정했다. 모두 3천 명이 참여했다.",
    "- 길이 12미터\n- 너비 *4미터*",
    "자세한 것은 https://www.test.example/다리 에 있다.",
    "개통식은 3일 10시에 열린다.",
]
TEXT = "\n\n".join(SENTENCES) + "\n"
HEAD = f"---\nid: {ID}\ntitle: 새 다리\npublished: 2024-01-16 15:20\n---\n"


@pytest.fixture
def room(newsroom: Unpack) -> Newsroom:
    made = newsroom(
        f"-- content/a.md --\n{HEAD}{TEXT}-- content/b.yaml --\ntitle: 둘\npublished: 2024-01-15\nbody: 글\n"
    )
    made.build(FIRST)
    return made


def save(room: Newsroom, text: str) -> None:
    (room.root / "content" / "a.md").write_text(HEAD + text, "utf-8")


def body(room: Newsroom) -> str:
    [item] = [item for item in room.items() if item["id"] == ID]
    return str(item.get("content_html", ""))


@pytest.mark.parametrize("share", range(0, 100, 4))
def test_wherever_an_upload_is_cut_the_published_text_stays(room: Newsroom, share: int) -> None:
    before = room.read("/feed.json")
    data = (HEAD + TEXT).encode()
    head = len(HEAD.encode())
    cut = head + (len(data) - head) * share // 100

    (room.root / "content" / "a.md").write_bytes(data[:cut])
    report = room.build(SECOND)

    assert report.outcomes == {"content/a.md": Outcome.HELD}
    assert room.read("/feed.json") == before
    save(room, TEXT)
    assert room.build("2024-02-01 10:00:05").outcomes == {}
    assert room.read("/feed.json") == before


def test_a_cut_that_stays_is_an_edit_after_half_a_minute(room: Newsroom) -> None:
    save(room, SENTENCES[0])

    waits = room.build(SECOND)
    assert [problem.code for problem in waits.problems if problem.location.file == "content/a.md"] == [
        "file-unfinished"
    ]
    assert "10:00:30" in str(waits.problems[0].message)
    still = room.build("2024-02-01 10:00:29")
    assert still.edition.next_due == waits.edition.next_due
    assert "개통식" in body(room)

    assert room.build("2024-02-01 10:00:30").outcomes == {ID: Outcome.MINOR}
    assert "개통식" not in body(room)


@pytest.mark.parametrize(
    "text",
    [
        TEXT + "\n덧붙인 글이다.\n",
        TEXT.replace("3천", "4천"),
        TEXT.replace("10시에 열린다", "10시에 연다"),
        SENTENCES[0] + "\n\n나머지는 (사정으로) 지웠다.\n",
        "\n\n".join(SENTENCES[1:]),
        "\n\n".join([SENTENCES[0], *SENTENCES[3:]]),
        "다른 글이다.\n",
    ],
)
def test_every_other_edit_goes_at_once(room: Newsroom, text: str) -> None:
    save(room, text)

    assert room.build(SECOND).outcomes == {ID: Outcome.MINOR}


def test_what_is_taken_back_is_not_waited_for(room: Newsroom) -> None:
    (room.root / "content" / "a.md").write_text(HEAD.replace("---\nid", "---\nstatus: withdrawn\nid") + SENTENCES[0])

    assert room.build(SECOND).counts["withdrawn"] == 1


def test_a_file_that_is_away_and_comes_back_by_halves_waits_for_itself(room: Newsroom) -> None:
    """A minute away does not make the first half of it an edit."""
    (room.root / "content" / "a.md").unlink()
    room.build(SECOND)
    save(room, SENTENCES[0])

    assert room.build("2024-02-01 10:00:50").outcomes == {"content/a.md": Outcome.HELD}
    save(room, TEXT)
    assert room.build("2024-02-01 10:00:55").outcomes == {}


def test_a_text_that_is_held_for_its_rest_may_be_deleted(room: Newsroom) -> None:
    save(room, SENTENCES[0])
    room.build(SECOND)
    (room.root / "content" / "a.md").unlink()

    assert [*room.build("2024-02-01 10:00:20").missing] == [ID]
    assert room.build("2024-02-01 10:01:20").counts["withdrawn"] == 1


# --- by the clock: a build alone waits for it itself, who serves looks again


def slowly(file: Path, text: str, *, seconds: float) -> Thread:
    """Write a file in twenty pieces, in a thread that has begun."""

    def write() -> None:
        with file.open("w", encoding="utf-8") as stream:
            for number in range(20):
                stream.write(text[len(text) * number // 20 : len(text) * (number + 1) // 20])
                stream.flush()
                time.sleep(seconds / 20)

    thread = Thread(target=write)
    thread.start()
    while not (file.exists() and file.stat().st_size):
        time.sleep(0.01)
    return thread


def test_a_build_waits_for_a_new_file_that_grows(room: Newsroom) -> None:
    text = HEAD.replace("aaaaaaaaaaaa", "cccccccccccc") + TEXT.replace("새 다리", "헌 다리")
    upload = slowly(room.root / "content" / "c.md", text, seconds=2)

    report = Site(room.root).build()

    upload.join()
    assert report.counts["new"] == 1
    Site(room.root).publish(room.root / "public")
    assert any("개통식" in str(item) for item in room.items() if item["id"] != ID)
    assert Site(room.root).build().outcomes == {}


def test_a_build_waits_for_the_rest_of_a_published_text(room: Newsroom) -> None:
    before = room.read("/feed.json")
    save(room, SENTENCES[0])
    rest = Timer(1.5, save, (room, TEXT))
    rest.start()

    report = Site(room.root).build()

    rest.join()
    assert report.outcomes == {}
    Site(room.root).publish(room.root / "public")
    assert room.read("/feed.json") == before


def test_a_build_alone_takes_a_cut_that_stays(room: Newsroom) -> None:
    save(room, SENTENCES[0])

    assert Site(room.root).build().outcomes == {ID: Outcome.MINOR}


def test_who_serves_leaves_a_file_that_grows_to_the_next_look(room: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    builder = Builder(Site(room.root))
    builder.build()
    file = room.root / "content" / "c.md"
    text = HEAD.replace("aaaaaaaaaaaa", "cccccccccccc") + TEXT.replace("새 다리", "헌 다리")
    upload = slowly(file, text, seconds=2)

    first = builder.build({str(file)})

    assert first is not None
    assert first.outcomes == {"content/c.md": Outcome.HELD}
    assert "still being written" in caplog.text
    assert builder.next_due is not None
    assert builder.next_due - time.time() <= 2
    upload.join()
    last = builder.build({str(file)})
    assert last is not None
    assert last.counts["new"] == 1


def test_who_serves_holds_the_beginning_of_a_published_text(room: Newsroom) -> None:
    builder = Builder(Site(room.root))
    builder.build()
    file = room.root / "content" / "a.md"
    save(room, SENTENCES[0])

    first = builder.build({str(file)})

    assert first is not None
    assert first.outcomes == {"content/a.md": Outcome.HELD}
    assert builder.next_due is not None
    assert 20 < builder.next_due - time.time() <= 31
    save(room, TEXT)
    back = builder.build({str(file)})
    assert back is not None
    assert (back.outcomes, back.edition.number) == ({}, first.edition.number)


def test_under_now_nobody_looks_twice(room: Newsroom) -> None:
    file = room.root / "content" / "c.md"
    text = HEAD.replace("aaaaaaaaaaaa", "cccccccccccc") + TEXT.replace("새 다리", "헌 다리")
    upload = slowly(file, text, seconds=1)

    report = room.build(SECOND)

    upload.join()
    assert not [problem for problem in report.problems if "grows" in problem.message.key]

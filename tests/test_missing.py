"""Files that come and go: nothing is taken back unless somebody meant it, and what was meant is done at once."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsrooms import PUBLICATION, Newsroom, Unpack, at
from sosik.errors import EditionRefusedError
from sosik.ledger.verdicts import Allowances
from sosik.model import Outcome
from sosik.serve.builder import Builder
from sosik.site import Site

FIRST, SECOND, LATER = "2024-02-01 09:00", "2024-02-01 10:00", "2024-02-01 10:01"
WINDOW = "-- feeds/all.yaml --\ntitle: 전체\nwindow: {entries: 3, hours: 0, at_most: 3}\n"


def name_of(number: int) -> str:
    return f"기사{number:02}"


def id_of(number: int) -> str:
    return f"tag:test.example,2010:{number:012}"


def article(number: int, rest: str = "", *, pinned: bool = True) -> str:
    head = f"id: {id_of(number)}\n" if pinned else ""
    text = f"{number}번 다리의 난간을 시가 다시 칠한다. 공사는 {number}일 동안 이어진다."
    return f"{head}title: {number}번 다리\npublished: 2024-01-{number + 1:02}\n{rest}body: {text}\n"


def articles(count: int) -> str:
    return "".join(f"-- content/{name_of(number)}.yaml --\n{article(number)}" for number in range(count))


def path_of(room: Newsroom, number: int) -> Path:
    return room.root / "content" / f"{name_of(number)}.yaml"


def published(room: Newsroom) -> dict[str, tuple[int, bytes]]:
    files = (path for path in (room.root / "public").rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def ids(room: Newsroom) -> list[object]:
    return [item["id"] for item in room.items()]


# --- what nobody meant


def test_a_file_that_comes_back_was_never_gone(newsroom: Unpack) -> None:
    """No byte changes, no time of a file, nobody is told, and it is an unchanged entry again."""
    room = newsroom(articles(4))
    room.build(FIRST)
    before, text = published(room), path_of(room, 2).read_bytes()
    path_of(room, 2).unlink()

    away = room.build(SECOND)

    assert (away.counts["withdrawn"], away.counts["unchanged"], [*away.missing]) == (0, 3, [id_of(2)])
    assert published(room) == before
    path_of(room, 2).write_bytes(text)

    back = room.build("2024-02-01 10:00:59")

    assert (back.counts["unchanged"], back.outcomes, back.missing, back.problems) == (4, {}, {}, [])
    assert published(room) == before
    assert room.build("2024-02-01 12:00").counts["unchanged"] == 4


def test_what_stays_away_is_withdrawn_at_a_second_look(newsroom: Unpack) -> None:
    """Counted from the build that missed the file, not from the one before."""
    room = newsroom(articles(4))
    room.build(FIRST)
    path_of(room, 2).unlink()

    first = room.build(SECOND)
    still = room.build("2024-02-01 10:00:59")

    assert id_of(2) in ids(room)
    assert first.edition.next_due == still.edition.next_due == int(at(LATER).timestamp())
    assert [problem.code for problem in still.problems] == ["file-missing"]

    gone = room.build(LATER)

    assert gone.outcomes == {id_of(2): Outcome.WITHDRAWN}
    assert (gone.missing, gone.problems, gone.edition.next_due == still.edition.next_due) == ({}, [], False)
    assert id_of(2) not in ids(room)


@pytest.mark.parametrize(("after", "ends"), [("0", SECOND), ("1", "2024-02-01 10:00:01"), ("3600", "2024-02-01 11:00")])
def test_a_newsroom_says_how_long_it_waits(newsroom: Unpack, after: str, ends: str) -> None:
    room = newsroom(articles(4))
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}withdraw_after: {after}\n")
    room.build(FIRST)
    path_of(room, 2).unlink()

    if ends != SECOND:
        assert room.build(SECOND).counts["withdrawn"] == 0

    assert room.build(ends).counts["withdrawn"] == 1


def test_every_absence_is_counted_for_itself(newsroom: Unpack) -> None:
    """A file that is away twice for a moment is not away for the time between."""
    room = newsroom(articles(4))
    room.build(FIRST)
    text = path_of(room, 2).read_bytes()
    for minute in (0, 2, 4):
        path_of(room, 2).unlink()
        assert room.build(f"2024-02-01 10:0{minute}").counts["withdrawn"] == 0
        path_of(room, 2).write_bytes(text)
        assert room.build(f"2024-02-01 10:0{minute}:30").counts["unchanged"] == 4


def test_a_folder_that_is_away_and_back_keeps_the_very_stamps_of_its_files(newsroom: Unpack) -> None:
    room = newsroom(articles(2) + "".join(f"-- content/지역/{n}.yaml --\n{article(n)}" for n in (5, 6)))
    room.build(FIRST)
    folder = room.root / "content" / "지역"
    folder.rename(room.root / "elsewhere")
    assert len(room.build(SECOND).missing) == 2
    (room.root / "elsewhere").rename(folder)

    assert room.build("2024-02-01 10:00:30").counts["unchanged"] == 4
    assert room.build("2024-02-01 10:05").counts["unchanged"] == 4


def test_files_fetched_again_let_no_old_story_into_the_window(newsroom: Unpack) -> None:
    """A sync client fetches the six newest anew, one after the other."""
    room = newsroom(WINDOW + articles(20))
    room.build(FIRST)
    before = published(room)
    texts = {number: path_of(room, number).read_bytes() for number in range(14, 20)}
    for number in texts:
        path_of(room, number).unlink()
    assert len(room.build(SECOND).missing) == 6
    for second, (number, text) in enumerate(texts.items(), start=1):
        path_of(room, number).write_bytes(text)
        assert len(room.build(f"2024-02-01 10:00:0{second}").missing) == 6 - second

    assert published(room) == before


def test_a_file_that_comes_back_edited_is_an_edit(newsroom: Unpack) -> None:
    room = newsroom(articles(4))
    room.build(FIRST)
    path_of(room, 2).unlink()
    room.build(SECOND)
    path_of(room, 2).write_text(article(2, "updated: 2024-02-01 10:00\n").replace("칠한다", "닦는다"), "utf-8")

    assert room.build("2024-02-01 10:00:30").outcomes == {id_of(2): Outcome.UPDATED}


@pytest.mark.parametrize("pinned", [True, False])
def test_a_renamed_file_moves_its_id_at_once_or_is_held(newsroom: Unpack, pinned: bool) -> None:
    """Also across two builds, where an article without an id used to be lost."""
    room = newsroom(f"-- content/a.yaml --\n{article(1, pinned=pinned)}-- content/b.yaml --\n{article(2)}")
    room.build(FIRST)
    before = published(room)
    (room.root / "content" / "a.yaml").rename(room.root / "elsewhere")
    room.build(SECOND)
    (room.root / "elsewhere").rename(room.root / "content" / "새-이름.yaml")

    report = room.build("2024-02-01 10:00:30")

    assert ({problem.code for problem in report.errors}, report.missing) == (set() if pinned else {"id-changed"}, {})
    assert published(room) == before
    assert room.build("2024-02-01 12:00").counts["withdrawn"] == 0
    assert published(room) == before


def test_an_article_whose_file_holds_another_one_now_is_missing(newsroom: Unpack) -> None:
    """Somebody saved a new article over an old one, or a program was in the middle of changing names."""
    room = newsroom(articles(4))
    room.build(FIRST)
    text = path_of(room, 2).read_bytes()
    path_of(room, 2).write_text(article(9), "utf-8")

    report = room.build(SECOND)

    assert (report.outcomes, [*report.missing]) == ({id_of(9): Outcome.NEW}, [id_of(2)])
    assert {id_of(2), id_of(9)} <= {*ids(room)}
    (room.root / "content" / "zz.yaml").write_bytes(text)
    assert room.build("2024-02-01 10:00:30").missing == {}

    (room.root / "content" / "zz.yaml").unlink()
    room.build("2024-02-01 11:00")
    assert room.build("2024-02-01 11:01").outcomes == {id_of(2): Outcome.WITHDRAWN}


def test_a_clock_that_is_set_back_does_not_wait_for_ever(newsroom: Unpack) -> None:
    room = newsroom(articles(4))
    room.build("2024-02-01 08:00")
    path_of(room, 2).unlink()
    room.build("2024-02-01 12:00")
    room.build("2024-02-01 09:00")

    assert room.build("2024-02-01 09:01").counts["withdrawn"] == 1


def test_an_article_ahead_whose_file_is_gone_does_not_appear(newsroom: Unpack) -> None:
    """Nobody has seen it: there is nothing to be waited for."""
    room = newsroom(articles(2) + f"-- content/앞.yaml --\n{article(9)}".replace("2024-01-10", "2024-02-01 11:00"))
    room.build(FIRST)
    (room.root / "content" / "앞.yaml").unlink()

    assert room.build(SECOND).missing == {}
    assert id_of(9) not in {*ids(room)}
    assert room.build("2024-02-01 11:30").outcomes == {}


# --- what was meant


def _trash(name: str) -> Callable[[Newsroom, Path], None]:
    def move(room: Newsroom, file: Path) -> None:
        folder = room.root / name
        folder.mkdir(parents=True)
        file.rename(folder / ("$R7Q2XA.yaml" if "BIN" in name else file.name))

    return move


def _draft(room: Newsroom, file: Path) -> None:
    (room.root / "content" / "_drafts").mkdir()
    file.rename(room.root / "content" / "_drafts" / file.name)


def _marked(room: Newsroom, file: Path) -> None:
    file.write_text(f"status: draft\n{file.read_text('utf-8')}", "utf-8")


def _by_command(room: Newsroom, file: Path) -> None:
    room.sosik("withdraw", file)


MEANT = {
    "synology": _trash("content/#recycle"),
    "synology above": _trash("#recycle/content"),
    "qnap": _trash("content/@Recycle"),
    "windows": _trash("content/$RECYCLE.BIN/S-1-5-21-1"),
    "mac": _trash("content/.Trashes/501"),
    "linux": _trash(".Trash-1000/files"),
    "draft": _marked,
    "drafts": _draft,
    "withdraw": _by_command,
}


@pytest.mark.parametrize("pinned", [True, False])
@pytest.mark.parametrize("how", MEANT)
def test_what_somebody_meant_is_done_at_once(newsroom: Unpack, how: str, pinned: bool) -> None:
    room = newsroom(articles(2) + f"-- content/거둘.yaml --\n{article(9, pinned=pinned)}")
    room.build(FIRST)
    time.sleep(0.02)  # a file system may not tell two moments closer than that apart
    MEANT[how](room, room.root / "content" / "거둘.yaml")

    report = room.build("2026-11-28 10:00" if how == "withdraw" else SECOND)

    assert (report.counts["withdrawn"], report.missing) == (1, {})
    assert len(room.items()) == 2


def test_what_was_put_back_from_the_trash_is_not_deleted_by_what_stayed_there(newsroom: Unpack) -> None:
    """An old copy of the same bytes lies in the trash; the file itself is away for a moment."""
    room = newsroom(articles(3))
    _trash("content/#recycle")(room, path_of(room, 2))
    time.sleep(0.02)
    shutil.copy2(room.root / "content" / "#recycle" / path_of(room, 2).name, path_of(room, 2))
    room.build(FIRST)
    path_of(room, 2).unlink()

    assert [*room.build(SECOND).missing] == [id_of(2)]
    assert [*room.build("2024-02-01 10:00:30").missing] == [id_of(2)]


def test_a_person_says_now(newsroom: Unpack) -> None:
    room = newsroom(articles(3))
    room.sosik("build")
    path_of(room, 2).unlink()

    told = room.sosik("build")
    assert f"1 missing, not withdrawn yet: content/{name_of(2)}.yaml" in told
    assert "file-missing" in told

    assert "1 withdrawn" in room.sosik("build", "--withdraw-now")
    assert "missing" not in room.sosik("build")


def test_a_fresh_checkout_is_no_sync_client(newsroom: Unpack) -> None:
    room = newsroom(articles(3))
    room.build(FIRST)
    shutil.rmtree(room.root / ".sosik")
    path_of(room, 2).unlink()

    report = Site(room.root).build(now=at(SECOND), previous=str(room.root / "public"))

    assert report.counts["withdrawn"] == 1


@pytest.mark.parametrize("how", ["now", "trash", "twice"])
def test_too_many_are_a_mistake_however_they_go(newsroom: Unpack, how: str) -> None:
    """Twelve of twenty: a disk is missing, whatever else was said; a person may allow it, and it is done at once."""
    room = newsroom(articles(20))
    room.build(FIRST)
    before = published(room)
    for number in range(12):
        if how == "twice" and number == 9:
            assert len(room.build(SECOND).missing) == 9
        if how == "trash":
            (room.root / "content" / "#recycle").mkdir(exist_ok=True)
            path_of(room, number).rename(room.root / "content" / "#recycle" / f"{number}.yaml")
        else:
            path_of(room, number).unlink()

    for minute in (1, 5):
        with pytest.raises(EditionRefusedError, match="withdrawn-many"):
            Site(room.root).build(now=at(f"2024-02-01 10:0{minute}"), allowed=Allowances(withdraw_now=how == "now"))
    assert published(room) == before

    assert room.build("2024-02-01 10:09", withdrawals=True).counts["withdrawn"] == 12


# --- git


def git(room: Newsroom, *arguments: str) -> None:
    who = ("-c", "user.name=김하늘", "-c", "user.email=desk@test.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=room.root, check=True, capture_output=True)


@pytest.fixture
def committed(newsroom: Unpack) -> Newsroom:
    """Give a publication in a work tree of git, built."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    room = newsroom(articles(4))
    (room.root / ".gitignore").write_text(".sosik/\npublic/\n", "utf-8")
    git(room, "init", "--quiet", "--initial-branch=main")
    git(room, "add", ".")
    git(room, "commit", "--quiet", "-m", "처음")
    room.build(FIRST)
    return room


def test_a_commit_that_takes_a_file_out_means_it(committed: Newsroom) -> None:
    git(committed, "rm", "--quiet", f"content/{name_of(2)}.yaml")
    git(committed, "commit", "--quiet", "-m", "거둔다")

    assert committed.build(SECOND).counts["withdrawn"] == 1


def test_another_commit_that_is_checked_out_means_it_too(committed: Newsroom) -> None:
    (committed.root / "content" / "새 기사.yaml").write_text(article(9), "utf-8")
    git(committed, "add", ".")
    git(committed, "commit", "--quiet", "-m", "새 기사")
    assert committed.build(SECOND).counts["new"] == 1
    git(committed, "reset", "--quiet", "--hard", "HEAD~1")

    assert committed.build("2024-02-01 10:00:10").counts["withdrawn"] == 1


def _not_committed(room: Newsroom) -> None:
    path_of(room, 2).unlink()


def _only_staged(room: Newsroom) -> None:
    git(room, "rm", "--quiet", f"content/{name_of(2)}.yaml")


def _others_edited(room: Newsroom) -> None:
    git(room, "rm", "--quiet", f"content/{name_of(2)}.yaml")
    git(room, "commit", "--quiet", "-m", "거둔다")
    path_of(room, 1).write_text(article(1, "tags: [다리]\n"), "utf-8")


def _at_work(room: Newsroom) -> None:
    git(room, "rm", "--quiet", f"content/{name_of(2)}.yaml")
    git(room, "commit", "--quiet", "-m", "거둔다")
    (room.root / ".git" / "rebase-merge").mkdir()


def _never_added(room: Newsroom) -> None:
    git(room, "rm", "--quiet", "--cached", f"content/{name_of(2)}.yaml")
    git(room, "commit", "--quiet", "--amend", "-m", "처음")
    git(room, "reflog", "expire", "--expire=now", "--all")
    path_of(room, 2).unlink()


@pytest.mark.parametrize("how", [_not_committed, _only_staged, _others_edited, _at_work, _never_added])
def test_what_git_does_not_plainly_say_is_waited_for(committed: Newsroom, how: Callable[[Newsroom], None]) -> None:
    how(committed)

    assert [*committed.build(SECOND).missing] == [id_of(2)]
    assert committed.build(LATER).counts["withdrawn"] == 1


def test_nothing_that_a_repository_names_is_run(committed: Newsroom) -> None:
    """Filters, monitors and hooks are programs of whoever made the repository."""
    mark = committed.root / "ran"
    for key in ("core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "diff.external", "gpg.program"):
        git(committed, "config", key, f"touch {mark}; cat")
    git(committed, "config", "log.showSignature", "true")
    hook = committed.root / ".git" / "hooks" / "post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {mark}\n")
    hook.chmod(0o755)
    git(committed, "rm", "--quiet", f"content/{name_of(2)}.yaml")
    git(committed, "commit", "--quiet", "-m", "거둔다")
    (committed.root / ".git" / "info").mkdir(exist_ok=True)
    (committed.root / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil\n")
    os.utime(path_of(committed, 1))
    mark.unlink(missing_ok=True)

    assert committed.build(SECOND).counts["withdrawn"] == 1
    assert not mark.exists()


# --- who asks, and who serves


def test_dry_runs_lists_and_pages_say_what_is_missing(newsroom: Unpack) -> None:
    room = newsroom(articles(3))
    room.sosik("build")
    path_of(room, 2).unlink()
    before = published(room)

    assert f"content/{name_of(2)}.yaml: warning: file-missing" in room.sosik("check")
    assert "file-missing" in room.sosik("diff")
    assert "nothing would change" in room.sosik("diff")
    assert "(missing since " in room.sosik("list")
    record = json.loads(room.sosik("build", "--json"))
    assert [*record["missing"]] == [id_of(2)]
    assert record["counts"]["withdrawn"] == 0

    listed = {entry["id"]: entry for entry in json.loads(room.sosik("list", "--json"))}
    assert listed[id_of(2)]["history"]["missing_since"] == record["missing"][id_of(2)]
    assert "missing_since" not in listed[id_of(1)]["history"]
    assert "missing_since" in room.sosik("show", id_of(2))
    assert published(room) == before


def test_who_serves_looks_again_by_itself(newsroom: Unpack, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    room = newsroom(articles(3))
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}withdraw_after: 1\n")
    builder = Builder(Site(room.root))
    builder.build()
    path_of(room, 2).unlink()

    away = builder.build({str(path_of(room, 2))})

    assert away is not None
    assert [*away.missing] == [id_of(2)]
    assert "Unchanged: " in caplog.text
    assert builder.next_due is not None
    while not builder.is_due():
        time.sleep(0.05)
    gone = builder.build(())
    assert gone is not None
    assert gone.outcomes == {id_of(2): Outcome.WITHDRAWN}


def test_who_serves_finds_it_again(newsroom: Unpack) -> None:
    room = newsroom(articles(3))
    builder = Builder(Site(room.root))
    builder.build()
    text = path_of(room, 2).read_bytes()
    for _ in range(3):
        path_of(room, 2).unlink()
        builder.build({str(path_of(room, 2))})
        path_of(room, 2).write_bytes(text)
        back = builder.build({str(path_of(room, 2))})

        assert back is not None
        assert (back.missing, back.outcomes, back.edition.number) == ({}, {}, 1)

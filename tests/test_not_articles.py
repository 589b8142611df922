"""What in content/ is no article, is there twice, or cannot be read: nothing of it takes an article back."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsrooms import PUBLICATION, Newsroom, Unpack
from sosik.edition.build import Report
from sosik.model import Outcome
from sosik.read import originals_of
from sosik.serve.builder import Builder
from sosik.site import Site

LATER = "2024-02-01 09:10"
IDS = {name: f"tag:test.example,2010:{letter * 12}" for name, letter in (("강변", "a"), ("다리", "b"), ("나루", "c"))}


def article(name: str, *, body: str = "", rest: str = "") -> str:
    text = body or f"{name} 둑길에 놓인 가로등을 새것으로 바꾼다고 시가 알렸다."
    return f"id: {IDS[name]}\ntitle: {name} 소식\npublished: 2024-01-16 15:20\n{rest}body: {text}\n"


@pytest.fixture
def room(newsroom: Unpack) -> Newsroom:
    """Three articles, published."""
    files = "".join(f"-- content/지역/{name}.yaml --\n{article(name)}" for name in IDS)
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n{files}")
    room.build()
    assert len(room.titles()) == 3
    return room


def path_of(room: Newsroom, name: str = "강변") -> Path:
    return room.root / "content" / "지역" / f"{name}.yaml"


def told(report: Report) -> list[tuple[str, str]]:
    return sorted((problem.code, problem.location.file) for problem in report.problems)


def counted(report: Report) -> dict[str, int]:
    return {str(name): count for name, count in report.counts.items() if count}


def stays_up(room: Newsroom, *, told_as: str) -> None:
    """Build, twice, and see that nothing was taken back, and that all commands tell what is the matter."""
    for _ in range(2):
        report = room.build(LATER)
        assert not report.counts["withdrawn"]
        assert told_as in {problem.code for problem in report.problems}
        assert len(room.titles()) == 3
    assert told_as in room.sosik("check", status=bool(report.errors))
    assert "withdrawn" not in room.sosik("diff", status=bool(report.errors))
    listed = room.sosik("list")
    assert listed.count("소식") == 3
    assert report.errors or told_as in listed
    assert told_as in room.sosik("diff", status=bool(report.errors))


# --- there, and not to be read


def to_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def to_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def to_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def to_socket(path: Path) -> None:
    import socket

    path.unlink()
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(path.parent)
        listener.bind(path.name)


def to_link_out(path: Path) -> None:
    path.rename(path.parents[3] / "elsewhere.yaml")
    path.symlink_to(path.parents[3] / "elsewhere.yaml")


def to_nameless(path: Path) -> None:
    os.rename(path, os.fsencode(path.parent) + b"/\xff\xfe.yaml")  # noqa: PTH104  # a name that no Path has


def to_nameless_folder(path: Path) -> None:
    folder = os.fsencode(path.parent) + b"/\xff"
    os.mkdir(folder)  # noqa: PTH102  # a name that no Path has
    os.rename(path, folder + b"/a.yaml")  # noqa: PTH104


def to_icloud(path: Path) -> None:
    path.rename(path.with_name(f".{path.name}.icloud"))


def to_nextcloud(path: Path) -> None:
    path.rename(path.with_name(f"{path.name}.nextcloud"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (to_fifo, "file-type"),
        (to_folder, "file-type"),
        (to_loop, "file-unreadable"),
        (to_socket, "file-type"),
        (to_link_out, "file-outside"),
        (to_nameless, "name-unreadable"),
        (to_nameless_folder, "name-unreadable"),
        (to_icloud, "file-evicted"),
        (to_nextcloud, "file-evicted"),
    ],
)
def test_what_is_there_and_cannot_be_read_was_not_taken_back(
    room: Newsroom, change: object, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(room.root)
    assert callable(change)
    change(path_of(room))

    stays_up(room, told_as=code)


def test_what_could_not_be_read_and_is_there_again_is_as_it_was(room: Newsroom) -> None:
    path = path_of(room)
    to_icloud(path)
    room.build(LATER)
    path.with_name(f".{path.name}.icloud").rename(path)

    assert counted(room.build(LATER)) == {"unchanged": 3}


def test_a_file_in_the_place_of_a_folder_takes_nothing_back(room: Newsroom) -> None:
    folder = path_of(room).parent
    shutil.rmtree(folder)
    folder.write_bytes(b"")

    stays_up(room, told_as="file-type")


def locked_out(room: Newsroom, *arguments: str) -> str:
    """Run the command line as somebody who may read what its mode says, and nothing else, as root otherwise may."""
    drop = shutil.which("setpriv")
    if os.geteuid() == 0 and drop is None:
        pytest.skip("root may read everything here")
    prefix = [str(drop), "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    command = [*prefix, sys.executable, "-m", "sosik", "-C", str(room.root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("place", ["지역", "지역/강변.yaml", ""])
def test_what_may_not_be_read_was_not_taken_back(room: Newsroom, place: str, request: pytest.FixtureRequest) -> None:
    (room.root / "content" / place).chmod(0)
    request.addfinalizer(lambda: (room.root / "content" / place).chmod(0o700))
    output = locked_out(room, "build", "--now", "2024-02-01T09:10+09:00")

    assert "file-unreadable" in output
    assert "withdrawn" not in output
    assert len(room.titles()) == 3
    assert "withdrawn" not in locked_out(room, "build", "--now", "2024-02-01T09:20+09:00")


def test_a_file_that_may_not_be_read_keeps_the_entry_of_its_place(
    room: Newsroom, request: pytest.FixtureRequest
) -> None:
    """Also where its folder could not be read before, so that nobody remembers what the file was."""
    path = path_of(room)
    path.parent.chmod(0)
    request.addfinalizer(lambda: path.parent.chmod(0o700))
    locked_out(room, "build", "--now", "2024-02-01T09:10+09:00")
    path.parent.chmod(0o700)
    path.chmod(0)
    for minute in (20, 30):
        assert "withdrawn" not in locked_out(room, "build", "--now", f"2024-02-01T09:{minute}+09:00")
    assert len(room.titles()) == 3


def test_the_log_of_a_server_tells_whose_entries_stay_up(room: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "sosik")
    builder = Builder(Site(room.root))
    to_icloud(path_of(room))
    for _ in range(2):
        assert builder.build() is not None

    assert caplog.text.count("content/지역/강변.yaml: warning: file-evicted") == 1


def test_who_deletes_beside_a_folder_that_cannot_be_read_is_not_refused(room: Newsroom) -> None:
    """What cannot be seen neither counts as gone nor makes content/ look empty."""
    room.write(f"-- content/밖.yaml --\n{article('강변').replace('a' * 12, 'd' * 12)}")
    room.build(LATER)
    (room.root / "content" / "밖.yaml").unlink()
    folder = path_of(room).parent
    folder.rename(room.root / "어딘가")
    folder.symlink_to("nowhere")
    report = room.build("2024-02-01 09:20")

    assert "file-unreadable" in {problem.code for problem in report.problems}
    assert len(room.titles()) >= 3


# --- names in other bytes


def test_a_name_in_cp949_is_the_name_it_spells(room: Newsroom) -> None:
    path = path_of(room)
    old = os.fsencode(path.parent) + b"/" + path.name.encode("cp949")
    os.rename(path, old)  # noqa: PTH104  # a name that no Path has

    stays_up(room, told_as="name-old")
    assert counted(room.build(LATER)) == {"unchanged": 3}
    os.rename(old, path)  # noqa: PTH104
    assert told(room.build(LATER)) == []


def test_all_of_a_tree_in_cp949_is_what_it_spells(room: Newsroom) -> None:
    """As an old zip program unpacks it; articles whose id is made of their path keep that, too."""
    room.write("-- content/지역/새 글.yaml --\ntitle: 새 글\npublished: 2024-01-16 15:20\nbody: 첫 줄이다.\n")
    room.build()
    content = os.fsencode(room.root / "content")
    for name in ("강변", "다리", "나루", "새 글"):
        old = content + "/지역/".encode() + f"{name}.yaml".encode("cp949")
        os.rename(path_of(room, name), old)  # noqa: PTH104  # a name that no Path has
    os.rename(content + "/지역".encode(), content + b"/" + "지역".encode("cp949"))  # noqa: PTH104
    report = room.build(LATER)

    assert counted(report) == {"unchanged": 4}
    assert {code for code, _ in told(report)} == {"name-old", "id-not-pinned"}


def test_the_name_in_utf8_counts_where_both_are_there(room: Newsroom) -> None:
    path = path_of(room)
    old = os.fsencode(path.parent) + b"/" + path.name.encode("cp949")
    with open(old, "wb") as stream:  # noqa: PTH123  # a name that no Path has
        stream.write(article("강변", body="옛 글이다.").encode())
    report = room.build(LATER)

    assert counted(report) == {"unchanged": 3}
    assert told(report) == [("name-old", "content/지역/강변.yaml")]


LOCALES = [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}]


def korean_locale(folder: Path) -> dict[str, str]:
    """Return the environment of a machine whose locale is ko_KR.euckr, made for the purpose."""
    program = shutil.which("localedef")
    if program:
        subprocess.run(
            [program, "-i", "ko_KR", "-f", "EUC-KR", str(folder / "ko_KR.euckr")], capture_output=True, check=False
        )
    if not (folder / "ko_KR.euckr").exists():
        pytest.skip("no ko_KR.euckr can be made here")
    return {"LC_ALL": "ko_KR.euckr", "PYTHONUTF8": "0", "LOCPATH": str(folder)}


@pytest.mark.parametrize("locale", ["C", "C, coerced", "euckr"])
def test_names_are_utf8_whatever_the_locale(
    room: Newsroom, locale: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those of pictures, of definitions, of what is published and of what `new` writes."""
    from PIL import Image

    Image.new("RGB", (8, 8), "red").save(path_of(room).parent / "둑길.png")
    path_of(room).write_text(article("강변", rest="images: [둑길.png]\n"), "utf-8")
    room.write("-- feeds/지역.yaml --\ntitle: '{value}'\neach: section\n")
    path_of(room, "다리").write_text(article("다리", rest="section: 지역\n"), "utf-8")
    room.build()
    before = sorted(os.listdir(os.fsencode(room.root / "public")))  # noqa: PTH208  # bytes
    place = tmp_path / "새 소식"
    place.symlink_to(room.root)
    settings = korean_locale(tmp_path) if locale == "euckr" else LOCALES[locale != "C"]
    for key, value in settings.items():
        monkeypatch.setenv(key, value)
    output = subprocess.run(
        [sys.executable, "-m", "sosik", "-C", str(place), "build", "--now", "2024-02-01T09:10+09:00"],
        capture_output=True,
        check=False,
    )

    assert output.returncode == 0, output
    assert b"3 unchanged" in output.stdout
    assert b"0 files written, 0 removed" in output.stdout
    assert sorted(os.listdir(os.fsencode(room.root / "public"))) == before  # noqa: PTH208
    assert b"withdrawn" not in output.stdout


# --- copies

COPIES = [
    "강변 (1).yaml",
    "강변(2).yaml",
    "강변 2.yaml",
    "강변 복사본.yaml",
    "강변 - 복사본 (2).yaml",
    "강변의 사본.yaml",
    "복사본 - 강변.yaml",
    "강변 copy 2.yaml",
    "강변 - Copy.yaml",
    "강변 (3rd copy).yaml",
    "강변-DESKTOP-7Q2.yaml",
    "강변-한바다의 MacBook Pro.yaml",
    "강변.sync-conflict-20240201-101010-ABCDEFG.yaml",
    "강변-PC.yaml",
    "강변-한바다PC.yaml",
    "강변.conflict1.yaml",
    "강변_한바다_Feb-01-101010-2024_CaseConflict.yaml",
    "강변 (복사).yaml",
    "강변 (한바다의 충돌된 사본 2024-02-01).yaml",
    "강변 (conflicted copy 2024-02-01 101010).yaml",
    "강변_DiskStation_Feb-01-101010-2024_Conflict.yaml",
    "강변 (SFConflict han@test.example 2024-02-01-10-10-10).yaml",
    "강변 [conflicted].yaml",
    "강변 (1) 복사본.yaml",
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_known_by_its_name(name: str) -> None:
    assert "지역/강변.yaml" in [*originals_of(f"지역/{name}")]


@pytest.mark.parametrize("name", ["강변.yaml", "강변-2.yaml", "강변길.yaml", "2024-11-03.yaml", "강-upcoming.md"])
def test_an_ordinary_name_is_no_copy_of_another(name: str) -> None:
    assert [*originals_of(name)] == []


@pytest.mark.parametrize("name", COPIES[::3])
@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("body", ["", "다른 컴퓨터에서 고친 글이다."])
def test_of_a_file_and_its_copy_the_original_counts(newsroom: Unpack, name: str, published: bool, body: str) -> None:
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}-- content/지역/강변.yaml --\n{article('강변')}")
    if published:
        room.build()
    room.write(f"-- content/지역/{name} --\n{article('강변', body=body)}")
    for _ in range(2):
        report = room.build(LATER)
        assert told(report) == [("copy-left-out", f"content/지역/{name}")]
        assert not report.counts["held"]
        [item] = room.items()
        assert "가로등" in str(item["content_html"])
    path_of(room).write_text(article("강변", body="시가 가로등을 오늘 다 바꾸었다."), "utf-8")
    room.build("2024-02-01 09:20")
    assert "오늘 다" in str(room.items()[0]["content_html"])


def test_a_copy_does_not_publish_what_its_original_takes_back(room: Newsroom) -> None:
    room.write(f"-- content/지역/강변 (1).yaml --\n{article('강변')}")
    path_of(room).write_text(article("강변", rest="status: draft\n"), "utf-8")
    report = room.build(LATER)

    assert report.counts["withdrawn"] == 1
    assert len(room.titles()) == 2
    assert room.build("2024-02-01 09:20").counts["new"] == 0


def test_a_copy_that_takes_itself_back_takes_nothing_back(room: Newsroom) -> None:
    room.write(f"-- content/지역/강변 (1).yaml --\n{article('강변', rest='status: withdrawn' + chr(10))}")
    room.build(LATER)

    assert len(room.titles()) == 3


def test_a_copy_of_what_is_kept_elsewhere_is_a_copy(room: Newsroom) -> None:
    room.write(f"-- content/지역/강변-DESKTOP-7Q2.yaml --\n{article('강변', body='다른 컴퓨터에서 고친 글이다.')}")
    to_icloud(path_of(room))
    for _ in range(2):
        assert {code for code, _ in told(room.build(LATER))} == {"copy-left-out", "file-evicted"}
        assert not any("다른 컴퓨터" in str(item["content_html"]) for item in room.items())
        assert len(room.titles()) == 3


def test_a_copy_that_is_left_alone_is_the_article(room: Newsroom) -> None:
    room.write(f"-- content/지역/강변 (1).yaml --\n{article('강변')}")
    room.build(LATER)
    path_of(room).unlink()
    report = room.build("2024-02-01 09:20")

    assert told(report) == []
    assert len(room.titles()) == 3


def test_a_name_like_a_copy_with_an_id_of_its_own_is_an_article(room: Newsroom) -> None:
    room.write(f"-- content/지역/강변 (1).yaml --\n{article('강변').replace('a' * 12, 'd' * 12).replace('강변', '들')}")
    report = room.build(LATER)

    assert told(report) == []
    assert report.counts["new"] == 1


def test_the_original_counts_again_where_a_copy_was_taken_for_it(room: Newsroom) -> None:
    """A sync client fetched the original anew, and a build fell into the moment in which only the copy was there."""
    path = path_of(room)
    text = path.read_text("utf-8")
    path.rename(path.with_name("강변-DESKTOP-7Q2.yaml"))
    room.build(LATER)
    path.write_text(
        text.replace("published", "updated: 2024-02-01 09:00\npublished").replace("가로등", "새 가로등"), "utf-8"
    )
    for _ in range(2):
        assert told(room.build("2024-02-01 09:20")) == [("copy-left-out", "content/지역/강변-DESKTOP-7Q2.yaml")]
    assert any("새 가로등" in str(item["content_html"]) for item in room.items())


# --- trash, and what systems keep


@pytest.mark.parametrize(
    "trash", ["#recycle", "@Recycle", "$RECYCLE.BIN/S-1-5-21", ".Trash-1000/files", ".Trashes/501"]
)
def test_what_is_moved_into_a_trash_folder_is_taken_back(room: Newsroom, trash: str) -> None:
    folder = room.root / "content" / trash
    folder.mkdir(parents=True)
    path_of(room).rename(folder / "강변.yaml")
    report = room.build(LATER)

    assert report.outcomes == {IDS["강변"]: Outcome.WITHDRAWN}
    assert told(report) == []
    assert len(room.titles()) == 2


# --- ignore:


def test_what_other_programs_keep_beside_articles_is_not_spoken_of(room: Newsroom) -> None:
    names = ["README.md", "지역/README.ko.md", "LICENSE.md", "package.json", "node_modules/a/b.json", "_index.md"]
    for name in [*names, "_layouts/default.md", "지역/_site/x.md"]:
        room.write(f"-- content/{name} --\n# 아무 글\n")

    assert told(room.build(LATER)) == []
    assert len(room.titles()) == 3


@pytest.mark.parametrize(
    "written",
    ['["원고/", "!README*"]', '\n  - 원고/\n  - "!README*"', "|\n  # 끝나지 않은 글\n  원고/\n  !README*"],
)
def test_a_publication_says_what_to_pass_over(room: Newsroom, written: str) -> None:
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}ignore: {written}\n")
    room.write(f"-- content/원고/들.yaml --\n{article('강변').replace('a' * 12, 'd' * 12)}")
    room.write(f"-- content/README.yaml --\n{article('강변').replace('a' * 12, 'e' * 12).replace('강변', '들')}")
    report = room.build(LATER)

    assert told(report) == []
    assert "들 소식" in room.titles()
    assert len(room.titles()) == 4


@pytest.mark.parametrize(
    ("pattern", "move"), [("지역/", ""), ("강변*", ""), ("**/강?.yaml", ""), ("", "README.yaml"), ("", "_site/a.yaml")]
)
def test_what_a_pattern_hides_stays_up(room: Newsroom, pattern: str, move: str) -> None:
    if pattern:
        room.write(f'-- feeds/publication.yaml --\n{PUBLICATION}ignore: ["{pattern}"]\n')
    if move:
        (room.root / "content" / move).parent.mkdir(exist_ok=True)
        path_of(room).rename(room.root / "content" / move)

    stays_up(room, told_as="entry-ignored")
    problem = next(problem for problem in room.build(LATER).problems if problem.code == "entry-ignored")
    assert (pattern or move[:6].rstrip("/a")) in str(problem.message)


def test_what_a_pattern_hides_can_be_taken_back(room: Newsroom) -> None:
    room.write(f'-- feeds/publication.yaml --\n{PUBLICATION}ignore: ["지역/"]\n')
    room.build(LATER)
    room.sosik("withdraw", path_of(room))
    room.build("2024-02-01 09:20")

    assert len(room.titles()) == 2
    codes = told(room.build("2024-02-01 09:30"))
    assert [code for code, _ in codes] == ["entry-ignored", "entry-ignored"]


def test_what_a_pattern_hides_can_be_deleted(room: Newsroom) -> None:
    room.write(f'-- feeds/publication.yaml --\n{PUBLICATION}ignore: ["지역/"]\n')
    room.build(LATER)
    path_of(room).unlink()
    for minute in (20, 30):
        room.build(f"2024-02-01 09:{minute}")

    assert len(room.titles()) == 2


def test_a_post_is_an_article_and_a_draft_is_none(room: Newsroom) -> None:
    room.write("-- content/_posts/2024-01-20-들.md --\n---\ntitle: 들\n---\n모내기를 마쳤다.\n")
    room.write("-- content/_drafts/논.md --\n---\ntitle: 논\npublished: 2024-01-20\n---\n모내기를 마쳤다.\n")
    room.build(LATER)

    assert "들" in room.titles()
    assert "논" not in room.titles()

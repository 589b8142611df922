"""What lies in content/ is found, in one order, and nothing that lies there stops the rest."""

import os
import unicodedata
from pathlib import Path

import pytest

from sosik.read import FileKind, Scan, is_trash, scan


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


def write(content: Path, *names: str) -> None:
    for name in names:
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"title: x\n")


def told(found: Scan) -> list[tuple[str, str]]:
    return [(str(problem.location), problem.code) for problem in found.problems]


def test_files_come_in_the_order_of_their_names(content: Path) -> None:
    write(content, "b.yaml", "a/다.md", "a/가.json", "a/사진.JPG", "z.yml", "a.markdown")
    found = scan(content)

    assert [(file.source, file.kind) for file in found.files] == [
        ("a.markdown", FileKind.ENTRY),
        ("a/가.json", FileKind.ENTRY),
        ("a/다.md", FileKind.ENTRY),
        ("a/사진.JPG", FileKind.PICTURE),
        ("b.yaml", FileKind.ENTRY),
        ("z.yml", FileKind.ENTRY),
    ]
    assert [file.source for file in found.entries] == ["a.markdown", "a/가.json", "a/다.md", "b.yaml", "z.yml"]
    assert found.problems == ()


def test_the_stamp_of_a_file_changes_with_it(content: Path) -> None:
    write(content, "a.yaml")
    before = scan(content).files[0]
    (content / "new.yaml").write_bytes(b"title: y\n")
    (content / "new.yaml").rename(content / "a.yaml")

    assert scan(content).files[0].stamp != before.stamp
    assert before.size == 9


def test_hidden_files_and_what_editors_leave_are_passed_over(content: Path) -> None:
    write(
        content, ".git/a.yaml", ".hidden.yaml", "a.yaml~", ".a.yaml.swp", ".#a.yaml", "#a.yaml#", "~$a.md", "Thumbs.db"
    )

    assert scan(content) == Scan()


@pytest.mark.parametrize(
    "folder",
    [
        "#recycle",
        "@Recycle",
        "$RECYCLE.BIN",
        "@eaDir",
        "__MACOSX",
        "lost+found",
        ".Trash-1000",
        ".Trashes",
        ".stversions",
    ],
)
def test_nothing_in_folders_of_systems_is_an_article(content: Path, folder: str) -> None:
    write(content, f"{folder}/a.yaml", f"지역/{folder}/2024/b.md", f"지역/{folder}보/c.yaml")

    assert [file.source for file in scan(content).files] == [f"지역/{folder}보/c.yaml"] * (folder[0] != ".")


@pytest.mark.parametrize("name", ["Icon\r", "desktop.ini", "._a.yaml", "a.yaml.crdownload", "a.yaml.orig", "~$a.md"])
def test_nothing_is_said_of_what_systems_leave_beside_files(content: Path, name: str) -> None:
    write(content, name)

    assert scan(content) == Scan()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("#recycle/a.yaml", True),
        ("지역/@Recycle/2024/a.yaml", True),
        ("$recycle.bin/S-1-5-21/$RA1.yaml", True),
        (".Trash-1000/files/a.yaml", True),
        ("@eaDir/a.yaml", False),
        ("재활용/#recycle.yaml", False),
    ],
)
def test_what_lies_in_a_trash_folder_is_deleted(source: str, expected: bool) -> None:
    assert is_trash(source) is expected


def test_names_are_composed(content: Path) -> None:
    write(content, unicodedata.normalize("NFD", "지역/강변.yaml"))
    (file,) = scan(content).files

    assert file.source == "지역/강변.yaml"
    assert Path(file.path).read_bytes() == b"title: x\n"
    assert str(file.location) == "content/지역/강변.yaml"


def test_other_files_are_told_of(content: Path) -> None:
    write(content, "메모.txt", "로고.svg")
    found = scan(content)

    assert told(found) == [("content/로고.svg", "file-type"), ("content/메모.txt", "file-type")]
    assert "PNG" in str(found.problems[0].hint)
    assert {file.kind for file in found.files} == {FileKind.OTHER}


def test_files_whose_names_are_equal_once_composed_are_left_out(content: Path) -> None:
    """Which of them counts nobody can tell; the entry of neither may be taken for withdrawn."""
    write(content, "강변.yaml", unicodedata.normalize("NFD", "강변.yaml"), "다른.yaml")
    found = scan(content)
    if len(list(content.iterdir())) < 3:
        pytest.skip("this file system composes names itself")

    assert told(found) == [("content/강변.yaml", "file-name")]
    assert [file.source for file in found.files] == ["다른.yaml"]
    assert found.may_hold("강변.yaml")
    assert not found.may_hold("다른.yaml")


def test_links_are_followed_to_files_of_content_alone(content: Path) -> None:
    write(content, "a.yaml", "folder/b.yaml")
    write(content.parent, "secret/c.yaml")
    (content / "inside.yaml").symlink_to("folder/b.yaml")
    (content / "outside.yaml").symlink_to(content.parent / "secret" / "c.yaml")
    (content / "away").symlink_to(content.parent / "secret")
    (content / "loop").symlink_to(".")
    (content / "nowhere.yaml").symlink_to("gone.yaml")
    found = scan(content)

    assert [file.source for file in found.files] == ["a.yaml", "folder/b.yaml", "inside.yaml"]
    assert told(found) == [
        ("content/away", "file-outside"),
        ("content/loop", "file-type"),
        ("content/nowhere.yaml", "file-unreadable"),
        ("content/outside.yaml", "file-outside"),
    ]
    assert found.may_hold("away/c.yaml")


def test_what_is_no_file_is_not_opened(content: Path) -> None:
    os.mkfifo(content / "a.yaml")

    assert told(scan(content)) == [("content/a.yaml", "file-type")]


def test_a_folder_that_cannot_be_read_may_hold_entries(content: Path) -> None:
    """A path of more than 4,096 bytes is one that the system refuses to anybody."""
    write(content, "open.yaml")
    folder = os.open(content, os.O_RDONLY)
    for _ in range(17):
        os.mkdir("a" * 250, dir_fd=folder)
        inner = os.open("a" * 250, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(os.open("b.yaml", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
    os.close(folder)
    found = scan(content)

    assert [problem.code for problem in found.problems] == ["file-unreadable"]
    assert [file.source for file in found.files] == ["open.yaml"]
    assert found.may_hold(f"{'/'.join(['a' * 250] * 17)}/b.yaml")
    assert not found.may_hold("aa.yaml")


def test_without_content_nothing_is_known(tmp_path: Path) -> None:
    found = scan(tmp_path / "content")

    assert told(found) == [("content", "file-unreadable")]
    assert found.may_hold("a.yaml")


def test_names_that_cannot_be_printed_are_refused(content: Path) -> None:
    write(content, "a\nb.yaml", "전각　칸.yaml")
    os.close(os.open(os.fsencode(content) + b"/\xff.yaml", os.O_CREAT | os.O_WRONLY))
    found = scan(content)

    assert told(found) == [("content/\\xff.yaml", "name-unreadable"), ("content/a\\nb.yaml", "name-unreadable")]
    assert [file.source for file in found.files] == ["전각　칸.yaml"]


def test_a_tree_deeper_than_the_stack_is_walked(content: Path) -> None:
    folders = [f"{content}{'/a' * depth}" for depth in range(1, 1100)]
    for folder in folders:
        os.mkdir(folder)  # noqa: PTH102 - a Path of so many parts is slow, and so is one for each of them
    try:
        assert scan(content) == Scan()
    finally:
        for folder in reversed(folders):
            os.rmdir(folder)  # noqa: PTH106 - as above

"""File systems that do not tell of changes are known by the table of mounts."""

from pathlib import Path

import pytest

from sosik.serve.mounts import mounts, without_notices

TABLE = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:30 / /srv/news rw,relatime shared:9 - {type} server:/news rw
31 22 0:31 / /srv/news/pictures rw - tmpfs tmpfs rw
32 22 0:32 / /srv/my\\040news rw shared:9 master:2 - nfs4 server:/news rw
broken line
"""


@pytest.mark.parametrize(
    ("type_", "silent"),
    [
        ("nfs", True),
        ("nfs4", True),
        ("cifs", True),
        ("smb3", True),
        ("overlay", True),
        ("9p", True),
        ("virtiofs", True),
        ("fuse.sshfs", True),
        ("fuse.grpcfuse", True),
        ("fakeowner", True),
        ("ext4", False),
        ("btrfs", False),
        ("fuseblk", False),
    ],
)
def test_what_tells_of_no_changes(tmp_path: Path, type_: str, silent: bool) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(TABLE.format(type=type_), "utf-8")
    found = without_notices([Path("/srv/news/content"), Path("/srv/newspaper"), Path("/srv")], mounts(table))

    assert (found.get("/srv/news/content") == type_) is silent
    assert "/srv/newspaper" not in found
    assert found["/srv"]  # something of that kind is mounted below
    assert without_notices([Path("/srv/my news/content")], mounts(table)) == {"/srv/my news/content": "nfs4"}


def test_the_one_mounted_last_counts(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(
        "1 0 8:1 / / rw - ext4 a rw\n2 1 0:1 / /srv rw - nfs b rw\n3 1 0:2 / /srv rw - ext4 c rw\n", "utf-8"
    )

    assert without_notices([Path("/srv")], mounts(table)) == {}


def test_a_system_without_such_a_table_says_nothing(tmp_path: Path) -> None:
    assert without_notices([tmp_path], mounts(tmp_path / "none")) == {}

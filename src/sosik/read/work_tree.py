"""Deleted files of content/ according to git: a commit that deletes a file is intended.

Only the git program is asked, with commands that run no hook, filter, monitor or transport from the configuration of a
repository. Without the program, or in an untrusted repository, the result is empty.
"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct

from sosik.patterns import pattern
from sosik.read.no_article import is_passed_over

_SECONDS = 5.0
"""How long one answer of git is waited for."""

_HEADS = 20
"""How many commits are looked into that the work tree showed before."""

_UNDER_WAY = (
    *("index.lock", "HEAD.lock", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"),
    *("rebase-merge", "rebase-apply", "sequencer", "BISECT_LOG"),
)
"""What lies beside the index while git is at work: the commit of that moment may be none that anybody meant."""

_COMMIT = pattern(r"[0-9a-f]{40,64}")

_ENTRY = pattern(
    rb"(?<!\d)(?P<mode>\d++) (?P<blob>[0-9a-f]++) (?P<stage>\d)\t(?P<path>[^\0]++)\0"
    rb"\s*+ctime: \d++:\d++\s++mtime: (?P<seconds>\d++):(?P<nanoseconds>\d++)\s++dev: \d++\s++ino: \d++"
    rb"\s++uid: \d++\s++gid: \d++\s++size: (?P<size>\d++)\s++flags: [0-9a-f]++\s*+"
)
"""A file as `git ls-files --stage --debug` tells of it."""


def taken_out(content: Path, sources: Collection[str]) -> set[str]:
    """Return which files, by their paths below content/, the commit that is checked out no longer holds.

    None while anything of content/ is not as committed, or git is at work.
    """
    top = content.absolute()
    if not sources or not any((folder / ".git").exists() for folder in (top, *top.parents)):
        return set()
    try:
        return _taken_out(content, sources)
    except OSError:
        return set()


def revision_of(content: Path) -> str:
    """Return the commit that is checked out where a folder lies; "" where git knows none."""
    try:
        return _git(content, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
    except OSError:
        return ""


def contains(content: Path, commit: str) -> bool:
    """Tell whether the commit that is checked out where a folder lies is a given one, or comes after it."""
    if not _COMMIT.fullmatch(commit):
        return False
    try:
        _git(content, "merge-base", "--is-ancestor", commit, "HEAD")
    except OSError:  # also where it is not known here
        return False
    return True


def _taken_out(content: Path, sources: Collection[str]) -> set[str]:
    folder = Path(os.fsdecode(_git(content, "rev-parse", "--absolute-git-dir").rstrip(b"\n")))
    if any((folder / name).exists() for name in _UNDER_WAY):
        return set()
    head = _tree(content, "HEAD")
    gone = set(sources) - {_source(path) for path in head}
    if not gone or not _is_clean(content, head):
        return set()
    before: set[str] = set()
    for commit in _git(content, "rev-list", "--walk-reflogs", f"--max-count={_HEADS}", "HEAD").decode().split():
        if gone <= before:
            break
        before |= {_source(path) for path in _tree(content, commit)}
    return gone & before


class _Blob(Struct, frozen=True):
    """A file as a commit holds it."""

    mode: bytes
    id: bytes


def _tree(content: Path, commit: str) -> dict[bytes, _Blob]:
    """Return the files below content/ that a commit holds, by their paths there."""
    rows = (row.split(b"\t", 1) for row in _git(content, "ls-tree", "-r", "-z", commit).split(b"\0") if row)
    return {path: _Blob(about.split()[0], about.split()[2]) for about, path in rows}


def _is_clean(content: Path, head: Mapping[bytes, _Blob]) -> bool:
    """Tell whether the index and the files below content/ are as committed, and no file waits to be added."""
    listed = [*_ENTRY.finditer(_git(content, "ls-files", "--stage", "--debug", "-z"))]
    if {entry["path"]: _Blob(entry["mode"], entry["blob"]) for entry in listed} != head:
        return False
    others = _git(content, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0")
    if any(not any(map(is_passed_over, os.fsdecode(path).split("/"))) for path in others if path):
        return False
    return all(_is_untouched(content, entry) for entry in listed)


def _is_untouched(content: Path, entry: re.Match[bytes]) -> bool:
    path = content / os.fsdecode(entry["path"])
    try:
        stat = path.lstat()
    except OSError:
        return False
    if not S_ISREG(stat.st_mode):
        return True
    stamp = int(entry["seconds"]) * 10**9 + int(entry["nanoseconds"])
    # Some builds of git keep whole seconds.
    known = {stat.st_mtime_ns, stat.st_mtime_ns // 10**9 * 10**9}
    if stat.st_size == int(entry["size"]) and stamp in known:
        return True
    data = path.read_bytes()
    made = hashlib.new("sha1" if len(entry["blob"]) == 40 else "sha256", usedforsecurity=False)
    made.update(b"blob %d\0" % len(data) + data)
    return made.hexdigest().encode() == entry["blob"]


def _source(path: bytes) -> str:
    return unicodedata.normalize("NFC", os.fsdecode(path))


def _git(content: Path, *arguments: str) -> bytes:
    """Return what git answers in content/. Raises `OSError` where it does not."""
    import shutil
    import subprocess

    safe = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never", "log.showSignature=false")
    options = [word for setting in safe for word in ("-c", setting)]
    # A repository that the environment names is another one.
    named = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    program = shutil.which("git")
    if program is None:
        raise FileNotFoundError("git")
    try:
        done = subprocess.run(  # noqa: S603  # no word of it comes from content/: paths are compared, not handed over
            [program, "--no-pager", "--no-replace-objects", *options, *arguments],
            cwd=content,
            env=named | quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise OSError(str(error)) from error
    return done.stdout

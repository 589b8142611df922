"""Moves of files in a crowd: they come and go, are there and cannot be read, are edited, renamed, given wrong ids."""

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from histories.crowd import Article, Crowd, Kind, Move
from histories.desk import CUT
from sosik.errors import EditionRefusedError
from sosik.ledger.verdicts import Allowances

# --- come and go


def away_for_a_moment(crowd: Crowd, one: Article) -> Move:
    """Someone takes a file, and puts the same bytes back."""
    crowd.remove(one)
    yield
    if crowd.chance.random() < 0.5:
        yield
    crowd.save(one)
    yield


def fetched_again(crowd: Crowd, *some: Article) -> Move:
    """A sync client deletes files, and fetches one after the other."""
    for one in some:
        crowd.remove(one)
    yield
    for one in some:
        crowd.save(one)
        if one is some[0]:
            yield
    yield


def deleted_and_waited_for(crowd: Crowd, one: Article) -> Move:
    crowd.remove(one)
    yield
    while one.up:
        yield


def deleted_and_said_so(crowd: Crowd, one: Article) -> Move:
    crowd.remove(one)
    crowd.build(allowed=Allowances(withdraw_now=True))
    yield from ()


def to_the_trash(crowd: Crowd, one: Article) -> Path:
    folder = crowd.content / crowd.chance.choice(["#recycle", "@Recycle/2024", "$RECYCLE.BIN", ".Trash-1000/files"])
    folder.mkdir(parents=True, exist_ok=True)
    there = folder / f"{crowd.count()}.md"
    crowd.path(one).rename(there)
    one.away, one.up = True, False
    return there


def moved_to_the_trash(crowd: Crowd, one: Article) -> Move:
    there = to_the_trash(crowd, one)
    yield
    there.unlink()
    yield


def deleted_and_brought_back(crowd: Crowd, one: Article) -> Move:
    there = to_the_trash(crowd, one)
    yield
    there.rename(crowd.path(one))
    one.away, one.up = False, True
    yield


def deleted_with_git(crowd: Crowd, one: Article) -> Move:
    """All is committed, then a file is taken out, and that is committed."""

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=김하늘", "-c", "user.email=desk@test.example", "-c", "gc.auto=0")
        command = ["git", *who, *arguments]
        subprocess.run(command, cwd=crowd.root, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", "--all", "content")
    git("commit", "--quiet", "--allow-empty", "--message", "모두")
    git("--literal-pathspecs", "rm", "--quiet", f"content/{one.name}")
    git("commit", "--quiet", "--message", "거둔다")
    one.away, one.up = True, False
    yield
    shutil.rmtree(crowd.root / ".git")


def half(one: Article) -> str:
    return one.body[: max(2, len(one.body) // 2)].rstrip()


def half_an_upload(crowd: Crowd, one: Article) -> Move:
    crowd.save(one, half(one))
    yield
    crowd.save(one)
    yield


def away_by_halves(crowd: Crowd, one: Article) -> Move:
    """A file is away, comes back by half, and is whole in the end."""
    crowd.remove(one)
    yield
    one.away = False
    crowd.save(one, half(one))
    yield
    crowd.save(one)
    yield


def text_cut_short(crowd: Crowd, one: Article) -> Move:
    """Somebody means it: half a minute later it is an edit."""
    cut = half(one)
    crowd.save(one, cut)
    yield
    since = crowd.now
    one.texts.add(cut)
    while (crowd.now - since).total_seconds() < CUT:
        yield
    one.body, one.texts = cut, {cut}
    yield


def unfinished_merge(crowd: Crowd, one: Article) -> Move:
    crowd.save(one, f"<<<<<<< HEAD\n{one.body}\n=======\n다른 가지의 글.\n>>>>>>> desk")
    yield
    crowd.save(one)
    yield


# --- there, and not to be read


def until_long_after(crowd: Crowd) -> Move:
    yield
    since = crowd.now
    while (crowd.now - since).total_seconds() < 70:
        if len(crowd.moves) == 1:
            crowd.now += timedelta(seconds=40)
        yield


def renamed(crowd: Crowd, one: Article, to: bytes) -> Move:
    path = crowd.path(one)
    other = os.fsencode(path.parent) + b"/" + to
    os.makedirs(os.path.dirname(other), exist_ok=True)  # noqa: PTH103, PTH120  # names that no Path has
    os.rename(path, other)  # noqa: PTH104
    yield from until_long_after(crowd)
    os.rename(other, path)  # noqa: PTH104
    yield


def evicted(crowd: Crowd, one: Article) -> Move:
    yield from renamed(crowd, one, f".{crowd.path(one).name}.icloud".encode())


def name_in_cp949(crowd: Crowd, one: Article) -> Move:
    """It is read as what it says, and may be edited under that name."""
    path = crowd.path(one)
    other = os.fsdecode(os.fsencode(path.parent) + b"/" + path.name.encode("cp949"))
    path.rename(other)
    yield
    one.body += f" {crowd.count()}"
    one.texts = {one.body}
    Path(other).write_text(one.text(), "utf-8")
    yield from until_long_after(crowd)
    Path(other).rename(path)
    yield


def where_a_default_hides_it(crowd: Crowd, one: Article) -> Move:
    yield from renamed(crowd, one, b"_includes/" + crowd.path(one).name.encode())


def something_else_in_its_place(crowd: Crowd, one: Article) -> Move:
    """A pipe, a folder or a link to itself."""
    path = crowd.path(one)
    kept = path.with_name(f".kept-{crowd.count()}")
    path.rename(kept)
    makers: list[Callable[[Path], None]] = [os.mkfifo, Path.mkdir, lambda one: one.symlink_to(one.name)]
    crowd.chance.choice(makers)(path)
    yield from until_long_after(crowd)
    path.rmdir() if path.is_dir() else path.unlink()
    kept.rename(path)
    yield


def without_permission(crowd: Crowd, path: Path) -> Move:
    before = path.stat().st_mode
    crowd.locked += 1
    path.chmod(0)
    yield from until_long_after(crowd)
    path.chmod(before)
    yield
    crowd.locked -= 1


def file_without_permission(crowd: Crowd, one: Article) -> Move:
    yield from without_permission(crowd, crowd.path(one))


def folder_without_permission(crowd: Crowd, _: Article) -> Move:
    folder = crowd.content / crowd.chance.choice(["정치", "사회", "사회/2024"])
    folder.mkdir(parents=True, exist_ok=True)
    yield from without_permission(crowd, folder)


def copy_in_conflict(crowd: Crowd, one: Article) -> Move:
    """Another machine wrote another text; meanwhile the original is edited, too."""
    names = [" (1)", "-DESKTOP-7Q2", ".sync-conflict-20240201-101010-ABCDEFG", " (한바다의 충돌된 사본)", " 복사본"]
    path = crowd.path(one)
    other = path.with_name(f"{path.stem}{crowd.chance.choice(names)}{path.suffix}")
    other.write_text(one.text("다른 기계에서 쓴 글."), "utf-8")
    yield
    told = {problem.location.file for problem in crowd.report.problems if problem.code == "copy-left-out"}
    assert f"content/{other.relative_to(crowd.content)}" in told, "a copy, and nothing is said"
    one.body += f" {crowd.count()}"
    crowd.save(one)
    yield
    other.unlink()
    yield


def what_is_no_article(crowd: Crowd, one: Article) -> Move:
    """What systems and other programs keep beside articles, whatever it says."""
    number = crowd.count()
    names = [f"@eaDir/{number}.md", f"__MACOSX/{number}.md", f"node_modules/{number}/a.md", f"~${number}.md"]
    name = crowd.chance.choice([*names, f"README-{number}.md", f"lost+found/{number}.md", f"_templates/{number}.md"])
    crowd.write(f"content/{name}", one.text(f"남의 글 {number}.").replace(one.id, f"tag:test.example,2010:no{number}"))
    yield
    (crowd.content / name).unlink()
    yield


def ignored(crowd: Crowd, one: Article) -> Move:
    """A pattern hides what was published: nobody took it back."""
    crowd.adjust(ignore=f"['{crowd.chance.choice([f'/{one.name}', '*.md', '*', '정치/'])}']")
    yield from until_long_after(crowd)
    crowd.adjust(ignore="")
    yield


# --- edits


def edited(crowd: Crowd, one: Article) -> Move:
    one.body = f"속보 {crowd.count()}: {one.body}"
    crowd.save(one)
    yield


def own_link(crowd: Crowd, one: Article) -> Move:
    """An article comes to stand elsewhere, too: its page goes on answering."""
    one.keys["link"] = f"/news/{crowd.count()}"
    crowd.save(one)
    yield
    one.body += f" {crowd.count()}"
    crowd.save(one)
    yield
    if crowd.chance.random() < 0.5:
        del one.keys["link"]
        crowd.save(one)
        yield


def picture(crowd: Crowd, one: Article) -> Path:
    path = crowd.path(one).with_name(f"사진{crowd.count()}.png")
    colour = tuple(crowd.chance.randrange(256) for _ in range(3))
    Image.new("RGB", (8, 8), colour).save(path)
    return path


def replaced_picture(crowd: Crowd, one: Article) -> Move:
    """Another picture under the same name: the one before goes on answering."""
    path = picture(crowd, one)
    one.keys["images"] = f"[{{url: {path.name}}}]"
    crowd.save(one)
    yield
    picture(crowd, one).replace(path)
    yield
    if crowd.chance.random() < 0.3:
        del one.keys["images"]
        crowd.save(one)
        path.unlink()
        yield


def picture_away_for_a_moment(crowd: Crowd, one: Article) -> Move:
    path = picture(crowd, one)
    one.keys["images"] = f"[{{url: {path.name}}}]"
    crowd.save(one)
    yield
    data = path.read_bytes()
    path.unlink()
    crowd.pictured.add(one)
    yield
    path.write_bytes(data)
    yield
    crowd.pictured.discard(one)


def withdrawn_and_back(crowd: Crowd, one: Article) -> Move:
    one.keys["status"] = crowd.chance.choice(["withdrawn", "draft"])
    one.up = False
    crowd.save(one)
    yield
    del one.keys["status"]
    one.up = True
    crowd.save(one)
    yield


def broken_and_mended(crowd: Crowd, one: Article) -> Move:
    crowd.write(f"content/{one.name}", one.text().replace("title:", crowd.chance.choice(["title: a\ntitle:", 'x: "'])))
    yield from until_long_after(crowd)
    crowd.save(one)
    yield


def wrong_id_and_right(crowd: Crowd, one: Article) -> Move:
    crowd.write(f"content/{one.name}", one.text().replace(f"id: {one.id}", f"id: {one.id[:-12]}{crowd.count():011}x"))
    yield from until_long_after(crowd)
    crowd.save(one)
    yield


def redated_and_back(crowd: Crowd, one: Article) -> Move:
    crowd.write(f"content/{one.name}", one.text().replace(one.published, "2024-01-09T08:00:00+09:00"))
    yield from until_long_after(crowd)
    crowd.save(one)
    yield


def file_renamed(crowd: Crowd, one: Article) -> Move:
    """By a sync client: gone at one look, and there at the next under another name."""
    crowd.remove(one)
    one.keys.pop("images", None)  # which lies where it was
    one.name = f"{crowd.chance.choice(['정치/', '사회/2024/', ''])}기사{crowd.count()}.md"
    if crowd.chance.random() < 0.5:
        yield
    crowd.save(one)
    yield


def file_copied(crowd: Crowd, one: Article) -> Move:
    """Two files have one id: readers have one article, in its last good version."""
    other = crowd.content / f"사본{crowd.count()}.md"
    shutil.copy(crowd.path(one), other)
    yield
    other.unlink()
    yield


def two_swapped(crowd: Crowd, one: Article, two: Article) -> Move:
    """Two files change names, with their ids in them."""
    one.name, two.name = two.name, one.name
    one.keys.pop("images", None)
    two.keys.pop("images", None)
    crowd.save(one)
    crowd.save(two)
    yield


def content_unmounted(crowd: Crowd, _: Article) -> Move:
    crowd.content.rename(crowd.root / "elsewhere")
    with pytest.raises(EditionRefusedError, match="content-missing"):
        crowd.build()
    (crowd.root / "elsewhere").rename(crowd.content)
    yield


def all_of_it_away(crowd: Crowd, *_: Article) -> Move:
    """Everything vanishes from a folder that is there: nobody means that."""
    kept = crowd.root / "kept"
    kept.mkdir()
    for path in [*crowd.content.iterdir()]:
        path.rename(kept / path.name)
    with pytest.raises(EditionRefusedError, match="withdrawn-many"):
        crowd.build()
    for path in [*kept.iterdir()]:
        path.rename(crowd.content / path.name)
    with suppress(OSError):
        kept.rmdir()
    yield


FILES = {
    "away for a moment": Kind(away_for_a_moment),
    "fetched again": Kind(fetched_again, articles=4),
    "deleted and waited for": Kind(deleted_and_waited_for),
    "deleted, and said so": Kind(deleted_and_said_so, alone=True),
    "moved to the trash": Kind(moved_to_the_trash),
    "deleted and brought back": Kind(deleted_and_brought_back),
    "deleted with git": Kind(deleted_with_git, alone=True),
    "half an upload": Kind(half_an_upload),
    "away, back by half": Kind(away_by_halves),
    "a text cut short": Kind(text_cut_short),
    "an unfinished merge": Kind(unfinished_merge),
    "evicted by a sync client": Kind(evicted),
    "a name in CP949": Kind(name_in_cp949),
    "moved where a default hides it": Kind(where_a_default_hides_it),
    "a pipe, folder or link in its place": Kind(something_else_in_its_place),
    "a file without permission": Kind(file_without_permission),
    "a folder without permission": Kind(folder_without_permission, alone=True),
    "a copy in conflict": Kind(copy_in_conflict),
    "what is no article beside it": Kind(what_is_no_article),
    "ignored": Kind(ignored, alone=True),
    "an edit": Kind(edited),
    "a link of its own": Kind(own_link),
    "a replaced picture": Kind(replaced_picture),
    "a picture away for a moment": Kind(picture_away_for_a_moment),
    "withdrawn or draft, and back": Kind(withdrawn_and_back),
    "broken and mended": Kind(broken_and_mended),
    "a wrong id, put right": Kind(wrong_id_and_right),
    "redated, and put back": Kind(redated_and_back),
    "a file renamed": Kind(file_renamed),
    "a file copied": Kind(file_copied),
    "two files change names": Kind(two_swapped, articles=2),
    "content/ unmounted": Kind(content_unmounted),
    "content/ empty": Kind(all_of_it_away),
}
"""Moves of files, by their names."""

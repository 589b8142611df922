"""Pages that there are in English and Korean: each leads to the other, and stays in its language."""

import re
from collections import Counter
from pathlib import Path

import pytest

from newsrooms import ROOT, Unpack
from test_docs import DOCUMENTS
from test_sessions import run

KOREAN = [page for page in DOCUMENTS if page.name.endswith(".ko.md")]
BLOCK = re.compile(r"<!-- ((?:server|ci|nginx|python): .+?|backup|restore) -->\n```\w+\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
TRAP = re.compile(r"^\| `(?P<wrong>(?:제목|분류|본문|입력).+?)` \| .+? \| `(?P<right>.+)` \|$", re.MULTILINE)
CODE = re.compile(r"^(`{3,}).*?^\1|(`+)[^`\n]+\2", re.DOTALL | re.MULTILINE)
"""What is shown as code is neither a link nor a heading."""


def english(page: Path) -> Path:
    return page.with_name(page.name.replace(".ko.md", ".md"))


def korean(page: Path) -> Path:
    return page.with_name(page.name.replace(".md", ".ko.md"))


def links(page: Path) -> list[str]:
    return LINK.findall(CODE.sub("", page.read_text("utf-8")))


def anchors(page: Path) -> set[str]:
    """What may follow # in a link to a page: its headings, spelled as GitHub does."""
    prose = re.sub(r"^(`{3,}).*?^\1", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    found: Counter[str] = Counter()
    names = set()
    for heading in re.findall(r"^#+ (.+?)\s*$", prose, re.MULTILINE):
        shown = re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", heading).lower()
        name = re.sub(r"[^\w\- ]", "", shown).replace(" ", "-")
        names.add(f"{name}-{found[name]}" if found[name] else name)
        found[name] += 1
    return names


@pytest.mark.parametrize("page", KOREAN, ids=lambda page: page.name)
def test_a_page_leads_to_its_twin(page: Path) -> None:
    """Below the title; in the README beside the badges, which come first."""
    twin = english(page)

    if page.name.startswith("README"):
        assert f"English: [{twin.name}]({twin.name})" in page.read_text("utf-8")
        assert f"[{page.name}]({page.name})" in twin.read_text("utf-8")
        return
    assert page.read_text("utf-8").splitlines()[1:3] == ["", f"English: [{twin.name}]({twin.name})"]
    assert twin.read_text("utf-8").splitlines()[1:3] == ["", f"한국어: [{page.name}]({page.name})"]


@pytest.mark.parametrize("page", KOREAN, ids=lambda page: page.name)
def test_a_korean_page_leads_to_korean_pages(page: Path) -> None:
    """Wherever there is one."""
    twin = english(page)
    targets = {target.partition("#")[0] for target in links(page)} - {twin.name, ""}
    there = [target for target in sorted(targets) if target.endswith(".md") and not target.endswith(".ko.md")]

    assert [target for target in there if korean(page.parent / target).exists()] == []


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_links_lead_to_headings(page: Path) -> None:
    lost = []
    for target in links(page):
        path, mark, anchor = target.partition("#")
        there = page.parent / path if path else page
        if mark and "://" not in target and there.suffix == ".md" and anchor not in anchors(there):
            lost.append(target)

    assert lost == []


@pytest.mark.parametrize("page", KOREAN, ids=lambda page: page.name)
def test_what_is_typed_is_the_same_in_both_languages(page: Path) -> None:
    """Tests run the lines of the English page; comments in them may be in Korean."""

    def lines(text: str) -> list[tuple[str, str]]:
        return [(mark, re.sub(r"\s*# .*", "", block)) for mark, block in BLOCK.findall(text)]

    assert lines(page.read_text("utf-8")) == lines(english(page).read_text("utf-8"))


def entry(shown: str, number: int) -> str:
    """A file with the line of a table, and whatever else an article needs."""
    line = shown.replace("⏎", "\n").replace("⇥", "\t").replace("\\|", "|")
    rest = {"제목": f"가로등 {number}", "입력": "2024-01-16", "본문": f"글 {number}"}
    rest.pop(line[:2], None)
    lines = [f"id: tag:test.example,2010:{number:012}", *(f"{key}: {value}" for key, value in rest.items()), line]
    return f"-- content/{number}.yaml --\n" + "\n".join(lines) + "\n"


def test_the_traps_of_yaml_are_found_and_what_is_advised_is_right(newsroom: Unpack) -> None:
    rows = TRAP.findall((ROOT / "docs" / "entries.ko.md").read_text("utf-8"))
    wrong, right = zip(*rows, strict=True)

    told = newsroom("".join(entry(line, number) for number, line in enumerate(wrong))).build("2026-11-29 09:00")
    room = newsroom("".join(entry(line, number) for number, line in enumerate(right)))
    fine = room.build("2026-11-29 09:00")

    assert len(rows) >= 16
    assert {problem.location.file for problem in told.problems} == {f"content/{n}.yaml" for n in range(len(rows))}
    assert [str(problem) for problem in fine.problems if problem.code != "published-day"] == []
    assert len(room.items()) == len(rows)


@pytest.mark.parametrize("page", ["README.md", "README.ko.md"])
def test_the_readme_shows_what_the_first_build_prints(tmp_path: Path, page: str) -> None:
    """The last of its commands; what the ones before it print is not shown."""
    [(commands, shown)] = re.findall(
        r"<!-- run: first-article -->\n```sh\n(.*?)```.*?```\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL
    )

    printed = run([commands], tmp_path, "ko" if page.endswith(".ko.md") else "en")

    assert printed[0].endswith(shown)

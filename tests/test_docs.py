"""What the documents say is true: pages made from tables are fresh, and the commands they show run."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import problems_page
from newsrooms import ROOT, Newsroom
from sosik.cli.root import COMMANDS
from sosik.dates import doors
from sosik.importers import lines
from sosik.normalize import limits as body_limits
from sosik.normalize import signatures
from sosik.read.keys import ENTRY_KEYS
from sosik.source import limits as file_limits

DOCUMENTS = [ROOT / "README.md", ROOT / "README.ko.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BADGES = ("python", "licence", "version")
RUN = re.compile(r"<!-- run: (\S+) -->\n```sh\n(.*?)```", re.DOTALL)
"""Commands that a document shows and that a test runs, in an empty folder."""


def shown_commands() -> list[tuple[str, str]]:
    return [
        (f"{document.name}:{name}", commands)
        for document in DOCUMENTS
        for name, commands in RUN.findall(document.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("name", "commands"), shown_commands(), ids=lambda value: value if "\n" not in value else "")
def test_the_commands_that_documents_show_run(tmp_path: Path, name: str, commands: str) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_page_of_problems_is_fresh() -> None:
    assert read("docs/problems.md") == problems_page.page()
    assert read("docs/problems.ko.md") == problems_page.page("ko")


@pytest.mark.parametrize(("language", "name"), [("en", "docs/cli.md"), ("ko", "docs/cli.ko.md")])
def test_the_page_of_commands_is_fresh(language: str, name: str) -> None:
    """A process of its own makes it, for the commands of this one speak its language."""
    command = [sys.executable, str(ROOT / "tests" / "cli_page.py"), language]
    made = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")

    assert read(name) == made.stdout


def test_the_keys_of_entries_are_those_that_are_read() -> None:
    """Each row of the table is a key with the Korean name that it has, and no key is left out."""
    rows = re.findall(r"^\| `(\w+)` \| (?:`(\w+)`)? ?\|", read("docs/entries.md"), re.MULTILINE)
    known = {key.name: key for key in ENTRY_KEYS}

    assert [row for row in rows if row[0] not in known or (row[1] and row[1] not in known[row[0]].names)] == []
    assert known.keys() - dict(rows) == {"draft", "headless", "build", "categories", "publish_email"}, "told below"


def test_the_limits_of_entries_are_those_of_the_code() -> None:
    section = read("docs/entries.md").partition("## File limits")[2]
    body = [body_limits.MOST_CHARACTERS, body_limits.MOST_DEPTH, body_limits.MOST_ATTRIBUTES]
    body += [limit.most for limit in body_limits._LIMITS]
    page = [lines.MOST_CHARACTERS, lines.MOST_TAGS, lines.MOST_LINES]
    file = [file_limits.MAX_BYTES, file_limits.MAX_VALUES, file_limits.MAX_DEPTH, doors.LONGEST, signatures._LONGEST]

    assert [most for most in (*body, *page, *file) if f"{most:,}" not in section] == []


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_the_commands_for_windows_are_those_for_other_systems(name: str) -> None:
    """As far as it can be told without one: the same steps, spelled as there."""
    text = read(name)
    (there,) = re.findall(r"```powershell\n(.*?)```", text, re.DOTALL)
    here = next(block for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) if "sosik serve" in block)
    spelled = there.replace(".venv\\Scripts\\", ".venv/bin/").replace("\\", "/").replace("py -m", "python3 -m")

    assert spelled.splitlines() == [step.strip() for step in here.replace("\\\n", "").split("&&")]


def test_the_badges_are_true() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    supported = " | ".join(
        f"3.{minor}" for minor in range(*map(int, re.findall(r"3\.(\d+)", project["requires-python"])))
    )
    shown = {name: re.findall(r"<text[^>]*>(.*?)</text>", read(f"docs/images/{name}.svg"))[1] for name in BADGES}

    assert shown == {
        "python": supported,
        "licence": project["license"],
        "version": f"{project['version']}, not released yet",
    }


PICTURED = """\
-- feeds/publication.yaml --
title: 해오름신문
url: https://haeoreum.kr/
feeds_url: https://haeoreum.kr/rss/
authority: haeoreum.kr,2026
-- feeds/all.yaml --
title: 해오름신문
-- content/bridge.yaml --
id: tag:haeoreum.kr,2026:k7m2q9x4t1zb
제목: [단독] 새 다리 이름은 '해오름교'
입력: 2026년 11월 28일 오후 3시 20분
본문: |
  새 다리의 이름이 해오름교로 정해졌다.
-- content/market.yaml --
id: tag:haeoreum.kr,2026:v3c8n1p6w2ra
제목: 새벽시장, 다음 달부터 토요일에도 연다
입력: 2026년 11월 28일(월) 오전 9시
본문: |
  해오름 새벽시장이 다음 달부터 토요일에도 문을 연다.
-- content/ginkgo.md --
---
id: tag:haeoreum.kr,2026:h5d9s2k7m4qe
제목: 도서관 앞 은행나무, 보호수로
입력: 05/06/2026
---
해오름시는 시립도서관 앞 은행나무를 보호수로 지정했다.
"""
PICTURES = {
    "en": """\
content/bridge.yaml:2:5: error: headline-quote: YAML misreads [단독] 새 다리 이름은 '해오름교': [ begins a list
    hint: 제목: "[단독] 새 다리 이름은 '해오름교'"
content/ginkgo.md:4:5: error: date-unreadable: 입력: cannot read '05/06/2026' as a date, at character 1: \
ambiguous month and day: 2026-05-06 or 2026-06-05
    hint: write the year first, like 2024-01-16, or set the order under dates: in feeds/publication.yaml
content/market.yaml:3:5: warning: date-note: 입력 '2026년 11월 28일(월) 오전 9시': 2026-11-28 is a 토요일, \
not a 월요일; the date is used
2 errors, 1 warning
2 articles will not be published as they are
""",
    "ko": """\
content/bridge.yaml:2:5: 오류: headline-quote: YAML이 [단독] 새 다리 이름은 '해오름교'를 잘못 읽습니다: \
[로 시작하면 목록입니다
    도움말: 제목: "[단독] 새 다리 이름은 '해오름교'"
content/ginkgo.md:4:5: 오류: date-unreadable: 입력: '05/06/2026': 1번째 글자에서 날짜로 읽을 수 없습니다. \
월과 일의 순서를 알 수 없습니다: 2026-05-06 또는 2026-06-05
    도움말: 2024-01-16처럼 연도를 먼저 적거나, feeds/publication.yaml의 dates:에 순서를 적으세요
content/market.yaml:3:5: 경고: date-note: 입력 '2026년 11월 28일(월) 오전 9시': \
2026-11-28: 월요일이 아니라 토요일입니다. 날짜를 기준으로 합니다
오류 2건, 경고 1건
이대로는 기사 2건이 발행되지 않습니다
""",
}


@pytest.mark.parametrize("language", PICTURES)
def test_the_picture_of_a_terminal_shows_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Where this fails, docs/images/check.png and check.ko.png are to be taken again by terminal_pictures.py."""
    monkeypatch.setenv("SOSIK_LANG", language)
    room = Newsroom(tmp_path)
    room.write(PICTURED)

    assert room.sosik("check", status=1) == PICTURES[language]


def test_the_readme_has_the_picture_of_its_language() -> None:
    assert "(docs/images/check.ko.png)" in read("README.ko.md")
    assert "(docs/images/check.png)" in read("README.md")


def test_every_command_is_in_the_readme() -> None:
    text = read("README.md")

    assert [name for name in COMMANDS if f"`sosik {name}" not in text] == []


def test_every_module_is_in_the_design() -> None:
    text = read("docs/design.md")
    modules = [path for path in (ROOT / "src" / "sosik").iterdir() if not path.name.startswith("_")]
    names = [f"`{path.name}/`" if path.is_dir() else f"`{path.name}`" for path in modules if path.suffix in {"", ".py"}]

    assert [name for name in sorted(names) if name not in text] == []


def test_every_file_that_the_design_names_exists() -> None:
    named = set(re.findall(r"`([a-z_]+/[a-z_/]*(?:\.py)?)`", read("docs/design.md"))) - {
        "content/",
        "feeds/",
        "public/",
    }

    assert [name for name in sorted(named) if not any((ROOT / top / name).exists() for top in ("", "src/sosik"))] == []


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    names = [entry.split(">")[0].split("=")[0] for entry in project["dependencies"]]

    assert [name for name in names if name not in read("docs/design.md").lower()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    text = re.sub(r"(`+)[^`\n]+\1", "", document.read_text("utf-8"))  # what is shown as code is no link
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (document.parent / target).exists(), f"{document.name} links to {target}"

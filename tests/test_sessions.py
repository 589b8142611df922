"""What pages show of a terminal is so: their commands, run in order, print what stands below them.

A block of ```console has commands behind `$ ` and what they print, where … stands for anything, and for any lines where
it is alone. What a reader does by hand between them is a comment of the page, `<!-- by hand`, as shell. A comment
`<!-- afresh -->` begins a new publication with two articles; a page without one begins in an empty folder.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import loaded
from newsrooms import ROOT, Newsroom
from serve.servers import HOST, free_port

PAGES = [page for page in sorted((ROOT / "docs").glob("*.md")) if "```console\n" in page.read_text("utf-8")]
STEP = re.compile(r"<!-- by hand\n(?P<hand>.*?)-->|```console\n(?P<shown>.*?)```", re.DOTALL)
AFRESH = "<!-- afresh -->"
NEWSROOM = """\
-- feeds/publication.yaml --
title: 해오름신문
url: https://haeoreum.kr/
feeds_url: https://feeds.haeoreum.kr/
authority: haeoreum.kr,2026
language: {language}
copyright: © 해오름신문
-- feeds/all.yaml --
title: 해오름신문
-- content/library.yaml --
id: tag:haeoreum.kr,2026:k7m2q9x4t1zb
제목: 둔치 도서관, 문 열어
입력: 2026년 11월 26일 오후 3시
본문: 둔치 도서관이 문을 열었다.
-- content/market.yaml --
id: tag:haeoreum.kr,2026:v3c8n1p6w2ra
제목: 새벽시장, 토요일에도 연다
입력: 2026년 11월 27일 오후 3시
본문: 새벽시장이 토요일에도 문을 연다.
"""
SHELL = """\
exec 2>&1
site=https://feeds.haeoreum.kr
serve() {{ # what it prints until it waits for readers
    {python} -m sosik serve "$@" --port {port} >{said} 2>/dev/null & server=$!
    for _ in $(seq 600); do grep -q Ctrl-C {said} && break; sleep 0.1; done
    kill -INT $server; wait $server; sed s/:{port}/:8000/ {said}
}}
curl() {{ # of the site that the page names
    if [ ! -e {said}.pid ]; then {python} -m sosik serve --port {port} >{said} 2>/dev/null & echo $! >{said}.pid; fi
    trap 'kill -INT $(cat {said}.pid)' EXIT
    for _ in $(seq 600); do grep -q Ctrl-C {said} && break; sleep 0.1; done
    command curl "${{@/$site/http://{host}:{port}}}"
}}
sosik() {{ if [ "$1" = serve ]; then shift; serve "$@"; else {sosik} "$@"; fi }}
export -f sosik
"""
MARK = "=== step "


def sessions() -> list[tuple[str, str]]:
    """Return the parts of pages that are followed in one folder, and their names."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        parts = text.split(AFRESH)[1:] if AFRESH in text else [text]
        found += [(f"{page.name} {number}", part) for number, part in enumerate(parts, 1) if "```console\n" in part]
    return found


def steps(part: str) -> list[tuple[str, str | None]]:
    """Return what is run, with what it is said to print; nothing is said of what is done by hand."""
    found: list[tuple[str, str | None]] = []
    for step in STEP.finditer(part):
        if step["hand"]:
            found.append((f"bash -euo pipefail <<'HAND' || echo FAILED\n{step['hand']}HAND", None))
            continue
        for shown in re.split(r"^\$ ", step["shown"], flags=re.MULTILINE)[1:]:
            command, _, printed = shown.partition("\n")
            found.append((command, printed))
    return found


def pattern(printed: str) -> str:
    lines = []
    for line in printed.splitlines():
        text = re.escape(line.rstrip()).replace("…", ".*")
        lines.append(r"(?:.*\n)*?" if text == ".*" else rf"{text}[ ]*\n")
    return "".join(lines)


def run(commands: list[str], folder: Path, language: str) -> list[str]:
    """Run commands in one shell and return what each prints."""
    beside = folder.parent
    environment = {**os.environ, "SOSIK_LANG": language}
    python, sosik = shlex.quote(sys.executable), shlex.join(loaded.shell_words(environment))
    shell = SHELL.format(python=python, sosik=sosik, host=HOST, port=free_port(), said=f"'{beside}/said'")
    script = "".join(f"echo '{MARK}{number}'\n{command}\n" for number, command in enumerate(commands))
    for place, other in {"/backup/": f"{beside}/backup/", "/opt/sosik-new/bin/": ""}.items():
        script = script.replace(place, other)
    done = subprocess.run(
        ["bash", "-c", shell + script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    printed = re.split(rf"^{MARK}\d+\n", done.stdout, flags=re.MULTILINE)[1:]
    assert len(printed) == len(commands), done.stdout + done.stderr
    return printed


@pytest.mark.skipif(not shutil.which("curl"), reason="the program curl is not installed")
@pytest.mark.parametrize(("name", "part"), sessions(), ids=lambda value: value if "\n" not in value else "")
def test_a_terminal_prints_what_the_page_shows(tmp_path: Path, name: str, part: str) -> None:
    page = name.split()[0]
    language = "ko" if page.endswith(".ko.md") else "en"
    room = Newsroom(tmp_path / "news")
    room.root.mkdir()
    if AFRESH in (ROOT / "docs" / page).read_text("utf-8"):
        room.write(NEWSROOM.format(language=language))
        room.sosik("build")
    shown = steps(part)

    printed = run([command for command, _ in shown], room.root, language)

    for (command, said), answer in zip(shown, printed, strict=True):
        if said is None:
            assert "FAILED" not in answer, f"{command}\n{answer}"
        elif said:
            assert re.fullmatch(pattern(said), answer), f"$ {command}\n{answer}"

"""Where PyYAML was built without libyaml, its own parser serves: slower, and the editors see the same."""

import json
import subprocess
import sys
from pathlib import Path

from sosik.source import parse

DATA = Path(__file__).parent.parent / "data" / "source"
HEADLINES = ["title", "subtitles", "caption", "credit"]
FILES = ["sound.yaml", "everything-at-once.yaml", "unclosed-before-another.yaml", "headline.md", "duplicate.yaml"]

SCRIPT = """
import json, sys
sys.modules["yaml._yaml"] = None
import yaml
from sosik.source import parse
assert not yaml.__with_libyaml__
folder, headlines, *names = sys.argv[1:]
read = {}
for name in names:
    with open(f"{folder}/{name}", "rb") as stream:
        parsed = parse(stream.read(), name, headlines=frozenset(headlines.split()))
    read[name] = [str(parsed.value), *map(str, parsed.problems)]
assert parse(rb'a: "\\ud83d\\ude8c\\U00200000"', "a.yaml").value.items[0][1].text == "\\U0001f68c"
deep = parse(b"title: " + b"[" * 2_000, "a.yaml")
assert [problem.code for problem in deep.problems] == ["yaml-limit"], deep.problems
print(json.dumps(read))
"""


def test_the_parser_in_python_reads_the_same() -> None:
    command = [sys.executable, "-c", SCRIPT, str(DATA), " ".join(HEADLINES), *FILES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    expected = {}
    for name in FILES:
        parsed = parse((DATA / name).read_bytes(), name, headlines=frozenset(HEADLINES))
        expected[name] = [str(parsed.value), *map(str, parsed.problems)]
    assert json.loads(done.stdout) == expected

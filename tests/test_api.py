"""docs/api.md is made of the docstrings of the public names, and the examples in them run."""

import doctest
from pathlib import Path

import pytest

import api_page
import sosik
from newsrooms import ROOT, Unpack

PAPER = """\
-- my-paper/feeds/publication.yaml --
title: 해누리일보
url: https://news.haenuri.example/
authority: haenuri.example,2010
-- my-paper/feeds/all.yaml --
title: 해누리일보 전체기사
-- my-paper/content/bridge.yaml --
id: tag:haenuri.example,2010:k7m2q9x4t1zb
title: "[단독] 새 다리 이름은 해오름교"
published: 2024-01-16 15:20
body: 새 다리의 이름이 해오름교로 정해졌다.
"""


def test_the_page_of_the_api_is_fresh() -> None:
    assert (ROOT / "docs" / "api.md").read_text("utf-8") == api_page.page()


@pytest.mark.parametrize("name", ["", *sorted(name for name in dir(sosik) if not name.startswith("_"))])
def test_the_examples_run(newsroom: Unpack, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Each in a folder of its own, with every public name at hand, and a small paper."""
    room = newsroom(PAPER)
    monkeypatch.chdir(room.root)
    names = {public: getattr(sosik, public) for public in dir(sosik)}
    documented = names[name] if name else sosik
    examples = doctest.DocTestFinder(recurse=False).find(documented, name or "sosik", globs=names)
    assert Path("my-paper").is_dir()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    report: list[str] = []
    for example in examples:
        runner.run(example, out=report.append)

    assert report == []

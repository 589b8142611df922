"""The benchmarks measure what they say: clean articles, the same for everybody; how fast they are is never tested."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.comparing import compare
from benchmarks.configurations import Shape
from benchmarks.corpus import Corpus
from benchmarks.readme import readme
from benchmarks.targets import TARGETS, judged
from newsrooms import ROOT
from sosik.site import Site


@pytest.mark.parametrize("shape", ["links", "pages"])
def test_nothing_is_to_be_said_of_the_articles(tmp_path: Path, shape: Shape) -> None:
    corpus = Corpus(tmp_path, 60, shape, ["sosik"])
    corpus.create()

    report = Site(corpus.folder("sosik")).check()

    assert report.counts["new"] == 60
    assert list(report.problems) == []


def published(root: Path, *, edited: bool) -> Path:
    corpus = Corpus(root, 8, "links", ["sosik"])
    corpus.create()
    if edited:
        corpus.edit(3, 1)
    site = Site(corpus.folder("sosik"))
    site.build()
    site.publish(root / "public")
    return root / "public"


def test_programs_are_compared_by_what_their_feeds_hold(tmp_path: Path) -> None:
    one, same = published(tmp_path / "one", edited=False), published(tmp_path / "same", edited=False)
    other = published(tmp_path / "other", edited=True)

    feeds, items = compare(one, same, ids=True, links=True)

    assert feeds > 2
    assert items > 8 * 2
    with pytest.raises(ValueError, match="differs"):
        compare(one, other, ids=True, links=True)
    shutil.rmtree(other / "tags")
    with pytest.raises(ValueError, match="only one"):
        compare(one, other, ids=True, links=True)


def test_a_target_says_what_became_of_it() -> None:
    target = TARGETS[0]

    lines = [judged({target.name: value})[-1] for value in (target.aim, target.must, target.must * 1.01)]

    assert [line.split("|")[-2].strip() for line in lines] == ["aim met", "must met", "**missed**"]


def test_the_page_of_measurements_is_fresh() -> None:
    assert (ROOT / "benchmarks/README.md").read_text("utf-8") == readme()


@pytest.mark.skipif(sys.platform != "linux", reason="they count with Linux's means")
@pytest.mark.parametrize("name", ["build", "corpus", "editing", "growth", "stores"])
def test_a_benchmark_says_how_it_is_run(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--help"], cwd=ROOT, capture_output=True, check=True
    )

    assert b"--entries" in done.stdout

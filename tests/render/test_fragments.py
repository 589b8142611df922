"""Each case is an entry (tests/data/render/NAME.py) and what it becomes in every format (NAME.rss.xml …)."""

import json
import runpy
from pathlib import Path

import pytest
from lxml import etree

from sosik.model import Content, Entry, Fragment, Publication
from sosik.render.bridge import NAMESPACES
from sosik.render.formats import FORMATS

CASES = sorted((Path(__file__).parents[1] / "data" / "render").glob("*.py"))


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def case_entry(case: Path) -> Entry:
    entry: Entry = runpy.run_path(str(case))["ENTRY"]
    return entry


def canonical(xml: bytes) -> str:
    """The XML one element a line, whatever the line breaks and declarations it was written with."""
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True))
    etree.indent(root)
    text: str = etree.tostring(root, method="c14n", exclusive=True).decode()
    return text


def whole(fragment: Fragment) -> bytes:
    """The fragment in a root that declares what the fragment says it needs, and nothing else."""
    declarations = " ".join(f'xmlns:{name}="{NAMESPACES[name]}"' for name in sorted(fragment.prefixes))
    return f"<root {declarations}>{fragment.body.decode()}</root>".encode()


def only_child(xml: bytes) -> bytes:
    child: bytes = etree.tostring(etree.fromstring(xml)[0])
    return child


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_an_entry_becomes_the_expected_element(case: Path, name: str, publication: Publication) -> None:
    fragment = FORMATS[name].renderer.render_entry(case_entry(case), publication)
    expected = case.with_suffix(f".{name}.xml").read_bytes()
    assert canonical(only_child(whole(fragment))) == canonical(expected)


def test_an_entry_becomes_the_expected_item_of_json(case: Path, publication: Publication) -> None:
    """The order of members counts: it is part of the bytes."""
    fragment = FORMATS["json"].renderer.render_entry(case_entry(case), publication)
    expected = json.loads(case.with_suffix(".json").read_text())
    assert json.dumps(json.loads(fragment.body)) == json.dumps(expected)


@pytest.mark.parametrize("name", ["rss", "atom"])
def test_a_fragment_declares_nothing_itself(case: Path, name: str, publication: Publication) -> None:
    """Namespaces are declared once, on the root of the feed."""
    fragment = FORMATS[name].renderer.render_entry(case_entry(case), publication)
    assert b"xmlns" not in fragment.body


def test_a_summary_feed_holds_no_full_text(entry: Entry, publication: Publication, format_name: str) -> None:
    """With content "summary" each format says the summary and none of the body."""
    body = FORMATS[format_name].renderer.render_entry(entry, publication, content=Content.SUMMARY).body.decode()
    assert "강변길이 열린다" in body
    assert "새 길" not in body
    assert ("content_text" in body) == (format_name == "json")
    assert "encoded" not in body
    assert "<content" not in body

"""Links that lead out of the site of one language, and the anchors that links lead to."""

import os
import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

import contents

ROOT = Path(__file__).parent.parent.parent
CODE = ("src", "tests", "benchmarks", ".ci")
"""Folders of the repository whose files the site does not have; links to them, and to any folder, become text."""

LINK = re.compile(r"(?P<code>```.*?```|(?P<ticks>`+)[^`].*?(?P=ticks))|\]\((?P<file>[^)\s:#]+\.md)", re.DOTALL)
"""The file that a link of Markdown leads to; what is shown as code is matched as a whole, for it holds no links."""

LOADING = re.compile(r"\bsrc=[\"']?https?:")
"""An element of HTML that loads something from elsewhere."""

TWIN = re.compile(r"^(?:English|한국어): \[[^\]\n]+\]\([^)\n]+\)\n\n", re.MULTILINE)
"""The line below a title that leads to the same page in the other language: the sidebar of the site does."""

SCHEME = "other-language"
"""What marks an address that MyST is to leave as it is, being a scheme (`myst_url_schemes`)."""


def setup(app: Sphinx) -> None:
    """Join Sphinx where it has read a document's text, and its nodes (before others do: their priority is 500)."""
    app.connect("source-read", lead_to_the_other_language)
    app.connect("doctree-read", settle, priority=100)
    app.connect("doctree-read", replace_elements, priority=100)
    app.connect("doctree-read", name_headings, priority=100)


def lead_to_the_other_language(app: Sphinx, document: str, source: list[str]) -> None:
    """Let links to documents of the other language lead to its site."""
    language = str(app.config.language)
    here = (ROOT / document).parent

    def led(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        name = os.path.relpath(here / found["file"], ROOT)
        if not (ROOT / name).exists() or contents.language_of(name) == language:
            return found[0]
        address = f"{contents.language_of(name)}/{name.removesuffix('.md')}.html"
        return f"]({SCHEME}:{'../' * (document.count('/') + 1)}{address}"

    source[0] = LINK.sub(led, TWIN.sub("", source[0], count=1))


def settle(app: Sphinx, doctree: nodes.document) -> None:
    """Take the mark from addresses, and turn links to folders and code into text."""
    for node in doctree.findall(nodes.reference):
        if "refuri" in node:
            node["refuri"] = node["refuri"].removeprefix(f"{SCHEME}:")
    here = (ROOT / app.env.docname).parent
    for kind in (addnodes.download_reference, addnodes.pending_xref):
        for node in list(doctree.findall(kind)):
            path = Path(os.path.relpath(here / node["reftarget"], ROOT))
            if path.parts[0] in CODE or (ROOT / path).is_dir():
                node.replace_self(nodes.inline("", "", *node.children))


def replace_elements(app: Sphinx, doctree: nodes.document) -> None:  # noqa: ARG001 - Sphinx's signature
    """Show what examples would load from elsewhere as text, and the boxes of lists as signs, which need no label."""
    for raw in list(doctree.findall(nodes.raw)):
        if LOADING.search(raw.astext()):
            raw.replace_self(nodes.literal("", raw.astext()))
        elif 'type="checkbox"' in raw.astext():
            raw.replace_self(nodes.Text("☐ "))


def name_headings(app: Sphinx, doctree: nodes.document) -> None:  # noqa: ARG001 - Sphinx's signature
    """Give headings the anchors of code forges first: docutils would number those that are written in Hangul."""
    for section in doctree.findall(nodes.section):
        slug = section.get("slug")
        if slug in section["ids"]:
            section["ids"].remove(slug)
            section["ids"].insert(0, slug)

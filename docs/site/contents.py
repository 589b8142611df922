"""Which documents the site has in each language, and the order of its table of contents."""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

ROOT = Path(__file__).parent.parent.parent

TABLE = (
    ({"en": "Write", "ko": "기사 쓰기"}, ("first-day", "entries", "writing", "dates", "glossary")),
    ({"en": "Publish", "ko": "발행하기"}, ("feeds", "serving", "running", "scaling", "ci", "moving", "cms")),
    ({"en": "Maintain", "ko": "운영하기"}, ("operating", "checklists", "troubleshooting", "reliability")),
    ({"en": "Look up", "ko": "찾아보기"}, ("problems", "cli", "api", "conformance")),
    ({"en": "Take part", "ko": "참여하기"}, ("design", "../CONTRIBUTING", "../SECURITY", "../CHANGELOG")),
)
"""The parts of the table of contents, and the documents of each, from docs/; a language may lack some."""

MORE = {"en": "More", "ko": "더 읽기"}
"""The part that holds the documents which the table does not name."""


def suffix(language: str) -> str:
    """Return how the names of a language's documents end."""
    return ".ko" if language == "ko" else ""


def start(language: str) -> str:
    """Return the document that the site begins with."""
    return f"README{suffix(language)}"


def patterns(language: str) -> list[str]:
    """Return which files are documents of a language, from the root of the repository."""
    end = f"{suffix(language)}.md"
    return [f"docs/*{end}", *(f"{name}{end}" for name in ("README", "CONTRIBUTING", "SECURITY", "CHANGELOG"))]


def others(language: str) -> list[str]:
    """Return which of these files are of another language after all."""
    return [] if language == "ko" else ["**/*.ko.md"]


def language_of(name: str) -> str:
    """Return the language of a document by the name of its file."""
    return "ko" if name.endswith(".ko.md") else "en"


def table(language: str) -> list[tuple[str, list[str]]]:
    """Return the parts of the table of contents, each with its documents, as Sphinx names them."""
    end = suffix(language)
    there = {
        path.relative_to(ROOT).as_posix().removesuffix(".md")
        for pattern in patterns(language)
        for path in ROOT.glob(pattern)
        if language_of(path.name) == language
    } - {start(language)}
    parts = []
    for caption, names in TABLE:
        documents = [f"docs/{name}{end}".replace("docs/../", "") for name in names]
        parts.append((caption[language], [name for name in documents if name in there]))
        there -= set(documents)
    parts.append((MORE[language], sorted(there)))
    return [(caption, documents) for caption, documents in parts if documents]


def setup(app: Sphinx) -> None:
    """Have the start page carry the table of contents, which a code forge would show as it stands."""
    app.connect("source-read", add_table)
    app.connect("html-page-context", finish, priority=900)  # after the theme


def add_table(app: Sphinx, document: str, source: list[str]) -> None:
    """Append the table to the start page; the sidebar shows it."""
    if document == app.config.root_doc:
        for caption, documents in table(str(app.config.language)):
            listed = "\n".join(documents)
            source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n{listed}\n```\n"


def twin(document: str, language: str) -> str:
    """Return where a document is in the other language, from the root of the site: the start where it is not."""
    if language == "ko":
        name, other = document.removesuffix(".ko"), "en"
    else:
        name, other = f"{document}.ko", "ko"
    return f"{other}/{name if (ROOT / f'{name}.md').exists() else start(other)}.html"


def finish(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:  # noqa: ARG001 - Sphinx's signature
    """Let a page lead to what it is in the other language, and tell screen readers the level of captions."""
    tree = str(context.get("furo_navigation_tree", ""))
    context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')
    context["twin"] = f"{'../' * (page.count('/') + 1)}{twin(page, str(app.config.language))}"

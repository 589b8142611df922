"""How Sphinx makes the site of the documents: one language at a time, Korean with `-t ko`. docs/site/build.py runs it.

The documents are Markdown that a code forge shows as well. Sphinx reads them where they are, from the root of the
repository, so that links between them are the same in both places.
"""

import sys
import tomllib
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.util.tags import Tags

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs" / "site"))

import contents  # noqa: E402 - found by the line above
import korean  # noqa: E402
import links  # noqa: E402

tags: Tags  # what this file is run with
language = "ko" if tags.has("ko") else "en"  # noqa: F821

project = "sosik"
author = "The sosik founders"
version = release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
html_title = {"en": "sosik", "ko": "소식 sosik"}[language]

root_doc = contents.start(language)
source_suffix = {".md": "markdown"}
include_patterns = contents.patterns(language)
exclude_patterns = [*contents.others(language), *(f"{path.name}/**" for path in ROOT.iterdir() if path.name != "docs")]

extensions = ["myst_parser"]
myst_heading_anchors = 6  # links to headings are those of code forges
myst_url_schemes = {"http": None, "https": None, "mailto": None, links.SCHEME: None}
myst_enable_extensions = ["tasklist"]
smartquotes = False  # what is shown is what is meant, letter by letter
nitpicky = True

html_theme = "furo"
html_static_path = ["site/static"]
html_css_files = ["site.css"]
templates_path = ["site/templates"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "languages.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_copy_source = False
html_show_copyright = False
html_domain_indices = False
html_use_index = False
html_theme_options: dict[str, list[str]] = {"top_of_page_buttons": []}


def setup(app: Sphinx) -> None:
    """Join the parts of this folder to Sphinx."""
    app.add_lexer("crontab", TextLexer)
    contents.setup(app)
    links.setup(app)
    korean.setup(app)

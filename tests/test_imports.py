"""The packages are in the order of the data flow, and a file imports only files before it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from newsrooms import ARTICLE, PUBLICATION, Newsroom

SOURCE = Path(__file__).parent.parent / "src" / "sosik"

PACKAGES = {
    "version": "",
    "patterns": "",
    "quick_start": "",
    "on_demand": "",
    "addresses": "",
    "queries": "",
    "systems": "",
    "durability": "",
    "file_names": "",
    "networks": "",
    "progress": "",
    "words": """
        en/announce en/audience en/cli en/codes en/config en/conformance en/dates en/doctor en/edition
        en/importers en/labels en/ledger en/normalize en/previous
        en/publish en/read en/render en/rules en/serve en/site en/source en/starter en/store en/system en/web
        en/write
        en/__init__
        ko/announce ko/audience ko/cli ko/click ko/codes ko/config ko/conformance ko/dates ko/doctor ko/edition
        ko/importers ko/labels ko/ledger ko/normalize ko/previous
        ko/publish ko/read ko/render ko/rules ko/serve ko/site ko/source ko/starter ko/store ko/system ko/web ko/write
        ko/__init__ grammar message pages refusals __init__
    """,
    "reasons": "",
    "errors": "",
    "web": "",
    "pool": "__init__ frames calling jobs worker __main__ process crew helping",
    "dates": """
        patterns model profile context errors fold vocabulary numerals zones places beside_words beside elements forms
        labels tokens field_places match calendar clock offsets relative resolve scan prose slots pairing accounts
        stamps straight doors entries explanation writing __init__
    """,
    "model": "values document entry feed raw publication __init__ digests instants listing",
    "source": """
        places characters encoding escapes headlines written yaml_errors limits yaml_parser straight yaml_repair
        yaml_text front_matter json_scanner json_parser tags mapping lists comments merge_marks parsing __init__
    """,
    "config": "configuration files settings feeds claims dates publication loading __init__",
    "read": """
        keys foreign unknown meant fields no_article ignoring files plain_names scan repeated entry passed metadata
        pictures trash work_tree __init__
    """,
    "normalize": """
        text fields markup tags bylines captions caption_places mathml sanitize advertisements ids links embeds
        players styles autolinks figures jumps hidden body_place rewrite code_places shortcodes
        markdown/signs markdown/emphasis markdown/inline markdown/lists markdown/blocks markdown/links markdown/notes
        markdown/ends markdown/escapes markdown/engine markdown/__init__
        kept/shown kept/table kept/slashes kept/beside kept/tags kept/lines kept/inline kept/__init__ kept/telling
        paragraphs sentences straight/signs straight/links straight/markdown straight/pages straight/__init__
        straight/opening reading limits cleaned cleaning format body images signatures people relations stamps status
        summary entry similarity embargo __init__
    """,
    "write": "members json_text quoting yaml_text edits template entry __init__",
    "store": """
        address rows source_rows connection statements references records announcements changes rendered known sources
        watched ledger_rows projections pictures packing fragments bodies schema contents packed_entries ahead
        membership contract faults sql_snapshot sql_store soundness migrations sqlite lock examination opening shadow
        postgres/__init__ postgres/faults postgres/schema postgres/connection postgres/session postgres/pictures
        postgres/opening postgres/database postgres/snapshot postgres/notes postgres/leadership drivers snapshot
        database copies __init__
    """,
    "previous": "documents described memory news folder web recall __init__",
    "render": """
        __init__ bridge instants kept_shapes shapes elements content formats links pictures places refusal security
        terms atom jsonfeed newsarticle page_templates page_parts pages opml rss sitemap
    """,
    "ledger": """
        __init__ ahead recognition states written lost verdicts objections clashes comparison rules facts steps packed
        begun reading parts looking hidden unfinished seeing arriving changed settle away vanished moved sync
        standing
    """,
    "edition": """
        __init__ clock kept window selection terms announcements archives memory relations seen listed touched still
        gathered cutting choice rendering fragments plans endings page_plans replaced planned unshown similar documents
        ahead copies place standing compose build diff upcoming
    """,
    "publish": """
        __init__ policy packed answers conditional parts ownership place bringing sharing files beside delivery
        bucket/__init__ bucket/pointer bucket/opening bucket/requests bucket/objects bucket/protocol bucket/object_store
        bucket/run servers/tree servers/caddy servers/nginx
        servers/location servers/apache servers/robots servers/static_hosts servers/__init__
    """,
    "announce": "hindrance outcome __init__ newest visibility protocols run",
    "audience": "files lines shown services distinct tally report __init__ page",
    "conformance": """
        checklist json_tree times xml_tree document common across atom markup bodies jsonfeed lists items
        parse rss check __init__
    """,
    "importers": """
        furniture captions lines inline stamps headline html markdown parts times page
        joining old_items old_bytes old_json old_xml old_feed old_addresses old_clock old_dates old_articles old_entries
        acceptance report moved __init__
    """,
    "starter": "__init__ moving",
    "doctor": "",
    "content_revision": "",
    "missing_store": "",
    "previous_edition": "",
    "daily_copy": "",
    "kept_store": "",
    "site": "",
    "serve": """
        access_lines access_log bell counts connection newest shelf status answer_table editions announcer health
        metrics polls rounds preload app __init__ logs mounts watching leading filling builder listening start preview
        admission worker workers run
    """,
    "cli": """
        ending garbage arguments language layout output guarding file_paths values_named placing_store progress root
        zones delivering announced publishing plain __init__ options files naming announcing asking audience conforming
        building configuring dating differing placing importing_feeds moving writing releasing keeping importing serving
    """,
    "__init__": "",
    "__main__": "",
}
"""The packages in the order of the data flow, each with its files in the order of their imports.

A file may import only files before it, between packages and within one, at the top or inside functions. A module that
a table only names, for an import on demand (commands, formats), is not an import.
"""

ORDER = tuple(
    f"{package}/{file}" if file else package for package, files in PACKAGES.items() for file in (files.split() or [""])
)


def name_of(path: Path) -> str:
    """Return a file as `ORDER` names it: `edition/build`, `edition/__init__`, `site`."""
    return path.relative_to(SOURCE).with_suffix("").as_posix()


def imports(path: Path) -> set[str]:
    """Return the files of sosik that a file imports, wherever in it, as `ORDER` names them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sosik":
            found |= {file_of(f"{node.module}.{alias.name}") or file_of(node.module) for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {file_of(alias.name) for alias in node.names if alias.name.split(".")[0] == "sosik"}
    return found


def file_of(module: str) -> str:
    """Return the file of a module as `ORDER` names it, or nothing where it is none."""
    path = SOURCE.parent / module.replace(".", "/")
    if path.with_suffix(".py").exists():
        return name_of(path.with_suffix(".py"))
    return name_of(path / "__init__.py") if (path / "__init__.py").exists() else ""


def test_every_file_has_its_place_in_the_order() -> None:
    assert {name_of(path) for path in SOURCE.rglob("*.py")} == set(ORDER)


@pytest.mark.parametrize("file", ORDER)
def test_imports_point_to_what_stands_before(file: str) -> None:
    allowed = set(ORDER[: ORDER.index(file)])

    assert imports(SOURCE / f"{file}.py") <= allowed


@pytest.mark.parametrize(
    ("package", "module"),
    [("feedgen", "render/bridge.py"), ("rich", "cli/audience.py"), ("feedparser", "importers/old_xml.py")],
)
def test_what_serves_one_purpose_is_imported_in_one_module_only(package: str, module: str) -> None:
    importing = [
        path.relative_to(SOURCE).as_posix()
        for path in sorted(SOURCE.rglob("*.py"))
        if any(
            line.lstrip().startswith((f"import {package}", f"from {package}"))
            for line in path.read_text("utf-8").splitlines()
        )
    ]

    assert importing == [module]


@pytest.mark.parametrize("arguments", [["--help"], ["date", "2024년 1월 16일(화) 오후 3시 20분"]])
def test_the_command_line_starts_without_lxml_and_flask(arguments: list[str]) -> None:
    """What takes long to import is imported when it is needed."""
    script = (
        "import sys\n"
        "from sosik.cli import main\n"
        f"sys.argv = ['sosik', *{arguments!r}]\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'lxml', 'flask', 'feedgen', 'jinja2', 'PIL', 'granian', 'nh3'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def loaded_by_a_build(folder: Path) -> set[str]:
    """Return the modules that a build in a process of its own has imported at its end."""
    script = (
        "import sys\n"
        "from sosik.cli import main\n"
        "sys.argv = ['sosik', 'build']\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print('loaded:', *sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.partition("loaded:")[2].split())


def test_a_build_imports_no_more_than_what_changed_needs(tmp_path: Path) -> None:
    """Where nothing changed, nothing that reads, renders or asks; after an edit of plain prose, no parser either."""
    room = Newsroom(tmp_path)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n")
    room.write(f"-- content/a.yaml --\n{ARTICLE}")
    loaded_by_a_build(tmp_path)

    room.write(f"-- content/a.yaml --\n{ARTICLE.replace('body:', 'body: 고친 글.', 1)}")
    loaded_by_a_build(tmp_path)

    idle = loaded_by_a_build(tmp_path)
    room.write(f"-- content/a.yaml --\n{ARTICLE.replace('body:', 'body: 다시 고친 글.', 1)}")
    edited = loaded_by_a_build(tmp_path)

    asking, writing = {"ssl", "http.client"}, {"feedgen", "jinja2", "dateutil"}
    reading = {"PIL", "nh3", "markdown_it", "lxml", "sosik.dates.doors", "sosik.write"}
    helping = {"click", "gettext", "sosik.pool.crew"}
    writing_anew = {"sosik.edition.documents", "sosik.previous.news", "xml.parsers.expat", "mmap", "gzip", "threading"}
    seldom = {"html", "http", "shutil", "difflib", "secrets", "string"}
    assert "sosik.read.entry" not in idle
    assert not idle & (asking | writing | reading | helping | writing_anew | seldom | {"sosik.render.pages"})
    assert "sosik.normalize.entry" in edited
    assert edited & (asking | writing | reading | helping) == set()

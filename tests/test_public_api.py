"""What people may rely on: the public names, their signatures, and how errors are related."""

import inspect
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import sosik
from newsrooms import ROOT, Unpack
from sosik import errors

SIGNATURES = {
    "parse_datetime": "(text, *, timezone, reference, profile)",
    "parse_stamps": "(text, *, slot, timezone, reference, profile)",
    "format_rfc822": "(instant)",
    "format_rfc3339": "(instant)",
    "format_korean": "(instant, *, timezone, precision)",
    "load_publication": "(root)",
    "Site.build": "(self, *, now, allowed, previous, or_new, new_store, changed, alone)",
    "Site.check": "(self, *, now)",
    "Site.publish": "(self, output, *, compress, replace, durable)",
    "Site.entries": "(self)",
    "create_app": "(folder, *, access_log, proxies)",
}


def shape(function: object) -> str:
    """Return the names of a function's parameters, with the bar between positional and keyword-only ones."""
    parts: list[str] = []
    for parameter in inspect.signature(function).parameters.values():  # type: ignore[arg-type]  # any callable
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        parts.append(parameter.name)
    return f"({', '.join(parts)})"


def test_every_public_name_can_be_had() -> None:
    assert [name for name in dir(sosik) if getattr(sosik, name, None) is None] == []


@pytest.mark.parametrize("name", SIGNATURES)
def test_the_signatures_stay(name: str) -> None:
    found: object = sosik
    for part in name.split("."):
        found = getattr(found, part)

    assert shape(found) == SIGNATURES[name]


def test_a_site_is_named_by_a_text_or_a_path(newsroom: Unpack) -> None:
    room = newsroom()

    assert sosik.Site(str(room.root)).check().counts == sosik.Site(room.root).check().counts
    sosik.Site(str(room.root)).build()
    sosik.Site(str(room.root)).publish(str(room.root / "web"))
    assert (room.root / "web" / "rss.xml").exists()


def test_what_a_build_raises_can_be_caught_by_its_public_name(newsroom: Unpack) -> None:
    with pytest.raises(sosik.PreviousError):
        sosik.Site(newsroom().root).build(previous="nowhere")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'utils'"):
        sosik.utils  # noqa: B018 - the access is the test


def test_every_error_has_one_root() -> None:
    kinds = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]

    assert [kind for kind in kinds if not issubclass(kind, errors.SosikError)] == []
    assert issubclass(sosik.DateParseError, errors.SosikError)
    assert issubclass(sosik.DateParseError, ValueError)


def test_importing_sosik_imports_nothing_else_of_it_but_its_version() -> None:
    script = "import sys, sosik; print([name for name in sys.modules if name.startswith('sosik.')])"

    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
        == "['sosik.version']\n"
    )


def test_the_public_names_are_found_in_a_zip(tmp_path: Path) -> None:
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted((ROOT / "src" / "sosik").rglob("*.py")):
            archive.write(path, path.relative_to(ROOT / "src").as_posix())
    script = "import sosik; print(sosik.__file__, sosik.Severity.ERROR)"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(packed)}
    )

    assert done.stdout == f"{packed}/sosik/__init__.py error\n"

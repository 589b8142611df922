"""docs/api.md, generated from the docstrings of the public names: `python tests/api_page.py > docs/api.md`."""

import ast
import inspect
import sys
from collections.abc import Iterator
from itertools import groupby
from textwrap import dedent

import sosik

HEAD = """\
# Python API

These names of `import sosik` are public; all others may change without notice. Times are aware `datetime` values.
All intended exceptions are subclasses of `sosik.SosikError`. The tests run the examples. This page is generated from
the docstrings.

"""

SECTIONS = {
    "sosik.site": "A publication",
    "sosik.edition": "A publication",
    "sosik.ledger": "A publication",
    "sosik.publish": "A publication",
    "sosik.announce": "A publication",
    "sosik.serve": "Serving",
    "sosik.config": "Definitions",
    "sosik.model": "The values",
    "sosik.store": "The values",
    "sosik.dates": "Dates",
    "sosik.errors": "Problems and errors",
    "sosik.words": "Problems and errors",
}
"""The heading for the public names of each package, in their order."""


def page() -> str:
    """Return the whole page."""
    titles = list(dict.fromkeys(SECTIONS.values()))
    names = sorted(names_with_homes(), key=lambda pair: (titles.index(pair[0]), pair[1] != "Site", pair[1].lower()))
    parts = [HEAD]
    for title, group in groupby(names, key=lambda pair: pair[0]):
        parts.append(f"## {title}\n\n")
        parts += ("".join(described(name)) for _, name in group)
    return "".join(parts).rstrip("\n") + "\n"


def names_with_homes() -> Iterator[tuple[str, str]]:
    """Yield every public name with the heading of its package."""
    for name in dir(sosik):
        if not name.startswith("_"):
            package = ".".join(getattr(sosik, name).__module__.split(".")[:2])
            yield SECTIONS[package], name


def described(name: str) -> Iterator[str]:
    """Yield the lines of one public name: its shape, its docstring, and those of its own members."""
    value = getattr(sosik, name)
    node = ast.parse(dedent(inspect.getsource(value))).body[0]
    if isinstance(node, ast.ClassDef):
        yield f"### `{name}`\n\n{text_of(node)}"
        yield from fields_of(node)
        for member in node.body:
            if isinstance(member, ast.FunctionDef) and (not member.name.startswith("_") or member.name == "__init__"):
                yield from member_of(name, member)
    elif isinstance(node, ast.FunctionDef):
        yield f"### `{name}`\n\n```python\n{signature_of(node, name)}\n```\n\n{text_of(node)}"


def fields_of(node: ast.ClassDef) -> Iterator[str]:
    """Yield the fields of a struct, or the members of an enumeration, as they are written."""
    fields = [ast.unparse(member) for member in node.body if isinstance(member, ast.AnnAssign | ast.Assign)]
    fields = [field for field in fields if not field.startswith("_")]
    if fields:
        yield "```python\n{}\n```\n\n".format("\n".join(fields))


def member_of(owner: str, node: ast.FunctionDef) -> Iterator[str]:
    """Yield a method with its signature, or a property with its type."""
    if node.name == "__init__":
        if len(node.args.args + node.args.kwonlyargs) > 1:
            yield f"```python\n{signature_of(node, owner, returns=False)}\n```\n\n{text_of(node)}"
        return
    is_property = any(getattr(decorator, "id", "") == "property" for decorator in node.decorator_list)
    shown = f"{owner}.{node.name}"
    if is_property and node.returns is not None:
        yield f"```python\n{shown}: {ast.unparse(node.returns)}\n```\n\n{text_of(node)}"
    else:
        yield f"```python\n{signature_of(node, shown)}\n```\n\n{text_of(node)}"


def signature_of(node: ast.FunctionDef, name: str, *, returns: bool = True) -> str:
    """Return a signature as it is written, without `self`."""
    arguments = ast.unparse(node.args).removeprefix("self, ").removeprefix("self")
    result = f" -> {ast.unparse(node.returns)}" if returns and node.returns is not None else ""
    line = f"{name}({arguments}){result}"
    if len(line) <= 100:
        return line
    return "{}(\n    {},\n){}".format(name, ",\n    ".join(top_level(arguments)), result)


def top_level(arguments: str) -> list[str]:
    """Return arguments apart, at the commas outside of brackets."""
    parts, depth = [""], 0
    for character in arguments:
        depth += (character in "[(") - (character in "])")
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def text_of(node: ast.ClassDef | ast.FunctionDef) -> str:
    """Return a docstring as Markdown, with its examples in code blocks."""
    lines = (ast.get_docstring(node) or "").splitlines()
    shown, in_example = [], False
    for line in lines:
        if line.startswith(">>>") and not in_example:
            shown.append("```python")
            in_example = True
        if in_example and not line:
            shown.append("```")
            in_example = False
        shown.append(line)
    if in_example:
        shown.append("```")
    return "\n".join(shown).rstrip() + "\n\n" if lines else ""


if __name__ == "__main__":
    sys.stdout.write(page())

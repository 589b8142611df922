"""A whole file to its value, by the suffix of its name."""

from sosik.errors import Problem
from sosik.model import RawMapping, RawValue
from sosik.source.characters import mask
from sosik.source.encoding import decode
from sosik.source.front_matter import parse_markdown
from sosik.source.merge_marks import merge_marks
from sosik.source.places import ParsedFile
from sosik.source.yaml_text import parse_yaml


def parse(data: bytes, file: str, *, headlines: frozenset[str] = frozenset()) -> ParsedFile:
    """Return the value of a file by the suffix of its name: .json, .md or .markdown, anything else is YAML.

    `file` is the path as the user writes it; `headlines` are the keys whose values are texts (see `parse_yaml`). Never
    raises for what is in the bytes.
    """
    decoded, problems = decode(data, file)
    if decoded is None:
        return ParsedFile(problems=problems)
    text, removed = mask(decoded, file)
    suffix = file.rpartition(".")[2].lower()
    if suffix == "json":
        from sosik.source.json_parser import parse_json  # few are of this kind

        parsed = parse_json(text, file)
    elif suffix in ("md", "markdown"):
        parsed = parse_markdown(text, file, headlines=headlines)
    else:
        parsed = parse_yaml(text, file, headlines=headlines)
    unmerged = merge_marks(decoded, file)
    if unmerged is not None:  # what its marks are to a parser would only hide what is wrong
        return ParsedFile(value=_above(parsed.value, unmerged, suffix), problems=(*problems, unmerged))
    return ParsedFile(value=parsed.value, problems=(*problems, *removed, *parsed.problems))


def _above(value: RawValue | None, unmerged: Problem, suffix: str) -> RawValue | None:
    """Return the value of a file with marks of a merge, if they stand in the text below front matter, else None.

    Of two versions of a key nobody knows which counts: neither may take an entry back.
    """
    if suffix in ("md", "markdown") and isinstance(value, RawMapping) and value.items:
        body = value.items[-1][0]
        return value if unmerged.location.line >= body.location.line and body.text == "body" else None
    return None

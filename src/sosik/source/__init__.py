"""Bytes of a YAML, JSON or Markdown file to values with positions. No disk access.

bytes ──decode──▶ text ──mask──▶ text for parsers ──parse_yaml, parse_json, parse_markdown──▶ ParsedFile
"""

from typing import TYPE_CHECKING

from sosik.on_demand import imported_on_demand
from sosik.source.limits import MAX_BYTES
from sosik.source.places import ParsedFile, in_order, problem_of

if TYPE_CHECKING:
    from sosik.source.characters import mask
    from sosik.source.encoding import decode
    from sosik.source.front_matter import parse_markdown
    from sosik.source.headlines import quoted
    from sosik.source.json_parser import parse_json
    from sosik.source.parsing import parse
    from sosik.source.yaml_text import parse_yaml

__all__ = [
    "MAX_BYTES",
    "ParsedFile",
    "decode",
    "in_order",
    "mask",
    "parse",
    "parse_json",
    "parse_markdown",
    "parse_yaml",
    "problem_of",
    "quoted",
]

_READING = {
    "decode": "encoding",
    "mask": "characters",
    "parse": "parsing",
    "parse_json": "json_parser",
    "parse_markdown": "front_matter",
    "parse_yaml": "yaml_text",
    "quoted": "headlines",
}


__getattr__ = imported_on_demand(__name__, _READING)
"""What reads files is imported when it is first used: where nothing changed, none is read."""

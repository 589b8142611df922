"""YAML text to its value: by the straight road where that leads there, else by the parser, imported only then."""

from sosik.source.places import ParsedFile
from sosik.source.straight import read_straight


def parse_yaml(text: str, file: str, *, headlines: frozenset[str] = frozenset(), first_line: int = 1) -> ParsedFile:
    """Return the one value of a YAML text, with every problem that can be found in one run.

    `headlines` are the keys, in lower case, whose values are texts that editors write without thinking of YAML;
    `first_line` is the line of the file on which the text begins. Forbidden characters must have been masked. Never
    raises for what is in the text.
    """
    # YAML 1.1 breaks lines at these two, editors do not: a headline with one in it would fall apart.
    text = text.replace("\u2028", " ").replace("\u2029", " ")
    straight = read_straight(text, file, headlines=headlines, first_line=first_line)
    if straight is not None:
        return ParsedFile(value=straight)
    # PyYAML is eighteen modules, and one of its patterns takes as long to compile as they to import.
    from sosik.source.yaml_repair import read_and_repair

    return read_and_repair(text, file, headlines=headlines, first_line=first_line)

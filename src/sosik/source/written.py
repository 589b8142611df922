"""A YAML text as it was written, seen from the events of its parser."""

from typing import Any

import yaml


class SourceText:
    """A YAML text as it was written, seen from the events of its parser (see `sosik.source.yaml_parser`)."""

    def __init__(self, text: str) -> None:
        self._text = text

    def has_comment(self, event: Any) -> bool:
        """Whether a comment follows a value on its line."""
        return self._rest(event).startswith("#")

    def has_hashtag(self, event: Any) -> bool:
        """Whether what follows a value on its line is rather a hashtag than a comment: no space comes after its #."""
        rest = self._rest(event)
        return rest.startswith("#") and not rest[1:2].isspace() and len(rest) > 1

    def comment(self, event: Any, *, in_flow: bool) -> str:
        """Return the comment behind a value that may be a part of it: behind what is quoted or a list, a hashtag."""
        rest = self._rest(event)
        rest = rest.lstrip(", \t") if in_flow else rest
        is_plain = isinstance(event, yaml.ScalarEvent) and not event.style
        return rest.rstrip() if rest.startswith("#") and (is_plain or rest[1:2].strip("#! ")) else ""

    def is_quoted(self, start: Any) -> bool:
        """Whether the first item of a list in brackets stands in quotation marks: then the list is meant."""
        return self._text[start.start_mark.index + 1 :][:80].lstrip()[:1] in ("'", '"')

    def written(self, event: Any, *, in_flow: bool) -> str:
        """Return a value as it stands in the file: to the end of the line, except within brackets."""
        start, end = event.start_mark.index, event.end_mark.index
        if getattr(event, "style", None) in (">", "|"):
            end = start
        if not in_flow or isinstance(event, yaml.CollectionStartEvent):
            end = self._line_end(max(start, end))
        return " ".join(self._text[start:end].split())

    def head(self, event: Any, *, in_flow: bool) -> str:
        """Return what stands before a value on its line, empty within brackets, where that is more than its key."""
        index = event.start_mark.index
        line_start = max(self._text.rfind("\n", 0, index), self._text.rfind("\r", 0, index)) + 1
        return "" if in_flow else self._text[line_start:index].strip()

    def _rest(self, event: Any) -> str:
        """Return what follows a value on its line."""
        index = event.end_mark.index
        return self._text[index : self._line_end(index)].lstrip()

    def _line_end(self, index: int) -> int:
        ends = [end for end in (self._text.find("\n", index), self._text.find("\r", index)) if end >= 0]
        return min(ends, default=len(self._text))

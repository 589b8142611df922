"""Comments of YAML after a value that may be part of it: `태그: 예산 #심사`.

A hashtag after tags is a tag. Other comments after visible words are reported.
"""

from collections.abc import Iterator

from sosik.errors import Problem
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.patterns import pattern
from sosik.source.headlines import quoted
from sosik.source.lists import split
from sosik.source.places import problem_of
from sosik.words import Message

_NOTE = pattern(r"(?:\A|\s)#(?!\w).*")
_LONGEST = 60


def with_hashtags(value: RawValue, *, are_tags: bool) -> tuple[RawValue, tuple[Problem, ...]]:
    """Return words with the tags behind them, if *are_tags*, and a problem for each comment that is left out."""
    if not _has_comment(value):
        return value, ()
    problems: list[Problem] = []
    members = tuple(_members(value, problems, are_tags=are_tags))
    if isinstance(value, RawList):
        return RawList(items=members, location=value.location), tuple(problems)
    if len(members) > 1:
        texts = [member.text for member in members if isinstance(member, RawText)]
        return RawText(text=" #".join(texts), location=value.location), tuple(problems)
    return members[0], tuple(problems)


def _has_comment(value: RawValue) -> bool:
    if isinstance(value, RawMapping):
        return False
    if value.comment:
        return True
    return isinstance(value, RawList) and any(map(_has_comment, value.items))


def _members(value: RawValue, problems: list[Problem], *, are_tags: bool) -> Iterator[RawValue]:
    """Yield a text or the items of a list, each with the tags behind it."""
    if isinstance(value, RawList):
        for item in value.items:
            if isinstance(item, RawList):
                yield RawList(items=tuple(_members(item, problems, are_tags=are_tags)), location=item.location)
            else:
                yield from _members(item, problems, are_tags=are_tags)
    else:
        yield value
    if isinstance(value, RawText | RawList) and value.comment:
        hashtags = _NOTE.sub("", value.comment) if are_tags else ""
        note = value.comment[len(hashtags) :].strip()
        for tag in split(hashtags):
            yield RawText(text=tag, location=value.location)
        if note:
            problems.append(_left_out(value, note))


def _left_out(value: RawText | RawList, note: str) -> Problem:
    message = Message("comment-ignored.behind", comment=note if len(note) <= _LONGEST else f"{note[:_LONGEST]}…")
    hint = Message("comment-ignored.list-hint")
    if isinstance(value, RawText) and len(value.text) + len(note) <= _LONGEST:
        hint = Message("comment-ignored.text-hint", text=quoted(f"{value.text} {note}"))
    return problem_of(message, value.location, hint)

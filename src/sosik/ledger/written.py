"""Digests of the content of a file, independent of the version: distinguish updates of sosik from edits. Pure."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, Self

from sosik.ledger.recognition import Arrival
from sosik.model import RawList, RawText
from sosik.model.digests import digest_of_shown, shown, shown_plainly
from sosik.model.raw import RawValue
from sosik.model.values import EntryId
from sosik.store.rows import LedgerRow

_TOLD = ("title", "body")
"""The values whose edits readers are to be told of."""

_SILENT = frozenset({"id"})
"""The values that readers see nothing of: an id may be written into a file."""


class Written(NamedTuple):
    """The digests of the values that stand in a file, with its pictures, and of its headline and text alone.

    Keys have one name, and neither their order, white space at the end of lines nor a list of one counts: to lay a file
    out anew is no edit.
    """

    values: str = ""
    words: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what `str` made text of; a store of another version may know less, or nothing."""
        values, _, words = text.partition(" ")
        return cls(values, words)

    def __str__(self) -> str:
        return f"{self.values} {self.words}".strip()


def written_of(fields: Mapping[str, RawValue], pictures: Collection[tuple[str, str]]) -> Written:
    """Return the digests of the values of a file; `pictures` are those beside it, path and digest."""
    texts = {key: _shown(value) for key, value in fields.items()}
    members = ", ".join([f"('{key}', {texts[key]})" for key in sorted(texts.keys() - _SILENT)])
    words = ", ".join([texts.get(key, "None") for key in _TOLD])
    return Written(
        values=digest_of_shown(f"[{members}]", repr(sorted(pictures))),
        words=digest_of_shown(f"[{words}]"),
    )


def as_read_now(ledger: Mapping[EntryId, LedgerRow], arrivals: Iterable[Arrival]) -> Mapping[EntryId, LedgerRow]:
    """Return the ledger with what this version makes of the files that are as they were when they were published.

    What is compared then differs only where the newsroom changed something.
    """
    rows = ((arrival, ledger.get(arrival.id)) for arrival in arrivals)
    same: dict[EntryId, LedgerRow] = {
        row.id: _read_as(row, arrival) for arrival, row in rows if row is not None and is_untouched(arrival, row)
    }
    return {**ledger, **same} if same else ledger


def is_untouched(arrival: Arrival, row: LedgerRow) -> bool:
    """Tell whether an arrival's file says what it said when `row` was written."""
    if row.withdrawn is not None or not row.digest:
        return False
    now, then = Written.read(arrival.written), Written.read(row.written)
    return (_is_same_file(arrival, row) and arrival.same_pictures) or bool(then.values and now.values == then.values)


def words_differ(arrival: Arrival, row: LedgerRow) -> bool | None:
    """Tell whether an arrival's headline or text was written otherwise; None where the store does not know."""
    if _is_same_file(arrival, row):
        return False
    now, then = Written.read(arrival.written), Written.read(row.written)
    return now.words != then.words if now.words and then.words else None


def _is_same_file(arrival: Arrival, row: LedgerRow) -> bool:
    return bool(arrival.same_as) and arrival.same_as == row.source


def _read_as(row: LedgerRow, arrival: Arrival) -> LedgerRow:
    link = "" if arrival.has_page else arrival.link
    return row._replace(title=arrival.title, link=link, body=arrival.body, digest=arrival.digest)


def _shown(value: RawValue) -> str:
    if not isinstance(value, RawText):
        return repr(_plain(value))
    text = _composed(value)
    if "\n" not in text and text.isprintable():  # as most are: no line of it has an end
        return repr(text)
    # Of what can be printed, no line ends in another white space.
    plainly = None if " \n" in text else shown_plainly(text)
    return plainly or shown(_without_ends(text))


def _composed(value: RawText) -> str:
    return (value.text if value.text.isascii() else unicodedata.normalize("NFC", value.text)).strip()


def _without_ends(text: str) -> str:
    """Return a text without the white space at the end of its lines."""
    return text if text.isprintable() else "\n".join([line.rstrip() for line in text.splitlines()])


def _plain(value: RawValue) -> object:
    """Return a value as what it says: a text, a list, or the pairs of a mapping by their keys."""
    if isinstance(value, RawText):
        return _without_ends(_composed(value))
    if isinstance(value, RawList):
        items = [_plain(item) for item in value.items]
        return items[0] if len(items) == 1 else items
    return sorted((key.text, repr(_plain(item))) for key, item in value.items)

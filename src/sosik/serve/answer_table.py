"""The responses of one edition, by the paths that polls ask for as WSGI spells them."""

from collections.abc import Mapping, Sequence
from unicodedata import normalize

from msgspec import Struct, field

from sosik.publish.answers import Answer, Variant
from sosik.publish.policy import Policy
from sosik.queries import QueryAddresses, has_query
from sosik.store import NO_EDITION, DocumentHead, EditionRow

_LONGEST_PATH = 2_048
_MOST_UNCHANGED = 4_096
"""Polls of one edition whose answers are remembered."""
_LONGEST_UNCHANGED = 512
"""Characters of all that is said in one: strangers may send as many long ones as they like."""

Asked = tuple[str | None, ...]
"""What a poll says, as far as it decides the answer and its line in the access log."""


class AnswerTable(Struct, frozen=True, kw_only=True):
    """What is known of one edition.

    `answers` are by PATH_INFO as WSGI spells it; those asked for join the feeds. Each of them is a 200 to a plain GET.
    `queries` tell apart those that differ by their queries, those that are gone too. `unchanged` holds polls that were
    answered with a 304, by what they said, with the lines that they leave in the log. `polled` are the heads of the
    feeds, `names` those under which they are counted, by path.
    """

    edition: EditionRow = NO_EDITION
    documents: int = 0
    policy: Policy = field(default_factory=Policy)
    answers: dict[str, Answer] = field(default_factory=dict)
    unchanged: dict[Asked, tuple[Variant, bytes]] = field(default_factory=dict)
    queries: QueryAddresses = field(default_factory=QueryAddresses)
    polled: Sequence[DocumentHead] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_memory(self) -> int:
        """The number of documents that can be sent without the store."""
        return sum(known.plain.full is not None or known.packed.full is not None for known in [*self.answers.values()])

    def of_polled(self) -> dict[str, Answer]:
        """Return the answers that are known for as long as their documents are in the edition."""
        return {key: known for key, known in tuple(self.answers.items()) if known.is_polled}

    def asked(self, path_info: str, query: str) -> str:
        """Return the spelling in `answers` of the document that a path means together with its query, if any does."""
        if path_info.isascii() and query.isascii():
            found = self.queries.find(path_info, query)
        else:
            found = self.queries.find(document_path(path_info) or "", _in_unicode(query))
        return wsgi_path(found) if found else ""

    def remember(self, asked: Asked, variant: Variant, line: bytes) -> None:
        """Know the answer to a poll at once when it comes again, unless it says too much."""
        if sum(len(text) for text in asked if text) <= _LONGEST_UNCHANGED:
            if len(self.unchanged) >= _MOST_UNCHANGED:
                self.unchanged.clear()
            self.unchanged[asked] = variant, line


def are_alike(heads: Sequence[DocumentHead], others: Sequence[DocumentHead]) -> bool:
    """Tell whether documents have the paths and kinds of others, in this order: then they are called alike."""
    return len(heads) == len(others) and all(
        one is other or (one.path == other.path and one.kind is other.kind)
        for one, other in zip(heads, others, strict=True)
    )


def wsgi_path(path: str) -> str:
    """Return a document's path as WSGI spells it: its UTF-8 bytes as Latin-1 characters (PEP 3333).

    One with a query begins with a question mark, as no path that is asked for does: no path alone means it.
    """
    spelled = path.encode().decode("latin-1")
    return f"?{spelled}" if has_query(path) else spelled


def document_path(path_info: str) -> str | None:
    """Return the path that a PATH_INFO means, in NFC as documents have it, or None where it can mean none."""
    try:
        path = normalize("NFC", path_info.encode("latin-1").decode()) or "/"
    except UnicodeError:
        return None
    if path[0] == "?":
        return path[1:]
    return path if len(path) <= _LONGEST_PATH and "\0" not in path and not has_query(path) else None


def _in_unicode(query: str) -> str:
    return query.encode("latin-1", "replace").decode("utf-8", "replace")

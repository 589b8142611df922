"""An old feed as values: RSS 0.9x, 1.0 and 2.0, RDF, Atom 0.3 and 1.0, JSON Feed. Bytes in, no network."""

from sosik.errors import ImportingError
from sosik.importers.old_bytes import text_of, without_doctype
from sosik.importers.old_items import OldFeed, OldItem, OldPerson, OldPicture, OldText
from sosik.importers.old_json import is_json, read_json
from sosik.importers.old_xml import read_xml
from sosik.words import Message

__all__ = ["OldFeed", "OldItem", "OldPerson", "OldPicture", "OldText", "read_feed"]


def read_feed(data: bytes, name: str) -> OldFeed:
    """Return what the old feed in *data* says; *name* is its file's, for messages.

    Nothing is judged: ids, addresses and dates are texts as they stand. Raises ImportingError, naming the file, for
    what is no feed, in no known encoding, declares entities, or goes beyond 64 MB, a depth of 100 or 30 s.
    """
    text = text_of(data, name)
    del data  # as large as a file may be, and so is the text
    if not text.strip():
        raise ImportingError(Message("importers.no-feed", file=name))
    if is_json(text):
        return read_json(text, name)
    encoded = without_doctype(text, name).encode("utf-8", "ignore")
    del text
    return read_xml(encoded, name)

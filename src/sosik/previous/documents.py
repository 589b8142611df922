"""The documents of one published feed read back into rows of the store."""

import json
import re
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import unquote

from sosik.addresses import split_address
from sosik.errors import PreviousError
from sosik.model import FILENAMES, EditKind, FormatName
from sosik.model.instants import seconds
from sosik.model.values import NEVER, Seconds
from sosik.normalize.ids import entry_key, page_path
from sosik.normalize.similarity import body_digest
from sosik.patterns import pattern
from sosik.store import LedgerRow
from sosik.words import Message

RSS = FILENAMES[FormatName.RSS]
JSON = FILENAMES[FormatName.JSON]
ATOM = FILENAMES[FormatName.ATOM]

MOST_BYTES = 16_000_000
"""Bytes of a document: none of sosik's is nearly as long."""

_FEED_ID = pattern(r"tag:(?P<authority>[^:]+):feed/(?P<name>.+)")
_CORRECTION = r"<p><strong>[^<]*</strong>[^<]*</p>\n"
_ABOVE = pattern(r"(?:<figure>.*?</figure>\n)?(?:<p><strong>[^<]*</strong></p>\n)*", re.DOTALL)
_FIGURE = "\n<figure><img "
_ATOM_NAMES = {"atom": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}


class FeedDocuments(NamedTuple):
    """A feed as it was published: `folder` is the path of its documents, without a slash at either end.

    `place` names the JSON feed to people; `atom` and `rss` are empty where there is none. `modified` is in seconds.
    """

    folder: str
    place: str
    json: bytes
    atom: bytes
    modified: Seconds
    rss: bytes = b""


def is_alias(body: bytes) -> bool:
    """Whether what is published under the name of a JSON feed is an old address, which answers with RSS."""
    return body.lstrip().startswith(b"<")


class FeedHead(NamedTuple):
    """What an Atom document tells of its feed: `name` and `authority` are empty unless the id is made of them.

    `is_archive` where it is none that people subscribe to (RFC 5005, 4).
    """

    id: str = ""
    name: str = ""
    authority: str = ""
    updated: Seconds = NEVER
    is_archive: bool = False


def ledger_rows(documents: FeedDocuments) -> list[LedgerRow]:
    """Return the entries of a JSON feed as the ledger keeps them. Raises `PreviousError`."""
    feed = json_feed(documents)
    try:
        return [_row(item) for item in feed["items"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PreviousError(Message("previous.not-ours", place=documents.place, reason=repr(error))) from error


def json_feed(documents: FeedDocuments) -> dict[str, Any]:
    """Return a JSON feed as parsed. Raises `PreviousError`."""
    try:
        feed = json.loads(documents.json)
    except (ValueError, RecursionError) as error:
        raise PreviousError(Message("previous.no-json", place=documents.place, reason=str(error))) from error
    if not isinstance(feed, dict) or not str(feed.get("version")).startswith("https://jsonfeed.org/version/"):
        raise PreviousError(Message("previous.no-json-feed", place=documents.place))
    return feed


def _row(item: dict[str, Any]) -> LedgerRow:
    edits = item.get("_sosik", {}).get("edits", [])
    corrections = [_at(edit["at"]) for edit in edits if edit["kind"] == EditKind.CORRECTION]
    own_page = unquote(split_address(item["url"]).path).endswith(page_path(item["id"]))
    return LedgerRow(
        id=item["id"],
        source="",
        published=_at(item["date_published"]),
        confirmed=True,
        updated=_at(item["date_modified"]) if "date_modified" in item else None,
        corrected=max(corrections, default=None),
        edited=max((_at(edit["at"]) for edit in edits), default=None),
        title=item["title"],
        link="" if own_page else item["url"],
        body=_body(item.get("content_html", ""), len(corrections)),
        digest="",
        withdrawn=None,
        page=entry_key(item["id"]) if own_page else "",
    )


def _body(html: str, corrections: int) -> str:
    """Return the digest of an article's own text, or nothing where the feed has none.

    What rendering puts around the text is cut off again: corrections, lead picture, sub-headlines, further pictures. An
    article that looks like that itself is not known by its text, but by all the rest.
    """
    told = re.match(f"(?:{_CORRECTION}){{{corrections}}}", html)
    text = html[told.end() :] if told else html
    above = _ABOVE.match(text)
    text = text[above.end() :] if above else text
    while text.endswith("</figure>") and _FIGURE in text:
        text = text[: text.rindex(_FIGURE)]
    return body_digest(text) if text else ""


def _at(text: str) -> Seconds:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return seconds(moment)


def feed_head(documents: FeedDocuments) -> FeedHead:
    """Return what the Atom document beside a JSON feed tells, if there is one. Raises `PreviousError`."""
    if not documents.atom:
        return FeedHead()
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(documents.atom, parser)
        if root.tag == "rss":  # an old address, of whichever feed
            return FeedHead()
        feed_id = root.findtext("atom:id", "", _ATOM_NAMES).strip()
        updated = _at(root.findtext("atom:updated", "", _ATOM_NAMES).strip())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PreviousError(Message("previous.atom", name=ATOM, place=documents.place, reason=str(error))) from error
    made = _FEED_ID.fullmatch(feed_id)
    is_archive = root.find("fh:archive", _ATOM_NAMES) is not None
    return FeedHead(
        id=feed_id,
        name=unquote(made["name"]) if made else "",
        authority=made["authority"] if made else "",
        updated=updated,
        is_archive=is_archive,
    )

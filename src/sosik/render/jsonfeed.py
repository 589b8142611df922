"""JSON Feed 1.1 (jsonfeed.org/version/1.1): entries as items."""

import json
from collections.abc import Sequence
from typing import Any

from sosik.dates import format_rfc3339
from sosik.model import (
    NO_ARCHIVE,
    ArchiveLinks,
    Content,
    Edit,
    EditKind,
    Entry,
    Envelope,
    Feed,
    FormatName,
    Fragment,
    Image,
    Person,
    Publication,
    Relation,
)
from sosik.model.feed import SPELLINGS
from sosik.render.content import around_body
from sosik.render.formats import FORMATS
from sosik.render.links import folder_path
from sosik.render.pictures import told_images
from sosik.render.refusal import naming_entry, naming_feed
from sosik.render.terms import authors, categories


def render_entry(entry: Entry, publication: Publication, *, content: Content = Content.FULL) -> Fragment:
    """Return an entry as an item; or its summary in the place of its text. RenderError names the entry."""
    with naming_entry(entry):
        is_full = content is Content.FULL
        body, (before, after) = (entry.body, around_body(entry, publication)) if is_full else ("", ("", ""))
        head, tail = _text(_opening(entry))[:-1], f",{_text(_closing(entry, publication))[1:]}"
        if before or body or after:
            head, tail = f'{head},"content_html":"{_text(before)[1:-1]}', f'{_text(after)[1:-1]}"{tail}'
        else:
            head = f'{head},"content_text":{_text(entry.summary or entry.title)}'
        if not body:
            return Fragment(FormatName.JSON, f"{head}{tail}".encode())
        return Fragment(FormatName.JSON, head.encode(), SPELLINGS[FormatName.JSON](body.encode()), tail.encode())


def render_envelope(
    feed: Feed,
    publication: Publication,
    fragments: Sequence[Fragment],  # noqa: ARG001  # what the other formats need of them, JSON does not
    *,
    archive: ArchiveLinks = NO_ARCHIVE,
) -> Envelope:
    """Return a feed's document around items rendered before, one a line. RenderError names the feed."""
    with naming_feed(feed):
        head = _text(_metadata(feed, publication, archive)).removesuffix("}").encode()
        return Envelope(head=head + b',"items":[\n', joint=b",\n", tail=b"\n]}\n")


def _opening(entry: Entry) -> dict[str, Any]:
    """Return the members that stand before the text."""
    return _known({"id": entry.id, "url": entry.link, "title": entry.title, "summary": entry.summary})


def _closing(entry: Entry, publication: Publication) -> dict[str, Any]:
    """Return the members that stand behind the text."""
    return _known(
        {
            "image": next((image.url for image in told_images(entry)), ""),
            "date_published": format_rfc3339(entry.published),
            "date_modified": format_rfc3339(entry.updated) if entry.updated else "",
            "authors": [_author(person) for person in authors(entry, publication)],
            "tags": categories(entry),
            "language": entry.language or publication.language,
            "_sosik": _extension(entry),
        }
    )


def _extension(entry: Entry) -> dict[str, Any]:
    """What JSON Feed has no words for: how exact the dates are, edits that matter, whose picture it is."""
    edits = [_edit(edit) for edit in entry.edits if edit.kind is not EditKind.MINOR]
    return _known(
        {
            "published_precision": str(entry.published_precision),
            "updated_precision": str(entry.updated_precision) if entry.updated else "",
            "edits": edits,
            "related": [_related(relation) for relation in entry.relations],
            "image": next((_image(image) for image in told_images(entry)), {}),
        }
    )


def _edit(edit: Edit) -> dict[str, Any]:
    shown = edit.note if edit.kind is EditKind.CORRECTION else ""
    return _known({"kind": str(edit.kind), "at": format_rfc3339(edit.at), "note": shown})


def _related(other: Relation) -> dict[str, Any]:
    return {"kind": str(other.kind), "id": other.id, "url": other.link, "title": other.title}


def _image(image: Image) -> dict[str, Any]:
    return _known({"caption": image.caption, "credit": image.credit})


def _author(person: Person) -> dict[str, Any]:
    return _known({"name": person.name, "url": person.url})


def _metadata(feed: Feed, publication: Publication, archive: ArchiveLinks) -> dict[str, Any]:
    form = FORMATS["json"]
    older = publication.address(folder_path(archive.previous, form)) if archive.previous is not None else ""
    return _known(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": publication.url,
            "feed_url": form.address(feed, publication),
            "next_url": older,
            "description": feed.description or publication.description,
            "icon": publication.icon,
            "authors": [_author(publication.publisher)],
            "language": publication.language,
            "hubs": [{"type": "WebSub", "url": hub} for hub in publication.hubs],
        }
    )


def _known(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}


_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Compact JSON, members in our order."""

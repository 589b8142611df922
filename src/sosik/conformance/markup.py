"""HTML of a body, as its tags: read leniently, as readers do."""

from functools import lru_cache

from msgspec import Struct


class Tag(Struct, frozen=True):
    """A start tag: its name in lower case and its attributes."""

    name: str
    attributes: dict[str, str]


@lru_cache(maxsize=512)
def tags(html: str) -> tuple[Tag, ...]:
    """Return the tags of a piece of HTML in their order."""
    if "<" not in html:
        return ()
    from lxml import etree  # heavy, and only needed for documents that hold HTML

    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    try:
        root = etree.fromstring(f"<body>{html}".encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return ()
    if root is None:
        return ()
    elements = (element for element in root.iter() if isinstance(element.tag, str))
    return tuple(Tag(element.tag, dict(element.items())) for element in elements if element.tag not in ("html", "body"))

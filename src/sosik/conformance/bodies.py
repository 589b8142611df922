"""Rules on the HTML of bodies: what readers cannot resolve, must not run, or should not be bothered with."""

from collections.abc import Callable, Iterator

from sosik.conformance.document import FEEDS, Check, Document, Said, Slip, shown
from sosik.conformance.markup import Tag, tags
from sosik.words import Message

_ADDRESSES = ("href", "src", "poster", "srcset")
_RUNNING = frozenset(
    {"script", "style", "iframe", "object", "embed", "form", "input", "applet", "base", "link", "meta"}
)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset")
_ADVERTISEMENTS = ("adsbygoogle", "ad-banner", "ad_banner", "googletag")

Fault = Callable[[Tag], Message | None]
"""What is wrong with a tag, None for nothing."""


def _relative(tag: Tag) -> Message | None:
    for name in _ADDRESSES:
        for address in _listed(name, tag.attributes.get(name)):
            if not address.startswith("#") and not _has_scheme(address):
                return Message("conformance.relative", name=name, address=shown(address), tag=tag.name)
    return None


def _listed(name: str, value: str | None) -> list[str]:
    """Return the addresses of an attribute; srcset has several, each with a size."""
    if value is None:
        return []
    if name != "srcset":
        return ["".join(value.split())]
    return [part.split()[0] for part in value.split(", ") if part.strip()]


def _has_scheme(address: str) -> bool:
    scheme, colon, _ = address.partition(":")
    return bool(colon) and scheme.isascii() and scheme.replace("+", "").replace("-", "").replace(".", "").isalnum()


def _running(tag: Tag) -> Message | None:
    if tag.name in _RUNNING:
        return Message("conformance.running-tag", tag=tag.name)
    for name, value in tag.attributes.items():
        if name.startswith("on"):
            return Message("conformance.running-attribute", name=name, tag=tag.name)
        if name in _ADDRESSES and "".join(value.split()).lower().startswith(("javascript:", "vbscript:", "data:text")):
            return Message("conformance.running-address", name=name, address=shown(value, 30), tag=tag.name)
    return None


def _bothering(tag: Tag) -> Message | None:
    lazy = next((name for name in _LAZY if name in tag.attributes), None)
    if lazy:
        return Message("conformance.lazy", name=lazy, tag=tag.name)
    if tag.name == "img" and {tag.attributes.get("width"), tag.attributes.get("height")} <= {"0", "1"}:
        return Message("conformance.counting-pixel")
    advertisement = next((name for name in _ADVERTISEMENTS if name in tag.attributes.get("class", "")), None)
    if advertisement is None:
        return None
    return Message("conformance.advertisement", tag=tag.name, name=advertisement)


def _mute(tag: Tag) -> Message | None:
    return Message("conformance.alt-missing") if tag.name == "img" and "alt" not in tag.attributes else None


def _tags_with(fault: Fault, hint: Message) -> Callable[[Document], Iterator[Slip]]:
    """Return the question which bodies hold a tag with a fault; each body is told of once."""

    def question(document: Document) -> Iterator[Slip]:
        for text in _bodies(document):
            wrong = next((message for message in map(fault, tags(text.text)) if message), None)
            if wrong:
                yield Slip(text.place, Message("conformance.in-body", name=text.name, fault=wrong), hint)

    return question


def _bodies(document: Document) -> Iterator[Said]:
    for item in document.items:
        yield from item.html


CHECKS = (
    Check(43, FEEDS, _tags_with(_relative, Message("conformance.relative-hint"))),
    Check(45, FEEDS, _tags_with(_running, Message("conformance.running-hint"))),
    Check(51, FEEDS, _tags_with(_bothering, Message("conformance.bothering-hint"))),
    Check(52, FEEDS, _tags_with(_mute, Message("conformance.alt-missing-hint"))),
)

"""Rules on the HTML of bodies: what readers cannot resolve, must not run, or should not be bothered with."""

from collections.abc import Callable, Iterator

from sosik.conformance.document import FEEDS, Check, Document, Said, Slip, shown
from sosik.conformance.markup import Tag, tags

_ADDRESSES = ("href", "src", "poster", "srcset")
_RUNNING = frozenset(
    {"script", "style", "iframe", "object", "embed", "form", "input", "applet", "base", "link", "meta"}
)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset")
_ADVERTISEMENTS = ("adsbygoogle", "ad-banner", "ad_banner", "googletag")

Fault = Callable[[Tag], str]
"""What is wrong with a tag, empty for nothing."""


def _relative(tag: Tag) -> str:
    for name in _ADDRESSES:
        for address in _listed(name, tag.attributes.get(name)):
            if not address.startswith("#") and not _has_scheme(address):
                return f"{name}={shown(address)} of <{tag.name}> is relative"
    return ""


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


def _running(tag: Tag) -> str:
    if tag.name in _RUNNING:
        return f"<{tag.name}> stands in the text"
    for name, value in tag.attributes.items():
        if name.startswith("on"):
            return f"{name}= of <{tag.name}> runs a script"
        if name in _ADDRESSES and "".join(value.split()).lower().startswith(("javascript:", "vbscript:", "data:text")):
            return f"{name}={shown(value, 30)} of <{tag.name}> runs a script"
    return ""


def _bothering(tag: Tag) -> str:
    lazy = next((name for name in _LAZY if name in tag.attributes), None)
    if lazy:
        return f"{lazy}= of <{tag.name}> loads lazily, which needs a script"
    if tag.name == "img" and {tag.attributes.get("width"), tag.attributes.get("height")} <= {"0", "1"}:
        return "a picture of one pixel counts readers"
    advertisement = next((name for name in _ADVERTISEMENTS if name in tag.attributes.get("class", "")), None)
    return f"<{tag.name} class={advertisement}> is an advertisement" if advertisement else ""


def _mute(tag: Tag) -> str:
    return "a picture has no alt text" if tag.name == "img" and "alt" not in tag.attributes else ""


def _tags_with(fault: Fault, hint: str) -> Callable[[Document], Iterator[Slip]]:
    """Return the question which bodies hold a tag with a fault; each body is told of once."""

    def question(document: Document) -> Iterator[Slip]:
        for text in _bodies(document):
            wrong = next((message for message in map(fault, tags(text.text)) if message), None)
            if wrong:
                yield Slip(text.place, f"{text.name}: {wrong}", hint)

    return question


def _bodies(document: Document) -> Iterator[Said]:
    for item in document.items:
        yield from item.html


CHECKS = (
    Check(43, FEEDS, _tags_with(_relative, "write the whole address, https:// and all")),
    Check(45, FEEDS, _tags_with(_running, "readers drop it, or the whole text: take it out")),
    Check(51, FEEDS, _tags_with(_bothering, "take it out of feeds")),
    Check(52, FEEDS, _tags_with(_mute, 'write alt="…", for people who do not see it')),
)

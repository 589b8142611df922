"""Addresses that are published unchanged, independent of the page; all others are in doubt."""

from sosik.normalize.advertisements import is_pixel
from sosik.normalize.autolinks import HINT, link_addresses, linked_text
from sosik.normalize.embeds import is_other_media
from sosik.normalize.markup import escape_text, start_tag
from sosik.patterns import pattern

_LABEL = "[a-z0-9]{1,20}(?:-[a-z0-9]{1,20})?"
SURE_ADDRESS = (
    rf"https?://(?:{_LABEL}\.){{1,5}}[a-z]{{2,24}}/(?:[A-Za-z0-9_./?=~;,+:@!$*-]|&(?!#|[A-Za-z0-9]{{1,31}};))*"
)
"""An absolute address of ASCII without a place of its page, as it is written in text."""

ESCAPED_ADDRESS = SURE_ADDRESS.replace("&", "&amp;")
"""The same as it is written in HTML."""

PICTURE_ADDRESS = (
    rf"https?://(?:{_LABEL}\.){{1,5}}[a-z]{{2,24}}/[A-Za-z0-9_/-](?:[A-Za-z0-9_/-]|\.(?!jpg|png))*\.(?:jpg|png)"
)
"""Such an address of a picture."""

_SURE_LINK = pattern(rf'<a href="(?:{ESCAPED_ADDRESS}|mailto:[A-Za-z0-9._-]+@[A-Za-z0-9.-]+)">')


class DoubtError(Exception):
    """Something stands in the way: the long road is taken."""


def picture_html(values: dict[str, str]) -> str:
    """Return a picture with these attributes, its address first. Raises DoubtError where it may be no picture."""
    if is_pixel({}, values["src"]) or is_other_media(values["src"]):
        raise DoubtError
    return start_tag("img", values)


def words_html(text: str) -> str:
    """Return words as HTML with links for the addresses in them. Raises DoubtError where one is in doubt."""
    html = escape_text(text)
    if not HINT.search(html):
        return html
    unsure: list[str] = []
    return _checked(linked_text(html, unsure.append), unsure)


def with_links(html: str) -> str:
    """Return HTML with links for the addresses in its text. Raises DoubtError where one is in doubt."""
    unsure: list[str] = []
    return _checked(link_addresses(html, unsure.append), unsure)


def _checked(html: str, unsure: list[str]) -> str:
    if unsure or ("<a " in html and html.count("<a ") != len(_SURE_LINK.findall(html))):
        raise DoubtError
    return html

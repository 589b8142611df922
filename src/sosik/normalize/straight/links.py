"""Addresses that are published unchanged, independent of the page; all others are in doubt."""

from functools import lru_cache

from sosik.addresses import host_of
from sosik.normalize.advertisements import is_pixel, is_tracker
from sosik.normalize.autolinks import HINT, link_addresses, linked_text
from sosik.normalize.embeds import is_other_media, may_show_films
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
    """Return a picture with these attributes, its `PICTURE_ADDRESS` first.

    Raises DoubtError where it may be no picture.
    """
    url = values["src"]
    # Of these nothing but the host can tell that they are none.
    is_sure = url.endswith(".jpg") and _has_pictures_alone(url[: url.index("/", len("https://")) + 1])
    if not is_sure and (is_pixel({}, url) or is_other_media(url)):
        raise DoubtError
    return start_tag("img", values)


@lru_cache(maxsize=1024)
def _has_pictures_alone(site: str) -> bool:
    """Tell whether no address of a site, which ends with its host and a slash, may be that of a tracker or a film."""
    host = host_of(site)
    return not (is_tracker(host) or may_show_films(host))


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

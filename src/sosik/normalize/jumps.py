"""Jumps within a body: footnotes with their way back, and the anchors of old pages.

A reader may show two articles on one page, and a bare `#1` refers to the home page. So a target gets a name that is
unique among all articles, and a jump has the full address of the article's page. In readers with support for it, the
jump leads to the target; elsewhere to the article. Unused names are not published.
"""

import re
from hashlib import sha256
from urllib.parse import unquote

from msgspec import Struct

from sosik.normalize.markup import ATTRIBUTES, ID_PREFIX, attributes, start_tag
from sosik.patterns import pattern

_TAG = pattern(rf"<([a-z][^\s<>/]*)({ATTRIBUTES}+)>")


class Jumps(Struct, frozen=True, kw_only=True):
    """The jumps of one article: `page` is its address without a fragment, `identity` its id."""

    page: str
    identity: str

    @property
    def name(self) -> str:
        """What the names of its targets begin with."""
        return f"{ID_PREFIX}{sha256(self.identity.encode()).hexdigest()[:8]}"

    def named(self, html: str) -> str:
        """Return HTML in nh3's form with names that are this article's alone, and with jumps that sanitizing keeps."""
        return self._renamed(html) if "#" in html else html

    def kept(self, html: str) -> str:
        """Return sanitized HTML with the jumps that are left, without the names of anything else."""
        return self._renamed(html, clean=True) if ' id="' in html or f"#{self.name}-" in html else html

    def _renamed(self, html: str, *, clean: bool = False) -> str:
        tags = [attributes(written) for _, written in _TAG.findall(html)]
        wanted = {self._target(values) for values in tags}
        targets = dict.fromkeys(name for name in map(_name, tags) if name and name in wanted)
        names = {target: f"{self.name}-{number}" for number, target in enumerate(targets, 1)}
        free = dict(names)

        def renamed(match: re.Match[str]) -> str:
            values = attributes(match[2])
            target, before = self._target(values), _name(values)
            if target in names:
                values["href"] = f"{self.page}#{names[target]}"
            elif clean and target is not None and target.startswith(f"{self.name}-"):
                del values["href"]
            if before in free:  # where two have one name, the first is meant
                values["id"] = free.pop(before)
            elif clean:
                values.pop("id", None)
            return start_tag(match[1], values) if target is not None or before else match[0]

        return _TAG.sub(renamed, html) if names or clean else html

    def _target(self, values: dict[str, str]) -> str | None:
        """Return the name that a link jumps to within its page, None where it does not."""
        address, _, name = values.get("href", "").strip().partition("#")
        return unquote(name) if name and address in ("", self.page) else None


def jumps_of(identity: str, link: str) -> Jumps:
    """Return the jumps of the article with an id and a link."""
    return Jumps(page=link.partition("#")[0], identity=identity)


def _name(values: dict[str, str]) -> str:
    return unquote(values.get("id", "") or values.get("name", ""))

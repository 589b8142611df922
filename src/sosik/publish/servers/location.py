"""The configuration of nginx for published files below a path of a site that has a server block: one location."""

import re
from collections.abc import Iterator
from itertools import chain

from sosik.publish.place import BESIDE
from sosik.publish.policy import ASKED_FIELDS
from sosik.publish.servers.tree import EXPOSED_FIELDS, FEED_FILES, METHODS, SUFFIXES, StaticTree, comment
from sosik.render.security import CONTENT_SECURITY
from sosik.words import Message
from sosik.words.refusals import GONE

_LOCATION = """\
{about}

location = "{bare}" {{ return 301 "{path}"; }}
location ^~ "{path}" {{
    alias "{root}/";
    index index.html;
    absolute_redirect off;
    gzip off;
    gzip_static on;
    gzip_proxied any;
    gzip_http_version 1.0;
    if_modified_since before;
    default_type application/octet-stream;
    types {{
{types}
    }}
{fields}
{locations}
}}
"""

_UNSPEAKABLE = frozenset("$")
"""What nginx would read as the beginning of a variable in a file's name, and nothing escapes."""


def nginx_location(tree: StaticTree) -> str:
    """Return a location for the inside of nginx's server block; nothing in it concerns other paths of the site."""
    path = f"{tree.decoded_prefix}/"
    return _LOCATION.format(
        about=comment(Message("publish.location-about", root=tree.root, path=path)),
        bare=_escaped(path.rstrip("/")),
        path=_escaped(path),
        root=_escaped(tree.root),
        types="\n".join(f'        "{media_type}" {suffix};' for suffix, media_type in SUFFIXES.items()),
        fields=_lines(chain(_page_fields(), _fields(tree.passing, sniffing=False)), 4),
        locations=_lines(_locations(tree, path), 4),
    )


def _locations(tree: StaticTree, path: str) -> Iterator[str]:
    """Yield what is not served as its file's name alone would tell."""
    below = re.escape(path).replace('"', r"\"")
    yield f'location ~ "^{below}(?:{re.escape(BESIDE)}/|(?:.*/)?\\.(?!well-known/)|.*\\.gz$)" {{ return 404; }}'
    yield from _block(f'~ "^{below}(media/.*)$"', f"{tree.root}/$1", _fields(tree.lasting, sniffing=False, text=False))
    for feed in tree.feeds():
        if not _UNSPEAKABLE & set(feed.file):
            fields = _fields(feed.caching, sniffing=True, link=feed.link)
            exact = f'= "{_escaped(path + feed.file.lstrip("/"))}"'
            yield from _block(exact, f"{_escaped(tree.root)}{_escaped(feed.file)}", fields, feed.content_type)
    for filename, content_type in FEED_FILES.items():
        pattern = f'~ "^{below}((?:.*/)?{re.escape(filename)})$"'
        yield from _block(pattern, f"{_escaped(tree.root)}/$1", _fields(tree.passing, sniffing=True), content_type)
    for withdrawn in tree.withdrawn:
        place = _escaped(path + withdrawn.lstrip("/"))
        yield f'location = "{place}" {{ error_page 410 "{place}index.html"; return 410; }}'
    for gone in tree.gone:
        typed = 'types { } default_type "text/plain; charset=utf-8";'
        yield f'location = "{_escaped(path + gone.lstrip("/"))}" {{ {typed} return 410 "{GONE}\\n"; }}'


def _block(place: str, file: str, fields: Iterator[str], content_type: str = "") -> Iterator[str]:
    yield f"location {place} {{"
    yield f'    alias "{file}";'
    if content_type:
        yield f'    types {{ }} default_type "{content_type}";'
    yield from (f"    {field}" for field in fields)
    yield "}"


def _page_fields() -> Iterator[str]:
    yield f'add_header Content-Security-Policy "{CONTENT_SECURITY}";'


def _fields(caching: str, *, sniffing: bool, link: str = "", text: bool = True) -> Iterator[str]:
    """Yield the header fields of documents; a feed that browsers may not look into would not be handed on by Safari."""
    yield 'add_header Access-Control-Allow-Origin "*";'
    yield f'add_header Access-Control-Expose-Headers "{EXPOSED_FIELDS}";'
    yield f'add_header Cache-Control "{caching}";'
    if text:
        yield "add_header Vary Accept-Encoding;"
    if not sniffing:
        yield "add_header X-Content-Type-Options nosniff;"
    if link:
        yield f'add_header Link "{_escaped(link).replace("$", "%24")}";'
    preflight = (
        'Access-Control-Allow-Origin "*"',
        f'Access-Control-Allow-Methods "{METHODS}"',
        f'Access-Control-Allow-Headers "{ASKED_FIELDS}"',
        "Access-Control-Max-Age 86400",
        f'Allow "{METHODS}"',
    )
    lines = " ".join(f"add_header {field};" for field in preflight)
    yield f"if ($request_method = OPTIONS) {{ {lines} return 204; }}"


def _lines(lines: Iterator[str], indent: int) -> str:
    return "\n".join(" " * indent + line for line in lines)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"")

"""The configuration of nginx for published files below a path of a site that has a server block: one location."""

import re
from collections.abc import Iterator
from itertools import chain

from sosik.publish.place import BESIDE
from sosik.publish.policy import ASKED_FIELDS
from sosik.publish.servers.nginx import query_lines
from sosik.publish.servers.tree import EXPOSED_FIELDS, FEED_FILES, METHODS, SUFFIXES, StaticTree, comment
from sosik.render.security import CONTENT_SECURITY
from sosik.words import Message
from sosik.words.refusals import GONE, MISSING, READ_ONLY

_LOCATION = """\
{about}

{queries}{bare}location ^~ "{path}" {{
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
    error_page 403 404 =404 "{path}.sosik-404";
    error_page 405 =405 "{path}.sosik-405";
{fields}
{locations}
}}
"""

_UNSPEAKABLE = frozenset("$")
"""What nginx would read as the beginning of a variable in a file's name, and nothing escapes."""

_EXPOSED = ('Access-Control-Allow-Origin "*"', f'Access-Control-Expose-Headers "{EXPOSED_FIELDS}"')
_PAGE = f'Content-Security-Policy "{CONTENT_SECURITY}"'
_PREFLIGHT = (
    'Access-Control-Allow-Origin "*"',
    f'Access-Control-Allow-Methods "{METHODS}"',
    f'Access-Control-Allow-Headers "{ASKED_FIELDS}"',
    "Access-Control-Max-Age 86400",
    f'Allow "{METHODS}"',
)
"""Header fields as nginx reads them: of every answer, of pages, and of the question that a browser asks before."""


def nginx_location(tree: StaticTree) -> str:
    """Return a location for the inside of nginx's server block; nothing in it concerns other paths of the site."""
    path = f"{tree.decoded_prefix}/"
    return _LOCATION.format(
        about=comment(Message("publish.location-about", root=tree.root, path=path)),
        queries="".join(f"{line}\n" for line in query_lines(tree, path)),
        bare=f'location = "{_escaped(path.rstrip("/"))}" {{ return 301 "{_escaped(path)}"; }}\n' if path != "/" else "",
        path=_escaped(path),
        root=_escaped(tree.root),
        types="\n".join(f'        "{media_type}" {suffix};' for suffix, media_type in SUFFIXES.items()),
        fields=_lines(chain([f"add_header {_PAGE};"], _fields(tree.passing, sniffing=False)), 4),
        locations=_lines(_locations(tree, path), 4),
    )


def _locations(tree: StaticTree, path: str) -> Iterator[str]:
    """Yield what is not served as its file's name alone would tell."""
    below = re.escape(path).replace('"', r"\"")
    yield f'location ~ "^{below}(?:{re.escape(BESIDE)}/|(?:.*/)?\\.(?!well-known/)|.*\\.gz$)" {{ return 404; }}'
    yield from _block(f'~ "^{below}(media/.*)$"', f"{tree.root}/$1", _fields(tree.lasting, sniffing=False, text=False))
    for feed in tree.feeds():
        fields = _fields(feed.caching, sniffing=True, link=feed.link)
        yield from _block(*_place(tree.root, path, feed.file), fields, feed.content_type)
    for filename, content_type in FEED_FILES.items():
        pattern = f'~ "^{below}((?:.*/)?{re.escape(filename)})$"'
        yield from _block(pattern, f"{_escaped(tree.root)}/$1", _fields(tree.passing, sniffing=True), content_type)
    for withdrawn in tree.withdrawn:
        page = f"{withdrawn}index.html"
        address, shown = (_escaped(path + name.lstrip("/")) for name in (withdrawn, page))
        if _UNSPEAKABLE & set(page):
            yield from _refusal(path + withdrawn.lstrip("/"), 410, GONE)
        else:
            yield f'location = "{address}" {{ error_page 410 "{shown}"; return 410; }}'
            yield from _block(*_place(tree.root, path, page), _withdrawn(tree.passing))
    for gone in tree.gone:
        yield from _refusal(path + gone.lstrip("/"), 410, GONE)
    yield from _refusal(f"{path}.sosik-404", 404, MISSING, "internal;")
    yield from _refusal(f"{path}.sosik-405", 405, READ_ONLY, f'internal; add_header Allow "{METHODS}" always;')


def _place(root: str, path: str, file: str) -> tuple[str, str]:
    """Return where a file of the folder `root` is asked for below a path, and how nginx finds it."""
    if not _UNSPEAKABLE & set(file):
        return f'= "{_escaped(path + file.lstrip("/"))}"', _escaped(root + file)
    before, wanted = (re.escape(text).replace('"', r"\"") for text in (path, file.lstrip("/")))
    return f'~ "^{before}({wanted})$"', f"{_escaped(root)}/$1"


def _block(place: str, file: str, fields: Iterator[str], content_type: str = "") -> Iterator[str]:
    yield f"location {place} {{"
    yield f'    alias "{file}";'
    if content_type:
        yield f'    types {{ }} default_type "{content_type}";'
    yield from (f"    {field}" for field in fields)
    yield "}"


def _refusal(path: str, status: int, text: str, more: str = "") -> Iterator[str]:
    """Yield what answers with a line of text, which no cache keeps and readers that run in a browser may see."""
    yield f'location = "{_escaped(path)}" {{'
    if more:
        yield f"    {more}"
    yield '    types { } default_type "text/plain; charset=utf-8";'
    yield from (f"    add_header {field} always;" for field in (*_EXPOSED, 'Cache-Control "no-store"'))
    yield f'    return {status} "{text}\\n";'
    yield "}"


def _fields(caching: str, *, sniffing: bool, link: str = "", text: bool = True) -> Iterator[str]:
    """Yield the header fields of documents; a feed that browsers may not look into would not be handed on by Safari."""
    fields = [*_EXPOSED, f'Cache-Control "{caching}"']
    if text:
        fields.append("Vary Accept-Encoding")
    if not sniffing:
        fields.append("X-Content-Type-Options nosniff")
    if link:
        fields.append(f'Link "{_escaped(link).replace("$", "%24")}"')
    yield from (f"add_header {field};" for field in fields)
    lines = " ".join(f"add_header {field};" for field in _PREFLIGHT)
    yield f"if ($request_method = OPTIONS) {{ {lines} return 204; }}"


def _withdrawn(caching: str) -> Iterator[str]:
    """Yield the header fields of a page that says that its article was taken back, with whatever status it is sent."""
    fields = (*_EXPOSED, _PAGE, f'Cache-Control "{caching}"', "Vary Accept-Encoding", "X-Content-Type-Options nosniff")
    yield from (f"add_header {field} always;" for field in fields)


def _lines(lines: Iterator[str], indent: int) -> str:
    return "\n".join(" " * indent + line for line in lines)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"")

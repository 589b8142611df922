"""The configuration of nginx, for 1.18 and newer with the modules that Debian builds in (gzip_static)."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from sosik.addresses import split_address
from sosik.model import FEEDS, DocumentKind
from sosik.publish.place import BESIDE
from sosik.publish.policy import ASKED_FIELDS
from sosik.publish.servers.tree import (
    EXPOSED_FIELDS,
    FEED_FILES,
    MEDIA,
    METHODS,
    SUFFIXES,
    StaticTree,
    comment,
    named,
)
from sosik.render.security import CONTENT_SECURITY
from sosik.words import Message
from sosik.words.refusals import GONE, MISSING

_HTTP = """\
{about}

{dollar}map $request_method $sosik_methods {{ default ""; OPTIONS "{methods}"; }}
map $request_method $sosik_fields {{ default ""; OPTIONS "{fields}"; }}
map $request_method $sosik_preflight {{ default ""; OPTIONS "86400"; }}
map $status $sosik_exposed {{ default "{exposed}"; 204 ""; 304 ""; }}
map $status $sosik_allow {{ default ""; 405 "{methods}"; 204 "{methods}"; }}
map $sent_http_content_type $sosik_security {{ default ""; "~^text/html" "{security}"; }}
map "$sosik_feed $uri" $sosik_vary {{ default "Accept-Encoding"; "~^ {media}" ""; }}
map "$status $sosik_feed $uri" $sosik_caching {{
    default "no-store";
    "~^(?:200|206|304) archive " "{lasting}";
    "~^(?:200|206|304)  {media}" "{lasting}";
    "~^(?:200|206|304) " "{passing}";
    "~^410 .*/index\\.html$" "{passing}";
}}
"""

_SERVER = """
server {{
    {https}
    listen {port};
    server_name {host};
    root {root};
    index index.html;
    server_tokens off;
    {redirect}
    absolute_redirect off;

    {gzip}
    gzip off;
    gzip_static on;
    gzip_proxied any;
    gzip_http_version 1.0;
    {since}
    if_modified_since before;

    set $sosik_feed "";
    set $sosik_link "";
    set $sosik_sniffing "nosniff";
    add_header Access-Control-Allow-Origin "*" always;
    add_header Access-Control-Allow-Methods $sosik_methods;
    add_header Access-Control-Allow-Headers $sosik_fields;
    add_header Access-Control-Expose-Headers $sosik_exposed always;
    add_header Access-Control-Max-Age $sosik_preflight;
    add_header Allow $sosik_allow always;
    {vary}
    add_header Vary $sosik_vary always;
    add_header Cache-Control $sosik_caching always;
    add_header X-Content-Type-Options $sosik_sniffing;
    add_header Content-Security-Policy $sosik_security always;
    add_header Link $sosik_link;

{prefix}{queries}    if ($request_method = OPTIONS) {{ return 204; }}

    default_type application/octet-stream;
    types {{
{types}
    }}
    error_page 403 404 =404 @missing;
    error_page 410 @withdrawn;
    location @missing {{ types {{ }} default_type "text/plain; charset=utf-8"; return 404 "{missing}\\n"; }}
    location @withdrawn {{ try_files "${{uri}}index.html" =410; }}

    location ~ "^/{beside}/|\\.gz$|/\\.(?!well-known/)" {{ return 404; }}
{locations}
}}
"""

_DOLLAR = 'geo $sosik_dollar { default "$"; }\n'
"""A dollar sign would begin a variable, and nothing escapes it; a `geo` is the one place that takes it as it is."""

_COMMENTS = {
    "https": "publish.nginx-https",
    "redirect": "publish.nginx-redirect",
    "gzip": "publish.nginx-gzip",
    "since": "publish.nginx-since",
    "vary": "publish.nginx-vary",
}


def nginx_conf(tree: StaticTree) -> str:
    """Return a file for nginx's conf.d."""
    return _HTTP.format(
        about=comment(Message("publish.nginx-about", root=tree.root)),
        dollar=_DOLLAR if any("$" in query.leads_to for query in tree.queries) else "",
        methods=METHODS,
        fields=ASKED_FIELDS,
        exposed=EXPOSED_FIELDS,
        security=CONTENT_SECURITY,
        media=MEDIA,
        lasting=tree.lasting,
        passing=tree.passing,
    ) + _SERVER.format(
        **{name: comment(Message(key)) for name, key in _COMMENTS.items()},
        port=split_address(tree.publication.feeds_url).port or 80,
        host=tree.host,
        root=_quoted(tree.root),
        prefix="".join(f"    {line}\n" for line in _prefix(tree.prefix)),
        queries="".join(f"    {line}\n" for line in query_lines(tree, "/", dollar="${sosik_dollar}")),
        types="\n".join(f'        "{media_type}" {suffix};' for suffix, media_type in SUFFIXES.items()),
        missing=MISSING,
        beside=BESIDE.replace(".", r"\."),
        locations="\n".join(f"    {line}" for line in _locations(tree)),
    )


def _locations(tree: StaticTree) -> Iterator[str]:
    """Yield a line for each path that is not served as its file's name alone would tell."""
    for filename, content_type in FEED_FILES.items():
        yield f'location ~ "{named(filename)}" {{ {_feed(content_type, DocumentKind.FEED)} }}'
    for feed in tree.feeds():
        # A dollar sign would begin a variable in a value, and nothing escapes it there.
        link = f" set $sosik_link {_quoted(feed.link.replace('$', '%24'))};" if feed.link else ""
        yield f"location = {_quoted(feed.file)} {{ {_feed(feed.content_type, feed.kind)}{link} }}"
    for head in tree.heads:
        if "/." in head.path and head.kind not in FEEDS:
            yield f"location = {_quoted(head.path)} {{ }}"
    for path in tree.withdrawn:
        yield f"location = {_quoted(path)} {{ return 410; }}"
    for path in tree.gone:
        yield f'location = {_quoted(path)} {{ {_typed("text/plain; charset=utf-8")} return 410 "{GONE}\\n"; }}'


def query_lines(tree: StaticTree, path: str, dollar: str = "") -> Iterator[str]:
    """Yield what tells addresses apart by their queries, for a server block; the files are asked for below a path.

    `dollar` is the variable that stands for that sign, where there is one; without it a comment names what is left out.
    """
    if tree.queries:
        yield 'set $sosik_asked "$uri?$args";'
    for query in tree.queries:
        if "$" in query.leads_to and not dollar:
            yield comment(Message("publish.location-dollar", feed=query.leads_to, path=query.path))
            continue
        below = re.escape(path.rstrip("/"))
        asked = query.whole.replace("^", f"^{below}", 1).replace('"', r"\"")
        target = _quoted(path + query.leads_to.lstrip("/")).replace("$", dollar)
        answer = f"rewrite ^ {target} last;" if query.leads_to else "return 410;"
        yield f'if ($sosik_asked ~ "{asked}") {{ {answer} }}'


def _feed(content_type: str, kind: DocumentKind) -> str:
    """Return what all feeds have in common; told not to guess, Safari would show one instead of handing it on."""
    return f'{_typed(content_type)} set $sosik_feed "{kind}"; set $sosik_sniffing "";'


def _typed(content_type: str) -> str:
    return f'types {{ }} default_type "{content_type}";'


def _prefix(prefix: str) -> Iterator[str]:
    """Yield what lets the tree lie below a path of its host; a folder without its slash is led there too."""
    if prefix:
        pattern = re.escape(unquote(prefix)).replace('"', r"\"")
        yield f'rewrite "^{pattern}(/.*)$" $1;'
        yield f'if (-d $document_root$uri) {{ rewrite ^(.*[^/])$ "{prefix}$1/" permanent; }}'


def _quoted(text: str) -> str:
    """Return a text as nginx reads it back."""
    escaped = text.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'

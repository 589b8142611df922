"""The configuration of Apache 2.4 for published files below a path of a site: modules alias, headers, mime, rewrite."""

import re
from collections.abc import Iterator

from sosik.publish.place import BESIDE
from sosik.publish.policy import ASKED_FIELDS
from sosik.publish.servers.tree import EXPOSED_FIELDS, FEED_FILES, METHODS, SUFFIXES, StaticTree, comment
from sosik.render.security import CONTENT_SECURITY
from sosik.words import Message
from sosik.words.refusals import GONE

_SITE = """\
{about}

{withdrawn}
<Location "{path}">
    Header always set Access-Control-Allow-Origin "*" "expr=%{{REQUEST_STATUS}} -ge 400"
    Header always set Access-Control-Expose-Headers "{exposed}" "expr=%{{REQUEST_STATUS}} -ge 400"
    Header always set Cache-Control "no-store" "expr=%{{REQUEST_STATUS}} -ge 400"
</Location>
Alias "{bare}" "{target}"
<Directory "{root}">
    Require all granted
    Options SymLinksIfOwnerMatch
    AllowOverride None
    DirectoryIndex index.html
    FileETag MTime Size
    RemoveType .gz
{types}
    Header set Access-Control-Allow-Origin "*" "expr=%{{REQUEST_STATUS}} -lt 400"
    Header set Access-Control-Expose-Headers "{exposed}" "expr=%{{REQUEST_STATUS}} -lt 400"
    Header set Cache-Control "{passing}" "expr=%{{REQUEST_STATUS}} -lt 400"
    Header set Vary "Accept-Encoding"
    Header set X-Content-Type-Options "nosniff"
{feeds}
    <FilesMatch "\\.html(\\.gz)?$">
        Header set Content-Security-Policy "{security}"
    </FilesMatch>
    <FilesMatch "\\.gz$">
        Header set Content-Encoding "gzip"
    </FilesMatch>

    RewriteEngine On
    RewriteBase "{path}"
    {compressing}
    RewriteRule ^ - [E=no-gzip:1,E=no-brotli:1]
    RewriteCond %{{REQUEST_METHOD}} =OPTIONS
    RewriteRule ^ - [R=204,L,E=sosik_preflight:1]
    RewriteRule "(^|/)\\.(?!well-known/)" - [R=404,L]
    RewriteRule "^{beside}/" - [R=404,L]
    RewriteCond %{{ENV:REDIRECT_STATUS}} ^$
    RewriteRule "\\.gz$" - [R=404,L]
{queries}    RewriteCond %{{REQUEST_FILENAME}} -d
    RewriteCond %{{REQUEST_FILENAME}}/index.html !-f
    RewriteRule "(^|/)$" - [R=404,L]
    RewriteCond %{{HTTP:Accept-Encoding}} gzip
    RewriteCond %{{REQUEST_FILENAME}}.gz -f
    RewriteRule "^(.+)$" "$1.gz" [L]
    Header always set Access-Control-Allow-Origin "*" env=sosik_preflight
    Header always set Access-Control-Allow-Methods "{methods}" env=sosik_preflight
    Header always set Access-Control-Allow-Headers "{fields}" env=sosik_preflight
    Header always set Access-Control-Max-Age "86400" env=sosik_preflight
</Directory>
<Directory "{root}/media">
    Header set Cache-Control "{lasting}"
    Header unset Vary
</Directory>
{links}
"""


def apache_conf(tree: StaticTree) -> str:
    """Return lines for the inside of a virtual host; nothing in them concerns other paths of the site."""
    path = f"{tree.decoded_prefix}/"
    return _SITE.format(
        about=comment(Message("publish.apache-about", root=tree.root, path=path)),
        withdrawn="\n".join(_gone(tree, path)),
        compressing=comment(Message("publish.apache-gzip")),
        bare=_escaped(path.rstrip("/") or "/"),
        # What stands behind the alias is put behind the folder as it is.
        target=_escaped(tree.root + ("/" if path == "/" else "")),
        path=_escaped(path),
        root=_escaped(tree.root),
        types="\n".join(f'    AddType "{media_type}" .{suffix}' for suffix, media_type in SUFFIXES.items()),
        exposed=EXPOSED_FIELDS,
        passing=tree.passing,
        lasting=tree.lasting,
        feeds="\n".join(_feeds()),
        queries="".join(f"    {line}\n" for line in _queries(tree)),
        security=CONTENT_SECURITY,
        beside=re.escape(BESIDE),
        methods=METHODS,
        fields=ASKED_FIELDS,
        links="\n".join(_links(tree, path)),
    )


def _feeds() -> Iterator[str]:
    """Yield the types of compressed files, then of feeds; of two blocks that fit, the later counts."""
    for suffix, content_type in SUFFIXES.items():
        yield f'    <FilesMatch "\\.{suffix}\\.gz$">'
        yield f'        ForceType "{content_type}"'
        yield "    </FilesMatch>"
    for filename, content_type in FEED_FILES.items():
        yield f'    <FilesMatch "^{re.escape(filename)}(\\.gz)?$">'
        yield f'        ForceType "{content_type}"'
        yield "        Header unset X-Content-Type-Options"
        yield "    </FilesMatch>"


def _queries(tree: StaticTree) -> Iterator[str]:
    """Yield what tells addresses apart by their queries."""
    for query in tree.queries:
        yield f'RewriteCond %{{QUERY_STRING}} "^(?:{query.pattern})$"'
        asked = f'"^{_pattern(query.path.lstrip("/"))}$"'
        if query.leads_to:
            file = re.sub(r"[$%]", r"\\\g<0>", _escaped(query.leads_to.lstrip("/")))
            yield f'RewriteRule {asked} "{file}" [L]'
        else:
            yield f"RewriteRule {asked} - [R=410,L]"


def _links(tree: StaticTree, path: str) -> Iterator[str]:
    """Yield what single documents have beside: feeds their links, aliases the type of their feed, too."""
    for feed in tree.feeds():
        yield f'<LocationMatch "^{_pattern(path + feed.file.lstrip("/"))}(\\.gz)?$">'
        yield f'    ForceType "{feed.content_type}"'
        yield f'    Header set Cache-Control "{feed.caching}"'
        yield "    Header unset X-Content-Type-Options"
        if feed.link:
            yield f'    Header set Link "{_escaped(feed.link).replace("%", "%%")}"'
        yield "</LocationMatch>"


def _gone(tree: StaticTree, path: str) -> Iterator[str]:
    """Yield the addresses that answer 410; a withdrawn article's page says why."""
    for withdrawn in tree.withdrawn:
        place = path + withdrawn.lstrip("/")
        yield f'RedirectMatch 410 "^{_pattern(place)}$"'
        yield f'<LocationMatch "^{_pattern(place)}$">'
        yield f'    ErrorDocument 410 "{_escaped(place)}index.html"'
        yield "</LocationMatch>"
    for gone in tree.gone:
        place = path + gone.lstrip("/")
        yield f'RedirectMatch 410 "^{_pattern(place)}$"'
        yield f'<LocationMatch "^{_pattern(place)}$">'
        yield f'    ErrorDocument 410 "{_escaped(GONE)}"'
        yield '    Header always set Content-Type "text/plain; charset=utf-8"'
        yield "</LocationMatch>"


def _pattern(path: str) -> str:
    return re.escape(path).replace('"', r"\x22")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"")

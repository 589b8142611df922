"""The configuration of Caddy 2.7 and newer."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

from sosik.addresses import split_address
from sosik.publish.policy import ASKED_FIELDS
from sosik.publish.servers.tree import (
    EXPOSED_FIELDS,
    FEED_FILES,
    HIDDEN,
    MEDIA,
    METHODS,
    SUFFIXES,
    QueryAddress,
    StaticTree,
    comment,
    named,
)
from sosik.render.security import CONTENT_SECURITY
from sosik.words import Message
from sosik.words.refusals import GONE

_BODY = """\
	root * {quoted_root}
	map {{path}} {{sosik_type}} {{
{types}
	}}
	map {{path}} {{sosik_caching}} {{sosik_vary}} {{
{caching}
		"~^{media}" "{lasting}" ""
		default "{passing}" "Accept-Encoding"
	}}
	map {{path}} {{sosik_link}} {{
{links}
		default ""
	}}
	@typed expression `{{sosik_type}} != ""`
	@linked expression `{{sosik_link}} != ""`
	@other expression `!({{sosik_type}} in {feeds})`
	@pages expression `{{sosik_type}} == {page}`
	@pictures expression `{{sosik_vary}} == ""`
	@text expression `{{sosik_vary}} != ""`
	@preflight method OPTIONS
	@withdrawn expression `{{path}} in {withdrawn}`
	@gone expression `{{path}} in {gone}{gone_queries}`
	@hidden expression `{{path}}.contains("/.") && !{{path}}.startsWith("/.well-known/") && !({{path}} in {dotted})`

	route {{
		header Access-Control-Allow-Origin *
		header @preflight {{
			Allow "{methods}"
			Access-Control-Allow-Methods "{methods}"
			Access-Control-Allow-Headers "{fields}"
			Access-Control-Max-Age 86400
		}}
		respond @preflight 204
		header Access-Control-Expose-Headers "{exposed}"
		header Cache-Control no-store
{queries}		error @hidden 404
		route @gone {{
			header Content-Type "text/plain; charset=utf-8"
			respond "{gone_text}" 410
		}}
		header >Cache-Control {{sosik_caching}}
		header @typed Content-Type {{sosik_type}}
		header @linked >Link {{sosik_link}}
		header @other X-Content-Type-Options nosniff
		header @pages >Content-Security-Policy "{security}"
		{vary}
		header @text >Vary Accept-Encoding
		header @pictures -Vary
		file_server @withdrawn {{
			precompressed gzip
			status 410
		}}
		file_server {{
			precompressed gzip
			hide {hidden}
		}}
	}}
"""

_SITE = """\
{about}

{address} {{
{prefix}{body}	handle_errors {{
		header Cache-Control no-store
		header Content-Type "text/plain; charset=utf-8"
		header -Link
		respond "{{err.status_code}} {{err.status_text}}"
	}}
}}
"""

_HANDLE = """\
{about}

{bare}handle_path "{path}*" {{
{body}}}
"""


def caddyfile(tree: StaticTree) -> str:
    """Return a site block for a Caddyfile."""
    parts = split_address(tree.publication.feeds_url)
    return _SITE.format(
        about=comment(Message("publish.caddy-about", root=tree.root)),
        address=f"{parts.scheme}://{parts.netloc}",
        prefix=f"\turi strip_prefix {_quoted(tree.prefix)}\n" if tree.prefix else "",
        body=_body(tree),
    )


def caddy_handle(tree: StaticTree) -> str:
    """Return what serves the files below a path, for the inside of a site's block in a Caddyfile."""
    path = f"{tree.decoded_prefix}/"
    return _HANDLE.format(
        about=comment(Message("publish.location-about", root=tree.root, path=path)),
        bare=f'redir "{path.rstrip("/")}" "{path}" 301\n' if path != "/" else "",
        path=path,
        body=_body(tree),
    )


def _body(tree: StaticTree) -> str:
    return _BODY.format(
        vary=comment(Message("publish.caddy-vary")),
        quoted_root=_quoted(tree.root),
        types="\n".join(f"\t\t{line}" for line in _types(tree)),
        links="\n".join(f"\t\t{_key(feed.path)} {_quoted(feed.link)}" for feed in tree.feeds() if feed.link),
        media=MEDIA,
        caching="\n".join(f"\t\t{line}" for line in _caching(tree)),
        lasting=tree.lasting,
        passing=tree.passing,
        feeds=_listed(list(FEED_FILES.values())),
        methods=METHODS,
        fields=ASKED_FIELDS,
        exposed=EXPOSED_FIELDS,
        withdrawn=_listed(tree.withdrawn),
        gone=_listed(tree.gone),
        gone_queries="".join(f" || {_asked(query)}" for query in tree.queries if not query.leads_to),
        queries="".join(f"\t\t{line}\n" for line in _queries(tree)),
        gone_text=GONE,
        dotted=_listed([head.path for head in tree.heads if "/." in head.path]),
        hidden=" ".join(HIDDEN),
        security=CONTENT_SECURITY,
        page=_listed(SUFFIXES["html"]),
    )


def _queries(tree: StaticTree) -> Iterator[str]:
    """Yield what tells addresses apart by their queries."""
    for number, query in enumerate(query for query in tree.queries if query.leads_to):
        yield f"@query{number} expression `{_asked(query)}`"
        yield f"rewrite @query{number} {_quoted(quote(query.leads_to))}"


def _asked(query: QueryAddress) -> str:
    return f"({{path}} == {_listed(query.path)} && {{query}}.matches({_listed(f'^(?:{query.pattern})$')}))"


def _types(tree: StaticTree) -> Iterator[str]:
    """Yield the rows that tell types by paths: aliases by the whole, feeds by the name, all others by the suffix."""
    for feed in tree.feeds():
        if feed.path.rpartition("/")[2] not in FEED_FILES:
            yield f'{_key(feed.path)} "{feed.content_type}"'
    for filename, content_type in FEED_FILES.items():
        yield f'{_quoted(f"~{named(filename)}")} "{content_type}"'
    for suffix, content_type in SUFFIXES.items():
        pattern = r"~(?:\.html|/)$" if suffix == "html" else rf"~\.{suffix}$"
        yield f'{_quoted(pattern)} "{content_type}"'
    yield 'default ""'


def _caching(tree: StaticTree) -> Iterator[str]:
    """Yield the rows of the feeds that caches keep for another time than their path alone would tell."""
    for feed in tree.feeds():
        if feed.caching != tree.passing or feed.path.startswith(MEDIA):
            yield f'{_key(feed.path)} "{feed.caching}" "Accept-Encoding"'


def _key(path: str) -> str:
    """Return a path as a row of a map begins with it: a brace would name a value, unless an expression spells it."""
    if "{" not in path:
        return _quoted(path)
    return _quoted(f"~^{re.escape(path)}$".replace(r"\{", r"\x7b"))


def _quoted(text: str) -> str:
    """Return a text as a Caddyfile reads it back: only the quotation mark is escaped there."""
    escaped = text.replace('"', r"\"")
    return f'"{escaped}"'


def _listed(value: object) -> str:
    """Return a text or texts as an expression (CEL) reads them, within the backquotes of a Caddyfile."""
    return json.dumps(value, ensure_ascii=False).replace("`", r"\u0060").replace("{", r"\u007b")

"""How documents are answered, by RFC 9110 and 9111, whichever server runs the application."""

import gzip
import json
from email.utils import formatdate, parsedate_to_datetime
from time import time
from typing import Literal
from unicodedata import normalize
from urllib.parse import quote

import pytest

from serve.clients import Client
from serve.stores import COMPOSED, DOCUMENTS, PICTURE, WITHDRAWAL, WITHDRAWN, body_of, etag, picture_path

RSS_TAG = f'"{etag(body_of("/rss.xml"))}"'
GZIP_TAG = RSS_TAG[:-1] + '-gzip"'
MODIFIED = formatdate(COMPOSED + 1, usegmt=True)
EARLIER = formatdate(COMPOSED, usegmt=True)
LATER = formatdate(COMPOSED + 2, usegmt=True)


@pytest.mark.rule(61, 62, 71, 73)
@pytest.mark.parametrize("path", [*DOCUMENTS])
def test_every_document_answers_with_its_bytes(ask: Client, path: str) -> None:
    reply = ask(quote(path))

    assert reply.status == 200
    assert reply.body == body_of(path)
    assert reply.headers["content-type"] == DOCUMENTS[path][0]
    assert reply.headers["content-length"] == str(len(reply.body))
    assert reply.headers["etag"] == f'"{etag(reply.body)}"'
    assert reply.headers["last-modified"] == MODIFIED
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "content-encoding" not in reply.headers
    assert "set-cookie" not in reply.headers


@pytest.mark.rule(63)
def test_dates_are_not_in_the_future(ask: Client) -> None:
    reply = ask("/rss.xml")

    if "date" in reply.headers:  # the application leaves it to the server
        date = parsedate_to_datetime(reply.headers["date"])
        assert parsedate_to_datetime(reply.headers["last-modified"]) <= date
        assert abs(date.timestamp() - time()) < 60


@pytest.mark.rule(69)
@pytest.mark.parametrize("path", [*DOCUMENTS])
def test_gzip_is_another_representation_of_the_same_bytes(ask: Client, path: str) -> None:
    plain = ask(quote(path))
    reply = ask(quote(path), {"Accept-Encoding": "gzip, deflate, br"})

    assert reply.headers["content-encoding"] == "gzip"
    assert gzip.decompress(reply.body) == plain.body
    assert reply.headers["content-length"] == str(len(reply.body))
    assert reply.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
    differing = {"etag", "content-encoding"}
    assert {name: value for name, value in reply.conduct.items() if name not in differing} == {
        name: value for name, value in plain.conduct.items() if name not in differing
    }


def test_pictures_are_sent_as_they_are(ask: Client) -> None:
    reply = ask(picture_path(), {"Accept-Encoding": "gzip"})

    assert (reply.status, reply.body) == (200, PICTURE)
    assert reply.headers["content-type"] == "image/jpeg"
    assert "content-encoding" not in reply.headers
    assert "vary" not in reply.headers
    assert "max-age=86400" in reply.headers["cache-control"]
    assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.rule(72)
@pytest.mark.parametrize(
    ("path", "age"),
    [("/rss.xml", 300), ("/feeds/", 300), ("/archive/2024-01/rss.xml", 86400)],
)
def test_caches_are_told_how_long(ask: Client, path: str, age: int) -> None:
    expected = f"public, max-age={age}, stale-while-revalidate=60, stale-if-error=86400"

    assert ask(path).headers["cache-control"] == expected


@pytest.mark.rule(80)
@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/rss.xml", "rss.xml"),
        ("/section/정치/rss.xml", "section/%EC%A0%95%EC%B9%98/rss.xml"),
        ("/old/all.xml", "rss.xml"),
    ],
)
def test_feeds_name_themselves_and_their_hub(ask: Client, path: str, own: str) -> None:
    """Link names what the bytes name, from the configuration: an alias is no address of its own."""
    self_link = f'<https://feeds.haenuri.example/{own}>; rel="self"'

    assert ask(quote(path)).headers["link"] == f'{self_link}, <https://hub.example/>; rel="hub"'


@pytest.mark.rule(79, 80)
def test_only_feeds_have_links_and_only_others_forbid_sniffing(ask: Client) -> None:
    """Safari shows a feed's source instead of handing it over when it may not sniff."""
    assert "link" not in ask("/feeds/").headers
    assert ask("/feeds/").headers["x-content-type-options"] == "nosniff"
    assert "x-content-type-options" not in ask("/rss.xml").headers


@pytest.mark.rule(70)
@pytest.mark.parametrize("encoding", [None, "gzip"])
@pytest.mark.parametrize("path", ["/rss.xml", "/feeds/", "/feed.json"])
def test_head_says_what_get_says(ask: Client, path: str, encoding: str | None) -> None:
    headers = {"Accept-Encoding": encoding} if encoding else {}

    get, head = ask(path, headers), ask(path, headers, method="HEAD")

    assert head.body == b""
    assert head.headers["content-length"] == str(len(get.body))
    assert (head.status, head.conduct) == (get.status, get.conduct)


@pytest.mark.rule(64, 65, 66, 68, 81)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": RSS_TAG}, 304),
        ({"If-None-Match": f"W/{RSS_TAG}"}, 304),
        ({"If-None-Match": f'"a,b", "" ,{RSS_TAG}'}, 304),
        ({"If-None-Match": f'"x",{RSS_TAG},'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": GZIP_TAG}, 304),
        ({"If-None-Match": RSS_TAG[:-1] + '--gzip"'}, 304),
        ({"If-None-Match": f'W/{RSS_TAG[:-1]}-br"'}, 304),
        ({"If-None-Match": '"another"'}, 200),
        ({"If-None-Match": ""}, 200),
        ({"If-None-Match": RSS_TAG.strip('"')}, 200),
        ({"If-None-Match": RSS_TAG[:-1]}, 200),
        ({"If-None-Match": f"w/{RSS_TAG}"}, 200),
        ({"If-None-Match": f"{RSS_TAG} {RSS_TAG}"}, 200),
        ({"If-None-Match": '"another"', "If-Modified-Since": MODIFIED}, 200),
        ({"If-None-Match": "unreadable", "If-Modified-Since": MODIFIED}, 200),
        ({"If-None-Match": RSS_TAG, "If-Modified-Since": EARLIER}, 304),
        ({"If-Modified-Since": MODIFIED}, 304),
        ({"If-Modified-Since": LATER}, 304),
        ({"If-Modified-Since": EARLIER}, 200),
        ({"If-Modified-Since": "Tuesday, 14-Nov-23 22:13:21 GMT"}, 304),
        ({"If-Modified-Since": "Tue Nov 14 22:13:21 2023"}, 304),
        ({"If-Modified-Since": "Tue Nov 14 22:13:20 2023"}, 200),
        ({"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "Tue, 14 Nov 2023 22:13:21 KST"}, 200),
        ({"If-Modified-Since": "Tue, 14 Nov 2023 22:13:21 +0900"}, 200),
        ({"If-Modified-Since": "2023-11-14T22:13:21Z"}, 200),
        ({"If-Modified-Since": "Fri, 31 Feb 2090 22:13:21 GMT"}, 200),
        ({"If-Modified-Since": "1700000001"}, 200),
        ({"If-Modified-Since": "어제"}, 200),
        ({"If-Modified-Since": f"{MODIFIED}, {MODIFIED}"}, 200),
        ({"If-Match": "*"}, 200),
        ({"If-Match": RSS_TAG}, 200),
        ({"If-Match": f"W/{RSS_TAG}"}, 412),
        ({"If-Match": '"another"'}, 412),
        ({"If-Match": '"another"', "If-None-Match": RSS_TAG}, 412),
        ({"If-Match": RSS_TAG, "If-None-Match": RSS_TAG}, 304),
        ({"If-Unmodified-Since": MODIFIED}, 200),
        ({"If-Unmodified-Since": EARLIER}, 412),
        ({"If-Unmodified-Since": "unreadable"}, 200),
        ({"If-Match": RSS_TAG, "If-Unmodified-Since": EARLIER}, 200),
        ({"Range": "bytes=0-1"}, 200),
        ({"Range": "bytes=0-1", "If-None-Match": RSS_TAG}, 304),
        ({"A-IM": "feed", "If-None-Match": '"another"'}, 200),
    ],
)
def test_preconditions(ask: Client, headers: dict[str, str], status: int, method: str) -> None:
    wire = {name: value.encode().decode("latin-1") for name, value in headers.items()}

    reply = ask("/rss.xml", wire, method=method)

    assert reply.status == status
    if status == 200 and method == "GET":
        assert reply.body == body_of("/rss.xml")


@pytest.mark.rule(67)
@pytest.mark.parametrize("encoding", [None, "gzip"])
def test_not_modified_repeats_what_caches_need(ask: Client, encoding: str | None) -> None:
    """No body, nothing that describes one, the rest as a 200 would have it (RFC 9110, 15.4.5)."""
    headers = {"Accept-Encoding": encoding} if encoding else {}
    whole = ask("/rss.xml", headers)

    reply = ask("/rss.xml", {**headers, "If-None-Match": whole.headers["etag"]})

    assert (reply.status, reply.body) == (304, b"")
    kept = ("etag", "last-modified", "cache-control", "vary", "access-control-allow-origin")
    assert reply.conduct == {name: whole.headers[name] for name in kept}


@pytest.mark.rule(69)
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip;q=0.5", "gzip"),
        ("gzip ; q=0.001", "gzip"),
        ("deflate, gzip;q=1.0, *;q=0.5", "gzip"),
        ("*", "gzip"),
        ("identity;q=0, *", "gzip"),
        ("gzip;q=0.5, identity;q=0.5", "gzip"),
        ("", None),
        ("identity", None),
        ("br", None),
        ("gzip;q=0", None),
        ("gzip;q=0.000", None),
        ("gzip;q=0, *", None),
        ("*;q=0", None),
        ("identity;q=0", None),
        ("identity;q=0, br", None),
        ("gzip;q=0.4, identity;q=0.5", None),
        ("gzip;q=much", None),
        ("gzip;q=1.5", None),
        ("gzipped", None),
        (";;,,=", None),
    ],
)
def test_codings_are_negotiated_and_never_refused(ask: Client, accepted: str, coding: str | None) -> None:
    """RFC 9110, 12.5.3; what accepts nothing we have gets the document as it is."""
    reply = ask("/rss.xml", {"Accept-Encoding": accepted})

    assert reply.status == 200
    assert reply.headers.get("content-encoding") == coding
    assert (gzip.decompress(reply.body) if coding else reply.body) == body_of("/rss.xml")


@pytest.mark.parametrize(
    "accept", ["application/rss+xml", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "image/png", "nonsense"]
)
def test_accept_is_never_refused(ask: Client, accept: str) -> None:
    assert ask("/rss.xml", {"Accept": accept}).status == 200


@pytest.mark.rule(74)
@pytest.mark.parametrize("query", ["?", "?_=0.123", "?utm_source=x&a[]=%ff", "?/../etc/passwd", "?%"])
def test_queries_change_nothing(ask: Client, query: str) -> None:
    plain, reply = ask("/rss.xml"), ask(f"/rss.xml{query}")

    assert (reply.status, reply.conduct, reply.body) == (plain.status, plain.conduct, plain.body)
    assert ask(f"/rss.xml{query}", {"If-None-Match": RSS_TAG}).status == 304


@pytest.mark.parametrize("path", ["/section/정치/rss.xml", "/feeds/정치/"])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_spelling_of_hangul_leads_to_the_document(
    ask: Client, path: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"]
) -> None:
    target = quote(normalize(form, path))

    for spelling in (target, target.lower(), target.replace("%EC%A0", "%Ec%a0"), quote(path).replace("rss", "%72s%73")):
        assert ask(spelling).body == body_of(path), spelling
        assert ask(spelling, {"If-None-Match": f'"{etag(body_of(path))}"'}).status == 304


@pytest.mark.rule(76)
@pytest.mark.parametrize(
    "target",
    [
        "/nothing.xml",
        "/rss.xml/",
        "/RSS.XML",
        "/rss.xml%00",
        "/%00",
        "/%ff%fe",
        "/section/%EC%A0/rss.xml",
        "/section/%25EC%25A0%2595%25EC%25B9%2598/rss.xml",
        "/../site.db",
        "/..%2fsite.db",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/feeds/../../.sosik/site.db",
        "/feeds/%2e%2e/rss.xml",
        "/./rss.xml",
        "//rss.xml",
        "/healthz/",
        "//evil.example/feeds",
        "/\\..\\..\\etc\\passwd",
        "/media/../site.db",
        "/" + "a" * 4000,
        "/" + "%ED%95%9C" * 900,
        "/" + "../" * 500 + "etc/passwd",
        "/{edition}",
        "/%25",
        "/%",
        "/rss.xml;v=1",
        "/static/rss.xml",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_what_is_no_document_is_a_small_404(ask: Client, target: str, method: str) -> None:
    reply = ask(target, method=method)

    assert reply.status == 404
    assert len(reply.body) < 200
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert "etag" not in reply.headers
    assert "location" not in reply.headers


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/feeds", "/feeds/"),
        ("/feeds?x=//evil.example/", "/feeds/"),
        ("/feeds/%EC%A0%95%EC%B9%98", "/feeds/%EC%A0%95%EC%B9%98/"),
        (quote(normalize("NFD", "/feeds/정치")), "/feeds/%EC%A0%95%EC%B9%98/"),
    ],
)
def test_a_missing_slash_costs_one_hop_that_names_no_host(ask: Client, target: str, location: str) -> None:
    reply = ask(target, {"Host": "evil.example"})

    assert (reply.status, reply.headers["location"]) == (301, location)
    assert ask(location).status == 200


@pytest.mark.rule(75)
@pytest.mark.parametrize("path", ["/rss.xml", "/feeds/", "/healthz"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_methods_that_read_nothing_are_refused_by_name(ask: Client, path: str, method: str) -> None:
    reply = ask(path, method=method)

    assert reply.status == 405
    assert {"GET", "HEAD", "OPTIONS"} == {name.strip() for name in reply.headers["allow"].split(",")}
    assert len(reply.body) < 200


@pytest.mark.rule(56, 76)
@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}, {"If-None-Match": f'"{etag(WITHDRAWAL)}"'}])
def test_a_withdrawn_article_is_gone_and_says_so(ask: Client, headers: dict[str, str]) -> None:
    """Preconditions do not count where a plain request is no success (RFC 9110, 13.2.1)."""
    for _ in range(2):
        assert (ask(WITHDRAWN, headers).status, ask(WITHDRAWN, headers).body) == (410, WITHDRAWAL)
    packed = ask(WITHDRAWN, {**headers, "Accept-Encoding": "gzip"})
    assert (packed.status, gzip.decompress(packed.body)) == (410, WITHDRAWAL)
    assert ask(WITHDRAWN, headers, method="HEAD").status == 410


def test_a_refused_method_outweighs_preconditions(ask: Client) -> None:
    assert ask("/rss.xml", {"If-None-Match": RSS_TAG}, method="DELETE").status == 405


@pytest.mark.rule(79)
def test_options_answers_browsers_of_other_sites(ask: Client) -> None:
    """A reader in a browser asks before it sends If-None-Match (the Fetch standard's preflight)."""
    reply = ask(
        "/rss.xml", {"Origin": "https://reader.example", "Access-Control-Request-Method": "GET"}, method="OPTIONS"
    )

    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "If-None-Match" in reply.headers["access-control-allow-headers"]


FORGED = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "host=evil.example;proto=https",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
    "X-HTTP-Method-Override": "DELETE",
}


@pytest.mark.rule(97)
@pytest.mark.parametrize("target", ["/rss.xml", "/feeds/", "/feeds", "/nothing", "/metrics"])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:99999", "a b<script>", "", "[::1", "@"])
def test_forged_names_change_nothing(ask: Client, target: str, host: str) -> None:
    plain, reply = ask(target), ask(target, FORGED | {"Host": host})

    assert (reply.status, reply.conduct, reply.body) == (plain.status, plain.conduct, plain.body)
    assert b"evil" not in reply.body


def test_nothing_of_a_request_comes_back(ask: Client) -> None:
    marks = {
        "User-Agent": "mark-ua",
        "Cookie": "a=mark-c",
        "Referer": "http://mark.example/",
        "Origin": "http://mark-o",
    }

    for target in ("/rss.xml?mark", "/mark", "/healthz?mark", "/metrics"):
        reply = ask(target, marks)
        assert b"mark" not in reply.body
        assert "mark" not in str(reply.headers)


@pytest.mark.rule(83)
@pytest.mark.parametrize("agent", [None, "", "curl/8.0", "Mozilla/5.0 (compatible; Yeti/1.1; +http://naver.me/spd)"])
def test_no_reader_is_treated_differently(ask: Client, agent: str | None) -> None:
    assert ask("/rss.xml", {} if agent is None else {"User-Agent": agent}).body == body_of("/rss.xml")


def test_health_tells_the_edition(ask: Client) -> None:
    reply = ask("/healthz")
    found = json.loads(reply.body)

    assert reply.status == 200
    assert (found["status"], found["edition"], found["documents"]) == ("ok", 1, len(DOCUMENTS) + 2)
    assert found["composed"] == "2023-11-14T22:13:21+00:00"
    assert found["age"] >= time() - COMPOSED - 60
    assert found["problems"] == []
    assert reply.headers["cache-control"] == "no-store"


def test_metrics_are_prometheus_text(ask: Client) -> None:
    reply = ask("/metrics")

    assert reply.status == 200
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "sosik_edition 1\n" in reply.body.decode()
    assert "sosik_build_ok 1\n" in reply.body.decode()

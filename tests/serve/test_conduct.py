"""How documents are answered, by RFC 9110 and 9111, where files on a web server cannot follow."""

import gzip
import json
from email.utils import formatdate
from time import time
from urllib.parse import quote

import pytest

from serve.clients import Client
from serve.stores import COMPOSED, DOCUMENTS, body_of, etag

pytestmark = pytest.mark.server

RSS_TAG = f'"{etag(body_of("/rss.xml"))}"'
GZIP_TAG = RSS_TAG[:-1] + '-gzip"'
MODIFIED = formatdate(COMPOSED + 1, usegmt=True)
EARLIER = formatdate(COMPOSED, usegmt=True)
LATER = formatdate(COMPOSED + 2, usegmt=True)
FUTURE = formatdate(4_000_000_000, usegmt=True)


@pytest.mark.rule(62, 63)
@pytest.mark.parametrize("path", [*DOCUMENTS])
def test_validators_are_those_of_the_store(ask: Client, path: str) -> None:
    """The tag is made of the bytes, one for each coding; both are the same in every worker and after every start."""
    plain, packed = ask(quote(path)), ask(quote(path), {"Accept-Encoding": "gzip"})

    assert plain.headers["etag"] == f'"{etag(plain.body)}"'
    assert packed.headers["etag"] == f'"{etag(plain.body)}-gzip"'
    assert gzip.decompress(packed.body) == plain.body == body_of(path)
    assert plain.headers["last-modified"] == packed.headers["last-modified"] == MODIFIED


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
        ({"If-None-Match": '""'}, 200),
        ({"If-None-Match": 'W/""'}, 200),
        ({"If-None-Match": f' \t{RSS_TAG}\t , "x"'}, 304),
        ({"If-None-Match": f'W/"x" , W/{RSS_TAG}'}, 304),
        ({"If-None-Match": f"W/ {RSS_TAG}"}, 200),
        ({"If-None-Match": f"*, {RSS_TAG}"}, 200),
        ({"If-None-Match": RSS_TAG.upper()}, 200),
        ({"If-None-Match": RSS_TAG.strip('"')}, 200),
        ({"If-None-Match": RSS_TAG[:-1]}, 200),
        ({"If-None-Match": f"w/{RSS_TAG}"}, 200),
        ({"If-None-Match": f"{RSS_TAG} {RSS_TAG}"}, 200),
        ({"If-None-Match": '"another"', "If-Modified-Since": MODIFIED}, 200),
        ({"If-None-Match": "unreadable", "If-Modified-Since": MODIFIED}, 200),
        ({"If-None-Match": RSS_TAG, "If-Modified-Since": EARLIER}, 304),
        ({"If-Modified-Since": MODIFIED}, 304),
        ({"If-Modified-Since": LATER}, 304),
        ({"If-Modified-Since": FUTURE}, 304),
        ({"If-Modified-Since": MODIFIED.replace("Tue", "Fri")}, 304),
        ({"If-Modified-Since": MODIFIED.replace("Tue", "Die")}, 200),
        ({"If-Modified-Since": ""}, 200),
        ({"If-Modified-Since": EARLIER}, 200),
        ({"If-Modified-Since": "Tuesday, 14-Nov-23 22:13:21 GMT"}, 304),
        ({"If-Modified-Since": "Tue Nov 14 22:13:21 2023"}, 304),
        ({"If-Modified-Since": "Tue Nov 14 22:13:20 2023"}, 200),
        ({"If-Modified-Since": "Tuesday, 14-Nov-23 22:13:20 GMT"}, 200),
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
        ({"Range": "bytes=0-1", "If-Range": RSS_TAG}, 200),
        ({"Range": "bytes=99999999-"}, 200),
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
        ("identity;q=0, *;q=0", None),
        ("gzip;q=0.001", "gzip"),
        ("gzip;q=0.001, *;q=0", "gzip"),
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


@pytest.mark.rule(75)
@pytest.mark.parametrize("path", ["/rss.xml", "/feeds/", "/healthz"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_methods_that_read_nothing_are_refused_by_name(ask: Client, path: str, method: str) -> None:
    reply = ask(path, method=method)

    assert reply.status == 405
    assert {"GET", "HEAD", "OPTIONS"} == {name.strip() for name in reply.headers["allow"].split(",")}
    assert len(reply.body) < 200


def test_a_refused_method_outweighs_preconditions(ask: Client) -> None:
    assert ask("/rss.xml", {"If-None-Match": RSS_TAG}, method="DELETE").status == 405


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
@pytest.mark.parametrize("host", ["evil.example", "evil.example:99999", "[::1]", "a%3Cscript%3E"])
def test_forged_names_change_nothing(ask: Client, target: str, host: str) -> None:
    plain, reply = ask(target), ask(target, FORGED | {"Host": host})

    assert (reply.status, reply.conduct, reply.body) == (plain.status, plain.conduct, plain.body)
    assert b"evil" not in reply.body


@pytest.mark.parametrize("target", ["/rss.xml", "/feeds", "/nothing", "/metrics"])
@pytest.mark.parametrize("host", ["", "a b<script>", "[::1", "@", "a,a"])
def test_names_that_are_none_are_refused(ask: Client, target: str, host: str) -> None:
    """RFC 9112, 3.2, under every server."""
    reply, head = ask(target, {"Host": host}), ask(target, {"Host": host}, method="HEAD")

    assert (reply.status, head.status) == (400, 400)
    assert b"script" not in reply.body
    assert head.body == b""


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


def test_health_tells_the_edition(ask: Client) -> None:
    reply = ask("/healthz")
    found = json.loads(reply.body)

    assert reply.status == 200
    assert (found["status"], found["edition"], found["documents"]) == ("ok", 1, len(DOCUMENTS) + 2)
    assert found["composed"] == "2023-11-14T22:13:21+00:00"
    assert found["age"] >= time() - COMPOSED - 60
    assert found["problems"] == {}
    assert reply.headers["cache-control"] == "no-store"


def test_metrics_are_prometheus_text(ask: Client) -> None:
    reply = ask("/metrics")

    assert reply.status == 200
    assert reply.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "sosik_edition 1.0\n" in reply.body.decode()
    assert "sosik_build_ok 1.0\n" in reply.body.decode()

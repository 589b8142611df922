"""What only bytes on a socket can say: forms of a request that no library sends, and that reach a server anyway."""

import gzip

import pytest

from serve.clients import Reply, talk
from serve.servers import HOST, Server
from serve.stores import body_of, etag

pytestmark = pytest.mark.server

BODY = body_of("/rss.xml")
TAG = f'"{etag(BODY)}"'
TAGS = ",".join(f'"{number:020}"' for number in range(2_500))


@pytest.fixture
def port(granian_server: Server) -> int:
    return granian_server.port


def one(port: int, said: str, method: str = "GET") -> Reply:
    """Say the lines of one request, its end added; return the answer."""
    lines = said.strip().splitlines()
    (reply,) = talk(HOST, port, "\r\n".join([*lines, "Connection: close", "", ""]).encode(), method)
    return reply


@pytest.mark.parametrize(
    "said",
    [
        "GET http://evil.example/rss.xml HTTP/1.1\nHost: evil.example",
        "GET http://evil.example/rss.xml?x HTTP/1.1\nHost: other.example",
        "GET /rss.xml HTTP/1.0",
        "GET /rss.xml#top HTTP/1.1\nHost: a",
        "GET /%72%73%73.xml HTTP/1.1\nHost: a",
        f"GET /rss.xml HTTP/1.1\nHost: a\nX-Long: {'a' * 65_536}",
        "GET /rss.xml HTTP/1.1\nHost: a\n" + "\n".join(f"X-{number}: 1" for number in range(90)),
        "GET /rss.xml HTTP/1.1\nHost: a\nCookie: a=b\nAuthorization: Basic YTpi",
        "GET /rss.xml HTTP/1.1\nHost: a\nTE: trailers\nUpgrade: h2c\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
        "GET /rss.xml HTTP/1.1\nHost: a\nUpgrade: websocket\nSec-WebSocket-Version: 13",
        "GET /rss.xml HTTP/1.1\nHost: a\nExpect: 100-continue",
        "GET /rss.xml HTTP/1.1\nHost: a\nRange: bytes=0-9\nRange: bytes=20-29",
        "GET /rss.xml HTTP/1.1\nHost: a\nAccept-Encoding:",
        "GET /rss.xml HTTP/1.1\nHost: a\nAccept-Encoding: br\nAccept-Encoding: gzip;q=0",
        'GET /rss.xml HTTP/1.1\nHost: a\nIf-None-Match: ""',
        'GET /rss.xml HTTP/1.1\nHost: a\nIf-None-Match: "a"\nIf-None-Match: "b"',
        f"GET /rss.xml HTTP/1.1\nHost: a\nIf-None-Match: {TAGS}",
    ],
)
def test_a_request_of_an_odd_form_gets_the_document(port: int, said: str) -> None:
    """RFC 9112, 3.2.2 wants the absolute form; fields that mean nothing to us change nothing."""
    reply = one(port, said)

    assert (reply.status, reply.body) == (200, BODY)
    assert reply.headers["content-length"] == str(len(BODY))
    assert "location" not in reply.headers


@pytest.mark.rule(64)
@pytest.mark.parametrize(
    "fields",
    [
        f'If-None-Match: "x"\nIf-None-Match: {TAG}',
        f'If-None-Match: {TAG}\nIf-None-Match: "x"',
        f'If-None-Match: W/"x" , W/{TAG}',
        f"If-None-Match:{TAG}",
        f"If-None-Match: \t {TAG} \t",
        f"IF-NONE-MATCH: {TAG}",
        f"If-None-Match: {TAGS}, {TAG}",
        f"If-None-Match: {TAG}\nCache-Control: no-cache\nPragma: no-cache",
    ],
)
def test_a_list_of_tags_may_come_in_any_shape(port: int, fields: str) -> None:
    """Fields of one name are one list (RFC 9110, 5.3), however many lines and bytes they take."""
    reply = one(port, f"GET /rss.xml HTTP/1.1\nHost: a\n{fields}")

    assert (reply.status, reply.body) == (304, b"")


@pytest.mark.rule(65)
def test_two_dates_are_none(port: int) -> None:
    """A list of dates is no date, so the condition is ignored (RFC 9110, 13.1.3)."""
    dates = "\n".join(f"If-Modified-Since: Tue, 14 Nov 20{year} 22:13:21 GMT" for year in (23, 24))

    assert one(port, f"GET /rss.xml HTTP/1.1\nHost: a\n{dates}").status == 200


@pytest.mark.rule(69)
@pytest.mark.parametrize("fields", ["Accept-Encoding: br\nAccept-Encoding: gzip", "Accept-Encoding: gzip;q=0.001"])
def test_codings_may_come_in_any_shape(port: int, fields: str) -> None:
    reply = one(port, f"GET /rss.xml HTTP/1.1\nHost: a\n{fields}")

    assert reply.headers["content-encoding"] == "gzip"
    assert gzip.decompress(reply.body) == BODY


@pytest.mark.rule(75)
@pytest.mark.parametrize("method", ["get", "Get", "PROPFIND", "CONNECT", "BREW", "QUERY"])
def test_a_method_is_spelled_in_one_way(port: int, method: str) -> None:
    """Methods are told apart by case (RFC 9110, 9.1)."""
    reply = one(port, f"{method} /rss.xml HTTP/1.1\nHost: a", method)

    assert reply.status == 405
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.rule(101)
@pytest.mark.parametrize(
    "line",
    [
        "GET /../../.sosik/site.db",
        "GET /..\\..\\.sosik\\site.db",
        "GET http://evil.example/../site.db",
        "GET //evil.example/%2e%2e/",
        "GET http://evil.example//rss.xml",
        "GET /feeds/..;/..;/site.db",
        "GET /.%00./site.db",
    ],
)
def test_no_form_of_a_path_climbs(port: int, line: str) -> None:
    reply = one(port, f"{line} HTTP/1.1\nHost: a")

    assert reply.status == 404
    assert "location" not in reply.headers


@pytest.mark.parametrize(
    "said",
    [
        "GET  /rss.xml HTTP/1.1\nHost: a",
        "GET /rss .xml HTTP/1.1\nHost: a",
        "GET \\rss.xml HTTP/1.1\nHost: a",
        "GET /rss.xml",
        "GET /rss.xml HTTP/9.9\nHost: a",
        "GET /rss.xml HTTP/1.1\nHost: a\nX: a\x00b",
        "GET /rss.xml HTTP/1.1\nHost: a\nX : b",
        "GET /rss.xml HTTP/1.1\nHost: a\n folded",
        "POST /rss.xml HTTP/1.1\nHost: a\nContent-Length: 5\nContent-Length: 6",
        f"GET /rss.xml HTTP/1.1\nHost: a\nX-Long: {'a' * 300_000}",
        f"GET /rss.xml HTTP/1.1\nHost: a\nX-Long: {'a' * 1_000_000}",
        "GET /rss.xml HTTP/1.1\nHost: a\n" + "\n".join(f"X-{number}: 1" for number in range(200)),
        f"GET /{'a' * 70_000} HTTP/1.1\nHost: a",
    ],
)
def test_what_is_no_request_is_refused_in_few_bytes(port: int, said: str) -> None:
    reply = one(port, said)

    assert reply.status in (400, 414, 431)
    assert len(reply.body) < 200
    assert one(port, "GET /rss.xml HTTP/1.1\nHost: a").status == 200


@pytest.mark.parametrize("target", ["/rss.xml", "/feeds/", "/nothing", "/healthz"])
@pytest.mark.parametrize(
    "fields",
    [
        "X: b",
        "Host:",
        "Host: a\nHost: a",
        "Host: a\nHost: b",
        "Host: a, b",
        "Host: a b",
        "Host: a<script>",
        "Host: u@a",
        "Host: [::1",
        "Host: a:b",
        "Host: a:80:80",
        "Host: :80",
        "Host: http://a/",
        "Host: 소식.example",
        f"Host: {'a' * 400}",
    ],
)
def test_a_request_without_one_valid_host_is_a_400(port: int, target: str, fields: str) -> None:
    """RFC 9112, 3.2, whatever is asked for; the connection goes on, as nobody doubts where the request ends."""
    bad = f"GET {target} HTTP/1.1\n{fields}".replace("\n", "\r\n") + "\r\n\r\n"
    good = "GET /rss.xml HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    refused, reply = talk(HOST, port, (bad + good).encode(), "GET", "GET")

    assert (refused.status, refused.headers["cache-control"]) == (400, "no-store")
    assert len(refused.body) < 200
    assert (reply.status, reply.body) == (200, BODY)


@pytest.mark.parametrize(
    "host", ["a", "A.Example:8000", "a.", "a:", "127.0.0.1:8000", "[::1]:8000", "xn--3e0b707e.example", "a_b", "a%20b"]
)
def test_every_valid_host_is_taken(port: int, host: str) -> None:
    assert one(port, f"GET /rss.xml HTTP/1.1\nHost: {host}").body == BODY


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked, gzip", "0\r\n\r\n"),
        ("Transfer-Encoding: xchunked", "0\r\n\r\n"),
        ("Transfer-Encoding:\x0bchunked", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked", "zz\r\nhello\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked", "-1\r\nhello\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked", "ffffffffffffffffff\r\nhello\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked", "5\nhello\n0\n\n"),
        ("Transfer-Encoding: chunked", f"5;x={'a' * 20_000}\r\nhello\r\n0\r\n\r\n"),
        ("Content-Length: -1", "hello"),
        ("Content-Length: +5", "hello"),
        ("Content-Length: 5, 5", "hello"),
        ("Content-Length: 5\r\nContent-Length: 6", "hello"),
        ("Content-Length: 99999999999999999999999", "hello"),
        ("Content-Length: 10000000000", "hello"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_is_answered_behind_a_body_of_doubtful_length(port: int, method: str, fields: str, sent: str) -> None:
    """Two servers in a row could take its end for another place, and the rest for somebody else's request."""
    first = f"{method} /rss.xml HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n{sent}"
    smuggled = "GET /feed.json HTTP/1.1\r\nHost: a\r\n\r\n"

    (reply,) = talk(HOST, port, (first + smuggled).encode("latin-1"), method)

    assert reply.status in (200, 400, 405)


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ("Content-Length: 5", "hello"),
        ("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"),
        ("Expect: 100-continue\r\nContent-Length: 5", "hello"),
    ],
)
def test_a_body_is_ignored_and_not_taken_for_the_next_request(port: int, fields: str, sent: str) -> None:
    """A body on GET means nothing (RFC 9110, 9.3.1), yet it ends where it says."""
    first = f"GET /rss.xml HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n{sent}"
    last = "GET /feed.json HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    replies = talk(HOST, port, (first + last).encode(), "GET", "GET")

    assert [reply.body for reply in replies] == [BODY, body_of("/feed.json")]


def test_requests_sent_at_once_are_answered_in_their_order(port: int) -> None:
    """Pipelining (RFC 9112, 9.3.2): nothing of one answer shows in the next."""
    asked = [
        ("GET", "/rss.xml", "", 200, BODY),
        ("HEAD", "/atom.xml", "", 200, b""),
        ("GET", "/feed.json", "If-None-Match: *\r\n", 304, b""),
        ("OPTIONS", "/rss.xml", "", 204, b""),
        ("GET", "/feeds/", "", 200, body_of("/feeds/")),
        ("HEAD", "/nothing", "", 404, b""),
        *[("GET", "/atom.xml", "", 200, body_of("/atom.xml"))] * 20,
        ("GET", "/rss.xml", "Connection: close\r\n", 200, BODY),
    ]
    said = "".join(f"{method} {path} HTTP/1.1\r\nHost: a\r\n{field}\r\n" for method, path, field, _, _ in asked)

    replies = talk(HOST, port, said.encode(), *[method for method, *_ in asked])

    assert [(reply.status, reply.body) for reply in replies] == [(status, body) for *_, status, body in asked]


@pytest.mark.rule(70)
@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("path", ["/rss.xml", "/feeds/", "/feeds", "/nothing", "/healthz"])
def test_head_ends_where_get_would_begin_its_body(port: int, path: str, version: str) -> None:
    lines = f"{path} HTTP/{version}\nHost: a"
    got, head = one(port, f"GET {lines}"), one(port, f"HEAD {lines}", "HEAD")

    assert head.body == b""
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}


def test_letters_that_should_have_been_escaped_are_understood(port: int) -> None:
    """Feed addresses are typed and pasted; some clients send them as they are."""
    assert one(port, "GET /section/정치/rss.xml HTTP/1.1\nHost: a").body == body_of("/section/정치/rss.xml")


def test_empty_lines_before_a_request_are_skipped(port: int) -> None:
    """RFC 9112, 2.2."""
    (reply,) = talk(HOST, port, b"\r\n\r\nGET /rss.xml HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET")

    assert reply.body == BODY

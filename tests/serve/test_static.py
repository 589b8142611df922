"""How a publication is answered, whoever answers: `sosik serve`, or nginx and Caddy on the published files.

One set of tests for all of them, so that a newsroom may go from one to another and no reader notices.
"""

import gzip
from email.utils import formatdate, parsedate_to_datetime
from time import time
from urllib.parse import quote, unquote

import pytest

from serve.published import GONE, WITHDRAWN, Served

pytestmark = pytest.mark.static

HANGUL = "/section/문화/rss.xml"
TYPES = {
    "/rss.xml": "application/rss+xml; charset=utf-8",
    HANGUL: "application/rss+xml; charset=utf-8",
    "/rss/allArticle.xml": "application/rss+xml; charset=utf-8",
    "/archive/2026-11/rss.xml": "application/rss+xml; charset=utf-8",
    "/atom.xml": "application/atom+xml; charset=utf-8",
    "/feed.json": "application/feed+json",
    "/feeds/": "text/html; charset=utf-8",
    "/feeds/style.css": "text/css; charset=utf-8",
    "/feeds/copy.js": "text/javascript; charset=utf-8",
    "/feeds/feeds.opml": "text/x-opml; charset=utf-8",
    "/news-sitemap.xml": "application/xml; charset=utf-8",
}
POLLED = ("/rss.xml", HANGUL, "/feed.json", "/feeds/", "/rss/allArticle.xml")


def test_the_memory_beside_the_feeds_is_json(server: Served, request: pytest.FixtureRequest) -> None:
    """Whoever builds without a store fetches it; `sosik serve` has no use for it."""
    reply = server.ask("/feeds/published.json")

    if "nginx" not in request.node.name and "caddy" not in request.node.name:
        assert reply.status == 404
    else:
        assert (reply.status, reply.body) == (200, server.file("/feeds/published.json"))
        assert reply.headers["content-type"] == "application/json"


@pytest.mark.rule(61, 71, 73)
@pytest.mark.parametrize("path", TYPES)
def test_documents_are_served_whole_with_their_types(server: Served, path: str) -> None:
    reply = server.ask(path)

    assert reply.status == 200
    assert reply.headers["content-type"] == TYPES[path]
    assert reply.body == server.file(path)
    assert reply.headers["content-length"] == str(len(reply.body))
    assert "content-encoding" not in reply.headers
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in reply.headers


@pytest.mark.rule(63)
@pytest.mark.parametrize("path", TYPES)
def test_dates_are_not_in_the_future(server: Served, path: str) -> None:
    """Last-Modified is the instant that the build gave to the file; it is never after Date."""
    reply = server.ask(path)

    modified = parsedate_to_datetime(reply.headers["last-modified"])
    assert reply.headers["last-modified"] == formatdate(server.modified(path), usegmt=True)
    if "date" in reply.headers:  # the application leaves it to its server
        assert modified <= parsedate_to_datetime(reply.headers["date"])
        assert abs(parsedate_to_datetime(reply.headers["date"]).timestamp() - time()) < 60


@pytest.mark.rule(69)
@pytest.mark.parametrize("path", TYPES)
def test_gzip_is_for_those_who_ask(server: Served, path: str) -> None:
    """The same bytes compressed, with an ETag of their own; a poll with it costs nothing either."""
    plain = server.ask(path)
    packed = server.ask(path, accept_encoding="gzip, deflate, br")

    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-length"] == str(len(packed.body))
    assert packed.headers["etag"] != plain.headers["etag"]
    differing = {"etag", "content-encoding", "accept-ranges"}
    assert {name: value for name, value in packed.conduct.items() if name not in differing} == {
        name: value for name, value in plain.conduct.items() if name not in differing
    }
    again = server.ask(path, accept_encoding="gzip, deflate", if_none_match=packed.headers["etag"])
    assert again.status == 304
    assert again.headers["etag"] == packed.headers["etag"]
    assert server.ask(path, accept_encoding="gzip;q=0").headers["etag"] == plain.headers["etag"]


def test_pictures_are_sent_as_they_are(server: Served) -> None:
    path = server.picture()
    reply = server.ask(path, accept_encoding="gzip")

    assert reply.headers["content-type"] == "image/jpeg"
    assert reply.body == server.file(path)
    assert "vary" not in reply.headers
    assert "content-encoding" not in reply.headers
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert server.ask(path, if_none_match=reply.headers["etag"]).status == 304
    assert server.ask(path, if_modified_since=reply.headers["last-modified"]).status == 304


def later(stamp: str, seconds: int) -> str:
    return formatdate(parsedate_to_datetime(stamp).timestamp() + seconds, usegmt=True)


@pytest.mark.rule(64, 65, 67)
@pytest.mark.parametrize("path", POLLED)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_poll_of_what_did_not_change_is_empty(server: Served, path: str, method: str) -> None:
    """Either validator alone will do; the 304 says again what caches need."""
    known = server.ask(path).headers
    stamp = known["last-modified"]
    for asked in (
        {"if_none_match": known["etag"]},
        {"if_none_match": f'"other", W/{known["etag"]}'},
        {"if_none_match": "*"},
        {"if_modified_since": stamp},
        {"if_modified_since": later(stamp, 86_400)},
        {"if_none_match": known["etag"], "if_modified_since": stamp},
    ):
        reply = server.ask(path, method, **asked)

        assert (reply.status, reply.body) == (304, b""), asked
        for name in ("etag", "vary", "cache-control", "access-control-allow-origin"):
            assert reply.headers[name] == known[name], (asked, name)
        assert not {"content-type", "content-encoding"} & reply.headers.keys()


@pytest.mark.rule(64, 65, 66)
@pytest.mark.parametrize("path", POLLED)
def test_what_changed_is_sent(server: Served, path: str) -> None:
    """An ETag that differs counts whatever the date says; what cannot be read asks for nothing."""
    found = server.ask(path)
    stamp = found.headers["last-modified"]
    for asked in (
        {"if_none_match": '"other"'},
        {"if_none_match": '"other"', "if_modified_since": stamp},
        {"if_modified_since": later(stamp, -1)},
        {"if_modified_since": "어제"},
        {"if_none_match": "garbage"},
    ):
        asked = {name: value.encode().decode("latin-1") for name, value in asked.items()}
        reply = server.ask(path, **asked)
        assert (reply.status, reply.body) == (200, found.body), asked


def test_a_known_tag_with_an_old_date_is_answered_truly(server: Served) -> None:
    """HTTP has the tag count alone. nginx wants both to fit, and sends the whole feed: more than needed, never less."""
    found = server.ask("/rss.xml")
    old = later(found.headers["last-modified"], -1)

    reply = server.ask("/rss.xml", if_none_match=found.headers["etag"], if_modified_since=old)

    assert (reply.status, reply.body) in {(304, b""), (200, found.body)}


@pytest.mark.rule(70)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("path", TYPES)
def test_head_is_get_without_the_body(server: Served, path: str, coding: str) -> None:
    got, head = (server.ask(path, method, accept_encoding=coding) for method in ("GET", "HEAD"))

    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(got.body))
    assert head.conduct == got.conduct


@pytest.mark.rule(72)
def test_how_long_caches_may_keep_it(server: Served) -> None:
    """As long as feeds/publication.yaml says; archives and pictures a day; an error not at all."""
    stale = "stale-while-revalidate=60, stale-if-error=86400"
    expected = {
        "/rss.xml": f"public, max-age=300, {stale}",
        "/feeds/": f"public, max-age=300, {stale}",
        "/archive/2026-11/rss.xml": f"public, max-age=86400, {stale}",
        server.picture(): f"public, max-age=86400, {stale}",
        "/nothing.xml": "no-store",
    }

    assert {path: server.ask(path).headers["cache-control"] for path in expected} == expected


@pytest.mark.rule(80)
@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/rss.xml", "/rss.xml"),
        (HANGUL, HANGUL),
        ("/archive/2026-11/atom.xml", "/archive/2026-11/atom.xml"),
        ("/feed.json", "/feed.json"),
        ("/rss/allArticle.xml", "/rss.xml"),
    ],
)
def test_a_feed_names_itself_and_its_hub(server: Served, path: str, own: str) -> None:
    """Link names what the bytes name, from the configuration: an old address is no address of its own."""
    address = server.base + quote(own.lstrip("/"))

    assert server.ask(path).headers["link"] == f'<{address}>; rel="self", <https://hub.example/>; rel="hub"'


@pytest.mark.rule(79, 80)
def test_only_what_is_no_feed_must_not_be_guessed_at(server: Served) -> None:
    """Safari would show a feed's source if it were told so."""
    assert server.ask("/feeds/").headers["x-content-type-options"] == "nosniff"
    for path in ("/rss.xml", "/rss/allArticle.xml", "/archive/2026-11/atom.xml"):
        assert "x-content-type-options" not in server.ask(path).headers


def test_a_page_says_what_it_may_load(server: Served) -> None:
    """Also where an article was withdrawn. Around a picture, browsers put a page of their own."""
    policy = (
        "default-src 'none'; img-src * data:; media-src *; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )

    for path in ("/feeds/", WITHDRAWN, "/feeds/local/"):
        assert server.ask(quote(path)).headers["content-security-policy"] == policy
    for path in ("/rss.xml", "/rss/allArticle.xml", "/feeds/style.css", server.picture()):
        assert "content-security-policy" not in server.ask(path).headers
    assert "link" not in server.ask("/feeds/").headers


@pytest.mark.rule(76)
def test_an_old_address_answers_with_the_bytes(server: Served) -> None:
    """No hop at all: some readers follow none, and some remember one for ever."""
    assert server.ask("/rss/allArticle.xml").body == server.ask("/rss.xml").body


@pytest.mark.parametrize("path", ["/feeds", "/feeds/section/문화"])
def test_a_folder_is_led_to_its_slash(server: Served, path: str) -> None:
    """In one hop, by its path alone, which names no host."""
    reply = server.ask(path)

    assert reply.status in (301, 308)
    assert unquote(reply.headers["location"]) == f"{path}/"
    assert server.ask_target(reply.headers["location"]).status == 200


@pytest.mark.rule(76)
@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/nothing/",
        "/nothing/rss.xml",
        "/RSS.XML",
        "/rss.xml.gz",
        "/media/",
        "/section/",
        "/철도/",
        "/.sosik-new/document",
        "/.sosik/site.db",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_was_never_there_is_a_small_404(server: Served, path: str, method: str) -> None:
    (server.public / "철도").mkdir(exist_ok=True)  # the folder of a retired feed, where somebody had put something

    reply = server.ask(path, method)

    assert reply.status == 404
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert len(reply.body) < 200
    assert not {"link", "etag", "location"} & reply.headers.keys()


@pytest.mark.rule(76, 87)
@pytest.mark.parametrize("path", GONE)
def test_what_was_taken_away_is_gone(server: Served, path: str) -> None:
    """Readers stop asking for what is gone; what is not there they ask for again."""
    reply = server.ask(path)

    assert reply.status == 410
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert len(reply.body) < 200
    assert server.ask(path, "HEAD").status == 410


@pytest.mark.rule(56, 76)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_withdrawn_article_is_gone_and_its_page_says_so(server: Served, coding: str) -> None:
    """Preconditions do not count where a plain request is no success (RFC 9110, 13.2.1)."""
    reply = server.ask(WITHDRAWN, accept_encoding=coding)

    assert reply.status == 410
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    body = gzip.decompress(reply.body) if reply.headers.get("content-encoding") == "gzip" else reply.body
    assert body == server.file(WITHDRAWN)
    for asked in ({"if_modified_since": formatdate(usegmt=True)}, {"if_none_match": "*"}):
        assert server.ask(WITHDRAWN, accept_encoding=coding, **asked).status == 410
    assert server.ask(WITHDRAWN, "HEAD").status == 410


@pytest.mark.rule(75)
@pytest.mark.parametrize("path", ["/rss.xml", "/feeds/"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_methods_that_read_nothing_are_refused_by_name(server: Served, path: str, method: str) -> None:
    reply = server.ask(path, method)

    assert reply.status == 405
    assert reply.headers["allow"].startswith("GET, HEAD")
    assert reply.headers["access-control-allow-origin"] == "*"


@pytest.mark.rule(79)
def test_readers_in_browsers_may_poll(server: Served) -> None:
    """A browser asks first, when a page of another host wants to send If-None-Match (Fetch's preflight)."""
    reply = server.ask("/rss.xml", "OPTIONS", origin="https://reader.example", access_control_request_method="GET")

    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["allow"] == "GET, HEAD, OPTIONS"
    allowed = {name.strip().lower() for name in reply.headers["access-control-allow-headers"].split(",")}
    # The star stands for every name but Authorization; browsers that do not know it need the names.
    assert allowed >= {"*", "authorization", "user-agent", "if-none-match", "if-modified-since", "cache-control"}
    assert reply.headers["access-control-allow-origin"] == "*"


@pytest.mark.rule(79)
@pytest.mark.parametrize("path", ["/rss.xml", "/feeds/", "/nowhere"])
def test_readers_in_browsers_see_what_they_poll_with(server: Served, path: str) -> None:
    """Scripts of other sites see few fields of an answer, unless it names more; a 304 leaves those of before."""
    reply = server.ask(path, origin="https://reader.example")

    exposed = {name.strip().lower() for name in reply.headers["access-control-expose-headers"].split(",")}
    assert exposed == {"etag", "link", "retry-after"}


@pytest.mark.rule(74)
@pytest.mark.parametrize("query", ["?", "?_=0.123", "?utm_source=x&a[]=%ff", "?/../etc/passwd", "?%"])
def test_queries_change_nothing(server: Served, query: str) -> None:
    plain, reply = server.ask("/rss.xml"), server.ask_target(f"/rss.xml{query}")

    assert (reply.status, reply.conduct, reply.body) == (plain.status, plain.conduct, plain.body)
    assert server.ask_target(f"/rss.xml{query}", if_none_match=plain.headers["etag"]).status == 304


@pytest.mark.parametrize("path", [HANGUL, "/feeds/section/문화/"])
def test_however_hangul_is_escaped_it_is_the_same_path(server: Served, path: str) -> None:
    target = quote(path)
    for spelling in (target, target.lower(), target.replace("%EB", "%Eb"), target.replace("s", "%73")):
        assert server.ask_target(spelling).body == server.file(path), spelling


@pytest.mark.rule(83)
@pytest.mark.parametrize("agent", [None, "", "curl/8.0", "Mozilla/5.0 (compatible; Yeti/1.1; +http://naver.me/spd)"])
def test_no_reader_is_treated_differently(server: Served, agent: str | None) -> None:
    reply = server.ask("/rss.xml") if agent is None else server.ask("/rss.xml", user_agent=agent)

    assert reply.body == server.file("/rss.xml")


@pytest.mark.parametrize("accept", ["application/rss+xml", "text/html, */*; q=.2", "image/png", "nonsense"])
def test_no_type_is_refused(server: Served, accept: str) -> None:
    """Never a 406: who asks for an address wants what is there."""
    assert server.ask("/rss.xml", accept=accept).body == server.file("/rss.xml")

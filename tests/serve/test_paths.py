"""Which paths lead to a document: every spelling of its name, and nothing that tries to climb out."""

from typing import Literal
from unicodedata import normalize
from urllib.parse import quote

import pytest

from serve.clients import Client
from serve.stores import body_of, etag

pytestmark = pytest.mark.server


@pytest.mark.parametrize("path", ["/section/정치/rss.xml", "/feeds/정치/"])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_spelling_of_hangul_leads_to_the_document(
    ask: Client, path: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"]
) -> None:
    target = quote(normalize(form, path))

    for spelling in (target, target.lower(), target.replace("%EC%A0", "%Ec%a0"), quote(path).replace("rss", "%72s%73")):
        assert ask(spelling).body == body_of(path), spelling
        assert ask(spelling, {"If-None-Match": f'"{etag(body_of(path))}"'}).status == 304


@pytest.mark.rule(76, 101)
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
        "/media/%2e%2e/%2e%2e/site.db",
        "/media/..%5c..%5csite.db",
        "/%c0%ae%c0%ae/site.db",
        "/%c0%afetc%c0%afpasswd",
        "/%e0%80%ae%e0%80%ae/site.db",
        "/%ed%a0%80",
        "/rss.xml%0d%0aSet-Cookie:%20a=b",
        "/rss.xml%20",
        "/%2Frss.xml",
        "/feeds//",
        "/file:///etc/passwd",
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

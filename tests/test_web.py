"""Whatever the other side does, one exchange ends soon, reads little and goes nowhere else."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from announce.listeners import HOST, listening, misbehaving
from sosik.networks import is_public
from sosik.web import NoAnswerError, ask

SHORT = 0.4
"""Seconds; what a test allows an exchange."""

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


@pytest.mark.parametrize(
    ("pieces", "endless", "pause", "reason"),
    [
        pytest.param((b"",), False, 0, "no response within", id="hangs"),
        pytest.param((b"HTTP/1.1 200 OK\r\n", b"x"), True, 0.05, "no response within", id="drips a header for ever"),
        pytest.param((b"HTTP/1.1 100 Continue\r\n\r\n",), True, 0.01, "no response within", id="always about to begin"),
        pytest.param((b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"), True, 0, "invalid HTTP response", id="headers without end"),
        pytest.param(
            (b"HTTP/1.1 200 OK\r\nA: ", b"b" * 4096), True, 0, "invalid HTTP response", id="a header without end"
        ),
        pytest.param((b"SSH-2.0-OpenSSH_9.6\r\n",), False, 0, "invalid HTTP response", id="another protocol"),
        pytest.param((b"HTTP/1.1 20x OK\r\n\r\n",), False, 0, "invalid HTTP response", id="a status that is none"),
    ],
)
def test_nuisances_end_as_no_answer(pieces: tuple[bytes, ...], endless: bool, pause: float, reason: str) -> None:
    with misbehaving(*pieces, endless=endless, pause=pause) as address:
        begun = time.monotonic()
        with pytest.raises(NoAnswerError, match=reason):
            ask("POST", address, body=b"a=b", timeout=SHORT)
        assert time.monotonic() - begun < SHORT + 20


def test_of_an_endless_body_only_what_was_asked_for_is_read() -> None:
    with misbehaving(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, endless=True) as address:
        assert ask("GET", address, most=1000, timeout=SHORT).body == b"x" * 1000
        assert ask("POST", address, body=b"", timeout=SHORT).body == b""


def test_an_answer_is_read() -> None:
    with misbehaving(OK) as address:
        reply = ask("GET", f"{address}a?b=c", most=100)
    assert (reply.status, reply.body) == (200, b"hello")


def test_a_closed_port_and_an_unknown_host() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NoAnswerError, match="connection refused"):
        ask("GET", f"http://{HOST}:{port}/")
    with pytest.raises(NoAnswerError, match="unknown host"):
        ask("GET", "http://nowhere.invalid/")


def test_a_server_without_tls_is_no_https() -> None:
    with misbehaving(OK) as address, pytest.raises(NoAnswerError):
        ask("POST", address.replace("http:", "https:"), body=b"", timeout=SHORT)


@pytest.mark.parametrize("name", ["127.1", "0x7f000001", "2130706433"])
def test_a_name_must_not_lead_into_a_private_network(name: str) -> None:
    """Names (as resolvers take these to be) are looked up once, and what they lead to is looked at first."""
    with listening() as private:
        address = private.address.replace(HOST, name)
        with pytest.raises(NoAnswerError, match=r"127\.0\.0\.1 is not a public address"):
            ask("POST", address, body=b"x", only_public=True)
        assert private.bodies == []

        ask("POST", private.address, body=b"x", only_public=True)
        assert private.bodies == ["x"], "an address that is configured in figures is meant"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104  # an address to refuse, not to listen on
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        pytest.param("64:ff9b::7f00:1", False, id="NAT64 of 127.0.0.1"),
        pytest.param("64:ff9b::a9fe:a9fe", False, id="NAT64 of 169.254.169.254"),
        pytest.param("64:ff9b::808:808", True, id="NAT64 of 8.8.8.8"),
        pytest.param("64:ff9b:1::a00:1", False, id="a network's own NAT64 of 10.0.0.1, 96 bits"),
        pytest.param("64:ff9b:1:7f00:0:100::", False, id="of 127.0.0.1, 48 bits"),
        pytest.param("64:ff9b:1:7f:0:1::", False, id="of 127.0.0.1, 56 bits"),
        pytest.param("64:ff9b:1:0:7f:0:100:0", False, id="of 127.0.0.1, 64 bits"),
        pytest.param("64:ff9b:1::808:808", True, id="of 8.8.8.8, 96 bits"),
        pytest.param("64:ff9b:1:808:8:800::", True, id="of 8.8.8.8, 48 bits"),
        pytest.param("64:ff9b:1::", False, id="of nobody"),
        pytest.param("2002:c0a8:1::1", False, id="6to4 of 192.168.0.1"),
        pytest.param("2002:808:808::1", True, id="6to4 of 8.8.8.8"),
        pytest.param("2001:0:808:808::80ff:fffe", False, id="Teredo, the client 127.0.0.1"),
        pytest.param("2001:0:7f00:1::f7f7:f7f7", False, id="Teredo, the server 127.0.0.1"),
        pytest.param("2001:0:808:808::f7f7:f7f7", True, id="Teredo of 8.8.8.8"),
        pytest.param("::7f00:1", False, id="IPv4-compatible of 127.0.0.1"),
        pytest.param("::808:808", True, id="IPv4-compatible of 8.8.8.8"),
        pytest.param("::ffff:0:7f00:1", False, id="IPv4-translated of 127.0.0.1"),
        pytest.param("fec0::1", False, id="site-local"),
        pytest.param("192.0.0.8", False, id="protocol assignments"),
        pytest.param("192.0.0.9", False, id="protocol assignments, PCP anycast"),
        pytest.param("news.example", False, id="no numeric address"),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@contextmanager
def leading_to(location: str) -> Iterator[str]:
    """Run a server that answers everything by leading elsewhere."""
    answer = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
    with misbehaving(answer.encode()) as address:
        yield address


def test_redirects_are_followed_only_where_the_caller_says_so() -> None:
    with misbehaving(OK) as there, leading_to(there) as here:
        assert ask("GET", here, most=100).status == 302
        assert ask("GET", here, most=100, redirects=1).body == b"hello"


@pytest.mark.parametrize("name", [HOST, "localhost", "127.1", "2130706433"])
def test_a_redirect_leads_into_no_private_network(name: str) -> None:
    """Figures, too: we wrote the address of the hub, and the hub that of the redirect."""
    with misbehaving(OK) as there, leading_to(there.replace(HOST, name)) as here:
        with pytest.raises(NoAnswerError, match=r"is not a public address"):
            ask("POST", here, body=b"x", only_public=True, redirects=1)
        assert ask("POST", here, body=b"x", only_public=True).status == 302


def test_a_name_that_leads_elsewhere_when_it_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked up once: what was looked at is what is connected to (DNS rebinding)."""
    asked = []
    look_up = socket.getaddrinfo

    def rebinding(host: str, port: int, **_: object) -> object:
        asked.append(host)
        # A documentation address for the first who asks, which is refused; this machine for the next.
        return look_up("192.0.2.1" if len(asked) == 1 else HOST, port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with listening() as private:
        address = private.address.replace(HOST, "hub.example")
        for leads_to in (r"192\.0\.2\.1", r"127\.0\.0\.1"):
            with pytest.raises(NoAnswerError, match=f"{leads_to}.* is not a public address"):
                ask("POST", address, body=b"x", only_public=True)
        assert private.bodies == []
    assert asked == ["hub.example", "hub.example"], "one look-up for each exchange"


@pytest.mark.parametrize("location", ["http://[", "//[", "http://a:b/", "https://\u2100/"])
def test_a_redirect_to_what_is_no_address(location: str) -> None:
    with leading_to(location) as here, pytest.raises(NoAnswerError):
        ask("GET", here, redirects=5)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:0"])
def test_a_redirect_leads_to_http_alone(location: str) -> None:
    with leading_to(location) as here, pytest.raises(NoAnswerError, match="is not followed"):
        ask("GET", here, redirects=5)


def test_a_proxy_that_the_environment_names_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the whole address, and only by who wants one: nobody else's traffic is to take a detour."""
    monkeypatch.setattr(os, "environ", {name: text for name, text in os.environ.items() if "proxy" not in name.lower()})
    with misbehaving(OK) as proxy:
        monkeypatch.setenv("http_proxy", proxy.replace("http://", "http://user:word@"))
        assert ask("GET", "http://news.invalid/feed.json", most=9, by_proxy=True).body == b"hello"
        with pytest.raises(NoAnswerError, match="unknown host"):
            ask("GET", "http://news.invalid/feed.json")

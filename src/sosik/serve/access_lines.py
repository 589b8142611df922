"""A request as a line of an access log in the combined format of Apache and nginx. Pure.

For any request, the line stays one line and its fields stay in quotation marks. Of request fields, printable ASCII is
unchanged, and other bytes, `"` and `\\` are `\\xNN`, as in nginx. A line has at most 4,096 bytes, so a pipe takes it
whole (POSIX, PIPE_BUF).
"""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TypeVar
from urllib.parse import quote

from sosik.addresses import numeric_address
from sosik.patterns import pattern

Network = IPv4Network | IPv6Network

_LONGEST_TARGET = 2_048
_LONGEST_REFERER = 1_024
_LONGEST_AGENT = 512
_LONGEST_WORD = 32
"""Characters of a method and of a protocol's name."""
_LONGEST_ADDRESS = 64
_LONGEST_FORWARDED = 1_024
_MOST_KNOWN = 4_096
"""Texts of one kind that are remembered: most clients say today what they said yesterday."""
_LONGEST_KNOWN = 256
"""Characters of a text that is remembered: strangers may send as many long ones as they like."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHOWN = [chr(byte) if 0x20 <= byte < 0x7F and chr(byte) not in '"\\' else f"\\x{byte:02X}" for byte in range(256)]
_BROKEN_ESCAPE = pattern(r"\\(?:x[0-9A-F]?)?$")
_UNESCAPED = "/:@!$&'()*+,;=-._~"
"""What else may stand in a path as it is (RFC 3986, 3.3)."""

Key = TypeVar("Key")
Shown = TypeVar("Shown", str, bytes)
Said = tuple[str | None, str | None, str, str, str | None, str | None, str | None, str | None, int, int]
"""REMOTE_ADDR, X-Forwarded-For, method, SCRIPT_NAME with PATH_INFO, QUERY_STRING, protocol, Referer and User-Agent as
WSGI spells them (PEP 3333); status, bytes of the body."""
Request = tuple[str, str, str, str, int, int]
"""Of those the ones that say what was asked and what came of it."""

TIME = b"\0"
"""What stands in a line for its time: a line has no other byte that is not printable but its newline."""


def lines(proxies: Collection[Network] = ()) -> Mapping[Said, bytes]:
    """Return what gives the line of any request, which ends in a newline and is ASCII, with `TIME` for its time.

    `proxies` are the networks whose X-Forwarded-For is believed. Any number of threads may ask: what is remembered of
    one request is the same for all.
    """
    clients = _Known(partial(client_address, proxies=proxies), len)
    requests = _Known(_request, lambda request: sum(map(len, request[:4])))
    referers = _Known(partial(_quoted, longest=_LONGEST_REFERER), len)
    agents = _Known(partial(_quoted, longest=_LONGEST_AGENT), len)

    def line(said: Said) -> bytes:
        peer, forwarded, method, path, query, protocol, referer, agent, status, sent = said
        client = clients[f"{forwarded[-_LONGEST_FORWARDED:]},{peer or ''}" if forwarded else peer or ""]
        request = requests[method, path, query or "", protocol or "-", status, sent]
        shown = f"{client} - - \0 {request} {referers[referer or '']} {agents[agent or '']}\n"
        return shown.encode("ascii")

    # Who polls says the same each time. Of those who do not, most say in most fields what others said.
    return _Known(line, lambda said: sum(len(text) for text in said[:8] if text))


class _Known(dict[Key, Shown]):
    """What things look like once shown; those of a small `size` are remembered."""

    def __init__(self, show: Callable[[Key], Shown], size: Callable[[Key], int]) -> None:
        super().__init__()
        self._show: Callable[[Key], Shown] = show
        self._size: Callable[[Key], int] = size

    def __missing__(self, thing: Key) -> Shown:
        shown: Shown = self._show(thing)
        if self._size(thing) <= _LONGEST_KNOWN:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[thing] = shown
        return shown


def stamp(at: int) -> bytes:
    """Return the time of a line, in UTC, from seconds since 1970-01-01."""
    moment = datetime.fromtimestamp(at, UTC)
    shown = f"[{moment.day:02}/{_MONTHS[moment.month - 1]}/{moment.year:04}:{moment:%H:%M:%S} +0000]"
    return shown.encode("ascii")


def client_address(hosts: str, *, proxies: Collection[Network]) -> str:
    """Return the address of the client: the right-most of `hosts` that is none of `proxies`.

    `hosts` is what X-Forwarded-For says, if it is there, and after a last comma REMOTE_ADDR. What stands to the left of
    a stranger anybody may have written. Where nobody is left, or something is no address, REMOTE_ADDR counts. Who comes
    by a Unix socket, called `unix:`, is a proxy.
    """
    *forwarded, peer = hosts.split(",")
    near = _address(peer)
    if near is None and not _is_local(peer):
        return _cut(_word(peer), _LONGEST_ADDRESS)
    nearest_first = [*([near] if near else []), *map(_address, reversed(forwarded))]
    for address in nearest_first:
        if address is None:
            break
        if not any(address in network for network in proxies):
            return str(address)
    return "unix:" if near is None else str(near)


def _is_local(peer: str) -> bool:
    return not peer or peer.startswith(("unix:", "/"))


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address, an IPv4 one that came over IPv6 as one of IPv4; none with a zone, which may hold any text."""
    address = numeric_address(text.strip(" \t"))
    if isinstance(address, IPv6Address):
        return None if address.scope_id is not None else address.ipv4_mapped or address
    return address


def _request(request: Request) -> str:
    """Return the part of a line that says what was asked and what came of it."""
    method, path, query, protocol, status, sent = request
    # WSGI has a path decoded.
    target = _cut(quote(_bytes(path[:_LONGEST_TARGET]), safe=_UNESCAPED), _LONGEST_TARGET)
    if query:
        target = _cut(f"{target}?{_escaped(query[:_LONGEST_TARGET])}", _LONGEST_TARGET)
    words = (_cut(_word(word[:_LONGEST_WORD]), _LONGEST_WORD) for word in (method, protocol))
    return f'"{next(words)} {target} {next(words)}" {status} {sent}'


def _quoted(text: str, longest: int) -> str:
    return f'"{_cut(_escaped(text[:longest]), longest) or "-"}"'


def _word(text: str) -> str:
    return _escaped(text).replace(" ", "\\x20") or "-"


def _escaped(text: str) -> str:
    return "".join(map(_SHOWN.__getitem__, _bytes(text)))


def _cut(escaped: str, longest: int) -> str:
    """Return the first so many characters of what is escaped, without a part of an escape at the end."""
    return escaped if len(escaped) <= longest else _BROKEN_ESCAPE.sub("", escaped[:longest])


def _bytes(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:  # a server that does not follow PEP 3333
        return text.encode("utf-8", "replace")

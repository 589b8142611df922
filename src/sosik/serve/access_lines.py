"""One request as a line of an access log in Apache's and nginx's combined format. Pure: values in, text out.

Whatever a client sends, its line stays one line and its fields stay in their quotation marks: of request fields only
printable ASCII is shown as it is, other bytes and `"` and `\\` as `\\xNN`, as nginx does. No line is longer than 4,096
bytes, so that a pipe takes it whole (POSIX, PIPE_BUF).
"""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote

Network = IPv4Network | IPv6Network

Record = tuple[float, str, str | None, str, str, str, str, str | None, str | None, int, int]
"""A request and its answer: when (seconds since 1970-01-01 UTC), REMOTE_ADDR, X-Forwarded-For, method, PATH_INFO,
QUERY_STRING, protocol, Referer, User-Agent; status, bytes of the body. Text as WSGI spells it (PEP 3333)."""

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
_BROKEN_ESCAPE = re.compile(r"\\(?:x[0-9A-F]?)?$")
_UNESCAPED = "/:@!$&'()*+,;=-._~"
"""What else may stand in a path as it is (RFC 3986, 3.3)."""


class Lines:
    """Makes lines of requests; `proxies` are the networks whose X-Forwarded-For is believed. One thread at a time."""

    def __init__(self, proxies: Collection[Network] = ()) -> None:
        self._addresses = _Known(partial(client_address, proxies=proxies), 2 * _LONGEST_FORWARDED)
        self._words = _Known(_word, _LONGEST_WORD)
        self._paths = _Known(_path, _LONGEST_TARGET)
        self._referers = _Known(_escaped, _LONGEST_REFERER)
        self._agents = _Known(_escaped, _LONGEST_AGENT)

    def make(self, records: Iterable[Record]) -> str:
        """Return the line of each request, ending in a newline, in ASCII; times are in UTC."""
        lines, second, stamp = [], -1, ""
        addresses, words, paths, agents = self._addresses, self._words, self._paths, self._agents
        for at, peer, forwarded, method, path, query, protocol, referer, agent, status, sent in records:
            if int(at) != second:
                second = int(at)
                stamp = _stamp(second)
            address = addresses[f"{forwarded[-_LONGEST_FORWARDED:]},{peer}" if forwarded else peer]
            target = _with_query(paths[path], query) if query else paths[path]
            lines.append(
                f'{address} - - [{stamp}] "{words[method]} {target} {words[protocol]}" {status} {sent} '
                f'"{self._referers[referer] if referer else "-"}" "{agents[agent] if agent else "-"}"\n'
            )
        return "".join(lines)


class _Known(dict[str, str]):
    """What texts look like once shown, at most `longest` characters of it; short ones are remembered."""

    def __init__(self, show: Callable[[str], str], longest: int) -> None:
        super().__init__()
        self._show = show
        self._longest = longest

    def __missing__(self, text: str) -> str:
        shown = _cut(self._show(text[: self._longest]), self._longest)
        if len(text) <= min(self._longest, _LONGEST_KNOWN):
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[text] = shown
        return shown


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
    for found in nearest_first:
        if found is None:
            break
        if not any(found in network for network in proxies):
            return str(found)
    return "unix:" if near is None else str(near)


def _is_local(peer: str) -> bool:
    return not peer or peer.startswith(("unix:", "/"))


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address, an IPv4 one that came over IPv6 as one of IPv4; none with a zone, which may hold any text."""
    try:
        found = ip_address(text.strip(" \t"))
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        return None if found.scope_id is not None else found.ipv4_mapped or found
    return found


def _path(path: str) -> str:
    """Return the path of a request line; WSGI has it decoded."""
    return quote(_bytes(path), safe=_UNESCAPED)


def _with_query(path: str, query: str) -> str:
    return _cut(f"{path}?{_escaped(query[:_LONGEST_TARGET])}", _LONGEST_TARGET)


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


def _stamp(at: int) -> str:
    moment = datetime.fromtimestamp(at, UTC)
    return f"{moment.day:02}/{_MONTHS[moment.month - 1]}/{moment.year:04}:{moment:%H:%M:%S} +0000"

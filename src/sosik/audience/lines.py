"""One line of an access log: nginx's and Apache's combined format, or Caddy's JSON."""

import json
from datetime import UTC, datetime, timedelta, timezone

from msgspec import Struct

from sosik.errors import SosikError
from sosik.patterns import pattern
from sosik.words import Message


class MalformedError(SosikError):
    """The line is in none of the formats."""


class Hit(Struct, frozen=True):
    """A request as the log has it: `at` in seconds since 1970-01-01 UTC, `size` the bytes of the body that was sent."""

    address: bytes
    at: int
    method: bytes
    target: bytes
    status: int
    size: int
    agent: bytes


# nginx escapes what it does not like as \xHH, Apache a quotation mark as \": both keep to the quotation marks.
# Possessive (*+), so that no line takes time that grows with the square of its length.
_QUOTED = rb'[^"\\]*+(?:\\.[^"\\]*+)*+'
_COMBINED = pattern(
    rb"(?P<address>\S{1,64}) \S+ [^\[\]]*+"
    rb"\[(?P<stamp>[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4})\] "
    rb'"(?:(?P<method>[A-Z]{1,20}) (?P<target>[^ "\\]++)(?: [^"\\]*+)?|' + _QUOTED + rb')" '
    rb"(?P<status>[0-9]{3}) (?P<size>[0-9]{1,15}|-)"
    rb'(?: "' + _QUOTED + rb'" "(?P<agent>' + _QUOTED + rb')")?'
)
_MONTHS = dict(zip(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), range(1, 13), strict=True))

_LONGEST_ADDRESS = 64
_LONGEST_AGENT = 400
_LAST = 2**36
"""Seconds; no log is of a later instant (the year 4147)."""
_MOST_BYTES = 2**50

_MOST_MINUTES = 50_000
_minutes: dict[bytes, int] = {}


def parse_line(line: bytes) -> Hit | None:
    """Return the request of a line, None for a line of another purpose (Caddy's messages about itself).

    Raises `MalformedError`.
    """
    if line.startswith(b"{"):
        return _parse_caddy(line)
    match = _COMBINED.match(line)
    if match is None:
        raise MalformedError(Message("audience.line-not-combined"))
    address, stamp, method, target, status, size, agent = match.groups()
    at = _minute(stamp) + int(stamp[18:20])
    sent = 0 if size == b"-" else int(size)
    return Hit(address, at, method or b"", target or b"", int(status), sent, (agent or b"")[:_LONGEST_AGENT])


def _minute(stamp: bytes) -> int:
    """Return the instant at which the minute of a stamp began; a log holds few of them, so each is read once."""
    key = stamp[:17] + stamp[20:]
    at = _minutes.get(key)
    if at is None:
        if len(_minutes) >= _MOST_MINUTES:
            _minutes.clear()
        at = _minutes[key] = _read_minute(key)
    return at


def _read_minute(text: bytes) -> int:
    """Return the instant at which `16/Jan/2024:15:20 +0900` began."""
    try:
        offset = timedelta(hours=int(text[19:21]), minutes=int(text[21:23]))
        zone = timezone(-offset if text[18:19] == b"-" else offset)
        day = int(text[7:11]), _MONTHS[text[3:6]], int(text[:2])
        at = int(datetime(*day, int(text[12:14]), int(text[15:17]), tzinfo=zone).timestamp())
    except (ValueError, KeyError) as error:
        raise MalformedError(Message("audience.minute-unknown")) from error
    if not 0 <= at < _LAST:
        raise MalformedError(Message("audience.minute-impossible"))
    return at


def _parse_caddy(line: bytes) -> Hit | None:
    try:
        record = json.loads(line)
        request = record.get("request")
        if request is None:
            return None
        agents = request.get("headers", {}).get("User-Agent") or [""]
        return Hit(
            _text(request.get("client_ip") or request.get("remote_ip") or "-")[:_LONGEST_ADDRESS],
            _instant(record["ts"]),
            _text(request["method"]),
            _text(request["uri"]),
            _number(record["status"], 1000),
            _number(record.get("size", 0), _MOST_BYTES),
            _text(agents[0])[:_LONGEST_AGENT],
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise MalformedError(Message("audience.line-not-caddy")) from error


def _text(value: object) -> bytes:
    if not isinstance(value, str):
        raise TypeError("this should be text")
    return value.encode("utf-8", "replace")


def _number(value: object, limit: int) -> int:
    if isinstance(value, int) and 0 <= value < limit:
        return value
    raise ValueError("this should be a whole number")


def _instant(value: object) -> int:
    """Return the seconds of Caddy's `ts`: a number unless configured otherwise, or ISO 8601."""
    if isinstance(value, str):
        stated = datetime.fromisoformat(value)
        value = (stated if stated.tzinfo else stated.replace(tzinfo=UTC)).timestamp()
    if isinstance(value, int | float) and 0 <= value < _LAST:
        return int(value)
    raise ValueError("this is no instant")

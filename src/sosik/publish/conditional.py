"""The header fields of a request (RFC 9110): preconditions (section 13) and content coding (12.5.3).

All functions are pure functions of strings. Malformed fields never raise: a malformed precondition is false, a
malformed coding is not accepted, and the response is the whole document.
"""

import re
from calendar import monthrange, timegm
from collections.abc import Mapping
from functools import lru_cache

from sosik.patterns import pattern

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_ONE_TAG = pattern(_TAG)
_TAG_LIST = pattern(rf"[\t ,]*{_TAG}(?:[\t ]*,[\t ,]*{_TAG})*[\t ,]*")
# What Apache, Jetty and others put inside the quotes when they compress on the way.
_CODING_SUFFIX = pattern(r"-{1,2}(?:gzip|br|zstd|deflate)$")

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_TIME = r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d|60)"
_SHORT_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_LONG_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_SHORT_DAY}, (?P<day>\d\d) {_MONTH} (?P<year>\d{{4}}) {_TIME} GMT",
        rf"{_LONG_DAY}, (?P<day>\d\d)-{_MONTH}-(?P<year>\d\d) {_TIME} GMT",
        rf"{_SHORT_DAY} {_MONTH} (?P<day>\d\d| \d) {_TIME} (?P<year>\d{{4}})",
    )
)
_LONGEST_DATE = len("Wednesday, 06-Nov-94 08:49:37 GMT")

_CODING = pattern(
    r"[\t ]*(?P<coding>[!#$%&'*+.^_`|~0-9A-Za-z-]+)[\t ]*"
    r"(?:;[\t ]*[qQ]=(?P<weight>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)[\t ]*)?",
    re.ASCII,
)


def precondition(environ: Mapping[str, str], etag: str, last_modified: int) -> int:
    """Return 200, 304 or 412 for a GET or HEAD, in the order of RFC 9110, 13.2.2.

    `etag` is the quoted tag of the representation that would be sent, `last_modified` seconds since 1970-01-01 UTC.
    `environ` holds the request's fields as WSGI names them.
    """
    if "HTTP_IF_MATCH" in environ:
        if not matches_strongly(environ["HTTP_IF_MATCH"], etag):
            return 412
    elif "HTTP_IF_UNMODIFIED_SINCE" in environ:
        limit = http_date(environ["HTTP_IF_UNMODIFIED_SINCE"])
        if limit is not None and last_modified > limit:
            return 412
    tags, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
    return 304 if not_modified(tags, since, etag, last_modified) else 200


def not_modified(if_none_match: str | None, if_modified_since: str | None, etag: str, last_modified: int) -> bool:
    """Tell whether the client has the document already.

    If-None-Match decides alone wherever it stands, readable or not (RFC 9110, 13.1.3). It is compared weakly, and a
    coding that a proxy wrote into the tag (`"abc-gzip"`) does not count: all codings of a document change together.
    """
    if if_none_match is not None:
        return matches_weakly(if_none_match, etag)
    if if_modified_since is not None:
        since = http_date(if_modified_since)
        return since is not None and last_modified <= since
    return False


def matches_weakly(field: str, etag: str) -> bool:
    """Tell whether a list of entity tags, or `*`, names the quoted `etag` (weak comparison, RFC 9110, 8.8.3.2)."""
    if field.strip("\t ") == "*":
        return True
    wanted = _opaque(etag)
    return any(_opaque(tag) == wanted for tag in _tags(field))


def matches_strongly(field: str, etag: str) -> bool:
    """Tell whether a list of entity tags, or `*`, names exactly the quoted, strong `etag` (If-Match)."""
    return field.strip("\t ") == "*" or etag in _tags(field)


def http_date(text: str) -> int | None:
    """Return the seconds since 1970-01-01 UTC of an HTTP-date in any of its three forms, or None (RFC 9110, 5.6.7).

    The weekday is not compared with the date. A year of two digits lies between 1970 and 2069: no clock is read.
    """
    return _http_date(text) if len(text) <= _LONGEST_DATE else None


@lru_cache(maxsize=256)
def _http_date(text: str) -> int | None:
    match = next(filter(None, (form.fullmatch(text) for form in _DATE_FORMS)), None)
    if match is None:
        return None
    year, month, day = int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"])
    if len(match["year"]) == 2:
        year += 1900 if year >= 70 else 2000
    if year == 0 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return timegm((year, month, day, int(match["hour"]), int(match["minute"]), int(match["second"])))


@lru_cache(maxsize=256)
def accepts_gzip(accept_encoding: str | None) -> bool:
    """Tell whether gzip is to be sent: acceptable, and not less welcome than the document as it is.

    Without the field, or when nothing we have is acceptable, the document goes out as it is: never a 406.
    """
    weights: dict[str, float] = {}
    for member in (accept_encoding or "").split(","):
        if match := _CODING.fullmatch(member):
            weights[match["coding"].lower().removeprefix("x-")] = float(match["weight"] or 1)
    unnamed = weights.get("*", 0.0)
    gzip, identity = weights.get("gzip", unnamed), weights.get("identity", unnamed)
    return gzip > 0 and gzip >= identity


def _tags(field: str) -> list[str]:
    """Return the entity tags of a list; none of them if any part of the field is malformed."""
    return _ONE_TAG.findall(field) if _TAG_LIST.fullmatch(field) else []


def _opaque(tag: str) -> str:
    return _CODING_SUFFIX.sub("", tag.removeprefix("W/")[1:-1])

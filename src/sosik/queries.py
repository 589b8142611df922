"""Distinguishes addresses by their query, as old feeds need: `/bbs/rss.php?bo_table=news`.

Queries are compared by their parameters, in any order and percent-encoding (WHATWG URL, 5.1). Parameters for tracking
or against caches are ignored. Every other parameter makes another address: `/?feed=rss2&cat=5` is the feed of a
category, not of all articles.
"""

import re
from collections.abc import Iterable
from itertools import permutations
from urllib.parse import quote_from_bytes, unquote_to_bytes

from sosik.patterns import pattern

MOST_PARAMETERS = 4
"""Parameters of one address: its pattern names them in every order."""

_LONGEST = 500
_KEPT = "-._~/:@!$'()*,;[]|"
"""What stands in a parameter as it is, beside letters and figures, where we write it."""

TRACKING = r"(?:utm_[a-z_]+|[a-z]+clk?id|mc_[ce]id|_g[al]|NaPm|nocache|_)"
"""The parameters that make no other address: those of campaigns and social networks, and those that pass caches."""

_TRACKING = pattern(rf"{TRACKING}(?:=.*)?")


def has_query(path: str) -> bool:
    """Whether a document's path is told apart by a query; a path itself has no question mark."""
    return "?" in path


def canonical_query(text: str) -> str | None:
    """Return the parameters of a query in the one form in which we write them, empty where none counts.

    None where it cannot be told apart: it is too long, has too many parameters, or one without a name.
    """
    pieces = sorted(filter(None, (piece for piece in text.split("&") if not _TRACKING.fullmatch(piece))))
    if len(text) > _LONGEST or len(pieces) > MOST_PARAMETERS or any(piece.startswith("=") for piece in pieces):
        return None
    return "&".join(sorted(map(_canonical_parameter, pieces)))


def _canonical_parameter(piece: str) -> str:
    name, _, value = (quote_from_bytes(_decoded(part), safe=_KEPT) for part in piece.partition("="))
    return f"{name}={value}" if value else name


def _decoded(text: str) -> bytes:
    return unquote_to_bytes(text.replace("+", " "))


def query_pattern(query: str) -> str:
    """Return the regular expression that fits every spelling of a canonical query, and no other query, as a whole.

    It is read alike by Python, PCRE (nginx, Apache) and RE2 (Caddy); what it is matched with is not decoded.
    """
    orders = permutations(map(_parameter_pattern, query.split("&")))
    noise = rf"{TRACKING}(?:=[^&]*)?"
    told = "|".join(rf"&+(?:{noise}&+)*".join(order) for order in orders)
    return rf"&*(?:{noise}&+)*(?:{told})(?:&+{noise})*&*"


def _parameter_pattern(parameter: str) -> str:
    name, _, value = parameter.partition("=")
    return f"{_spellings(name)}={_spellings(value)}" if value else f"{_spellings(name)}=?"


def _spellings(text: str) -> str:
    """Return the pattern of a canonical text as it may be sent: encoded or not, in capital or small hex digits."""
    runs = re.split(r"((?:%[89A-F][0-9A-F])+)", text)
    return "".join(_beyond_ascii(run) if number % 2 else _ascii(run) for number, run in enumerate(runs))


def _ascii(text: str) -> str:
    return "".join(map(_spelling, unquote_to_bytes(text).decode("ascii")))


def _spelling(character: str) -> str:
    if character.isalnum() or character in "-._~":
        return re.escape(character)
    encoded = _encoded(character.encode())
    if character == " ":
        return rf"(?:\+|{encoded})"
    # These would end the parameter, or the query, or mean something else.
    return encoded if character in '&=+#%"\\' else rf"(?:{re.escape(character)}|{encoded})"


def _beyond_ascii(run: str) -> str:
    data = unquote_to_bytes(run)
    try:
        return rf"(?:{data.decode()}|{_encoded(data)})"
    except UnicodeDecodeError:
        return _encoded(data)


def _encoded(data: bytes) -> str:
    digits = (f"[{digit}{digit.lower()}]" if digit.isalpha() else digit for digit in data.hex().upper())
    return "".join(f"%{high}{low}" for high, low in zip(*[iter(digits)] * 2, strict=True))


class QueryAddresses:
    """Documents that are told apart by their queries; of their paths those without a query are left out."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self._by_path: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for whole in sorted(filter(has_query, paths)):
            path, _, query = whole.partition("?")
            self._by_path.setdefault(path, []).append((re.compile(query_pattern(query)), whole))

    def __bool__(self) -> bool:
        return bool(self._by_path)

    def find(self, path: str, query: str) -> str:
        """Return the path of the document that a path and a query as sent mean together; empty where there is none."""
        known = self._by_path.get(path, ())
        return next((whole for fitting, whole in known if fitting.fullmatch(query)), "")

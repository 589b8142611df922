"""Header fields are read to the letter, and whatever stands in them never crashes."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosik.publish.conditional import (
    accepts_gzip,
    http_date,
    matches_strongly,
    matches_weakly,
    not_modified,
    precondition,
)

pytestmark = pytest.mark.server

EXAMPLE = 784_111_777
"""The instant of RFC 9110's examples: Sun, 06 Nov 1994 08:49:37 GMT."""

ETAGC = "".join(chr(code) for code in range(0x21, 0x100) if code not in (0x22, *range(0x7F, 0x80)))
TAGS = st.builds(lambda weak, opaque: f'{"W/" * weak}"{opaque}"', st.booleans(), st.text(ETAGC, max_size=6))
FIELDS = st.text(st.sampled_from(list('"W/*,;=q.01 \tabgzip-identity\\\x00ÿ가')), max_size=40) | st.text(max_size=40)


@pytest.mark.rule(64)
@pytest.mark.parametrize(
    ("one", "other", "strong", "weak"),
    [
        ('W/"1"', '"1"', False, True),
        ('W/"1"', '"2"', False, False),
        ('"1"', '"1"', True, True),
        ('"1"', '"2"', False, False),
    ],
)
def test_comparison_is_that_of_the_rfc(one: str, other: str, strong: bool, weak: bool) -> None:
    """The table of RFC 9110, 8.8.3.2 (its row of two weak tags needs a weak tag of ours, and we have none)."""
    assert matches_strongly(one, other) is strong
    assert matches_weakly(one, other) is weak


@pytest.mark.parametrize(
    "field",
    ['"xyzzy"', 'W/"xyzzy"', '"xyzzy", "r2d2xxxx", "c3piozzzz"', 'W/"xyzzy", W/"r2d2xxxx", W/"c3piozzzz"', "*", " * "],
)
def test_the_examples_of_the_rfc_match(field: str) -> None:
    """RFC 9110, 13.1.2."""
    assert matches_weakly(field, '"xyzzy"')


@pytest.mark.parametrize(
    "field", ['"a, xyzzy"', '*, "b"', "xyzzy", '"xyzzy', 'xyzzy"', '""', "", ",", 'W /"xyzzy"', "**"]
)
def test_what_only_looks_like_the_tag_does_not_match(field: str) -> None:
    assert not matches_weakly(field, '"xyzzy"')


@given(st.lists(TAGS, max_size=5), st.sampled_from([", ", ",", " , ", ",,", "\t,"]), TAGS)
def test_a_list_matches_as_its_members_do(tags: list[str], comma: str, ours: str) -> None:
    """The slow way: take the members apart one by one."""
    ours = ours.removeprefix("W/")

    def opaque(tag: str) -> str:
        return re.sub("--?(gzip|br|zstd|deflate)$", "", tag.removeprefix("W/").strip('"'))

    field = comma.join(tags)
    assert matches_weakly(field, ours) == (opaque(ours) in [opaque(tag) for tag in tags])
    assert matches_strongly(field, ours) == (ours in tags)


@pytest.mark.rule(64)
@given(FIELDS, FIELDS)
def test_nothing_in_a_field_crashes(one: str, other: str) -> None:
    environ = {
        "HTTP_IF_NONE_MATCH": one,
        "HTTP_IF_MODIFIED_SINCE": other,
        "HTTP_IF_UNMODIFIED_SINCE": other,
    }

    assert precondition(environ, '"ours"', EXAMPLE) in (200, 304, 412)
    assert precondition({"HTTP_IF_MATCH": one}, '"ours"', EXAMPLE) in (200, 412)
    assert accepts_gzip(one) in (True, False)
    assert http_date(other) is None or isinstance(http_date(other), int)


@pytest.mark.rule(66)
@given(FIELDS, st.sampled_from([None, "Sun, 06 Nov 1994 08:49:37 GMT", "tomorrow"]))
def test_with_a_tag_the_date_is_never_looked_at(tags: str, since: str | None) -> None:
    """RFC 9110, 13.1.3."""
    assert not_modified(tags, since, '"ours"', EXAMPLE) == not_modified(tags, None, '"ours"', EXAMPLE)


@pytest.mark.parametrize(
    "text",
    ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"],
)
def test_the_three_forms_of_dates(text: str) -> None:
    """RFC 9110, 5.6.7."""
    assert http_date(text) == EXAMPLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37",
        "sun, 06 nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 29 Feb 1995 08:49:37 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT",
        "Sun, ٠٦ Nov 1994 08:49:37 GMT",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT\n",
        "Son, 06 Nov 1994 08:49:37 GMT",
        "784111777",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:37 GMT" * 100,
    ],
)
def test_what_is_no_http_date(text: str) -> None:
    assert http_date(text) is None


@given(st.integers(0, int(datetime(2070, 1, 1, tzinfo=UTC).timestamp()) - 1))
def test_dates_read_back(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)

    assert http_date(format_datetime(moment, usegmt=True)) == seconds
    assert http_date(moment.strftime("%A, %d-%b-%y %H:%M:%S GMT")) == seconds
    assert http_date(moment.strftime("%a %b ") + f"{moment.day:2}" + moment.strftime(" %H:%M:%S %Y")) == seconds


@given(st.integers(-3, 3))
def test_a_date_counts_to_the_second(shift: int) -> None:
    since = format_datetime(datetime.fromtimestamp(EXAMPLE, UTC) + timedelta(seconds=shift), usegmt=True)

    assert not_modified(None, since, '"ours"', EXAMPLE) is (shift >= 0)


WEIGHTS = st.sampled_from(["", ";q=0", ";q=0.0", ";q=0.001", "; q=0.5", ";Q=1", ";q=1.000", " ; q=0.3"])
MEMBERS = st.tuples(st.sampled_from(["gzip", "identity", "*", "br"]), WEIGHTS)


@pytest.mark.rule(69)
@given(st.lists(MEMBERS, max_size=4, unique_by=lambda member: member[0]))
def test_weights_decide(members: list[tuple[str, str]]) -> None:
    """The slow way: RFC 9110, 12.5.3, rule by rule."""
    weights = {coding: float(re.sub(r"[^0-9.]", "", weight) or 1) for coding, weight in members}
    gzip = weights["gzip"] if "gzip" in weights else weights.get("*", 0.0)
    identity = weights["identity"] if "identity" in weights else weights.get("*", 0.0)

    assert accepts_gzip(", ".join(coding + weight for coding, weight in members)) is (gzip > 0 and gzip >= identity)

"""Every line of a log was written by a stranger: none is fatal, none is shown raw, and memory stays bounded."""

import gzip
import re
import time
import tracemalloc
from contextlib import suppress
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audience.logs import Visit, caddy, combined, write
from newsrooms import Newsroom
from sosik.audience import Tally, parse_line, summarize, tally
from sosik.audience.distinct import Distinct
from sosik.audience.files import BLOCK, LONGEST_LINE, read_blocks
from sosik.audience.lines import MalformedError
from sosik.audience.page import audience_page
from sosik.audience.shown import clean

GOOD = combined([Visit()])
STAMP = b"[16/Jan/2024:09:00:00 +0900]"


def counted(*lines: bytes) -> Tally:
    made = Tally(lambda path: path.endswith("rss.xml"), ZoneInfo("Asia/Seoul"))
    made.add_lines(lines)
    return made


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense",
        b"\x00\x01\x02",
        b"{",
        b'{"request": 5}',
        b'{"request": {"headers": {"User-Agent": [1]}}, "ts": 1, "status": 200}',
        b'{"request": {"method": "GET", "uri": "/rss.xml"}, "ts": "yesterday", "status": 200}',
        b'{"request": {"method": "GET", "uri": "/rss.xml"}, "ts": NaN, "status": 200}',
        b'{"request": {"method": "GET", "uri": "/rss.xml"}, "ts": 1e999, "status": 200}',
        b'{"request": {"method": "GET", "uri": "/rss.xml"}, "ts": 1, "status": "200"}',
        b'{"request": {"method": "GET", "uri": "/rss.xml"}, "ts": 1, "status": 200, "size": -1}',
        b'{"request": ' + b"[" * 50_000,
        b'1.2.3.4 - - [99/Jan/2024:09:00:00 +0900] "GET / HTTP/1.1" 200 5',
        b'1.2.3.4 - - [16/Foo/2024:09:00:00 +0900] "GET / HTTP/1.1" 200 5',
        b'1.2.3.4 - - [16/Jan/2024:09:99:00 +0900] "GET / HTTP/1.1" 200 5',
        b'1.2.3.4 - - [16/Jan/2024:09:00:00 +9900] "GET / HTTP/1.1" 200 5',
        b'1.2.3.4 - - [16/Jan/0001:09:00:00 +0900] "GET / HTTP/1.1" 200 5',
        b'1.2.3.4 - - [16/Jan/9999:09:00:00 +0900] "GET / HTTP/1.1" 200 5',
        b"1.2.3.4 - - " + STAMP + b' "GET / HTTP/1.1" two 5',
    ],
)
def test_a_malformed_line_is_counted_and_stops_nothing(line: bytes) -> None:
    made = counted(line, GOOD.strip())

    assert (made.lines, made.malformed) == (2, 1)
    assert summarize(made).traffic.polls == 1


@pytest.mark.parametrize("request_line", [b"\\x16\\x03\\x01", b"-", b"", b'GET \\"', b"get /rss.xml"])
def test_a_request_that_is_none_is_no_malformed_line(request_line: bytes) -> None:
    made = counted(b"1.2.3.4 - - " + STAMP + b' "' + request_line + b'" 400 0 "-" "-"')

    assert (made.malformed, made.elsewhere) == (0, 1)


@pytest.mark.parametrize(
    "line",
    [
        b"a" * LONGEST_LINE,
        b"a - " + b"a " * (LONGEST_LINE // 2),
        b"a - " + b"[" * LONGEST_LINE,
        b"a - - " + STAMP + b' "' + b'\\"' * (LONGEST_LINE // 2),
        b"a - - " + STAMP + b' "GET ' + b"x" * LONGEST_LINE,
        b"a - - " + STAMP + b' "GET ' + b"x " * (LONGEST_LINE // 2),
        b"a - - " + STAMP + b' "GET / HTTP/1.1" 200 5 "' + b'\\"' * (LONGEST_LINE // 2),
        b"a - - " + STAMP + b' "GET /rss.xml HTTP/1.1" 200 5 "-" "' + b"1 " * (LONGEST_LINE // 2) + b'"',
        b"a - - " + STAMP + b' "GET /rss.xml HTTP/1.1" 200 5 "-" "' + b"x" * LONGEST_LINE + b'"',
    ],
)
def test_no_line_takes_long(line: bytes) -> None:
    """Processor time, for the machine may be busy; a pattern that tried every way would take seconds."""
    begun = time.process_time()
    counted(line)
    assert time.process_time() - begun < 0.5


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: b"{" + text.encode("utf-8", "replace")))
def test_no_bytes_do_more_than_be_malformed(line: bytes) -> None:
    with suppress(MalformedError):
        parse_line(line)


@given(st.binary(max_size=80), st.binary(max_size=80), st.binary(max_size=80))
def test_whatever_stands_in_the_fields_the_report_is_made_and_clean(
    address: bytes, target: bytes, agent: bytes
) -> None:
    lines = b"\n".join(
        [address + b" - - " + STAMP + b' "GET /' + target + b'rss.xml HTTP/1.1" 200 5 "-" "' + agent + b'"'] * 4
    )
    made = counted(*lines.split(b"\n"))

    audience = summarize(made)
    page = audience_page(audience).decode()

    shown = [client.agent + client.address + client.path for client in audience.wasteful]
    assert all(text.isprintable() for text in shown)
    assert page.count("<script") == 0


def test_control_characters_reach_neither_terminal_nor_page(tmp_path: Path) -> None:
    """Escape sequences could retitle a terminal or worse; markup could run in the newsroom's browser."""
    nasty = "\x1b]0;owned\x07\x1b[31m[bold red]<script>alert(1)</script>\u202e"
    log = write(tmp_path / "a.log", combined([Visit(agent=nasty, after=60 * n) for n in range(5)]))
    made = Newsroom(tmp_path)

    printed = made.sosik("audience", log, "--html", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")

    for text in (printed, page):
        assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[bold red]<script>" in printed
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_text_is_cleaned_and_cut() -> None:
    assert clean("가\x1b나\u2028다\u200e") == "가\ufffd나 다\ufffd"
    assert clean("가" * 500) == "가" * 119 + "…"


def test_a_line_without_end_costs_a_block(tmp_path: Path) -> None:
    log = write(tmp_path / "a.log", b"x" * (3 * BLOCK) + b"\n" + GOOD + b"y" * (LONGEST_LINE + 1) + b"\n" + GOOD)
    made = counted()
    for lines, skipped, _ in read_blocks(str(log)):
        made.add_lines(lines)
        made.skip(skipped)

    assert (made.lines, made.malformed) == (4, 2)
    assert summarize(made).traffic.polls == 2


def test_a_log_that_ends_in_the_middle_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """A gzip that is cut off, or no gzip at all, is told; what was read of it and of the others counts."""
    whole = gzip.compress(combined([Visit(after=n) for n in range(9000)]))
    cut = tmp_path / "cut.log.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    fine = write(tmp_path / "fine.log", GOOD)

    printed = Newsroom(tmp_path).sosik("audience", cut, tmp_path / "missing.log", fine, status=1)

    assert f"{cut} cannot be read to its end" in printed
    assert "missing.log cannot be read to its end: no such file or directory" in printed
    read = int(re.search(r"([0-9,]+) feed polls", printed)[1].replace(",", ""))  # type: ignore[index]  # it is there
    assert 1 < read < 9000


def test_messages_of_caddy_about_itself_are_no_requests() -> None:
    made = counted(b'{"level":"info","ts":1705363200.1,"msg":"server running"}', *caddy([Visit()]).splitlines())

    assert (made.malformed, made.elsewhere, summarize(made).traffic.polls) == (0, 1, 1)


def test_memory_is_bounded_whatever_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each visitor is another one with another name, on another feed: twice as many take no more memory."""
    for name, limit in {"MOST_CLIENTS": 300, "MOST_CELLS": 50, "MOST_KEPT": 2000, "MOST_NAMES": 20}.items():
        monkeypatch.setattr(tally, name, limit)
    monkeypatch.setattr(tally, "_MOST_CACHED", 200)

    def peak(number: int) -> tuple[int, Tally]:
        made = counted()
        tracemalloc.start()
        for n in range(number):
            agent = f"reader{n}/1 ({n} subscribers)" if n % 2 else f"reader{n}"
            made.add_lines(combined([Visit(address=f"a{n}", agent=agent, target=f"/{n % 997}/rss.xml")]).splitlines())
        _, used = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return used, made

    once, _ = peak(6000)
    twice, made = peak(12000)

    assert twice < once * 1.3
    assert len(made.clients) <= 300
    assert len(made.cells) == 50
    assert len(made.services) <= 21
    assert any("not tracked: too many" in str(note) for note in summarize(made).notes)


def test_who_polls_most_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "MOST_CLIENTS", 50)
    visits = [visit for n in range(400) for visit in (Visit(address="10.0.0.1", after=n), Visit(address=f"10.1.{n}.1"))]

    (worst, *_) = summarize(counted(*combined(visits).splitlines())).wasteful

    assert (worst.address, worst.polls) == ("10.0.0.1", 400)


@given(st.integers(0, 4000), st.integers(0, 1000))
def test_different_ones_are_counted_well_enough(number: int, seed: int) -> None:
    found, random = Distinct(), Random(seed)  # noqa: S311  # hashes that are evenly spread
    values = [random.getrandbits(64) for _ in range(number)]
    for value in values * 2:
        found.add(value, 256)

    assert len(found) <= 512
    assert found.estimate(256) == number if number <= 512 else abs(found.estimate(256) - number) < number * 0.4


def test_the_page_loads_nothing_and_knows_light_and_dark(tmp_path: Path) -> None:
    from lxml import html

    log = write(tmp_path / "a.log", combined([Visit(after=1440 * n, agent='a"><img src=x>') for n in range(5)]))
    Newsroom(tmp_path).sosik("audience", log, "--html", tmp_path / "page.html")

    text = (tmp_path / "page.html").read_text("utf-8")
    page = html.document_fromstring(text)
    assert not page.xpath("//script | //img | //link | //iframe | //@onclick | //@src | //@href")
    assert "prefers-color-scheme: dark" in text
    assert len(page.xpath("//svg")) == 4
    assert len(page.xpath("//svg[1]//rect")) == 20

"""The checklist: what a publisher of feeds owes its readers, as numbered rules.

The rules come of the specifications (RSS 2.0 and its best-practices profile, RFC 4287, JSON Feed 1.1, RFC 5005,
RFC 9110), of the sources and manuals of feed readers, and of experience; docs/conformance.md shows for each rule the
tests that prove it.
"""

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How much a rule binds: what breaks a MUST is an error, what breaks another a warning."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    NICE = "NICE"


class Rule(NamedTuple):
    """A row of the checklist: the letter of its group, its number, level and sentence."""

    group: str
    number: int
    level: Level
    sentence: str

    @property
    def name(self) -> str:
        """The rule as findings name it: group and number, `A5`."""
        return f"{self.group}{self.number}"


GROUPS = {
    "A": "Documents",
    "B": "Identity",
    "C": "Dates",
    "D": "Content",
    "E": "Window, size, archives, removal",
    "F": "HTTP",
    "G": "Static files",
    "H": "Notification and discovery",
    "I": "Security and operation",
}
"""What the letters of the groups stand for."""

_LEVELS = {"M": Level.MUST, "S": Level.SHOULD, "N": Level.NICE}

_ROWS = """
A 1 M Every document parses strictly and is UTF-8 without a byte order mark.
A 2 M The W3C feed validator finds no error.
A 3 S The W3C feed validator finds nothing to warn of.
A 4 M The XML declaration, if any, says UTF-8, as the media type does.
A 5 M What the format requires is there, once: title, link and description; id, title, updated; version and items.
A 6 S The feed states its language.
A 7 M The channel's link is the home page, not the feed's own address or a hub.
A 8 S The feed states its own absolute address, the one it is fetched from.
A 9 S Metadata stand before the entries.
A 10 S Entries stand newest first, in an order that equal instants do not upset.
A 11 M A feed without entries is valid.
A 12 M Characters that XML forbids, and halves of surrogate pairs, are not published and harm no other entry.
A 13 M Whatever text is written comes back from a parser unharmed, in NFC.
A 14 S A bad article is reported and left out, and the others are published.
A 15 S The generator tells no version, and addresses of documentation are https.
A 16 S The channel's image has the channel's title and link, and no size beyond the allowed.
A 17 M Namespaces are declared only where they are used.
B 18 M An id stays, whatever is edited, wherever the publication moves, on whatever machine it is built.
B 19 M An article has one id in every format and feed.
B 20 M A guid that is no address says isPermaLink="false".
B 21 M No id stands for two articles, or twice in a feed.
B 22 S An id is ASCII, at most 245 bytes, without white space, in normal form.
B 23 S An id is minted once and stored, not derived when rendering.
B 24 S The id of a withdrawn article is never given to another.
C 25 M Every date has a zone; what is written without one is in the publication's, never the host's.
C 26 M Dates of RSS are RFC 822: English names, the right weekday, four digits of year, a numeric zone or GMT.
C 27 M No date of RSS has KST for a zone, or a colon in its offset.
C 28 M Dates of Atom and JSON Feed are RFC 3339: capital T and Z, whole seconds.
C 29 M Korean dates are read exactly or refused with a message.
C 30 M published is the first publication, and no edit moves it.
C 31 M updated is never before published.
C 32 S Nothing is dated in the future; an embargoed article appears at its minute.
C 33 M The dates of a feed come of its content, not of the clock.
C 34 S An item of RSS says when it was edited, if it was.
C 35 M dc:date does not stand beside pubDate.
C 36 S A minor edit moves no date; a correction does, and is shown to readers.
C 37 S An article rewritten at the same address is pointed out.
C 38 S An article has the same dates in every format.
C 39 N A missing date is refused, not replaced.
D 40 M Titles are plain text, escaped once.
D 41 S RSS has a short description first, written as HTML, then the full text in content:encoded.
D 42 M The content of Atom is html or xhtml, its summary apart.
D 43 M Every address in a body is absolute.
D 44 M Addresses are absolute, percent-encoded ASCII, encoded once.
D 45 M Nothing that runs or submits stands in a body, and its HTML is balanced.
D 46 S Authors have names; no mail address is published without leave.
D 47 S The lead picture is media:content outside any group, its kind told, and the first picture of the body.
D 48 M An item has at most one enclosure, with address, type and length.
D 49 S One category for each section and tag, and no dc:subject beside it; those of Atom have term and label.
D 50 S Rights are stated.
D 51 S Bodies hold no lazy loading, counting pixels or advertisements.
D 52 N Pictures keep their texts and captions.
E 53 S A feed holds at least 30 entries and those of two days, never more than 300.
E 54 S A document is below 500 kB, and in no case above 2 MB.
E 55 S A feed that grows too large gives way in a way that can be foreseen.
E 56 S A withdrawn article leaves every document at the next build, and its id is remembered.
E 57 N Atom tells of withdrawn articles (RFC 6721), where wanted.
E 58 N Older entries stand in archive documents that the feed leads to (RFC 5005).
E 59 M fh:complete never stands in a feed that shows a window of its entries.
E 60 S What portals demand stands in documents of their own.
F 61 M Each format is served with its media type.
F 62 M ETags are made of the bytes, the same in every process.
F 63 M Last-Modified is never ahead of Date, and moves whenever the bytes do.
F 64 M If-None-Match is answered as RFC 9110 has it, and what is malformed gets the document.
F 65 M If-Modified-Since alone is honoured.
F 66 M If-None-Match that differs outweighs If-Modified-Since.
F 67 M 304 repeats what caches need, without a body.
F 68 S A validator that a proxy altered still matches.
F 69 M gzip only where it is accepted, with a tag of its own and Vary.
F 70 M HEAD says what GET says.
F 71 S Content-Length is right.
F 72 S Caches are told how long, in agreement with ttl.
F 73 M No cookie, no session, no redirect at a feed's address.
F 74 S A query changes nothing.
F 75 M Methods that feeds do not have get 405 with Allow.
F 76 S Old addresses lead to the new ones; what is nowhere is a small 404.
F 77 S When rendering fails, the last good bytes stay up; without any, 503 with Retry-After.
F 78 S A throttle, if any, spares conditional requests.
F 79 S Feeds may be read by pages of other sites.
F 80 S Link headers name what the bytes name.
F 81 N A-IM is ignored.
F 82 S A thousand conditional requests render nothing.
F 83 S Every reader gets the same, whatever it calls itself.
G 84 M Files are replaced whole, and those whose bytes did not change are not touched.
G 85 M The same input gives the same bytes on any machine and day.
G 86 S Compressed copies hold no time of their own.
G 87 S A feed that is no more leaves no stale file.
H 88 S Hubs are told of what changed, and a hub that fails stops nothing.
H 89 M Hubs are told after the new bytes can be fetched.
H 90 S IndexNow is told of new, edited and withdrawn articles.
H 91 S The news sitemap holds the articles of two days, at most 1,000, with what is required.
H 92 S Pages announce the feeds, the default first, under different titles.
H 93 N A feed menu at its well-known address, where wanted.
H 94 N An OPML document lists every feed.
H 95 S robots.txt keeps no reader from the feeds.
H 96 M No document carries an XSL style sheet.
I 97 M Addresses come of the configuration; a forged Host changes nothing.
I 98 M Links are http or https.
I 99 M Bombs of entities, aliases and compression are refused.
I 100 M Private feeds stay private.
I 101 S No name leads out of its folder.
I 102 S A report on access logs counts subscribers.
I 103 S A command checks these rules and names them.
I 104 N Real readers agree on what the feeds say.
"""


def _rules() -> dict[int, Rule]:
    rows = (line.split(" ", 3) for line in _ROWS.strip().splitlines())
    return {int(number): Rule(group, int(number), _LEVELS[level], sentence) for group, number, level, sentence in rows}


CHECKLIST: dict[int, Rule] = _rules()
"""Every rule by its number."""

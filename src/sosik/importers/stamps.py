"""The times of publication and edits on a page.

The position of a date decides its meaning: in the date line it belongs to the article, in the masthead usually to the
site. Without a date of publication, the day is inferred only from consistent evidence, and marked as inferred.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct

from sosik.dates import DateParseError, Precision, Role, Slot, Stamp, Timestamp, parse_stamps
from sosik.importers.furniture import IMPRINT, is_furniture, is_sentence
from sosik.normalize.bylines import byline
from sosik.patterns import pattern

LONGEST = 200
"""Characters that no date line has."""

LABELLED = pattern(
    r"(?:기사\s?|최초\s?|최종\s?|데스크\s?)*(?:입력|승인|등록|수정|송고|작성|게시|업데이트|편집)(?:\s?(?:시간|일시|일))?\s*+[:：|ㅣ]?\s*+"
    r"(?:\d{2,4}\s?[-./년:]|\d{1,2}\s?(?:초|분|시간|일|주|개월|달|년)\s?전|방금|오늘|어제|그제).*"
)
"""A line that means to be a date line, whether or not its date can be read."""

DATE = pattern(
    r"(?:(?:기사|최초|최종|데스크)\s?)*(?:입력|승인|등록|수정|송고|작성|게시|편집|발행|업데이트)?(?:\s?(?:시간|일시|일))?\s*+[:：|ㅣ]?\s*+"
    r"\d{4}\s?[-./년:]\s?\d{1,2}\s?[-./월:]\s?\d.*"
)
"""From the first date of a line to its end."""

MASTHEAD = pattern(r"(?:최종\s?)?(?:편집|수정|업데이트)|updated?\b", re.IGNORECASE)

NAMED_DAY = pattern(
    r"(?:IMG_|DSC_?)?(?P<century>(?:19|20)(?=\d{6}(?!\d)))?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"
)
"""The day of a press photo, in front of its file name: YYMMDD or YYYYMMDD."""

BARE_DAY = pattern(
    r"(?<![\d~∼–-])(?:(?P<month>\d{1,2})월\s?)?(?P<day>\d{1,2})일(?![~∼–-]|\s?(?:간|째|까지|부터|자\s))(?=[\s,(·.]|[은는이의에도]|오[전후]|\Z)"
)
OTHER_DAY = pattern(r"(?:지난|오는|내달|다음|이달|매월|매달)\s*(?:\d{1,2}월\s?)?\Z|(?:지난|전|내|다음)\s?달\s*\Z")


NICKNAME = pattern(r"[가-힣\w]{1,12}")
"""Who posted to a board: one word."""


class StatedTimes(Struct, frozen=True, kw_only=True):
    """What date lines say: the first publication and the last edit, and the lines that nobody could read."""

    published: Timestamp | None = None
    updated: Timestamp | None = None
    labelled: bool = True
    unread: tuple[DateParseError, ...] = ()


def is_date_line(text: str) -> bool:
    """Whether a line is an article's date line: it has a labelled stamp, or a date and nothing but a reporter."""
    if len(text) > LONGEST or is_sentence(text) or IMPRINT.search(text):
        return False
    if LABELLED.fullmatch(text):
        return True
    stamps = _stamps(text, Slot.STAMP, "Asia/Seoul")
    return any(stamp.role is not Role.NONE for stamp in stamps) or (bool(stamps) and _is_date_alone(text))


def is_masthead(text: str) -> bool:
    """Whether a line above the headline holds the stamp of the site."""
    return len(text) <= LONGEST and bool(MASTHEAD.search(text)) and bool(_stamps(text, Slot.MASTHEAD, "Asia/Seoul"))


def is_published_line(text: str) -> bool:
    """Whether a date line says by a label when the article was published; such a line speaks of it wherever it is."""
    return is_date_line(text) and any(stamp.role is Role.PUBLISHED for stamp in _stamps(text, Slot.STAMP, "Asia/Seoul"))


def without_date(text: str) -> str:
    """Return a line without its dates and what follows them: what may name the reporter."""
    return DATE.sub("", text)


def masthead_stamp(text: str, timezone: str) -> Timestamp:
    """Return the stamp of a line for which `is_masthead` holds."""
    return _stamps(text, Slot.MASTHEAD, timezone)[0].timestamp


def read_times(lines: Iterable[str], timezone: str) -> StatedTimes:
    """Return what the date lines of an article say. A date without a label counts as publication, `labelled` false."""
    stamps: list[Stamp] = []
    unread: list[DateParseError] = []
    for line in lines:
        try:
            stamps += parse_stamps(line, slot=Slot.STAMP, timezone=timezone)
        except DateParseError as error:
            unread.append(error)
    fine = [stamp for stamp in stamps if stamp.precision.reaches(Precision.DAY)]
    published = [stamp.timestamp for stamp in fine if stamp.role is Role.PUBLISHED]
    plain = [stamp.timestamp for stamp in fine if stamp.role is Role.NONE]
    updated = [stamp.timestamp for stamp in fine if stamp.role is Role.UPDATED]
    return StatedTimes(
        published=next(iter(published or plain), None),
        updated=max(updated, key=lambda timestamp: timestamp.instant, default=None),
        labelled=bool(published),
        unread=tuple(unread),
    )


def infer_day(pictures: Iterable[str], texts: Sequence[str], before: datetime | None) -> date | None:
    """Return the day on which the article was published, or None.

    It is the one day that stands in front of a picture's file name and, as a day of the month, in the text as well,
    and that is not after the page was made (*before*).
    """
    named = {day for picture in pictures if (day := _named_day(picture))}
    told = {mentioned for text in texts for mentioned in _days(text)}
    agreed = {day for day in named if (0, day.day) in told or (day.month, day.day) in told}
    if before is not None:
        agreed = {day for day in agreed if day <= before.date()}
    return agreed.pop() if len(agreed) == 1 else None


def written(timestamp: Timestamp) -> str:
    """Return a timestamp in ISO 8601, as precise as it is: a day, or minutes or seconds with their offset."""
    if timestamp.precision is Precision.MINUTE:
        return timestamp.instant.isoformat(timespec="minutes")
    return timestamp.value


def _stamps(text: str, slot: Slot, timezone: str) -> tuple[Stamp, ...]:
    """The stamps of a line that name at least a day."""
    try:
        stamps = parse_stamps(text, slot=slot, timezone=timezone)
    except DateParseError:
        return ()
    return tuple(stamp for stamp in stamps if stamp.precision.reaches(Precision.DAY))


def _is_date_alone(text: str) -> bool:
    """Whether nothing stands beside the date but a reporter or a counter."""
    if not DATE.search(text):
        return False
    rest = DATE.sub("", text).strip(" |ㅣ/-·•[]()")
    return not rest or bool(NICKNAME.fullmatch(rest)) or is_furniture(rest) or byline(rest) is not None


def _named_day(picture: str) -> date | None:
    named = NAMED_DAY.match(picture.rpartition("/")[2])
    if named is None:
        return None
    try:
        return date(int((named["century"] or "20") + named["year"]), int(named["month"]), int(named["day"]))
    except ValueError:
        return None


def _days(text: str) -> set[tuple[int, int]]:
    """The (month, day) that a text speaks of as its own time; the month is 0 where it is not said."""
    days = (
        match
        for match in BARE_DAY.finditer(text)
        if not OTHER_DAY.search(text, max(match.start() - 20, 0), match.start())
    )
    return {(int(match["month"] or 0), int(match["day"])) for match in days}

"""The offset or zone after a time of day, and the same time in another zone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo

from sosik.dates.context import Context, FieldValues, Refusal, number
from sosik.dates.places import COUNTED_WEST
from sosik.dates.zones import GENERIC, changes, named_zone
from sosik.words import Message

_FURTHEST = timedelta(hours=14)
_UNIVERSAL = ("UTC", "GMT", "UT")
_RELATIVE = frozenset({"now", "few", "count", "word", "period", "direction"})
_WHOLE = frozenset({"year", "year2", "year3", "date8", "date7", "digits", "day"})


def read_zone(fields: FieldValues, wall: datetime, context: Context) -> tzinfo | None:
    """The zone that *fields* name for a *wall* clock, naive; None where they name none. Raises Refusal."""
    zone = _written(fields, wall, context)
    if zone is not None and "also" in fields:
        _check_same(wall.replace(tzinfo=zone), str(fields["also"]))
    if zone is not None and "alsozone" in fields:
        _check_offset(wall.replace(tzinfo=zone), fields)
    return zone


def _written(fields: FieldValues, wall: datetime, context: Context) -> tzinfo | None:
    if "lost" in fields:
        fields = fields | {"sign": "+"}
    if "sign" not in fields:
        return _zone(fields, wall, context) if "zone" in fields else None
    if fields.get("zone") == COUNTED_WEST:
        return _counted_west(fields)
    if fields.get("zone", "UTC") not in _UNIVERSAL:
        raise Refusal(Message("dates.offset-of-zone"), "zone")
    if fields["sign"] == "-" and "offsetminutes" in fields and "T" not in fields and "second" not in fields:
        raise Refusal(Message("dates.span-or-offset"), "sign", hint=Message("dates.write-t"))
    digits = str(fields.get("offset4") or f"{number(fields, 'offset2'):02}{fields.get('offsetminutes', '00')}")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if int(digits[2:]) > 59 or offset > _FURTHEST:
        raise Refusal(Message("dates.no-offset", offset=f"{digits[:2]}:{digits[2:]}"), "sign")
    if fields["sign"] == "-" and int(digits[2:]) and digits not in _WEST_OF_HALF_HOURS:
        raise Refusal(Message("dates.span-or-offset"), "sign", hint=Message("dates.write-t"))
    return timezone(-offset if fields["sign"] == "-" else offset)


def _counted_west(fields: FieldValues) -> tzinfo:
    """Etc/GMT+5, whose hours count to the west; the tz database has them from -14 to +12."""
    hours = number(fields, "offset2") if "offset2" in fields and "offsetminutes" not in fields else 99
    if hours > (14 if fields["sign"] == "-" else 12):
        raise Refusal(Message("dates.no-zone", zone=COUNTED_WEST), "zone")
    return timezone(timedelta(hours=hours if fields["sign"] == "-" else -hours))


# What offsets west of Greenwich have ever held half an hour; any other is the end of a range.
_WEST_OF_HALF_HOURS = frozenset({"0230", "0330", "0430", "0930", "1030"})


def _zone(fields: FieldValues, wall: datetime, context: Context) -> tzinfo:
    name = str(fields["zone"])
    if len(name) == 1 and name != "Z":
        if "monthname" not in fields or not (context.feed or context.meta):
            raise Refusal(Message("dates.no-zone", zone=name), "zone")
        # RFC 5322, section 4.3: letters were defined wrongly and mean an unknown zone, -0000
        return timezone(timedelta())
    whole = not _WHOLE.isdisjoint(fields) and ("day" in fields or _RELATIVE.isdisjoint(fields))
    if not whole and (name in GENERIC or changes(name)):
        raise Refusal(Message("dates.zone-needs-date", zone=name), "zone")
    return _named(name, wall, feed=context.feed or (context.meta and "monthname" in fields))


def _named(name: str, wall: datetime, *, feed: bool = False) -> tzinfo:
    zone = named_zone(name, wall, feed=feed)
    if zone is None:
        reason = Message("dates.zone-elsewhen" if changes(name) else "dates.many-zones", zone=name)
        raise Refusal(reason, "zone", "also", "otherzone", hint=Message("dates.write-offset-like"))
    return zone


def _check_same(instant: datetime, also: str) -> None:
    wall = instant.replace(tzinfo=None)
    if wall.replace(tzinfo=_named(also, wall, feed=True)).utcoffset() != instant.utcoffset():
        raise Refusal(Message("dates.other-offset", zone=also), "also")


def _check_offset(instant: datetime, fields: FieldValues) -> None:
    """Refuse KST (UTC+8), where the offset beside the zone is another."""
    written = str(fields.get("alsofour") or f"{int(str(fields['alsohours'])):02}{fields.get('alsominutes', '00')}")
    offset = timedelta(hours=int(written[:2]), minutes=int(written[2:]))
    zone = str(fields["alsozone"])
    if zone not in _UNIVERSAL or instant.utcoffset() != (-offset if fields["alsosign"] == "-" else offset):
        raise Refusal(Message("dates.other-offset", zone=f"{zone}{fields['alsosign']}{written}"), "alsozone")


def check_other_clock(fields: FieldValues, instant: datetime) -> None:
    """Refuse 15:22 KST (07:22 UTC), where the two clocks tell different moments."""
    zone = _named(str(fields["otherzone"]), instant.replace(tzinfo=None))
    there = instant.astimezone(zone)
    hour = number(fields, "otherhour")
    if "otherhalf" in fields:
        hour = hour % 12 + (12 if str(fields["otherhalf"]) in _AFTERNOONS else 0)
    told = (
        number(fields, "otherday") if "otherday" in fields else there.day,
        hour,
        number(fields, "otherminute") if "otherminute" in fields else there.minute,
        number(fields, "othersecond") if "othersecond" in fields else there.second,
    )
    if told != (there.day, there.hour, there.minute, there.second):
        raise Refusal(Message("dates.other-clock", zone=str(fields["otherzone"])), "otherhour")


_AFTERNOONS = ("오후", "pm", "낮", "저녁", "밤")

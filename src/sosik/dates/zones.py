"""Time zones by name: those of the tz database, the letters of feeds, and what Korean newsrooms call them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

FIXED: Final = {"KST": 9, "JST": 9, "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "SGT": 8, "PHT": 8, "ICT": 7, "WIB": 7}
"""Names of one offset, in hours."""

RFC_822: Final = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
"""Offsets in hours that RFC 822 (section 5.1) gives to names which elsewhere hold for a part of the year only."""

_SEASONAL: Final = {
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "CDT": "America/Chicago",
    "MST": "America/Denver",
    "MDT": "America/Denver",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "AKST": "America/Anchorage",
    "AKDT": "America/Anchorage",
    "HST": "Pacific/Honolulu",
    "AST": "America/Halifax",
    "ADT": "America/Halifax",
    "BST": "Europe/London",
    "WET": "Europe/Lisbon",
    "WEST": "Europe/Lisbon",
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "EET": "Europe/Athens",
    "EEST": "Europe/Athens",
    "MSK": "Europe/Moscow",
    "HKT": "Asia/Hong_Kong",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "ACST": "Australia/Adelaide",
    "ACDT": "Australia/Adelaide",
    "AWST": "Australia/Perth",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
}
"""Names that hold where and when the tz database has them. CST (of China, too) and IST are not among them."""

GENERIC: Final = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
"""Names of a zone in winter and in summer."""

_REGIONS: Final = {
    "동부": "America/New_York",
    "중부": "America/Chicago",
    "산악": "America/Denver",
    "서부": "America/Los_Angeles",
    "태평양": "America/Los_Angeles",
}
_PLACES: Final = {
    "Asia/Seoul": "한국 대한민국 국내 서울 우리나라",
    "Asia/Pyongyang": "북한 평양",
    "Asia/Tokyo": "일본 도쿄 오사카",
    "Asia/Shanghai": "중국 베이징 북경 상하이",
    "Asia/Hong_Kong": "홍콩",
    "Asia/Taipei": "대만 타이베이",
    "Asia/Ulaanbaatar": "울란바토르",
    "Asia/Manila": "필리핀 마닐라",
    "Asia/Ho_Chi_Minh": "베트남 하노이 호찌민 호치민",
    "Asia/Bangkok": "태국 방콕",
    "Asia/Singapore": "싱가포르",
    "Asia/Kuala_Lumpur": "말레이시아 쿠알라룸푸르",
    "Asia/Jakarta": "자카르타",
    "Asia/Kolkata": "인도 뉴델리 뭄바이",
    "Asia/Dubai": "두바이 아부다비 아랍에미리트",
    "Asia/Qatar": "카타르 도하",
    "Asia/Riyadh": "사우디아라비아 사우디 리야드",
    "Asia/Tehran": "이란 테헤란",
    "Asia/Jerusalem": "이스라엘 예루살렘 텔아비브",
    "Africa/Cairo": "이집트 카이로",
    "Africa/Johannesburg": "남아공 남아프리카공화국 요하네스버그",
    "Europe/Istanbul": "튀르키예 터키 이스탄불 앙카라",
    "Europe/Moscow": "모스크바",
    "Europe/Kyiv": "우크라이나 키이우",
    "Europe/Athens": "그리스 아테네",
    "Europe/London": "영국 런던",
    "Europe/Paris": "프랑스 파리",
    "Europe/Berlin": "독일 베를린 프랑크푸르트 뮌헨",
    "Europe/Rome": "이탈리아 로마 밀라노",
    "Europe/Madrid": "마드리드 바르셀로나",
    "Europe/Zurich": "스위스 제네바 취리히 다보스",
    "Europe/Vienna": "오스트리아 빈",
    "Europe/Brussels": "벨기에 브뤼셀",
    "Europe/Amsterdam": "네덜란드 암스테르담 헤이그",
    "Europe/Stockholm": "스웨덴 스톡홀름",
    "Europe/Oslo": "노르웨이 오슬로",
    "Europe/Copenhagen": "덴마크 코펜하겐",
    "Europe/Helsinki": "핀란드 헬싱키",
    "Europe/Warsaw": "폴란드 바르샤바",
    "Europe/Prague": "체코 프라하",
    "America/New_York": "뉴욕 워싱턴 보스턴 애틀랜타 마이애미 필라델피아",
    "America/Chicago": "시카고 휴스턴 댈러스",
    "America/Denver": "덴버",
    "America/Los_Angeles": "로스앤젤레스 LA 샌프란시스코 시애틀 라스베이거스 샌디에이고 실리콘밸리",
    "Pacific/Honolulu": "하와이 호놀룰루",
    "America/Toronto": "토론토 오타와 몬트리올",
    "America/Vancouver": "밴쿠버",
    "America/Mexico_City": "멕시코시티",
    "America/Sao_Paulo": "상파울루 리우데자네이루",
    "America/Argentina/Buenos_Aires": "부에노스아이레스",
    "Australia/Sydney": "시드니 멜버른",
    "Pacific/Auckland": "뉴질랜드 오클랜드 웰링턴",
}
PLACES: Final = {place: name for name, places in _PLACES.items() for place in places.split()}
"""Zones by the places whose local time a newsroom gives; countries of one zone only."""

REGION: Final = (
    r"(?:미국|미|캐나다|북미)? ?(?P<region>"
    + "|".join(_REGIONS)
    + r") ?(?:(?P<season>표준|하계|서머타임|일광절약) ?)?(?:시[간각]?|타임)(?![가-힣])"
)
PLACE: Final = (
    r"(?P<place>"
    + "|".join(sorted(PLACES, key=len, reverse=True))
    + r")(?:의|시)? ?(?:현지 ?시[간각]|현지|표준 ?시[간각]?|시[간각])(?![가-힣])"
)
UNIVERSAL: Final = (
    r"(?:협정 ?세계시|세계 ?협정시|세계 ?표준시|국제 ?표준시|그리니치 ?(?:평균시|표준시|시[간각]?))(?![가-힣])"
    r"|Coordinated Universal Time|Greenwich Mean Time"
)
TZ_NAME: Final = (
    r"(?i:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific|US)/[A-Za-z_/]+"
)


def named_region(region: str, season: str | None) -> str:
    """The zone of a region of North America, or the name of its winter or summer time."""
    letter = {"동부": "E", "중부": "C", "산악": "M", "서부": "P", "태평양": "P"}[region]
    if season is None:
        return _REGIONS[region]
    return letter + ("ST" if season == "표준" else "DT")


_ENGLISH: Final = {"Eastern": "E", "Central": "C", "Mountain": "M", "Pacific": "P"}
ENGLISH: Final = r"(?P<english_region>Eastern|Central|Mountain|Pacific) (?P<english_season>Standard|Daylight) Time"
"""As browsers write it behind the offset."""


def english_zone(region: str, season: str) -> str:
    """The letters of a zone that is written out."""
    return _ENGLISH[region] + season[0] + "T"


def spelled_as_known(name: str) -> str:
    """The name of a zone with the capitals of the tz database: asia/seoul."""
    if name != name.lower():
        return name
    return "/".join("_".join(word.capitalize() for word in part.split("_")) for part in name.split("/"))


def zone_of(timezone: str | tzinfo) -> tzinfo:
    """The zone of a tz database name, or the zone itself. Raises ValueError for an unknown name.

    The standard library's zones, not dateutil's: they are twice as fast and a third of the import.
    """
    return _named(timezone) if isinstance(timezone, str) else timezone


@lru_cache(maxsize=64)
def _named(name: str) -> tzinfo:
    # Imported here: with it comes all that is known of how Python was built.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is no zone of the tz database; one is Asia/Seoul") from error


def changes(name: str) -> bool:
    """Whether the offset of the zone called so depends on the day."""
    return "/" in name or name in GENERIC or name in _SEASONAL


def named_zone(name: str, wall: datetime, *, feed: bool) -> tzinfo | None:
    """The zone called *name* where the naive *wall* clock stands; None if there is none, or more than one.

    In a *feed* the names of RFC 822 mean what it says.
    """
    if name in FIXED:
        return timezone(timedelta(hours=FIXED[name]))
    if feed and name in RFC_822:
        return timezone(timedelta(hours=RFC_822[name]))
    try:
        if name in _SEASONAL:
            zone = zone_of(_SEASONAL[name])
            return zone if wall.replace(tzinfo=zone).tzname() == name else None
        return zone_of(GENERIC.get(name, name)) if "/" in name or name in GENERIC else None
    except ValueError:
        return None

"""Sino-Korean numerals, in Hangul or Hanja: by digits or by places."""

from __future__ import annotations

_DIGITS = {
    digit: value
    for digits in ("영일이삼사오육칠팔구", "공一二三四五六七八九", "〇")
    for value, digit in enumerate(digits)
}
_PLACES = {"십": 10, "백": 100, "천": 1000, "十": 10, "百": 100, "千": 1000}


def spelled_number(word: str) -> int | None:
    """The number that Sino-Korean numerals spell, by digits (이공이사) or by places (이천이십사); None if neither."""
    if not any(numeral in _PLACES for numeral in word):
        return int("".join(str(_DIGITS[numeral]) for numeral in word)) if len(word) <= _MOST_NUMERALS else None
    total, digit, place_before = 0, 0, 10_000
    for numeral in word:
        place = _PLACES.get(numeral)
        if place is None:
            if digit or not _DIGITS[numeral]:
                return None
            digit = _DIGITS[numeral]
        elif place >= place_before:
            return None
        else:
            total, digit, place_before = total + (digit or 1) * place, 0, place
    return total + digit


_MOST_NUMERALS = 4

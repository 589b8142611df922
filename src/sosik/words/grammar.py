"""Fills values into texts, with the dependent forms of words: plurals in English, particles in Korean.

`{count:entry|entries}` is the first word for 1 and the second for every other number; the number itself is `{count}`.
`{title:을}` is the title with the particle that follows it: 을 or 를, 은 or 는, 이 or 가, 과 or 와, 으로 or 로.
`{@published}` is the name of the key `published` in the file. All other fields are as in `str.format`.
"""

from collections.abc import Mapping, Sequence
from string import Formatter

_PARTICLES = {
    "은": ("은", "는"),
    "는": ("은", "는"),
    "이": ("이", "가"),
    "가": ("이", "가"),
    "을": ("을", "를"),
    "를": ("을", "를"),
    "과": ("과", "와"),
    "와": ("과", "와"),
    "으로": ("으로", "로"),
    "로": ("으로", "로"),
}
"""A particle by either of its forms: after a final consonant, and after a vowel."""

_FIRST, _LAST = ord("가"), ord("힣")
_FINALS = 28
_RIEUL = 8
"""The number of the final consonant ㄹ, after which 로 stands as after a vowel."""


def fill(text: str, values: Mapping[str, object]) -> str:
    """Return a text with its values in place. Raises `KeyError` where one is missing."""
    return _FORMATTER.vformat(text, (), values)


def with_particle(word: str, particle: str) -> str:
    """Return a word and the form of a particle that follows it, or both (`PDF을(를)`) where its sound is not known."""
    closed, opened = _PARTICLES[particle]
    last = word.rstrip("\"'”’」』》>)]")[-1:]
    if not last or not _FIRST <= ord(last) <= _LAST:
        both = f"({closed.removesuffix(opened)}){opened}" if closed.endswith(opened) else f"{closed}({opened})"
        return word + both
    final = (ord(last) - _FIRST) % _FINALS
    is_open = final == 0 or (final == _RIEUL and opened == "로")
    return word + (opened if is_open else closed)


class _Formatter(Formatter):
    """`str.format` with plurals, particles and keys."""

    def get_value(self, key: int | str, args: Sequence[object], kwargs: Mapping[str, object]) -> object:
        if isinstance(key, str) and key.startswith("@"):
            return kwargs.get(key, key.removeprefix("@"))
        return super().get_value(key, args, kwargs)

    def format_field(self, value: object, format_spec: str) -> str:
        if format_spec in _PARTICLES:
            return with_particle(str(value), format_spec)
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return one if value == 1 else many
        return str(super().format_field(value, format_spec))


_FORMATTER = _Formatter()

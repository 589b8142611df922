"""Fills values into texts, with the dependent forms of words: plurals in English, particles in Korean.

`{count:entry|entries}` is the first word for 1 and the second for every other number; the number itself is `{count}`.
`{title:을}` is the title with the particle that follows it: 을 or 를, 은 or 는, 이 or 가, 과 or 와, 으로 or 로.
`{@published}` is the name of the key `published` in the file. All other fields are as in `str.format`.
"""

from collections.abc import Mapping

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
    return text.format_map(_Values(values))


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


class _Values:
    """Values as `str.format_map` asks for them: a key that nothing is said of is named as it is."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> object:
        if name.startswith("@"):
            return self._values.get(name, name.removeprefix("@"))
        return _Value(self._values[name])


class _Value:
    """A value that knows plurals and particles as its formats."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __repr__(self) -> str:
        return repr(self._value)

    def __format__(self, form: str) -> str:
        if form in _PARTICLES:
            return with_particle(str(self._value), form)
        if "|" in form:
            one, many = form.split("|")
            return one if self._value == 1 else many
        return format(self._value, form)

"""The values of an entry file by their keys, read as plain text or lists of it."""

from typing import Protocol

from sosik.addresses import without_references
from sosik.model import RawMapping, RawText, RawValue
from sosik.normalize.text import plain_text
from sosik.patterns import pattern
from sosik.read.keys import korean_word
from sosik.source.lists import listed
from sosik.source.mapping import TEXT_OR_MAPPING, MappingReader
from sosik.words import Message

_HANGUL = pattern("[가-힣]")


class Tell(Protocol):
    """Takes what the newsroom should know of a body, and at which offset of it, where that is known."""

    def __call__(self, message: Message, offset: int | None = None, /) -> None:
        """Take a message."""
        ...


class EntryFields(MappingReader):
    """The values of an entry file, or of a mapping in it, as plain text: markup in it is a problem."""

    def as_text(self, key: str, value: RawText) -> str:
        """Return a value, of a key or a member of it, as plain text on one line; markup in it is a problem."""
        text = value.text
        return plain_text(self.without_markup(key, value) if "<" in text or "&" in text else text)

    def offered(self, key: str, written: str, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words to offer in the place of one that a key does not take, in the language of that one."""
        return tuple(korean_word(key, word) for word in words) if _HANGUL.search(written) else words

    def address(self, key: str, value: RawText) -> str:
        """Return a value, of a key or a member of it, as an address; `&amp;` in it is `&` (a problem)."""
        written = value.text.strip()
        meant = without_references(written)
        if meant != written:
            self.report(Message("address-repaired.ampersand", key=key, url=meant), value.location)
        return meant

    def words(self, key: str) -> tuple[str, ...]:
        """Return the members of a list of words; one line of text is split, lists within the list count as one."""
        words = (self.as_scalar(key, member) for member in listed(self.values.get(key)))
        return tuple(text for word in words if word and (text := self.as_text(key, word)))

    def nested(self, key: str, member: RawValue, text_key: str) -> "EntryFields | None":
        """Return a member of a key that is a mapping as fields of its own.

        A member that is text alone counts as a mapping of *text_key* to it; None for a list (a problem).
        """
        if isinstance(member, RawText):
            values: dict[str, RawValue] = {text_key: member}
        elif isinstance(member, RawMapping):
            values = {name.text: value for name, value in member.items}
        else:
            hint = Message("value-type.nested-hint", key=key, inner=text_key)
            self.refuse(key, member, TEXT_OR_MAPPING, hint)
            return None
        return EntryFields(values, member.location, problems=self.problems)

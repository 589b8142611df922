"""The values of an entry file by their keys, read as plain text or lists of it."""

from html import unescape

from sosik.model import RawMapping, RawText, RawValue
from sosik.normalize.text import character_reference, plain_text, strip_markup
from sosik.source.mapping import TEXT_OR_MAPPING, MappingReader
from sosik.words import Message


class EntryFields(MappingReader):
    """The values of an entry file, or of a mapping in it, as plain text: markup in it is a problem."""

    def as_text(self, key: str, value: RawText) -> str:
        """Return a value, of a key or a member of it, as plain text on one line; markup in it is a problem."""
        text, tags = strip_markup(value.text)
        if tags:
            message = Message("html-removed.plain-text", key=key, tags=" ".join(f"<{tag}>" for tag in tags))
            self.report(message, value.location, Message("html-removed.plain-text-hint"))
        if entity := character_reference(text):
            message = Message("entity-literal.plain-text", key=key, entity=entity)
            hint = Message("entity-literal.plain-text-hint", entity=entity, character=unescape(entity))
            self.report(message, value.location, hint)
        return plain_text(text)

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

"""The members of an entry file under their canonical keys, whatever the file calls them."""

from collections.abc import Mapping

from sosik.errors import Location, Problem
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.read.foreign import FOREIGN, MEDIA
from sosik.read.keys import ENTRY_KEYS, Key, names_of, near_keys
from sosik.source import problem_of
from sosik.source.mapping import is_blank
from sosik.words import Message


class KeyResolver:
    """Reads the mapping of one file; `problems` collects what is wrong with its keys."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def resolved(self, mapping: RawMapping) -> Mapping[str, RawValue]:
        """Return the values of a file by canonical key; empty text counts as absent, save for what an entry needs."""
        fields = self._members(mapping, ENTRY_KEYS)
        self._check_draft(fields)
        if "categories" in fields:
            self._spread_categories(fields)
        if "unconfirmed" in fields:
            fields["unconfirmed"] = _canonical_names(fields["unconfirmed"])
        return fields

    def _members(self, mapping: RawMapping, keys: tuple[Key, ...]) -> dict[str, RawValue]:
        """Return the values of a mapping by canonical key, the first one where a key stands twice."""
        fields: dict[str, RawValue] = {}
        written: dict[str, RawText] = {}
        for name, value in mapping.items:
            key = names_of(keys).get(name.text.strip().lower())
            if key is None:
                self._refuse_name(name, keys)
            elif is_blank(value) and not key.words:
                if key.needed:
                    fields.setdefault(key.name, value)
            elif key.name in written:
                self._conflict(name, written[key.name])
            else:
                written[key.name] = name
                fields[key.name] = self._canonical(value, key)
        return fields

    def _canonical(self, value: RawValue, key: Key) -> RawValue:
        """Return a value with the canonical names of the keys and the words in it."""
        if key.words and isinstance(value, RawText):
            return RawText(text=key.words.get(value.text.strip(), value.text), location=value.location)
        if not key.members or isinstance(value, RawText):
            return value
        if isinstance(value, RawList):
            return RawList(items=tuple(self._canonical(item, key) for item in value.items), location=value.location)
        members = self._members(value, key.members)
        items = tuple((RawText(text=name, location=member.location), member) for name, member in members.items())
        return RawMapping(items=items, location=value.location)

    def _refuse_name(self, name: RawText, keys: tuple[Key, ...]) -> None:
        if keys is ENTRY_KEYS and name.text.strip().lower() in MEDIA:
            hint = Message("key-ignored.media-hint")
            self._report(Message("key-ignored.media", key=name.text), name.location, hint)
        elif keys is ENTRY_KEYS and name.text.strip().lower() in FOREIGN:
            self._report(Message("key-ignored.foreign", key=name.text), name.location)
        else:
            self._report(Message("key-unknown.entry", key=name.text), name.location, near_keys(name.text, keys))

    def _conflict(self, name: RawText, first: RawText) -> None:
        message = Message("key-conflict.names", name=name.text, first=first.text, line=first.location.line)
        self._report(message, name.location, Message("key-conflict.names-hint", name=name.text, first=first.text))

    def _check_draft(self, fields: Mapping[str, RawValue]) -> None:
        draft, status = fields.get("draft"), fields.get("status")
        if draft is not None and isinstance(status, RawText):
            message = Message("key-conflict.draft", status=status.text)
            self._report(message, draft.location, Message("key-conflict.draft-hint"))

    def _spread_categories(self, fields: dict[str, RawValue]) -> None:
        """Put the first of Jekyll's and Hugo's categories where the section belongs, and the rest before the tags."""
        categories = fields.pop("categories")
        section, *rest = categories.items if isinstance(categories, RawList) and categories.items else (categories,)
        if "section" in fields:
            hint = Message("key-conflict.categories-hint")
            self._report(Message("key-conflict.categories"), categories.location, hint)
            return
        fields["section"] = section
        if rest:
            tags = fields.get("tags", RawList(items=(), location=categories.location))
            old = tags.items if isinstance(tags, RawList) else (tags,)
            fields["tags"] = RawList(items=(*rest, *old), location=tags.location)

    def _report(self, message: Message, location: Location, hint: Message | None = None) -> None:
        self.problems.append(problem_of(message, location, hint))


def _canonical_names(value: RawValue) -> RawValue:
    """Return the names of keys in a list as canonical names."""
    if isinstance(value, RawList):
        return RawList(items=tuple(_canonical_names(item) for item in value.items), location=value.location)
    key = names_of(ENTRY_KEYS).get(value.text.strip().lower()) if isinstance(value, RawText) else None
    return RawText(text=key.name, location=value.location) if key else value

"""The members of an entry file under their canonical keys, whatever the file calls them."""

from collections.abc import Mapping

from sosik.errors import Problem
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.read.keys import ENTRY_KEYS, FOREIGN, Key, names_of, nearest


class KeyResolver:
    """Reads the mapping of one file; `problems` collects what is wrong with its keys."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def resolved(self, mapping: RawMapping) -> Mapping[str, RawValue]:
        """Return the values of a file by canonical key; empty text counts as absent, save for what an entry needs."""
        found = dict(self._members(mapping, ENTRY_KEYS))
        self._check_draft(found)
        if "categories" in found:
            self._spread_categories(found)
        if "unconfirmed" in found:
            found["unconfirmed"] = _canonical_names(found["unconfirmed"])
        return found

    def _members(self, mapping: RawMapping, keys: tuple[Key, ...]) -> dict[str, RawValue]:
        """Return the values of a mapping by canonical key, the first one where a key stands twice."""
        found: dict[str, RawValue] = {}
        written: dict[str, RawText] = {}
        for name, value in mapping.items:
            key = names_of(keys).get(name.text.strip().lower())
            if key is None:
                self._refuse_name(name, keys)
            elif _is_empty(value) and not key.words:
                if key.needed:
                    found.setdefault(key.name, value)
            elif key.name in written:
                self._conflict(name, written[key.name])
            else:
                written[key.name] = name
                found[key.name] = self._canonical(value, key)
        return found

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
        if keys is ENTRY_KEYS and name.text.strip().lower() in FOREIGN:
            self._report("key-ignored", f"{name.text} is a key of another program; it says nothing here", name)
        else:
            self._report("key-unknown", f"{name.text!r} is no key here", name, nearest(name.text.strip(), keys))

    def _conflict(self, name: RawText, first: RawText) -> None:
        message = f"{name.text} says what {first.text} on line {first.location.line} says already"
        self._report("key-conflict", message, name, f"keep {first.text} or {name.text}, not both")

    def _check_draft(self, found: Mapping[str, RawValue]) -> None:
        draft, status = found.get("draft"), found.get("status")
        if draft is not None and isinstance(status, RawText):
            message = f"draft and status {status.text} are two ways to say the same thing"
            place = RawText(text="draft", location=draft.location)
            self._report("key-conflict", message, place, "keep status, and delete draft")

    def _spread_categories(self, found: dict[str, RawValue]) -> None:
        """Put the first of Jekyll's and Hugo's categories where the section belongs, and the rest before the tags."""
        categories = found.pop("categories")
        section, *rest = categories.items if isinstance(categories, RawList) and categories.items else (categories,)
        if "section" in found:
            place = RawText(text="categories", location=categories.location)
            self._report("key-conflict", "categories names a section, and section does too", place, "keep section")
            return
        found["section"] = section
        if rest:
            tags = found.get("tags", RawList(items=(), location=categories.location))
            old = tags.items if isinstance(tags, RawList) else (tags,)
            found["tags"] = RawList(items=(*rest, *old), location=tags.location)

    def _report(self, code: str, message: str, name: RawText, hint: str = "") -> None:
        self.problems.append(Problem(code=code, message=message, location=name.location, hint=hint))


def _canonical_names(value: RawValue) -> RawValue:
    """Return the names of keys in a list as canonical names."""
    if isinstance(value, RawList):
        return RawList(items=tuple(_canonical_names(item) for item in value.items), location=value.location)
    key = names_of(ENTRY_KEYS).get(value.text.strip().lower()) if isinstance(value, RawText) else None
    return RawText(text=key.name, location=value.location) if key else value


def _is_empty(value: RawValue) -> bool:
    return isinstance(value, RawText) and not value.text.strip()

"""The members of an entry file under their canonical keys."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from sosik.errors import Location, Problem
from sosik.model import RawList, RawMapping, RawText, RawValue
from sosik.patterns import pattern
from sosik.read.foreign import MEDIA
from sosik.read.keys import ENTRY_KEYS, Key, all_folded, folded, is_hangul, key_of, korean_names
from sosik.read.meant import meant_by
from sosik.read.unknown import is_foreign, may_hide, slip_of
from sosik.source import problem_of
from sosik.source.comments import with_hashtags
from sosik.source.lists import flattened, listed
from sosik.source.mapping import TRUTH, is_blank
from sosik.words import Message

_NULLS = frozenset({"null", "~"})
_NO_WORDS = {"", *_NULLS, *TRUTH}
_LONGEST_WORD = max(map(len, _NO_WORDS))
_HASHTAGS = pattern(r"(?:#[^\s#,]+[\s,]*)+")


class KeyResolver:
    """Reads the mapping of one file; `problems` collects what is wrong with its keys, beside what was `found` before.

    `silent` are keys that other programs read, and of which nothing is said. `unknown` collects the members under keys
    that nobody knows.
    """

    def __init__(self, silent: Collection[str] = (), found: Iterable[Problem] = ()) -> None:
        self.problems: list[Problem] = [*found]
        self.unknown: list[tuple[RawText, RawValue]] = []
        self._written: set[tuple[str, str]] = set()
        self._silent = all_folded(tuple(silent))

    def resolved(self, mapping: RawMapping) -> Mapping[str, RawValue]:
        """Return the values of a file by canonical key; empty text counts as absent, save for what an entry needs."""
        fields = self._plain_members(mapping) or self._members(mapping, ENTRY_KEYS)
        self._check_draft(fields)
        if "categories" in fields:
            self._spread_categories(fields)
        if "unconfirmed" in fields:
            fields["unconfirmed"] = _canonical_names(fields["unconfirmed"])
        return fields

    @property
    def names(self) -> Mapping[str, str]:
        """What the file calls keys, by their canonical names: those that have another name there.

        A file in Korean is told of keys that it lacks in Korean, too. A key that has two names in it, as those of
        pictures and authors may, keeps the canonical one.
        """
        return _other_names(frozenset(self._written))

    def _plain_members(self, mapping: RawMapping) -> dict[str, RawValue] | None:
        """Return what `_members` does of a file without anything to be told or to be brought into another form."""
        names = _plain_names(tuple([name.text for name, _ in mapping.items]))
        if names is None or self.problems or not all(_is_plain(value) for _, value in mapping.items):
            return None
        self._written.update(names.written)
        return dict(zip(names.keys, [value for _, value in mapping.items], strict=True))

    def _with_comments_as_tags(self, value: RawValue) -> RawValue:
        """Return tags with those that are comments to YAML, for they begin with their sign; that is no problem then."""
        if not self.problems:
            return value
        misread = {one.location for one in self.problems if one.code == "text-quote"}
        meant = {one.location for one in flattened(value) if one.location in misread and _are_hashtags(one)}
        if not meant:
            return value
        self.problems = [one for one in self.problems if one.code != "text-quote" or one.location not in meant]
        if not isinstance(value, RawList):
            return value
        items = ((one,) if one.location not in meant else listed(one) for one in flattened(value))
        return RawList(items=tuple(chain.from_iterable(items)), location=value.location, comment=value.comment)

    def _members(self, mapping: RawMapping, keys: tuple[Key, ...]) -> dict[str, RawValue]:
        """Return the values of a mapping by canonical key, one where several names say the same."""
        fields: dict[str, RawValue] = {}
        written: dict[str, RawText] = {}
        for name, value in mapping.items:
            key = key_of(name.text, keys)
            if key is None:
                self._unknown(name, value, keys)
                continue
            self._written.add((key.name, name.text))
            if key.hashtags:
                value = self._with_comments_as_tags(value)
            if key.prose:
                value, problems = with_hashtags(value, are_tags=key.hashtags)
                self.problems += problems
            if (is_blank(value) or (not key.headline and _is_null(value))) and not key.words:
                if key.needed:
                    fields.setdefault(key.name, RawText(text="", location=value.location))
            elif key.flag and isinstance(value, RawText) and value.text.strip().casefold() in TRUTH:
                fields[key.flag] = value
            elif key.name not in written or self._takes_the_place(key, name, value, written[key.name], fields):
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

    def _unknown(self, name: RawText, value: RawValue, keys: tuple[Key, ...]) -> None:
        """Report a key that is none of ours; it holds the entry back where it may be one, or may hide the entry."""
        if folded(name.text) in self._silent:
            return
        if keys is ENTRY_KEYS and folded(name.text) in MEDIA:
            hint = Message("key-ignored.media-hint")
            self._report(Message("key-ignored.media", key=name.text), name.location, hint)
        elif is_foreign(name.text):
            self._report(Message("key-ignored.foreign", key=name.text), name.location)
        elif (meant := meant_by(name.text) if keys is ENTRY_KEYS else None) and may_hide(name.text):
            self._report(Message("key-unknown.visibility", key=name.text), name.location, meant)
        elif slip := slip_of(name.text, keys):
            hint = Message("key-unknown.near-hint", name=slip)
            self._report(Message("key-unknown.entry", key=name.text), name.location, hint)
        elif may_hide(name.text):
            hint = Message("key-unknown.visibility-hint")
            self._report(Message("key-unknown.visibility", key=name.text), name.location, hint)
        else:
            hint = meant or Message("key-ignored.unknown-hint")
            self._report(Message("key-ignored.unknown", key=name.text), name.location, hint)
            self.unknown.append((name, value))

    def _takes_the_place(
        self, key: Key, name: RawText, value: RawValue, first: RawText, fields: Mapping[str, RawValue]
    ) -> bool:
        """Whether a second value for a key counts instead of the first; what is left out, if it differs, is told."""
        if _said(self._canonical(value, key)) == _said(fields[key.name]):
            return False
        ranks = [key.beside.index(found) for found in (folded(name.text), folded(first.text)) if found in key.beside]
        if len(ranks) < 2:
            self._conflict(name, first)
            return False
        left_out, counts = (first, name) if ranks[0] < ranks[1] else (name, first)
        self._report(Message("key-ignored.beside", name=left_out.text, first=counts.text), left_out.location)
        return counts is name

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
        if "section" in fields:
            hint = Message("key-conflict.categories-hint")
            self._report(Message("key-conflict.categories"), categories.location, hint)
            return
        named = [member for member in listed(categories) if not (is_blank(member) or _is_null(member))]
        section, rest = named[:1], named[1:]
        if section:
            fields["section"] = section[0]
        if rest:
            tags = fields.get("tags", RawList(items=(), location=categories.location))
            fields["tags"] = RawList(items=(*rest, *listed(tags)), location=tags.location)

    def _report(self, message: Message, location: Location, hint: Message | None = None) -> None:
        self.problems.append(problem_of(message, location, hint))


class _Names(NamedTuple):
    """The canonical names of keys, in the order of the file, and each with what the file calls it."""

    keys: tuple[str, ...]
    written: frozenset[tuple[str, str]]


@lru_cache(maxsize=256)
def _plain_names(written: tuple[str, ...]) -> _Names | None:
    """Return what the names in a file mean: most files of a newsroom have the same ones.

    None where one means nothing, or two the same, or a value may have to be brought into another form.
    """
    keys = [key_of(name, ENTRY_KEYS) for name in written]
    known = [key for key in keys if key is not None and not key.words]
    names = tuple([key.name for key in known])
    if len({*names}) < len(written):
        return None
    return _Names(names, frozenset(zip(names, written, strict=True)))


@lru_cache(maxsize=256)
def _other_names(written: frozenset[tuple[str, str]]) -> Mapping[str, str]:
    """Return what a file calls keys where that is not their canonical name, as `KeyResolver.names` says."""
    keys = {key for key, _ in written}
    names = {key: {name for named, name in written if named == key} for key in keys}
    told = {key: min(them) for key, them in names.items() if len(them) == 1}
    is_korean = any(is_hangul(name) for _, name in written)
    others = {key: name for key, name in korean_names().items() if key not in keys} if is_korean else {}
    return {key: name for key, name in (told | others).items() if key != name}


def _is_plain(value: RawValue) -> bool:
    """Whether a value is words, without a comment that may belong to them, and none that stands for something else."""
    if isinstance(value, RawText):
        text = value.text.strip()
        return not value.comment and (len(text) > _LONGEST_WORD or text.casefold() not in _NO_WORDS)
    return isinstance(value, RawList) and not value.comment and all(map(_is_words, value.items))


def _is_words(value: RawValue) -> bool:
    return isinstance(value, RawText) and not value.comment


def _are_hashtags(value: RawValue) -> bool:
    """Whether a value is hashtags of one word each: behind the sign of others a comment may be meant."""
    return isinstance(value, RawText) and _HASHTAGS.fullmatch(value.text) is not None


def _said(value: RawValue) -> object:
    """Return a value without its places."""
    if isinstance(value, RawText):
        return value.text.strip()
    if isinstance(value, RawList):
        return [_said(item) for item in value.items]
    return [(key.text, _said(item)) for key, item in value.items]


def _is_null(value: RawValue) -> bool:
    """Whether a value is what YAML writes for nothing."""
    return isinstance(value, RawText) and value.text.strip() in _NULLS


def _canonical_names(value: RawValue) -> RawValue:
    """Return the names of keys in a list as canonical names."""
    names = [(member, key_of(member.text, ENTRY_KEYS)) for member in listed(value) if isinstance(member, RawText)]
    known = tuple(RawText(text=key.name, location=name.location) if key else name for name, key in names)
    others = tuple(member for member in flattened(value) if not isinstance(member, RawText))
    return RawList(items=(*known, *others), location=value.location)

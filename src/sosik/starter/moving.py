"""The files of a publication that continues old feeds: address, title and number of items stay the same."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from sosik.config.feeds import is_feed_name
from sosik.errors import SosikError
from sosik.importers.old_addresses import SavedFeed
from sosik.importers.old_clock import FalseOffset
from sosik.model.publication import MOST_ENTRIES, ROOT
from sosik.patterns import pattern
from sosik.starter import starter_files
from sosik.words import Message, say
from sosik.words.pages import is_korean
from sosik.write.quoting import quote

_NOT_IN_NAME = pattern(r"[^A-Za-z0-9가-힣_-]+")
_PART = pattern(r"\s[-|:>·]\s")
_SELECT = {"section": "starter.select-section", "tag": "starter.select-tag"}
"""What is said of a term that is a guess, by the key that selects by it."""

_STAMP_AT_END = pattern(r"\s?\([0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:]{5,8}\)\Z")
"""When the newest article came, which gnuboard puts behind the description of a board."""

_IRI = pattern(r"[a-z][a-z0-9+.-]*:\S+")
_UNTOLD = frozenset({"rss", "feed", "atom", "index", "xml", "rdf"})
"""Names of files that say nothing of the feed."""


def files_for_move(
    saved: Sequence[SavedFeed], now: datetime, *, title: str = "", url: str = "", doubts: Iterable[FalseOffset] = ()
) -> dict[str, str]:
    """Return the texts of the files of a publication that goes on with old feeds, by path; the first is that of all.

    `title` and `url` stand for what the feeds say. An offset in doubt stands as a comment in feeds/publication.yaml.
    Raises `SosikError` where no feed tells an address.
    """
    saved = _one_of_each(saved)
    first = saved[0]
    url = url or next(filter(None, (one.home for one in saved)), "")
    if not url:
        raise SosikError(Message("starter.no-address", file=str(first.file)))
    language = first.feed.language.strip() or "ko"
    spoken = "ko" if is_korean(language) else "en"
    title = title or _shared_title(saved) or first.feed.title or first.file.stem
    texts = starter_files(title=title, url=url, now=now, language=language)
    del texts["content/first-article.yaml"], texts["feeds/all.yaml"], texts["feeds/sections.yaml"]
    for doubt in list(doubts)[:1]:
        told = _comment(spoken, "starter.doubt", evidence=doubt.evidence)
        texts["feeds/publication.yaml"] += f"\n{told}\n# dates: {{false_offsets: [{quote(doubt.offset)}]}}\n"
    names: set[str] = set()
    tagged = _tagged(saved[1:])
    for number, one in enumerate(saved):
        name = ROOT if one is first else _name(one, names)
        names.add(name.casefold())
        key = "tag" if number - 1 in tagged else "section"
        selection = _exclusion(first, saved[1:], tagged) if one is first else _selection(one, spoken, key)
        texts[f"feeds/{name}.yaml"] = "\n".join([*_definition(one, spoken, selection), ""])
    return texts


def _shared_title(saved: Sequence[SavedFeed]) -> str:
    """The part in front that the titles of several feeds share: the name of the paper. Empty where they share none."""
    names = {_PART.split(one.feed.title)[0].strip() for one in saved}
    return names.pop() if len(saved) > 1 and len(names) == 1 else ""


def _one_of_each(saved: Sequence[SavedFeed]) -> list[SavedFeed]:
    """Return old feeds of which no two are the same one at several addresses, in another format, or saved again."""
    found: list[SavedFeed] = []
    for one in saved:
        place = next((number for number, other in enumerate(found) if _is_same(one, other)), None)
        if place is None:
            found.append(one)
            continue
        before = found[place]
        feed = replace(before.feed, id=before.feed.id or one.feed.id)
        found[place] = replace(before, feed=feed, known_paths=tuple(dict.fromkeys((*before.paths, *one.paths))))
    return found


def _is_same(one: SavedFeed, other: SavedFeed) -> bool:
    is_alike = one.feed.title == other.feed.title and _ids(one) == _ids(other)
    return bool(set(one.paths) & set(other.paths)) or is_alike


def _definition(saved: SavedFeed, spoken: str, selection: Iterable[str]) -> Iterable[str]:
    feed = saved.feed
    yield _comment(spoken, "starter.old-file", file=" ".join(saved.file.name.split()))
    yield f"title: {quote(feed.title or saved.file.stem)}"
    if description := _STAMP_AT_END.sub("", feed.description):
        yield f"description: {quote(description)}"
    if _IRI.fullmatch(feed.id):
        yield f"id: {quote(feed.id)}"
    yield f"aliases: [{', '.join(map(quote, saved.paths))}]" if saved.paths else _comment(spoken, "starter.aliases")
    yield from selection
    entries = min(max(len(feed.items), 1), MOST_ENTRIES)
    yield _comment(spoken, "starter.window")
    yield f"window: {{entries: {entries}, hours: 0, at_most: {entries}}}"


def _comment(spoken: str, key: str, **values: object) -> str:
    """Return a text as the lines of a comment."""
    return "\n".join(f"# {line}" for line in say(Message(key, **values), spoken).split("\n"))


def _tagged(others: Sequence[SavedFeed]) -> set[int]:
    """Return the places of the feeds that sections cannot tell apart: an article has one section and stands in several.

    They are feeds whose articles tell none and stand in another feed as well, and those of a section that another feed
    has, of which the one that is called so keeps it.
    """
    ids = list(map(_ids, others))
    untold = [number for number, one in enumerate(others) if _sections(one) == {""}]
    shared = {one for one in untold for other in range(len(ids)) if one != other and ids[one] & ids[other]}
    by_section: dict[str, list[int]] = {}
    for number, one in enumerate(others):
        if len(sections := _sections(one)) == 1:
            by_section.setdefault(sections.pop(), []).append(number)
    for section, numbers in by_section.items():
        keeps = next((number for number in numbers if _guess(others[number]) == section), numbers[0])
        shared |= set(numbers) - {keeps} if section else set()
    return shared


def _exclusion(first: SavedFeed, others: Sequence[SavedFeed], tagged: set[int]) -> Iterable[str]:
    """Yield what the other feeds select of which the feed of all articles held nothing, such as a free board."""
    known = _sections(first)
    apart: dict[str, set[str]] = {"section": set(), "tag": set()}
    strangers = [number for number, one in enumerate(others) if not _ids(first) & _ids(one)]
    for number in strangers:
        found = _sections(others[number])
        terms = {_guess(others[number])} if number in tagged or found == {""} else found
        apart["tag" if number in tagged else "section"] |= terms - known - {""} if len(terms) == 1 else set()
    key = next((key for key, terms in apart.items() if terms), None)  # two keys would leave out what has both alone
    if key:
        yield f"exclude: {{{key}: [{', '.join(map(quote, sorted(apart[key])))}]}}"


def _sections(saved: SavedFeed) -> set[str]:
    return {next(iter(item.categories), "") for item in saved.feed.items}


def _selection(saved: SavedFeed, spoken: str, key: str) -> Iterable[str]:
    """Yield what the articles of a feed have in common: without it, its readers would be sent those of the whole paper.

    A first category becomes the section of an article that is imported, the others its tags. *key* is what an import
    gives the articles of the feed where they tell nothing else that they have in common.
    """
    said = [item.categories for item in saved.feed.items if item.categories]
    sections = {categories[0] for categories in said}
    shared = set.intersection(*(set(categories[1:]) for categories in said)) if said else set()
    if len(said) == len(saved.feed.items) and len(sections) == 1 and key == "section":
        yield f"select: {{section: [{quote(sections.pop())}]}}"
    elif len(said) == len(saved.feed.items) and shared:
        yield f"select: {{tag: [{quote(min(shared))}]}}"
    else:
        yield _comment(spoken, _SELECT[key])
        yield f"select: {{{key}: [{quote(_guess(saved))}]}}"


def _guess(saved: SavedFeed) -> str:
    """The section or tag of a feed whose articles tell none; an import gives it to those of the feed."""
    return _PART.split(saved.feed.title)[-1].strip() or saved.file.stem


def _ids(saved: SavedFeed) -> frozenset[str]:
    return frozenset(item.id or item.link for item in saved.feed.items)


def _name(saved: SavedFeed, taken: set[str]) -> str:
    """Return a name for a feed by its old address: the last value of its query, or the last part that says anything."""
    address = saved.paths[0] if saved.paths else saved.file.as_posix()
    path, _, query = address.partition("?")
    stem, _, suffix = path.rstrip("/").rpartition("/")[2].partition(".")
    parts = [query.rpartition("=")[2], stem if suffix or stem else "", *reversed(path.split("/")[:-1])]
    told = (_NOT_IN_NAME.sub("-", part).strip("-")[:40] for part in parts if part.lower() not in _UNTOLD)
    base = next((part for part in told if part and is_feed_name(part)), "old")
    names = (base, *(f"{base}-{number}" for number in range(2, 10_000)))
    return next(name for name in names if name.casefold() not in taken)

"""Published addresses without a definition in feeds/: they have subscribers, so every build reports them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from sosik.edition.kept import Address, Kept, is_retired, kept_addresses
from sosik.edition.terms import Terms
from sosik.errors import Location, Problem
from sosik.model import FEEDS, POLLED, FeedDefinition
from sosik.model.feed import alias_format
from sosik.model.values import EntryId
from sosik.render.formats import FORMATS
from sosik.store import FeedRow, Origin, Store
from sosik.words import Message

CODE = "feed-undefined"

MOST_NAMED = 5
"""How many feeds of one family are named that stand still for want of entries."""

FEWEST = 2
"""How many entries two values of a family must have in common for one to be taken for the other."""

_FILENAMES = [form.filename for form in FORMATS.values()]


def endings(before: Mapping[str, Origin], gone: Iterable[str]) -> dict[str, Origin]:
    """Return what readers polled in the edition before, by path, and cannot poll any more: of the paths that go."""
    return {path: before[path] for path in gone if before[path].kind in POLLED}


def undefined(store: Store, terms: Terms, kept: Mapping[str, Kept], held: Collection[str]) -> Iterator[Problem]:
    """Yield a warning for every feed that goes on with addresses that nothing defines, but for what was retired.

    Archives alone are not told of: nobody subscribes to them. Of those in `held` is told why they are.
    """
    definitions = {one.name: one for one in terms.definitions}
    mine = ((name, one) for name, one in kept.items() if one.owner not in held)
    told = {name: paths for name, one in mine if (paths := _polled(name, one, terms))}
    heirs = _heirs(store, terms, [name for name in told if kept[name].feed is not None])
    values: dict[str, list[str]] = {}
    for name, paths in told.items():
        owner = definitions.get(kept[name].owner)
        is_value = kept[name].feed is not None and owner is not None and bool(owner.each)
        if is_value and name in heirs and heirs[name][0] == owner:
            value = name.removeprefix(f"{kept[name].owner}/")
            yield _told("feed-undefined.values", owner, paths, heirs[name], count=1, values=(value,))
        elif is_value:
            values.setdefault(kept[name].owner, []).append(name)
        elif kept[name].feed is None and owner is not None:
            can_have_aliases = not owner.each and any(path in kept[name].aliases for path in paths)
            yield _told("feed-undefined.address", owner, paths, (owner, "") if can_have_aliases else None, n=len(paths))
        else:
            yield _told("feed-undefined.feed", None, paths, heirs.get(name), n=len(paths))
    for owner_name, names in values.items():
        paths = [path for name in names for path in told[name]]
        shown = tuple(name.removeprefix(f"{owner_name}/") for name in names[:MOST_NAMED])
        yield _told("feed-undefined.values", definitions[owner_name], paths, count=len(names), values=shown)


def not_retired(store: Store, retire: Iterable[str]) -> Iterator[Problem]:
    """Yield a warning for every path that was to be retired, and that a feed has all the same."""
    for path, origin in sorted(store.origins(path for path in retire if "*" not in path).items()):
        if origin.kind in FEEDS:
            yield Problem(
                code="retire-defined",
                message=Message("retire-defined.path", path=path, owner=origin.owner),
                location=Location(file="feeds/publication.yaml"),
                hint=Message("retire-defined.hint", owner=origin.owner),
            )


def _polled(name: str, kept: Kept, terms: Terms) -> list[str]:
    """Return the current addresses that a feed goes on with, and that were not retired."""
    living = terms.feed(name) if kept.feed is None else None
    found: Iterable[Address] = kept_addresses(name, kept, living)
    paths = [one.path for one in found if one.kind in POLLED and not is_retired(one.path, terms.publication.retire)]
    return sorted(paths, key=_as_offered)


def _as_offered(path: str) -> tuple[str, int]:
    folder, _, filename = path.rpartition("/")
    return folder, _FILENAMES.index(filename) if filename in _FILENAMES else len(_FILENAMES)


def _heirs(store: Store, terms: Terms, names: list[str]) -> dict[str, tuple[FeedDefinition, str]]:
    """Return, of feeds that stand still, the definition and value of the living one that has most of their entries."""
    if not names:
        return {}
    families = store.membership.families(one.name for one in terms.definitions if one.each)
    keys = [(one, "") for one in terms.definitions if not one.each]
    by_name = {one.name: one for one in terms.definitions}
    keys += [(by_name[row.feed], row.value) for row in families if row.owner == row.value]
    living = {terms.name((one.name, value)): (one, value) for one, value in keys}
    rows = store.membership.feeds(names)
    others = {name: {*row.shown} for name, row in store.membership.feeds(living).items()}
    heirs = {}
    for name, row in rows.items():
        heir = _heir(name, row, others)
        if heir:
            heirs[name] = living[heir]
    return heirs


def _heir(name: str, row: FeedRow, others: Mapping[str, set[EntryId]]) -> str:
    """Return the feed that has more than half of the entries of another, or nothing.

    Of several it is the one that is most like it, of those that are alike the one of the same family.
    """
    family = f"{name.partition('/')[0]}/"
    mine = {*row.shown}
    if len(mine) < FEWEST and "/" in name:
        return ""
    like = {name: len(mine & ids) / len(mine | ids) for name, ids in others.items() if 2 * len(mine & ids) > len(mine)}
    return min(like, key=lambda other: (-like[other], not other.startswith(family), other), default="")


def _told(
    key: str,
    definition: FeedDefinition | None,
    paths: list[str],
    heir: tuple[FeedDefinition, str] | None = None,
    **values: object,
) -> Problem:
    return Problem(
        code=CODE,
        message=Message(key, paths=tuple(paths), **values),
        location=Location(file=definition.location.file if definition is not None else "feeds"),
        hint=_hint(paths, heir),
    )


def _hint(paths: list[str], heir: tuple[FeedDefinition, str] | None) -> Message:
    """Return what leads the readers on, and what ends the feed."""
    shown = paths[: MOST_NAMED * len(_FILENAMES)]
    import shlex

    command = " ".join(["sosik retire", *map(shlex.quote, shown), *(["…"] if len(paths) > len(shown) else [])])
    line = _line(heir, paths) if heir is not None else ""
    if heir is None or not line:
        return Message("feed-undefined.hint", command=command)
    return Message("feed-undefined.heir-hint", file=heir[0].location.file, line=line, command=command)


def _line(heir: tuple[FeedDefinition, str], paths: list[str]) -> str:
    """Return the line by which a feed takes over addresses, or nothing where it cannot.

    A value of a family gets the other one's folder; any other feed has aliases, and answers with RSS where it lacks a
    format.
    """
    definition, value = heir
    if value:
        slugs = {**definition.slugs, value: paths[0].rpartition("/")[0].rpartition("/")[2]}
        return f"slugs: {{{', '.join(f'{_plain(name)}: {_plain(slug)}' for name, slug in slugs.items())}}}"
    aliases = [path for path in paths if alias_format(path, definition.formats) in definition.formats]
    listed = ", ".join(map(_plain, dict.fromkeys((*definition.aliases, *aliases))))
    return f"aliases: [{listed}]" if aliases else ""


def _plain(text: str) -> str:
    """Return a text as YAML reads it back in a list."""
    from sosik.write.quoting import quote

    return text if re.fullmatch(r"[\w/][\w/.~-]*", text) else quote(text)

"""The other entries that an entry points its readers to, as written."""

from unicodedata import normalize

from sosik.model import Relation, RelationKind
from sosik.normalize.fields import EntryFields

_KEYS = (RelationKind.REPLACES, RelationKind.RELATED)


def entry_relations(fields: EntryFields) -> tuple[Relation, ...]:
    """Return what `replaces` and `related` name, ids or files, each once."""
    relations: dict[tuple[RelationKind, str], Relation] = {}
    for kind in _KEYS:
        for member in fields.members(kind.value):
            value = fields.as_scalar(kind.value, member)
            if value is not None:
                target = normalize("NFC", value.text.strip())
                relation = Relation(kind=kind, target=target, line=value.location.line)
                relations.setdefault((kind, target), relation)
    return tuple(relations.values())

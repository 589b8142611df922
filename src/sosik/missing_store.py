"""Published feeds without the store that knows them: the next build would publish everything as new."""

from contextlib import closing
from pathlib import Path

from sosik.errors import Location, Problem, StoreError
from sosik.render.formats import FORMATS
from sosik.store import STORE_NAME, Place, has_store, open_snapshot
from sosik.words import Message


def missing_store(place: Place, shown: str, output: Path) -> list[Problem]:
    """Return a warning if `output` has feeds and the store has no edition; `shown` is its address as text."""
    published = any((output / form.filename).exists() for form in FORMATS.values())
    if not published or (has_store(place) and _has_edition(place)):
        return []
    file = f".sosik/{STORE_NAME}" if isinstance(place, Path) else shown
    message = Message("store-missing.published", output=str(output))
    hint = Message("store-missing.hint", output=str(output))
    return [Problem(code="store-missing", message=message, location=Location(file=file), hint=hint)]


def _has_edition(place: Place) -> bool:
    """Tell whether the store has an edition; an unreadable store is reported elsewhere."""
    try:
        with closing(open_snapshot(place)) as snapshot:
            return snapshot.edition().number > 0
    except StoreError:
        return True

"""The previous edition of a publication whose store is not on this machine: its published feeds."""

from pathlib import Path

from sosik.config import Config
from sosik.model import FormatName, Publication
from sosik.previous.recall import NOTHING, Previous, read_previous
from sosik.render.formats import FORMATS


def previous_edition(
    root: Path, publication: Publication, config: Config, where: str, *, or_new: bool
) -> Previous | None:
    """Return what the feeds in a folder of `root`, or at an address, say of the previous edition; None with none there.

    Raises `PreviousError`, also if there is nothing, unless `or_new`.
    """
    inside = root / where
    found = read_previous(
        str(inside) if inside.is_dir() else where,
        pages=publication.pages,
        names={definition.id: definition.name for definition in config.feeds if definition.id},
        types={FormatName(name): form.media_type for name, form in FORMATS.items()},
        or_new=or_new,
    )
    return None if found == NOTHING else found

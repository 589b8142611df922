"""The visibility of an entry: the keys of sosik, and keys of other programs with the same meaning."""

from collections.abc import Iterator

from sosik.errors import Location
from sosik.model import RawEntry, RawMapping, RawText, Status
from sosik.normalize.fields import EntryFields
from sosik.words import Message

_STATUSES = {status.value: status for status in Status}

DRAFTS = "_drafts"
"""The folder in which Jekyll and Hexo keep what is not finished, in whatever case: some systems know none."""

_NOT_BUILT = {"list": frozenset({"never", "local", "false"}), "render": frozenset({"never", "false"})}
"""Hugo's build options of a page that stands in no list, or has no page (gohugo.io, Build options)."""


def entry_status(raw: RawEntry, fields: EntryFields) -> Status:
    """Return the status of an entry; what other programs take for "not public" makes a draft of it, and is told."""
    withdrawn = "withdrawn" in fields and not fields.is_blank("withdrawn")
    marks = [*_marks(raw, fields)]
    draft = fields.flag("draft")
    status = fields.choice("status", None, _STATUSES)
    if withdrawn and status not in (None, Status.WITHDRAWN):
        message = Message("key-conflict.withdrawn", status=str(status))
        fields.report(message, fields.place("status"), Message("key-conflict.withdrawn-hint"))
    if status is Status.WITHDRAWN or (status is None and withdrawn):
        return Status.WITHDRAWN
    for message, location, hint in marks:
        if status is Status.PUBLISHED and message.key == "draft.key":
            message = Message("key-conflict.status", mark=message)
        fields.report(message, location, hint)
    return Status.DRAFT if draft or marks else status or Status.PUBLISHED


def _marks(raw: RawEntry, fields: EntryFields) -> Iterator[tuple[Message, Location, Message]]:
    """Yield what keeps an entry from the public: what to say of it, its place, and how to have it published."""
    folder = next((name for name in raw.source.split("/")[:-1] if name.casefold() == DRAFTS), None)
    if folder:
        place = Location(file=raw.location.file)
        yield Message("draft.folder", folder=folder), place, Message("draft.folder-hint", folder=folder)
    for key, name, hides in (("public", "published", False), ("headless", "headless", True)):
        value = fields.scalar(key)
        if value is not None and fields.flag(key) is hides:
            yield _mark(name, value.text), value.location, Message("draft.key-hint", key=name)
    build = fields.values.get("build")
    if isinstance(build, RawMapping):
        for member, option in build.items:
            if isinstance(option, RawText) and option.text.strip().casefold() in _NOT_BUILT.get(member.text, ()):
                shown = _mark(f"build.{member.text}", option.text)
                yield shown, option.location, Message("draft.key-hint", key="build")
    elif build is not None:
        fields.report(Message("key-unknown.visibility", key="build"), build.location, Message("draft.build-hint"))


def _mark(key: str, value: str) -> Message:
    return Message("draft.key", key=key, value=value.strip())

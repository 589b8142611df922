"""What the body of an entry is written in, as its file, its name or the publication says."""

from sosik.model import BodyFormat, Publication, RawEntry
from sosik.normalize.fields import EntryFields
from sosik.words import Message

FORMATS = {body_format.value: body_format for body_format in BodyFormat}
"""The formats by the words for them."""


def entry_format(fields: EntryFields, raw: RawEntry, publication: Publication) -> BodyFormat:
    """Return what the body is written in: what the entry says, else its file's name, else the publication.

    A Markdown file is never HTML: the word for it is ignored (a problem).
    """
    written = fields.choice("format", None, FORMATS)
    if raw.body_format is BodyFormat.MARKDOWN:
        if written is BodyFormat.HTML:
            fields.report(Message("format-ignored.markdown"), fields.place("format"))
        return BodyFormat.TEXT if written is BodyFormat.TEXT else BodyFormat.MARKDOWN
    return written or publication.format

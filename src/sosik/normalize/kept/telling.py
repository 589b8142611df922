"""Differences between a body and its HTML as problems, unless another problem has reported them."""

from sosik.model import BodyFormat, RawText
from sosik.normalize.fields import EntryFields
from sosik.normalize.kept import unseen
from sosik.words import Message

_HINTS = {BodyFormat.HTML: Message("text-changed.html-hint")}


def tell_unseen(fields: EntryFields, value: RawText, read_as: BodyFormat, html: str, removed: tuple[str, ...]) -> None:
    """Report what readers of the published HTML do not see as it was written, each at its place.

    *removed* are the elements (`<form>`) that were left out and told.
    """
    codes = {problem.code for problem in fields.problems}
    pictures = {"img"} if any(code.startswith("picture-") for code in codes) else set()
    told = {*(what.strip("<>") for what in removed), *codes, *pictures}
    for place in unseen(value.text, read_as, html, told=told):
        message = Message("text-changed.body", lost=place.text, excerpt=place.excerpt)
        fields.report(message, value.place(place.offset), _HINTS.get(read_as, Message("text-changed.body-hint")))

"""The article as readers get it: one HTML text, the same in every format."""

from html import escape

from sosik.model import Edit, Entry, Image, Publication
from sosik.render.instants import numerals
from sosik.words.pages import texts_of


def content_html(entry: Entry, publication: Publication) -> str:
    """Return an entry's complete HTML: corrections (newest first), lead picture, sub-headlines, body, more pictures.

    A picture that already stands in the body is not shown twice. Empty when the entry has nothing but its title.
    Corrections are named in the language of the article and dated by the clock of the publication.
    """
    before, after = around_body(entry, publication)
    return f"{before}{entry.body}{after}"


def around_body(entry: Entry, publication: Publication) -> tuple[str, str]:
    """Return what stands before and behind an entry's body in its complete HTML."""
    lead = lead_image(entry)
    language = entry.language or publication.language
    before = [
        *(correction_html(edit, language=language, timezone=publication.timezone) for edit in entry.corrections),
        figure_html(lead) if lead else "",
        *(f"<p><strong>{escape(subtitle)}</strong></p>" for subtitle in entry.subtitles),
    ]
    after = "\n".join(figure_html(image) for image in further_images(entry))
    known = "\n".join(part for part in before if part)
    if known and (entry.body or after):
        known += "\n"
    return known, f"\n{after}" if entry.body and after else after


def lead_image(entry: Entry) -> Image | None:
    """Return the picture that is shown above the text: the lead picture, unless it stands in the body."""
    return next((image for image in entry.images[:1] if not _stands_in(entry.body, image)), None)


def further_images(entry: Entry) -> tuple[Image, ...]:
    """Return the pictures that are shown below the text: all but the lead picture that do not stand in the body."""
    return tuple(image for image in entry.images[1:] if not _stands_in(entry.body, image))


def correction_html(edit: Edit, *, language: str, timezone: str) -> str:
    """Return the paragraph that tells readers of a correction (정정): when, and what was put right."""
    note = f" {escape(edit.note)}" if edit.note else ""
    at = numerals(edit.at, edit.precision, timezone=timezone)
    return f"<p><strong>{texts_of(language)['correction']} {at}</strong>{note}</p>"


def figure_html(image: Image) -> str:
    """Return a picture with its caption and credit as a figure; what is not known is left out."""
    size = f' width="{image.width}" height="{image.height}"' if image.width and image.height else ""
    alt = escape(image.alt or image.caption)
    credit = f"<small>{escape(image.credit)}</small>" if image.credit else ""
    caption = " ".join(part for part in (escape(image.caption), credit) if part)
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(image.url)}" alt="{alt}"{size}>{below}</figure>'


def _stands_in(body: str, image: Image) -> bool:
    return f'src="{escape(image.url)}"' in body

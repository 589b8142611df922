"""The structured data of an article page: schema.org's NewsArticle, as JSON-LD."""

from functools import partial
from typing import Any

from sosik.model import Edit, Entry, Image, Person, Publication
from sosik.render.instants import machine_date
from sosik.render.pictures import told_images
from sosik.render.terms import categories


def news_article(entry: Entry, publication: Publication) -> dict[str, Any]:
    """Return an entry as a NewsArticle. A date of which only the day is known is a day."""
    publisher = _known({"@type": "NewsMediaOrganization", "name": publication.publisher.name, "url": publication.url})
    if publication.logo:
        publisher["logo"] = {"@type": "ImageObject", "url": publication.logo}
    dated = partial(machine_date, timezone=publication.timezone)
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": entry.link,
            "headline": entry.title,
            "alternativeHeadline": " ".join(entry.subtitles),
            "description": entry.summary,
            "datePublished": dated(entry.published, entry.published_precision),
            "dateModified": dated(entry.updated, entry.updated_precision) if entry.updated else "",
            "author": [_author(person) for person in entry.authors] or publisher,
            "publisher": publisher,
            "image": [_image(image) for image in told_images(entry)],
            "articleSection": entry.section,
            "keywords": list(categories(entry)),
            "inLanguage": entry.language or publication.language,
            "correction": [_correction(edit, dated(edit.at, edit.precision)) for edit in entry.corrections],
        }
    )


def _author(person: Person) -> dict[str, Any]:
    return _known({"@type": "Person", "name": person.name, "url": person.url})


def _image(image: Image) -> dict[str, Any]:
    members = {"url": image.url, "width": image.width, "height": image.height}
    told = {"caption": image.caption, "creditText": image.credit}
    return _known({"@type": "ImageObject", **members, **told})


def _correction(edit: Edit, at: str) -> dict[str, Any]:
    return _known({"@type": "CorrectionComment", "text": edit.note, "datePublished": at})


def _known(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}

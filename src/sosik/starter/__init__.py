"""The files of a new publication: what `sosik init` writes."""

from datetime import datetime
from importlib.resources import files

from sosik.addresses import TRIAL_ADDRESS, split_address
from sosik.errors import SosikError
from sosik.normalize.ids import new_id
from sosik.words import Message
from sosik.write import format_entry
from sosik.write.quoting import quote

GITIGNORE = """\
/public/
# The store is the newsroom's memory of what was published: keep it out of version control, and back it up.
/.sosik/
"""


def starter_files(*, title: str, url: str, now: datetime) -> dict[str, str]:
    """Return the texts of a new publication's files, by path; `now` dates its authority.

    Its first entry is a draft.

    Raises `SosikError` for an address without a host.
    """
    host = split_address(url).hostname
    if not host or not url.startswith(("http://", "https://")):
        raise SosikError(Message("starter.url-invalid", url=url))
    authority = f"{host},{now.year}"
    values = {
        "{title}": quote(title),
        "{all_title}": quote(f"{title} 전체기사"),
        "{description}": quote(f"{title}의 새 소식"),
        "{copyright}": quote(f"© {title}. 무단 전재와 재배포를 금합니다."),
        "{url}": quote(url.rstrip("/") + "/"),
        "{feeds_url}": TRIAL_ADDRESS,
        "{authority}": authority,
    }
    folder = files(__name__) / "feeds"
    texts = {f"feeds/{file.name}": _filled(file.read_text("utf-8"), values) for file in folder.iterdir()}
    entry = {
        "id": new_id(authority),
        "title": f"{title}, 피드로 독자를 만납니다",
        "section": "알림",
        "status": "draft",
        "body": (files(__name__) / "body.md").read_text("utf-8"),
    }
    return {**texts, "content/first-article.yaml": format_entry(entry), ".gitignore": GITIGNORE}


def stamp(now: datetime) -> str:
    """Return an instant as entry files write it: the wall clock of its zone, to the second."""
    return f"{now:%Y-%m-%d %H:%M:%S}"


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, value)
    return text

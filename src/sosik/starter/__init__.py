"""The files of a new publication, for `sosik init`."""

import re
from datetime import datetime
from importlib.resources import files

from sosik.addresses import TRIAL_ADDRESS, split_address
from sosik.errors import SosikError
from sosik.normalize.ids import new_id
from sosik.words import Message
from sosik.words.pages import is_korean
from sosik.write import format_entry
from sosik.write.quoting import quote

GITIGNORE = """\
/public/
#ko 발행 기록입니다. 저장소에 올리지 말고 따로 백업하세요.
#en The store is the newsroom's memory of what was published: keep it out of version control, and back it up.
/.sosik/
"""


WORDS = {
    "ko": {
        "all_title": "{title} 전체기사",
        "description": "{title}의 새 소식",
        "copyright": "© {title}. 무단 전재 및 재배포 금지",
        "section_title": "{value} 뉴스",
        "headline": "{title}, 피드로 독자를 만납니다",
        "section": "알림",
    },
    "en": {
        "all_title": "{title}: all articles",
        "description": "News from {title}",
        "copyright": "© {title}. All rights reserved.",
        "section_title": "{value} news",
        "headline": "{title} now has feeds",
        "section": "Notices",
    },
}
"""The words of a new publication, in its language; the comments of its files stand in both (`#ko`, `#en`)."""


def starter_files(*, title: str, url: str, now: datetime, language: str = "ko") -> dict[str, str]:
    """Return the texts of a new publication's files, by path; `now` dates its authority.

    Its first entry is a draft. Keys of it and comments are Korean, or else English, by `language`.

    Raises `SosikError` for an address without a host.
    """
    host = split_address(url).hostname
    if not host or not url.startswith(("http://", "https://")):
        raise SosikError(Message("starter.url-invalid", url=url))
    authority = f"{host},{now.year}"
    spoken = "ko" if is_korean(language) else "en"
    words = {name: text.replace("{title}", title) for name, text in WORDS[spoken].items()}
    values = {
        "{title}": quote(title),
        "{url}": quote(url.rstrip("/") + "/"),
        "{feeds_url}": TRIAL_ADDRESS,
        "{authority}": authority,
        "{language}": quote(language) if language != "ko" else language,
        **{f"{{{name}}}": quote(text) for name, text in words.items()},
    }
    folder = files(__name__) / "feeds"
    texts = {f"feeds/{file.name}": _filled(file.read_text("utf-8"), values, spoken) for file in folder.iterdir()}
    entry = {
        "id": new_id(authority),
        "title": words["headline"],
        "section": words["section"],
        "status": "draft",
        "body": (files(__name__) / f"body.{spoken}.md").read_text("utf-8"),
    }
    return {
        **texts,
        "content/first-article.yaml": format_entry(entry, korean=spoken == "ko"),
        ".gitignore": _filled(GITIGNORE, {}, spoken),
    }


def stamp(now: datetime) -> str:
    """Return an instant as entry files write it: the wall clock of its zone, to the second."""
    return f"{now:%Y-%m-%d %H:%M:%S}"


def _filled(text: str, values: dict[str, str], spoken: str) -> str:
    """Return a text with the comments in one language alone, and the values put in."""
    mark = f"#{spoken} "
    lines = (line.replace(mark, "# ", 1) for line in text.splitlines(keepends=True))
    text = "".join(line for line in lines if not line.startswith(("#ko ", "#en ")))
    return re.sub(r"\{\w+\}", lambda match: values.get(match[0], match[0]), text)

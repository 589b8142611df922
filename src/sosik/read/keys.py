"""The keys of an entry file: one table of what each is called, in English, in Korean and in other programs."""

from dataclasses import dataclass
from functools import cache

from sosik.model import EditKind, Status
from sosik.source.mapping import nearest
from sosik.words import Message


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Key:
    """A key by its canonical name, and its other names, the Korean one last.

    `headline`: its value is text that editors write without thinking of YAML. `needed`: its absence is a problem, which
    is told at the empty value where one stands. `members` are the keys of the mappings that the value may hold; `words`
    are the names of the values that it may have.
    """

    name: str
    names: tuple[str, ...] = ()
    headline: bool = False
    needed: bool = False
    members: tuple["Key", ...] = ()
    words: dict[str, str] | None = None


STATUSES: dict[str, str] = {
    "초안": Status.DRAFT.value,
    "임시": Status.DRAFT.value,
    "발행": Status.PUBLISHED.value,
    "게시": Status.PUBLISHED.value,
    "철회": Status.WITHDRAWN.value,
    "취소": Status.WITHDRAWN.value,
}
"""Korean names of the values of `status`."""

EDIT_KINDS: dict[str, str] = {
    "사소": EditKind.MINOR.value,
    "오탈자": EditKind.MINOR.value,
    "수정": EditKind.UPDATE.value,
    "보완": EditKind.UPDATE.value,
    "정정": EditKind.CORRECTION.value,
}
"""Korean names of the values of `kind` of an edit."""

_PUBLISH_EMAIL = Key(name="publish_email", names=("이메일공개",))

_AUTHOR = (
    Key(name="name", names=("이름",)),
    Key(name="email", names=("메일", "이메일")),
    Key(name="url", names=("link", "주소")),
    _PUBLISH_EMAIL,
)

_IMAGE = (
    Key(name="url", names=("file", "src", "파일", "주소")),
    Key(name="caption", names=("설명",), headline=True),
    Key(name="credit", names=("출처", "제공"), headline=True),
    Key(name="alt", names=("대체글", "대체"), headline=True),
)

_EDIT = (
    Key(name="at", names=("일시", "때")),
    Key(name="kind", names=("종류",), words=EDIT_KINDS),
    Key(name="note", names=("내용",), headline=True),
)

ENTRY_KEYS = (
    Key(name="id", needed=True),
    Key(name="title", names=("제목",), headline=True, needed=True),
    Key(name="subtitles", names=("subtitle", "부제"), headline=True),
    Key(name="section", names=("sections", "분류")),
    Key(name="tags", names=("tag", "태그")),
    Key(name="authors", names=("author", "기자"), members=_AUTHOR),
    Key(name="published", names=("date", "publishdate", "pubdate", "입력"), needed=True),
    Key(name="updated", names=("lastmod", "last_modified_at", "수정")),
    Key(name="images", names=("image", "사진"), members=_IMAGE),
    Key(name="link", names=("원문",)),
    Key(name="replaces", names=("대체",)),
    Key(name="related", names=("관련기사", "관련")),
    Key(name="summary", names=("description", "excerpt", "요약"), headline=True),
    Key(name="body", names=("본문",), needed=True),
    Key(name="edits", names=("edit", "고침"), members=_EDIT),
    Key(name="status", names=("상태",), words=STATUSES),
    Key(name="draft"),
    Key(name="withdrawn", names=("철회",)),
    Key(name="unconfirmed", names=("미확인",)),
    _PUBLISH_EMAIL,
    Key(name="categories", names=("category",)),
)
"""Every key of an entry. `categories` never leaves `sosik.read`: the first is the section, the rest are tags."""


@cache
def names_of(keys: tuple[Key, ...]) -> dict[str, Key]:
    """Return the keys of a table by every name they have, in lower case."""
    return {name: key for key in keys for name in (key.name, *key.names)}


@cache
def headlines() -> frozenset[str]:
    """Return every name of the keys whose values are texts, wherever they stand."""
    tables = (ENTRY_KEYS, *(key.members for key in ENTRY_KEYS))
    names = [(name, key.headline) for table in tables for name, key in names_of(table).items()]
    return frozenset(name for name, headline in names if headline) - {name for name, headline in names if not headline}


def near_keys(written: str, keys: tuple[Key, ...]) -> Message:
    """Return a hint for a name that is none: the one that is most like it, or all of them."""
    shown = tuple(f"{key.name} ({key.names[-1]})" if key.names else key.name for key in keys)
    return nearest(written, names_of(keys)) or Message("key-unknown.entry-hint", keys=shown)

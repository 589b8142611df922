"""The keys of an entry file: one table of what each is called, in English, in Korean and in other programs."""

import unicodedata
from functools import cache, lru_cache

from msgspec import Struct

from sosik.model import BodyFormat, EditKind, Status
from sosik.patterns import pattern


class Key(Struct, frozen=True, kw_only=True, eq=False):
    """A key by its canonical name, and its other names, the Korean one last.

    `headline`: its value is text that editors write without thinking of YAML. `prose`: it is text or a list of words,
    so what stands behind it as a comment may belong to it; with `hashtags`, a hashtag does. `needed`: its absence is a
    problem, which is told at the empty value where one stands. `members` are the keys of the mappings that the value
    may hold; `words` are the names of the values that it may have.

    `beside` are names that other programs use side by side: the first of them counts. Where the value is true or false,
    it belongs to the key that `flag` names.
    """

    name: str
    names: tuple[str, ...] = ()
    headline: bool = False
    prose: bool = False
    hashtags: bool = False
    needed: bool = False
    members: tuple["Key", ...] = ()
    words: dict[str, str] | None = None
    beside: tuple[str, ...] = ()
    flag: str = ""


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

FORMATS: dict[str, str] = {
    "글": BodyFormat.TEXT.value,
    "텍스트": BodyFormat.TEXT.value,
    "마크다운": BodyFormat.MARKDOWN.value,
}
"""Korean names of the values of `format`."""

_PUBLISH_EMAIL = Key(name="publish_email", names=("이메일공개",))

_AUTHOR = (
    Key(name="name", names=("이름",), prose=True),
    Key(name="email", names=("메일", "이메일")),
    Key(name="url", names=("link", "주소")),
    _PUBLISH_EMAIL,
)

_IMAGE = (
    Key(name="url", names=("file", "src", "path", "파일", "주소")),
    Key(name="caption", names=("설명",), headline=True, prose=True),
    Key(name="credit", names=("출처", "제공"), headline=True, prose=True),
    Key(name="alt", names=("대체", "대체글"), headline=True, prose=True),
)

_EDIT = (
    Key(name="at", names=("때", "일시")),
    Key(name="kind", names=("종류",), words=EDIT_KINDS),
    Key(name="note", names=("내용",), headline=True, prose=True),
)

ENTRY_KEYS = (
    Key(name="id", needed=True),
    Key(name="title", names=("제목",), headline=True, prose=True, needed=True),
    Key(name="subtitles", names=("subtitle", "부제목", "부제"), headline=True, prose=True),
    Key(name="section", names=("sections", "분류"), prose=True),
    Key(
        name="tags",
        names=("tag", "keywords", "키워드", "태그"),
        prose=True,
        hashtags=True,
        beside=("tags", "keywords"),
    ),
    Key(
        name="authors",
        names=("author", "작성자", "글쓴이", "기자"),
        prose=True,
        members=_AUTHOR,
        beside=("authors", "author"),
    ),
    Key(
        name="published",
        names=(
            *("date", "publishdate", "published_at", "published_date", "date_published", "pubdate"),
            *(
                "기사입력",
                "입력일",
                "입력일시",
                "입력시간",
                "등록일",
                "등록일시",
                "등록시간",
                "작성일",
                "작성일시",
                "입력",
            ),
        ),
        needed=True,
        flag="public",
    ),
    Key(
        name="updated",
        names=(
            *("lastmod", "last_modified_at", "modified", "modified_at", "updated_at", "updateddate", "date_modified"),
            *("기사수정", "수정일", "수정일시", "수정시간", "최종수정", "수정"),
        ),
    ),
    Key(name="images", names=("image", "사진"), members=_IMAGE, beside=("images", "image")),
    Key(name="link", names=("원문",)),
    Key(name="replaces", names=("대체",)),
    Key(name="related", names=("관련기사", "관련")),
    Key(
        name="summary",
        names=("description", "excerpt", "요약"),
        headline=True,
        prose=True,
        beside=("summary", "excerpt", "description"),
    ),
    Key(name="body", names=("본문",), prose=True, needed=True),
    Key(name="format", names=("형식",), words=FORMATS),
    Key(name="edits", names=("edit", "고침"), members=_EDIT),
    Key(name="status", names=("상태",), words=STATUSES),
    Key(name="draft"),
    Key(name="headless"),
    Key(name="build", names=("_build",)),
    Key(name="expires", names=("expirydate", "unpublishdate", "만료")),
    Key(name="withdrawn", names=("철회",)),
    Key(name="unconfirmed", names=("미확인",)),
    _PUBLISH_EMAIL,
    Key(name="categories", names=("category", "카테고리"), prose=True, beside=("categories", "category")),
)
"""Every key of an entry. `categories` never leaves `sosik.read`: the first is the section, the rest are tags."""

_BETWEEN = pattern(r"[\s_-]+")


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


def korean_word(key: str, word: str) -> str:
    """Return the first Korean name of a word that a key takes; the word itself where it has none."""
    tables = (one.words for keys in (ENTRY_KEYS, _EDIT) for one in keys if one.name == key and one.words)
    return next((korean for table in tables for korean, value in table.items() if value == word), word)


@cache
def korean_names() -> dict[str, str]:
    """Return the Korean names of keys by their canonical ones; of those in lists too, where they are no other key's."""
    members = [member for key in ENTRY_KEYS for member in key.members]
    named = {key.name: key.names[-1] for key in (*members, *ENTRY_KEYS) if key.names}
    return {key: name for key, name in named.items() if is_hangul(name)}


def is_hangul(text: str) -> bool:
    """Whether Hangul stands in a text."""
    return any("가" <= letter <= "힣" for letter in unicodedata.normalize("NFC", text))


def folded(name: str) -> str:
    """Return the name of a key as names are compared: NFC, in lower case, without spaces, hyphens and underscores."""
    return _BETWEEN.sub("", unicodedata.normalize("NFC", name).lower())


@lru_cache(maxsize=8)
def all_folded(names: tuple[str, ...]) -> frozenset[str]:
    """Return the names of keys as names are compared: those of a publication are asked for with every file."""
    return frozenset(map(folded, names))


@cache
def _folded(keys: tuple[Key, ...]) -> dict[str, Key]:
    return {folded(name): key for name, key in names_of(keys).items()}


def key_of(written: str, keys: tuple[Key, ...]) -> Key | None:
    """Return the key of a table that a name means, None where it means none."""
    names = _folded(keys)
    return names.get(written) or names.get(folded(written))

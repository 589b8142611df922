"""Unknown keys: a typo, a key that may concern visibility or time, or a key of another program."""

import unicodedata

from sosik.patterns import pattern
from sosik.read.foreign import FOREIGN, ORDINARY
from sosik.read.keys import Key, folded, names_of

_FOREIGN = frozenset(map(folded, FOREIGN))

_SHORTEST = 3
"""Letters of a name that may have lost or gained one: two letters are one slip away from too much."""

_STEMS = pattern(
    r"embargo|privat|hidden|visib|password|passwd|unlist|releas|expir|schedul|publish(?!er|edby)|secret|confidential"
    r"|restrict|exclud|hide(?:from|until)|available(?:from|until|at|on)|not(?:before|after)|golive|membersonly|paywall"
    r"|엠바고|유예|보도(?:시점|일|시간|시각|제한|가능|예정)|공개|숨김|숨기|감춤|감추"
    r"|비밀|비번|암호|예약|노출|열람|배포(?!자|처)|게시(?!판|글|물|자)|발행(?!인|처|사|호|부수|면)|게재(?!면|지)"
    r"|송고(?!자|부)|출고(?!자|부)|만료|유효기간|해제|삭제|보류|임시저장|초안|초고|작성중|검토중|승인|비활성"
    r"|(?:회원|구독자|유료)전용|블라인드"
)
"""What a word of visibility or time holds, wherever in it."""

_WORDS = frozenset({"draft", "drafts", "protected", "public", "status", "until", "wip"})
"""Words of visibility or time that are parts of harmless ones, and so count only whole."""

_NAMES = frozenset(
    {"active", "archived", "available", "deleted", "disabled", "enabled", "hide", "ignore", "listed", "live", "locked"}
    | {"online", "show", "state", "trashed"}
)
"""What speaks of visibility alone, and of a part of the page in a longer name (`hide_title`, `ShowToc`)."""

_WORD = pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def is_foreign(written: str) -> bool:
    """Whether a key is known to belong to another program."""
    return folded(written) in _FOREIGN


def slip_of(written: str, keys: tuple[Key, ...]) -> str | None:
    """Return the name of a key that is one slip away: a letter or a jamo added, lost or changed, or two swapped."""
    name = folded(written)
    if name in ORDINARY:
        return None
    return next((known for known in names_of(keys) if _is_slip(name, folded(known))), None)


def may_hide(written: str) -> bool:
    """Whether a key speaks of who may see the entry, or from when or until when."""
    name = unicodedata.normalize("NFC", written)
    words = {word.lower() for word in _WORD.findall(name)}
    return bool(_STEMS.search(folded(name)) or words & _WORDS or folded(name) in _NAMES)


def _is_slip(written: str, known: str) -> bool:
    """Whether two names differ by one slip; in Hangul a whole syllable may be added, lost or swapped, too."""
    jamo = [unicodedata.normalize("NFD", name) for name in (written, known)]
    if len(known) < _SHORTEST and known.isascii():
        return written == known[::-1]
    return _differ_once(*jamo) or (len(jamo[1]) > len(known) and written[:1] != "" and _differ_in_order(written, known))


def _differ_once(one: str, other: str) -> bool:
    one, other = _different(one, other)
    return max(len(one), len(other)) == 1 or _is_swapped(one, other)


def _differ_in_order(one: str, other: str) -> bool:
    one, other = _different(one, other)
    return {len(one), len(other)} == {0, 1} or _is_swapped(one, other)


def _is_swapped(one: str, other: str) -> bool:
    return len(one) == 2 and one == other[::-1]


def _different(one: str, other: str) -> tuple[str, str]:
    """Return what is left of two texts without what they begin and end with alike."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other

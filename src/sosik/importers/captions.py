"""Pictures of a page saved as text: file names, captions, and whom a caption credits."""

import re

from sosik.patterns import pattern

PICTURE = pattern(r"(?:https?://\S+|[^<>|?*\"]{1,200})\.(?:jpe?g|png|gif|webp|bmp|tiff?|avif)", re.IGNORECASE)
"""A line that is nothing but the name of a picture's file."""

MARK = pattern(r"\A(?:[▲△▶▷◀◁▼▽]\s*|[\[<(]사진\s?(?:설명)?\s*[\]>)]\s*|사진\s?설명\s*[:：=]?\s*)+")
"""What opens a caption."""

AGENCIES = "연합뉴스(?:TV)?|뉴시스|뉴스1|뉴스핌|로이터|신화통신|게티이미지(?:뱅크)?|픽사베이|AP|AFP|EPA|자료\\s?사진"

GIVER = rf"[^/.!?\[\]()<>]{{0,40}}?(?:제공|기자|특파원|캡[처쳐]|갈무리|작가|DB|사진|{AGENCIES})"

CREDITS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        # [해누리시 제공. 재판매 및 DB 금지]
        r"(?P<caption>.*?)[\[(<【](?P<credit>[^\[\]()<>【】]*?재판매 및 DB 금지)\.?[\])>】]",
        # (사진=해누리시), [사진 출처 = 해누리시], <사진=해누리시 제공>, 사진=연합뉴스
        r"(?P<caption>.*?)(?:[\[(<【/]\s*+)?사진\s?(?:출처|제공)?\s*+[=:：]\s*+(?P<credit>[^\[\]()<>=]{1,40}?)\s*[\])>】]?",
        # 2026.11.3/뉴스1 ⓒ News1 박솔 기자; /해누리시 제공; /가온=박솔기자
        rf"(?P<caption>.*)/\s*+(?P<credit>{GIVER}|[^/]{{0,20}}[ⓒ©][^/]{{1,40}})\.?",
        # ⓒ 박솔 기자
        r"(?P<caption>.*?)(?:[\[(<]\s*+)?[ⓒ©]\s*+(?P<credit>[^ⓒ©]{1,40}?)\s*[\])>]?",
        # (해누리시 제공), [연합뉴스]
        rf"(?P<caption>.*?)[\[(<【](?P<credit>{GIVER})[\])>】]\.?",
        # … 있다. 해누리시 제공; … 있다. 연합뉴스
        rf"(?P<caption>.*[.!?다])\s++(?P<credit>{GIVER})\.?",
        # … 모습 해누리시 제공
        r"(?P<caption>.*?)\s(?P<credit>\S+\s?제공)\.?",
        # 해누리시 제공
        r"(?P<caption>)(?P<credit>\S+\s?제공)\.?",
    )
)
"""The ways in which a caption names its source, the surest first; each matches a whole caption."""

SCENE = pattern(
    r"(?:고 있다|모습|장면|전경|조감도|포스터|기념\s?촬영|포즈를 취하고 있다|위치도|그래픽|홍보물|현장)[.\"')\]]*\Z"
)
"""How a caption without any other sign of being one ends."""


def is_picture(text: str) -> bool:
    """Whether a line is the name of a picture's file."""
    return bool(PICTURE.fullmatch(text))


def is_caption(text: str) -> bool:
    """Whether a line is a caption wherever it stands: it credits somebody, and has a mark in front or says no more."""
    caption, credit = split_caption(text)
    return bool(credit) and (not caption or bool(MARK.match(text)))


def is_caption_of_picture(text: str) -> bool:
    """Whether a line is a caption when a picture stands above it: it credits somebody or has a mark in front."""
    return bool(MARK.match(text)) or bool(split_caption(text)[1])


def tells_scene(text: str) -> bool:
    """Whether a line reads as captions do; so may the first paragraph of an article."""
    return bool(SCENE.search(text))


def split_caption(text: str) -> tuple[str, str]:
    """Return caption and credit of a picture's text; the credit is empty where the text names none."""
    text = MARK.sub("", text).strip()
    for credit in CREDITS:
        match = credit.fullmatch(text)
        if match:
            return match["caption"].strip(), match["credit"].strip()
    return text, ""

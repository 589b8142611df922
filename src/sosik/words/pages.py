"""What feeds and pages say in their own words: Korean for a publication in Korean, English for any other."""

from collections.abc import Mapping
from types import MappingProxyType

_KOREAN = {
    "language": "ko",
    "skip": "본문으로 건너뛰기",
    "menu": "주요 메뉴",
    "contents": "이 페이지의 차례",
    "subscribe": "소식 받아보기",
    "home": "{title} 홈페이지",
    "copy_address": "주소 복사",
    "copied": "주소를 복사했습니다.",
    "not_copied": "복사하지 못했습니다. 주소를 직접 골라 복사해 주세요.",
    "add": "바로 추가",
    "corrected": "정정",
    # start page
    "start_about": "{title}의 새 기사를 RSS, Atom, JSON Feed로 받아보는 방법과 모든 피드의 주소입니다.",
    "how": "받아보는 법",
    "latest": "최근 소식",
    "feeds": "모든 피드",
    "find": "피드 이름으로 찾기",
    "found": "찾은 피드: {count}개",
    "how_title": "새 소식이 저절로 찾아옵니다",
    "how_text": (
        "피드(RSS)는 새 기사의 제목과 글을 차곡차곡 담아 두는 주소입니다. RSS 리더(구독 앱)에 한 번 추가하면, "
        "홈페이지를 찾아다니지 않아도 새 기사가 나온 차례대로 모입니다. 회원으로 가입하거나 이메일 주소를 알려 줄 "
        "필요도 없습니다."
    ),
    "choose": "앱 고르기",
    "choose_text": "피들리(Feedly), 이노리더 같은 RSS 리더(구독 앱)를 하나 고릅니다. 무료로 쓸 수 있는 앱이 많습니다.",
    "paste": "주소 넣기",
    "paste_text": "이 페이지에 있는 피드 주소를 복사해 앱의 ‘구독 추가’ 칸에 붙여 넣습니다.",
    "read": "읽기",
    "read_text": "이제 새 기사가 앱으로 옵니다. 그만 받고 싶을 때는 앱에서 지우면 됩니다.",
    "everything": "모든 기사를 한곳에서 받아봅니다.",
    "no_feeds": "아직 받아볼 수 있는 피드가 없습니다.",
    "opml": "전체 피드 한 번에 구독하기 (OPML)",
    "group_root": "전체",
    "group_": "주제별 모음",
    "group_section": "섹션별",
    "group_tag": "태그별",
    "group_author": "기자별",
    # subscribe page
    "feed": "피드",
    "feed_about": "{title} 피드의 주소와 최근 기사입니다.",
    "feed_text": "{title}의 소식입니다.",
    "feed_title": "{title} 받아보기",
    "feed_hint": (
        "이 페이지에 있는 피드 주소를 복사해 RSS 리더(구독 앱)의 ‘구독 추가’ 칸에 붙여 넣으면, 새 기사가 나올 때마다 "
        "앱으로 찾아옵니다."
    ),
    "feed_stands": "이 피드에는 이제 새 기사가 올라오지 않습니다. 아래에서 새로 받아볼 피드를 골라 주세요.",
    "any_format": "모든 주소에 같은 기사가 있습니다. 잘 모르겠으면 맨 위의 주소를 쓰세요.",
    "first_time": "피드가 처음이신가요?",
    "addresses": "구독 주소",
    "feed_latest": "이 피드의 최근 소식",
    "other_feeds": "다른 피드 보기",
    # article page
    "published": "입력",
    "updated": "수정",
    "corrections": "바로잡습니다",
    "correction": "[정정]",
    "related": "관련 기사",
    "replaces": "이전 기사:",
    "replaced-by": "대체 기사:",
    "tags": "태그",
    "offer": "{title}의 새 기사를 받아보세요",
    "offer_text": "RSS 리더(구독 앱)에 피드를 추가하면 새 기사가 저절로 찾아옵니다.",
    # pages in place of what is not there
    "withdrawn": "삭제된 기사",
    "withdrawn_title": "삭제된 기사입니다",
    "withdrawn_text": "언론사의 요청으로 삭제되어 볼 수 없는 기사입니다.",
    "withdrawn_more": "최근 소식 보기",
}

_ENGLISH = {
    "language": "en",
    "skip": "Skip to the content",
    "menu": "Main menu",
    "contents": "On this page",
    "subscribe": "Subscribe",
    "home": "{title}: home page",
    "copy_address": "Copy",
    "copied": "Address copied.",
    "not_copied": "The address could not be copied. Please select it and copy it.",
    "add": "Add to",
    "corrected": "corrected",
    "start_about": "How to get new articles of {title} by RSS, Atom and JSON Feed, and the addresses of all feeds.",
    "how": "How it works",
    "latest": "Latest",
    "feeds": "All feeds",
    "find": "Find a feed by its name",
    "found": "Feeds found: {count}",
    "how_title": "The news comes to you",
    "how_text": (
        "A feed (RSS) is an address with the headlines and texts of new articles. Add it to a feed reader once to get "
        "new articles in the order of publication. No account and no e-mail address are needed."
    ),
    "choose": "Choose an app",
    "choose_text": "Choose a feed reader such as Feedly or Inoreader. Many are free.",
    "paste": "Paste the address",
    "paste_text": 'Copy a feed address from this page and paste it into "Add subscription" in your app.',
    "read": "Read",
    "read_text": "New articles now come to your app. To stop, remove the feed there.",
    "everything": "Every article, in one feed.",
    "no_feeds": "No feeds yet.",
    "opml": "Subscribe to all feeds at once (OPML)",
    "group_root": "Everything",
    "group_": "Selected news",
    "group_section": "By section",
    "group_tag": "By tag",
    "group_author": "By author",
    "feed": "Feed",
    "feed_about": "The addresses and the latest articles of the feed {title}.",
    "feed_text": "News of {title}.",
    "feed_title": "Subscribe to {title}",
    "feed_hint": 'Copy an address and paste it into "Add subscription" in your feed reader to get new articles.',
    "feed_stands": "This feed gets no new articles. Please choose another one below.",
    "any_format": "All addresses have the same articles; if you are unsure, use the first.",
    "first_time": "New to feeds?",
    "addresses": "Addresses",
    "feed_latest": "Latest in this feed",
    "other_feeds": "Other feeds",
    "published": "Published",
    "updated": "Updated",
    "corrections": "Corrections",
    "correction": "[Correction]",
    "related": "Related articles",
    "replaces": "Previous article:",
    "replaced-by": "Replaced by:",
    "tags": "Tags",
    "offer": "Get new articles of {title}",
    "offer_text": "Add a feed to your feed reader to get new articles automatically.",
    "withdrawn": "Article withdrawn",
    "withdrawn_title": "This article has been withdrawn",
    "withdrawn_text": "The publisher has withdrawn this article.",
    "withdrawn_more": "Latest news",
}


def is_korean(language: str) -> bool:
    """Whether a language tag (`ko`, `ko-KR`, `en` …) is Korean's."""
    return language.lower().partition("-")[0] == "ko"


def texts_of(language: str) -> Mapping[str, str]:
    """Return the texts for a language tag; `{title}` is to be filled."""
    return MappingProxyType(_KOREAN if is_korean(language) else _ENGLISH)

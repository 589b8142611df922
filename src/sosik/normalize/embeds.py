"""What pages embed, and where a reader of a feed finds the same: tables of players, and of what scripts fill in.

Of a player the table knows the page that shows the same; of a placeholder, which attribute names that page. Everything
else is shown by its own address.
"""

import re
from urllib.parse import parse_qs, urlencode

from sosik.addresses import host_of, split_address
from sosik.normalize.links import absolute_url
from sosik.normalize.markup import INLINE, Element, attributes, elements, escape_text, start_tag
from sosik.normalize.sanitize import SCRIPTED
from sosik.patterns import pattern

_YOUTUBE = r"(?:www\.|m\.)?youtube(?:-nocookie)?\.com"

PLAYER_PAGES: tuple[tuple[str, str, dict[str, str]], ...] = (
    (rf"{_YOUTUBE}/embed/live_stream", "https://www.youtube.com/channel/{channel}/live", {}),
    (rf"{_YOUTUBE}/embed(?:/videoseries)?/?", "https://www.youtube.com/playlist?list={list}", {}),
    (
        rf"{_YOUTUBE}/(?:embed|v|e)/(?!live_stream\b|videoseries\b)([\w-]{{6,}})",
        "https://www.youtube.com/watch?v={1}",
        {"start": "t", "t": "t", "list": "list"},
    ),
    (r"tv\.naver\.com/embed/(\d+)", "https://tv.naver.com/v/{1}", {}),
    (r"chzzk\.naver\.com/embed/clip/([\w-]+)", "https://chzzk.naver.com/clips/{1}", {}),
    (r"(?:play-tv|tv)\.kakao\.com/embed/player/cliplink/(\d+)", "https://tv.kakao.com/v/{1}", {}),
    (r"(?:play-tv|tv)\.kakao\.com/embed/player/livelink/(\d+)", "https://tv.kakao.com/l/{1}", {}),
    (r"player\.vimeo\.com/video/(\d+)", "https://vimeo.com/{1}/{h}", {}),
    (r"player\.vimeo\.com/video/(\d+)", "https://vimeo.com/{1}", {}),
    (r"(?:www\.)?dailymotion\.com/embed/video/(\w+)", "https://www.dailymotion.com/video/{1}", {}),
    (r"geo\.dailymotion\.com/player(?:/\w+)?\.html", "https://www.dailymotion.com/video/{video}", {}),
    (r"(?:www\.)?facebook\.com/plugins/(?:video|post)\.php", "{href}", {}),
    (r"(?:www\.)?instagram\.com/(p|reel|tv)/([\w-]+)/embed(?:/captioned)?/?", "https://www.instagram.com/{1}/{2}/", {}),
    (r"platform\.(?:twitter|x)\.com/embed/Tweet\.html", "https://x.com/i/status/{id}", {}),
    (r"open\.spotify\.com/embed(?:-podcast)?/(\w+)/(\w+)", "https://open.spotify.com/{1}/{2}", {}),
    (r"embed\.podcasts\.apple\.com/(.+)", "https://podcasts.apple.com/{1}", {"i": "i"}),
    (r"w\.soundcloud\.com/player/?", "{url}", {}),
    (r"player\.twitch\.tv/?", "https://www.twitch.tv/videos/{video}", {}),
    (r"player\.twitch\.tv/?", "https://www.twitch.tv/{channel}", {}),
    (r"vod\.(afreecatv\.com|sooplive\.co\.kr)/player/(\d+)/embed", "https://vod.{1}/player/{2}", {}),
    (r"cdn\.(?:embedly\.com/widgets/media\.html|iframe\.ly/api/iframe)", "{url}", {}),
)
"""Players by host and path; the page, with the groups of the path and values of the query in it; what the page's own
query takes over, by both names. A row counts where the query has every value that its page needs."""

_ROWS = tuple((pattern(path), page, query) for path, page, query in PLAYER_PAGES)
_NEEDED = pattern(r"\{([a-z]+)\}")
# An address of an API shows a reader nothing.
_NO_PAGE = pattern(r"https?://api\.", re.IGNORECASE)
# Opened by itself, Google's embedded map only says that it must be embedded; its middle stands in its address.
_MAP = pattern(r"https?://(?:www\.)?google\.com/maps/embed\?.*!2d(-?\d+\.\d+)!3d(-?\d+\.\d+)")

AUDIO, VIDEO, POST, OTHER = "소리 듣기", "영상 보기", "게시물 보기", "외부 화면 보기"
"""What the link says that stands in place of what was embedded."""

_LABELS = (
    (pattern(r"//(?:w\.)?soundcloud|//open\.spotify|//podcasts\.apple|\.(?:mp3|m4a|wav)(?:$|\?)"), AUDIO),
    (
        pattern(
            r"instagram\.com|facebook\.com/(?!.{0,300}/videos/|watch)|//(?:www\.)?(?:x|twitter)\.com", re.IGNORECASE
        ),
        POST,
    ),
    (
        pattern(
            r"youtu|vimeo|dailymotion|//(?:play-)?tv\.|twitch|tiktok|chzzk|nmv\.naver|/videos?/|video|player|vod|\.(?:mp4|m4v|mov|webm)",
            re.IGNORECASE,
        ),
        VIDEO,
    ),
)

# Elements that a script turns into what they name, and the attribute that names it; `{}` takes an id.
_ELEMENTS: dict[str, tuple[str, str]] = {
    "oembed": ("url", "{}"),
    "lite-youtube": ("videoid", "https://www.youtube.com/watch?v={}"),
    "lite-vimeo": ("videoid", "https://vimeo.com/{}"),
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "amp-twitter": ("data-tweetid", "https://x.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-facebook": ("data-href", "{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-embedly-card": ("data-url", "{}"),
    "fb:post": ("href", "{}"),
    "fb:video": ("href", "{}"),
}
_CLASSES: dict[str, tuple[str, str]] = {
    "instagram-media": ("data-instgrm-permalink", "{}"),
    "fb-post": ("data-href", "{}"),
    "fb-video": ("data-href", "{}"),
    "tiktok-embed": ("cite", "{}"),
    "text-post-media": ("data-text-post-permalink", "{}"),
    "bluesky-embed": ("data-bluesky-uri", "{}"),
    "twitter-tweet": ("data-id", "https://x.com/i/status/{}"),
    "youtube": ("data-id", "https://www.youtube.com/watch?v={}"),
    "youtube-player": ("data-id", "https://www.youtube.com/watch?v={}"),
}
_YOUTUBE_IDS = (
    "data-youtube-id",
    "data-youtube",
    "data-ytid",
    "data-yt-id",
    "data-video-id",
    "data-videoid",
    "data-embed",
)
_YOUTUBE_ID = pattern(r"[\w-]{11}")
_ADDRESS = pattern(r"(?:https?:)?//[\w-]", re.IGNORECASE)
# What an empty element is to hold, if an attribute of it says so; editors write many that mean nothing to readers.
_MEANT = pattern(r"data-(?:[a-z-]*-)?(?:id|src|url|href|uri|embed|video|map|chart|key|widget|oembed)\b")
_BOXES = frozenset({"div", "section", "figure", "blockquote", "aside", "article", "p", *SCRIPTED})

# Of a query, what tells one page from another on the sites that the tables name; the rest says who counts.
_TELLING_QUERY = pattern(r"\b(?:v|list|id|story_fbid)=[^&]+")
_OTHER_MEDIA = pattern(
    r"\.(?:aac|avi|docx?|flac|hwpx?|m4[av]|mov|mp[34]|mpe?g|og[agv]|pdf|pptx?|wav|webm|wm[av]|xlsx?|zip)(?=$|[?#])",
    re.IGNORECASE,
)
_FILM_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "tv.naver.com", "tv.kakao.com")
_FILM_PAGES = pattern(
    r"https?://(?:[\w-]+\.)*(?:youtube\.com/(?:watch|embed|shorts|live)|youtu\.be/|vimeo\.com/\d|tv\.(?:naver|kakao)\.com/v/)"
)
_HREF = pattern(r' href="([^"]*)"')


def is_other_media(url: str) -> bool:
    """Whether an address where a picture should stand is certainly that of a film, a sound or a document."""
    return bool(_OTHER_MEDIA.search(url) or _FILM_PAGES.match(url))


def may_show_films(host: str) -> bool:
    """Whether some addresses of a host are those of films, whatever they end with."""
    return host.endswith(_FILM_HOSTS)


def player_page(url: str) -> str:
    """Return the address of the page that shows what a player at an absolute address does, or that address."""
    middle = _MAP.match(url)
    if middle:
        return f"https://www.google.com/maps?q={middle[2]},{middle[1]}"
    parts = split_address(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    for form, page, carried in _ROWS:
        path = form.fullmatch(f"{parts.netloc}{parts.path}")
        if path is None or not all(query.get(name) for name in _NEEDED.findall(page)):
            continue
        shown = page.format("", *path.groups(), **query)
        taken = {new: query[old] for old, new in carried.items() if query.get(old)}
        shown += ("&" if "?" in shown else "?") + urlencode(taken) if taken else ""
        absolute = absolute_url(shown, url)
        return absolute if absolute and not _NO_PAGE.match(absolute) else url
    return url


def link_html(url: str, label: str = "", *, inline: bool = False) -> str:
    """Return the link that stands in place of what was embedded."""
    label = label or next((name for pattern, name in _LABELS if pattern.search(url)), OTHER)
    link = f"{start_tag('a', {'href': url})}{label}: {escape_text(host_of(url))}</a>"
    return link if inline else f"<p>{link}</p>"


def fill_placeholders(html: str, base: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML in nh3's form with links in the elements that only a script would have filled.

    And the elements of which no address could be made, as they are to be named.
    """
    if "data-" not in html and not any(f"<{name}" in html for name in SCRIPTED):
        return html, ()
    links = {_bare(match[1]): match.start() for match in _HREF.finditer(html)}
    put: dict[int, str] = {}
    lost: dict[str, None] = {}
    for element in elements(html):
        values = attributes(element.written)
        url = _meant(element, values)
        address = absolute_url(url, base) if url else None
        if address is None:
            if not element.filled and (name := _unfilled(element, values)):
                lost[name] = None
        elif not element.inner <= links.get(_bare(address), -1) < element.inner_end:
            put[element.inner_end] = link_html(player_page(address), inline=element.name in INLINE)
            links[_bare(address)] = element.inner
    position, parts = 0, []
    for place in sorted(put):
        parts += [html[position:place], put[place]]
        position = place
    return "".join([*parts, html[position:]]), tuple(lost)


def _meant(element: Element, values: dict[str, str]) -> str:
    """Return the address that an element stands for, or nothing."""
    known = [_CLASSES[word] for word in values.get("class", "").split() if word in _CLASSES]
    for name, form in [_ELEMENTS[element.name]] if element.name in _ELEMENTS else known:
        if values.get(name):
            return form.format(values[name].strip())
    if element.filled or element.name == "a":
        return ""
    for name, value in values.items():
        if name.startswith("data-") and _ADDRESS.match(value.strip()):
            return value.strip()
        if name in _YOUTUBE_IDS and _YOUTUBE_ID.fullmatch(value) and "youtu" in f"{name} {element.written}".lower():
            return f"https://www.youtube.com/watch?v={value}"
    return ""


def _unfilled(element: Element, values: dict[str, str]) -> str:
    """Return how an empty element is named that was to hold something, or nothing."""
    if element.name not in _BOXES:
        return ""
    meant = next((name for name, value in values.items() if value and _MEANT.match(name)), "")
    return f"{element.name} {meant}".strip() if meant or element.name in SCRIPTED else ""


def _bare(url: str) -> str:
    """Return what two addresses of one page have in common."""
    path, _, query = url.replace("&amp;", "&").partition("?")
    told = _TELLING_QUERY.search(query)
    bare = path.partition("://")[2].rstrip("/").lower().removeprefix("www.").replace("twitter.com", "x.com")
    return f"{bare}?{told[0]}" if told else bare

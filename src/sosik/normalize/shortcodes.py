"""Codes of other programs in a text: of Hugo, Jekyll and Hexo, kramdown, WordPress, wikis and Korean boards.

A code with a certain meaning is replaced before the text is parsed. Others stay unchanged and are reported. Codes
inside code (`…`, fences, `pre`) are text. Korean prose never matches: brackets count only around names of a table, or
with attributes after a name of ASCII letters.
"""

import re
from collections.abc import Iterator
from html import escape

from sosik.normalize.code_places import outside_code
from sosik.normalize.embeds import link_html, player_page
from sosik.normalize.fields import Tell
from sosik.patterns import pattern
from sosik.words import Message

_HINT = pattern(r"\{\{|\{%|\{:|\{[#.]|\[\[|\[[a-z#/]|\{이미지|\{동영상|:::")

# One pass finds every code: what begins like one and ends on the same line. Jekyll's `raw` says that its text is none.
_CODE = pattern(
    r"\{%-?\s*raw\s*-?%\}(?P<raw>(?:(?!\{%-?\s*(?:end)?raw\b).)*)\{%-?\s*endraw\s*-?%\}"
    r"|\{%-?\s*comment\s*-?%\}(?:(?!\{%-?\s*(?:end)?comment\b).)*\{%-?\s*endcomment\s*-?%\}(?P<comment>)"
    r"|\{\{[<%]\s*/\*[^{}\n]*\*/\s*[%>]\}\}(?P<note>)"
    r"|\{%-?\s*highlight\b[^{}\n]*%\}(?P<shown>(?:(?!\{%-?\s*(?:end)?highlight\b).)*)\{%-?\s*endhighlight\s*-?%\}"
    r"|\{\{[<%]\s*highlight\b[^{}\n]*[>%]\}\}(?P<shown_by_hugo>(?:(?!\{\{[<%]\s*/?highlight\b).)*)"
    r"\{\{[<%]\s*/highlight\s*[>%]\}\}"
    r"|\{\{-?\s*/\*[^{}\n]*\*/\s*-?\}\}(?P<aside>)"
    r"|\{\{(?P<hugo>[<%])(?P<hugo_body>\s*+(?:[^{}\n%>]|[%>](?!\}\}))*+)\s*+[%>]\}\}"
    r"|(?P<site>\{\{-?\s*site\.(?:url|baseurl)\s*-?\}\}(?:\{\{-?\s*site\.(?:url|baseurl)\s*-?\}\})?)(?=/)"
    r"""|\{\{-?\s*(?P<quote>["'])(?P<path>[^"'{}\n]*)(?P=quote)\s*\|\s*"""
    r"""(?:relative_url|absolute_url|prepend:\s*site\.(?:base)?url)[^{}\n]*\}\}"""
    r"|\{%-?\s*(?P<liquid>[a-z_][\w-]*+)(?P<liquid_body>(?:[^{}\n%]|%(?!\}))*+)\s*+%\}"
    r"|\{\{[^{}\n]*\}\}"
    r"|(?P<toc>^[*+-] [^\n]*\n\{:\s*toc\s*\})"
    r"""|[ \t]{0,4}(?P<attributes>\{:\s*(?:[.#][\w-]++|[a-z][\w-]*=(?:"[^"\n]*"|'[^'\n]*'|[\w%.-]++)|toc|no_toc)"""
    r"""(?:\s*(?:[.#][\w-]++|[a-z][\w-]*=(?:"[^"\n]*"|'[^'\n]*'|[\w%.-]++)))*\s*\})"""
    r"|(?<=\S)[ \t]+(?P<heading>\{#[\w-]+\})[ \t]*$"
    r"|(?P<wiki>!?\[\[(?!\d+\]\])(?P<wiki_body>[^\[\]\n]+)\]\])"
    r"|\[##_(?:[^\[\n]|\[(?!##_)){1,2000}?_##\]|\{(?:이미지|동영상):[^{}\n]+\}|^:::+ ?[a-z][^\n]*|^\[TOC\][ \t]*$",
    re.MULTILINE | re.DOTALL,
)

# WordPress: `[caption …]…[/caption]`, a name with attributes, a pair of one name, or one of these names alone.
_ALONE = frozenset({"gallery", "playlist", "toc"})
_KNOWN = _ALONE | {"audio", "caption", "contact-form-7", "embed", "video", "vimeo", "youtube"}
_BRACKETS = pattern(
    r"""\[(?P<name>[a-z][a-z0-9_-]*)(?P<attributes>(?:[ \t]+[a-z][\w-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'\[\]]+))*)"""
    r"""(?P<words>[ \t]++[^\[\]\n=]{1,200}|=[^\[\]\n]{1,200})?[ \t]*+/?\](?!\()"""
)
_COMMENTS = ("comment", "note", "aside")
_WITHIN = 5000
"""Characters within which the end of a code is looked for."""

_ARGUMENT = pattern(
    r"""(?:(?P<name>[\w-]+)(?:\s?=\s?|:\s))?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))"""
)
_YOUTUBE = pattern(r"[\w-]{11}")
_PAGES: dict[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://x.com/i/status/{}",
    "twitter": "https://x.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}",
}
"""What a code names shows on this page."""
_OTHER_NAMES = {"youtubeplayer": "youtube", "embedyoutube": "youtube", "instagram_simple": "instagram"}
_PICTURE = pattern(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.IGNORECASE)


def translated(text: str, site: str, tell: Tell) -> str:
    """Return a body as written with the codes of other programs in it translated; *tell* is told of every other one.

    *site* is the address of the home page, which Jekyll's `site.url` means.
    """
    if not _HINT.search(text):
        return text
    kept: list[str] = []
    work = _Translation(site, tell, kept)
    parts: list[str] = []
    offset = 0
    for piece, is_code in outside_code(text):
        parts.append(piece if is_code else work.piece(piece, offset))
        offset += len(piece)
    text = "".join(parts)
    return _HELD.sub(lambda match: kept[int(match[1])], text)


# What `raw` held is put back last, so that nothing in it is read as a code.
_HELD = pattern("\ufdd0(\\d+)\ufdd1")


class _Translation:
    def __init__(self, site: str, tell: Tell, kept: list[str]) -> None:
        self._site, self._tell, self._kept = site.rstrip("/"), tell, kept
        self._told: set[str] = set()
        self._written, self._offset = "", 0

    def piece(self, text: str, offset: int) -> str:
        """Return a piece of the body, which stands in it at an offset, with its codes translated."""
        self._written, self._offset = text, offset
        text = _CODE.sub(self._code, text.replace("\ufdd0", "").replace("\ufdd1", ""))
        return "".join(self._bracketed(text)) if "[" in text else text

    def _say(self, key: str, code: str) -> None:
        shown = code.strip() if len(code) < 80 else f"{code.strip()[:60]}…"
        name = re.split(r"[\s=:]", shown.strip("{[<%: "))[0]
        if name not in self._told:
            self._told.add(name)
            self._tell(Message(key, code=shown), self._offset + max(0, self._written.find(code)))

    def _code(self, match: re.Match[str]) -> str:
        shown = match["shown"] or match["shown_by_hugo"]
        if match["raw"] is not None or shown is not None:
            pre = f"\n\n<pre><code>{escape(shown.strip(chr(10)), quote=False)}</code></pre>\n\n" if shown else ""
            self._kept.append(pre or match["raw"] or "")
            return f"\ufdd0{len(self._kept) - 1}\ufdd1"
        if match["site"]:
            return self._site
        if match["path"] is not None:
            return f"{self._site}/{match['path'].lstrip('/')}"
        if match["hugo"] or match["liquid"]:
            name, *rest = (
                (match["hugo_body"] or f"{match['liquid']} {match['liquid_body'].removesuffix('-')}")
                .strip()
                .split(None, 1)
            )
            made = _made(name, rest[0] if rest else "", is_include=match["liquid"] == "include")
            if made is not None:
                return made
        wiki = (match["wiki_body"] or "").partition("|")[0].strip()
        if match[0].startswith("!") and _PICTURE.search(wiki):
            return f"![]({wiki.replace(' ', '%20')})"
        dropped = match["attributes"] or match["heading"] or match["toc"]
        if dropped or any(match[name] is not None for name in _COMMENTS):
            self._say("shortcode.left-out", dropped or match[0])
            return ""
        self._say("shortcode.kept", match[0])
        return match[0]

    def _bracketed(self, text: str) -> Iterator[str]:
        """Yield the text with WordPress's codes in it translated."""
        position = 0
        for code in _BRACKETS.finditer(text):
            if code.start() < position:
                continue
            name = code["name"]
            end = text.find(f"[/{name}]", code.end(), code.end() + _WITHIN)
            if end >= 0 and text.find(f"[{name}", code.end(), end) >= 0:  # the end of another one
                end = -1
            inner = text[code.end() : end] if end >= 0 else ""
            written, words = code["attributes"], (code["words"] or "").strip("= \t")
            attributed = written and (name in _KNOWN or '"' in written or "'" in written)
            if not (end >= 0 or attributed or (name in _ALONE and not words) or (name in _KNOWN and "://" in words)):
                continue
            made = _wordpress(name, _arguments(written), inner or words)
            if made is None:
                self._say("shortcode.kept", code[0])
                continue
            yield text[position : code.start()]
            yield made
            position = end + len(f"[/{name}]") if end >= 0 else code.end()
        yield text[position:]


def _arguments(written: str) -> dict[str, str]:
    """Return the arguments of a code by name, those without one by number."""
    values: dict[str, str] = {}
    for match in _ARGUMENT.finditer(written):
        name = (match["name"] or str(sum(key.isdigit() for key in values))).lower()
        values[name] = next(value for value in match.group("double", "single", "bare") if value is not None)
    return values


def _made(name: str, written: str, *, is_include: bool) -> str | None:
    """Return what a code of Hugo, Jekyll or Hexo certainly means, None where that is not certain."""
    values = _arguments(written)
    if is_include:
        file = values.pop("0", "").rpartition("/")[2].partition(".")[0].lower()
        values = {"0": values.get("id", ""), **values} if values.get("id") else values
        name = values.get("provider", file) if file in ("video", "embed") else file
    name = _OTHER_NAMES.get(name.lower(), name.lower())
    if name in ("figure", "image", "img", "asset_img"):
        return _figure(name, values)
    page = _PAGES.get(name)
    id_ = values.get("id") or values.get("0", "")
    if name == "gist" and "1" in values and "/" not in id_:
        id_ = f"{id_}/{values['1']}"
    if page is None or not id_:
        return None
    return _linked(name, id_, page, values.get("start") or values.get("t") or "")


def _linked(name: str, id_: str, page: str, start: str = "") -> str | None:
    if not re.match(r"https?://", id_) and not re.fullmatch(r"[\w/.-]+", id_, re.ASCII):
        return None
    if name == "youtube" and not _YOUTUBE.fullmatch(id_) and "/" not in id_:
        return None
    url = player_page(id_) if "://" in id_ else page.format(id_)
    return link_html(f"{url}&t={start}" if start.isdigit() and "?" in url else url, inline=True)


def _figure(name: str, values: dict[str, str]) -> str | None:
    """Return a picture with its caption; its `attr` is whose it is."""
    positional = [value for key, value in values.items() if key.isdigit()]
    source = next((values[key] for key in ("src", "url", "image_path", "path", "file", "link") if values.get(key)), "")
    source = source or next((value for value in positional if _PICTURE.search(value)), "")
    if not source or "{" in source:
        return None
    after = positional[positional.index(source) + 1 :] if source in positional else []
    alt = values.get("alt") or " ".join(value for value in after if not value.isdigit())
    caption = values.get("caption") or (values.get("title", "") if name == "figure" else "")
    credit = f"<small>{escape(values['attr'])}</small>" if values.get("attr") else ""
    below = " ".join(part for part in (escape(caption, quote=False), credit) if part)
    shown = f"<figcaption>{below}</figcaption>" if below else ""
    return f'\n\n<figure><img src="{escape(source)}" alt="{escape(alt)}">{shown}</figure>\n\n'


def _wordpress(name: str, values: dict[str, str], inner: str) -> str | None:
    """Return what a code of WordPress certainly means, None where that is not certain."""
    if name == "caption":
        picture = re.match(r"\s*((?:<a\s[^<>]*>\s*)?<img\s[^<>]*>(?:\s*</a>)?)", inner, re.IGNORECASE)
        if picture is None:
            return None
        caption = inner[picture.end() :].strip() or escape(values.get("caption", ""), quote=False)
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"\n\n<figure>{picture[1]}{below}</figure>\n\n"
    source = inner.strip() if name in ("embed", "youtube", "vimeo") else _media(values) or inner.strip()
    if name == "youtube" and _YOUTUBE.fullmatch(source):
        return _linked(name, source, _PAGES[name])
    if name in ("embed", "video", "audio", "youtube", "vimeo") and re.match(r"https?://\S+$", source):
        return link_html(player_page(source), inline=True)
    return None


def _media(values: dict[str, str]) -> str:
    names = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav")
    return next((values[name] for name in names if name in values), "")

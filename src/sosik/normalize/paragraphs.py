"""Text outside of paragraphs: plain text, and in HTML text outside of blocks."""

from sosik.normalize.markup import ATTRIBUTES, INLINE, VOID, escape_text
from sosik.patterns import pattern

_BLANK_LINES = pattern(r"\n[ \t\u3000\xa0]*\n\s*")
_TAG = pattern(rf"<(/?)([a-z][a-z0-9]*){ATTRIBUTES}*>")
_EDGES = pattern(r"\A(?:<br>|&nbsp;|\s)+|(?:<br>|&nbsp;|\s)+\Z")


def text_as_html(text: str) -> str:
    """Return plain text as paragraphs, of which a blank line ends each; every other line end is a line break."""
    lines = (piece.strip("\n") for piece in _BLANK_LINES.split(text.strip()))
    return "\n".join(f"<p>{escape_text(piece).replace(chr(10), '<br>' + chr(10))}</p>" for piece in lines if piece)


def with_paragraphs(html: str) -> str:
    """Return HTML in nh3's form in which text outside blocks stands in paragraphs, if it begins one or is split.

    Text that goes on after a block on the same line, and text without a blank line, stays as it stands.
    """
    html = html.strip()
    parts: list[str] = []
    run: list[str] = []
    depth = inside = position = 0
    for tag in _TAG.finditer(html):
        if depth == 0:
            run.append(_split(html[position : tag.start()]) if inside == 0 else html[position : tag.start()])
        else:
            parts.append(html[position : tag.start()])
        position = tag.end()
        ends, name = tag.groups()
        is_inline = name in INLINE or name in ("br", "img")
        if depth == 0 and is_inline:
            run.append(tag[0])
            inside += 0 if name in VOID else -1 if ends else 1
            continue
        if depth == 0:
            parts.append(_paragraphs("".join(run), is_first=not parts))
            run, inside = [], 0
        parts.append(tag[0])
        if not is_inline and name not in VOID:
            depth = max(0, depth - 1) if ends else depth + 1
    rest = html[position:]
    if depth == 0:
        parts.append(_paragraphs("".join([*run, _split(rest) if inside == 0 else rest]), is_first=not parts))
    else:
        parts.append(rest)
    return "".join(parts)


_MARK = "\x00"  # no text that may be published has one


def _split(text: str) -> str:
    return _BLANK_LINES.sub(lambda blank: f"{_MARK}{blank[0]}", text)


def _paragraphs(run: str, *, is_first: bool) -> str:
    if not _has_text(run) or not (is_first or _MARK in run):
        return run.replace(_MARK, "")
    pieces = (_EDGES.sub("", piece) for piece in run.split(_MARK))
    return "".join(f"<p>{piece}</p>\n" if _has_text(piece) else piece for piece in pieces)


def _has_text(html: str) -> bool:
    return bool(_TAG.sub("", html).replace(_MARK, "").replace("&nbsp;", "").strip())

"""What published HTML is, told by another parser than the one that made it."""

import re
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "wbr", "col"})
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
ADDRESS = re.compile(r"https?://[^\s\"'<>/]+/[!-~]*|(?:mailto|tel):[!-~]*")
HARMFUL = frozenset(
    {"script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "math", "base", "meta", "link"}
    | {"video", "audio", "source", "noscript", "template", "textarea", "select", "title", "plaintext", "xmp", "frame"}
)
ATTRIBUTES = frozenset(
    {"href", "src", "alt", "title", "width", "height", "colspan", "rowspan", "align", "scope", "span", "start"}
    | {"reversed", "type", "value", "datetime", "open", "lang", "dir"}
)


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in HARMFUL
        for name, value in attrs:
            assert name in ATTRIBUTES, (tag, name)
            assert name not in ("href", "src") or ADDRESS.fullmatch(value or ""), value
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"declaration {decl!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"instruction {data!r}")


def check(html: str) -> None:
    """Fail unless HTML is balanced, harmless, with absolute addresses only, and of characters that XML allows."""
    assert not FORBIDDEN.search(html)
    checker = _Checker()
    checker.feed(html)
    checker.close()
    assert checker.open == []

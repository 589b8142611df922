"""Whatever a newsroom may write: strategies for whole publications, and a way to publish them."""

import os
import re
import unicodedata
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st

from newsrooms import PUBLICATION, Newsroom
from sosik.write import format_entry

_EXAMPLES = os.environ.get("SOSIK_EXAMPLES", "")
GENERATED = settings(
    max_examples=int(_EXAMPLES or 12),
    phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if _EXAMPLES else [])],
)
"""A few publications for each test. Who looks for mistakes sets SOSIK_EXAMPLES: then more, and the smallest that fails,
which takes minutes to find."""

NOW = "2090-01-01 00:00"
"""When everything is built: what is dated later must not appear."""

FEEDS = """\
logo: https://www.test.example/로고.png
copyright: © 시험일보
hubs: [https://hub.test.example/]
-- feeds/all.yaml --
title: 전체
archive: month
-- feeds/brief.yaml --
title: 간추림 & <줄임>
content: summary
-- feeds/tags.yaml --
each: tag
title: "{value}"
minimum: 2
"""

ALWAYS = {"title": "늘 있는 기사", "published": "2020-01-01 09:00", "body": "본문."}
"""Some readers take a feed without articles for a broken one, so that there is always this one."""

PIECES = [
    "해누리 소식",
    "\u1112\u119e\u11ab글",  # old Hangul, which has no composed form
    "\u1112\u1161\u11ab\u1100\u1173\u11af",  # conjoining jamo, which have one
    "👨\u200d👩\u200d👧😀🇰🇷",
    "مرحبا \u202eשלום\u202c\u200f",
    "\x00\x08\x1b\ufffe\ufeff\u200b\x85",
    "<b>굵게</b>",
    "<속보>",
    "<script>alert(1)</script>",
    "&amp; &lt;i&gt; &#0; & <",
    "]]><![CDATA[",
    "[단독] '정책' \"발표\": 50% #",
    "\t\n  \u3000\u2028",
    "{value} - | > ---",
    "\\n \\",
]
MARKUP = [
    '<p onclick="go()">클릭</p>',
    '<a href="/지도?a=1&b=2">지도</a> <a href="javascript:go()">실행</a>',
    '<img src="//www.test.example/사진.jpg" data-src="/b.jpg" srcset="/2.jpg 1x, 3.jpg 2x" alt="둘째">',
    '<img src="https://count.example/1.gif" width="1" height="1">',
    '<iframe src="https://video.example/1"></iframe><form><input name="a"></form>',
    '<div class="adsbygoogle">광고</div><style>p{}</style>',
    "<table><tr><td>칸</table><p>열린 <b>채로",
    "\n\n## 제목\n\n- 하나\n- 둘\n\n```\n<코드>\n```\n",
]
LINKS = [
    "https://www.test.example/기사/{}",
    'https://www.test.example/a%20b/?q="{}"&x=<1>',
    "https://시험.example/{}",
    "/{}",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=5).map("".join)
bodies = st.lists(st.one_of(texts, st.sampled_from(MARKUP)), max_size=4).map("".join)
pictures = st.fixed_dictionaries(
    {
        "url": st.sampled_from(["https://www.test.example/사진 1.jpg", "/2.png?w=1&h=2"]),
        "caption": texts,
        "credit": texts,
    }
)
# More than a year ahead of NOW a publication is an error.
instants = st.datetimes(datetime(1970, 1, 2), datetime(2090, 12, 31))  # noqa: DTZ001 - bounds, in Korean time
KOREA = timezone(timedelta(hours=9))


def stamp(instant: datetime, form: str) -> str:
    """Write an instant in a form; in the years of summer time with its offset."""
    known = instant.replace(tzinfo=KOREA)
    if not form or instant.year in (1987, 1988):
        return known.isoformat(timespec="seconds")
    return known.strftime(form)


stamps = st.builds(stamp, instants, st.sampled_from(["", "%Y-%m-%d %H:%M", "%Y년 %m월 %d일 %H시 %M분", "%Y.%m.%d."]))
NOT_TOLD = "not.told@test.example"
"""A mail address that nobody allowed to publish."""
authors = st.one_of(
    st.sampled_from(["김하늘 기자", "이도윤·박솔아 기자", "편집부"]),
    st.fixed_dictionaries({"name": texts.map("기자 {}".format)}, optional={"email": st.just(NOT_TOLD)}),
)
edits = st.fixed_dictionaries({"at": stamps, "kind": st.sampled_from(["minor", "update", "correction"]), "note": texts})
articles = st.fixed_dictionaries(
    {"title": texts, "published": stamps, "body": bodies},
    optional={
        "subtitles": st.lists(texts, max_size=2),
        "section": texts,
        "tags": st.lists(texts, max_size=3),
        "authors": st.lists(authors, max_size=2),
        "updated": stamps,
        "summary": texts,
        "edits": st.lists(edits, max_size=2),
        "link": st.sampled_from(LINKS),
        "images": st.lists(pictures, max_size=2),
        "status": st.sampled_from(["published", "published", "draft"]),
    },
)
recent = articles.map(lambda article: {**article, "published": "2089-12-31 09:00"})
"""Of these the news sitemap tells."""
publications = st.tuples(st.just(ALWAYS), recent, *[articles] * 6).map(list)


names = texts.map(lambda text: f"이름 {text}".replace("{value}", ""))
"""What a publication calls things, however odd: never nothing at all, nor by a family's value."""


def publish(root: Path, some: list[dict[str, Any]]) -> Path:
    """Write, build and publish articles, anew where it was done before; return the folder of the documents."""
    room = Newsroom(root)
    room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}{FEEDS}")
    (root / "content").mkdir(exist_ok=True)
    for number, article in enumerate(some):
        fields = {**article, "id": identity(number), "title": f"{article['title']} {number}"}
        if "link" in fields:
            fields["link"] = fields["link"].format(number)
        (root / "content" / f"{number}.yaml").write_text(format_entry(fields), "utf-8")
    report = room.build(NOW)
    assert not report.errors, [str(problem) for problem in report.errors]
    return root / "public"


def identity(number: int) -> str:
    return f"tag:test.example,2010:{number:012}"


def moment(text: str) -> int:
    """Read a stamp as `stamp` wrote it, in whatever form."""
    year, month, day, hour, minute, second = ([int(found) for found in re.findall(r"\d+", text)] + [0] * 3)[:6]
    return int(datetime(year, month, day, hour, minute, second, tzinfo=KOREA).timestamp())


def visible(text: str) -> str:
    """Return the characters that can be seen, decomposed: they must survive whatever else is removed or folded."""
    return unicodedata.normalize("NFD", "".join(c for c in text if unicodedata.category(c)[0] not in "CZ"))

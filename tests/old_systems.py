"""Feeds as the systems of Korean newsrooms make them: an invented paper, told by each in its own way."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from xml.sax.saxutils import escape

KST = timezone(timedelta(hours=9))
HOME = "https://news.bitmaru.example"
FIRST = datetime(2026, 11, 20, 9, 12, 31, tzinfo=KST)
"""When the first article was published; the others follow it hour by hour, by day."""

HEADLINES = (
    *("빛마루시, 나루터에 새 다리", "[단독] 옛 역사 헐지 않는다", "시장 골목 불 켜진다", "해돋이 열차 & 강변 길"),
    *("군청 앞 은행나무 옮겨", '"물값 그대로"… 시의회', "버스 12개 노선 바뀐다", "첫눈, 늦은 밤 산간부터"),
)


def at(number: int) -> datetime:
    """Return when an article was published."""
    return FIRST + timedelta(days=number // 4, hours=number % 8, minutes=number)


def articles(wanted: Iterable[int] | None = None) -> list[int]:
    """Return the numbers of articles, the newest first."""
    return sorted(range(len(HEADLINES)) if wanted is None else wanted, key=at, reverse=True)


def ndsoft(*, guid: bool = True, wanted: Iterable[int] | None = None, title: str = "빛마루신문") -> str:
    """Naive dates, a description that is cut, a category; with or without guid."""
    items = "".join(
        f"<item><title><![CDATA[{HEADLINES[number]}]]></title>"
        f"<link>{HOME}/news/articleView.html?idxno={1000 + number}</link>"
        + (f"<guid>{HOME}/news/articleView.html?idxno={1000 + number}</guid>" if guid else "")
        + f"<description><![CDATA[빛마루시는 {number}번째 소식을 알렸다. 시는 이날 …]]></description>"
        f"<author>홍길동 기자</author><category>{section(number)}</category>"
        f"<pubDate>{at(number):%Y-%m-%d %H:%M:%S}</pubDate></item>"
        for number in articles(wanted)
    )
    return _rss(f"<title>{title}</title><link>{HOME}</link><language>ko</language>", items)


def section(number: int) -> str:
    """Return the section of an article."""
    return "경제" if number % 2 else "사회"


def gnuboard() -> str:
    """No guid, no pubDate but dc:date with an offset put behind it, all of the text in the description."""
    items = "".join(
        f"<item><title>{escape(HEADLINES[number])}</title>"
        f"<link>{HOME}/bbs/board.php?bo_table=news&amp;wr_id={number + 1}</link>"
        f"<description><![CDATA[<p>게시판 {number}번 글의 본문이다.</p>]]></description>"
        f"<dc:creator>편집부</dc:creator><dc:date>{at(number):%Y-%m-%dT%H:%M:%S}+09:00</dc:date></item>"
        for number in articles()
    )
    channel = f"<title>빛마루 &amp;gt; 새 소식</title><link>{HOME}/bbs/board.php?bo_table=news</link>"
    return _rss(f"{channel}<language>ko</language>", items, "새 소식 (2026-11-21 16:19:31)")


def wordpress() -> str:
    """A guid that is no address of the article, UTC, all of the text, an address of its own."""
    items = "".join(
        f"<item><title>{escape(HEADLINES[number])}</title><link>{HOME}/2026/11/{number + 1}/</link>"
        f'<dc:creator>김하늘</dc:creator><guid isPermaLink="false">{HOME}/?p={number + 1}</guid>'
        f"<pubDate>{format_datetime(at(number).astimezone(UTC))}</pubDate><category>{section(number)}</category>"
        f"<description><![CDATA[요약 {number}.]]></description>"
        f"<content:encoded><![CDATA[<p>빛마루시의 {number}번째 글이다.</p>\n<p>끝 문단이다.</p>]]></content:encoded>"
        "</item>"
        for number in articles()
    )
    own = f'<atom:link href="{HOME}/?feed=rss2" rel="self" type="application/rss+xml" />'
    return _rss(f"<title>빛마루 블로그</title>{own}<link>{HOME}</link><language>ko-KR</language>", items)


def bare() -> str:
    """What somebody wrote by hand: nothing but headline, link, date and text, and no language."""
    items = "".join(
        f"<item><title>{escape(HEADLINES[number])}</title><link>{HOME}/a/{number}.html</link>"
        f"<pubDate>{format_datetime(at(number))}</pubDate>"
        f"<description>&lt;p&gt;{number}번 글이다.&lt;/p&gt;</description></item>"
        for number in articles()
    )
    return _rss(f"<title>빛마루</title><link>{HOME}/</link>", items)


def atom() -> str:
    """Ids that are no addresses, published and updated, full texts."""
    entries = "".join(
        f"<entry><title>{escape(HEADLINES[number])}</title><id>tag:bitmaru.example,2020:{number}</id>"
        f'<link rel="alternate" href="{HOME}/a/{number}"/><published>{at(number).isoformat()}</published>'
        f"<updated>{(at(number) + timedelta(hours=2)).isoformat()}</updated><author><name>이바다</name></author>"
        f'<content type="html">&lt;p&gt;{number}번 글이다.&lt;/p&gt;</content></entry>'
        for number in articles()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko">'
        f"<title>빛마루 창</title><id>tag:bitmaru.example,2020:window</id><updated>{at(7).isoformat()}</updated>"
        f'<link href="{HOME}/"/><link rel="self" href="{HOME}/atom.xml"/>{entries}</feed>\n'
    )


def _rss(channel: str, items: str, description: str = "새 소식") -> str:
    spaces = {
        "dc": "http://purl.org/dc/elements/1.1/",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "atom": "http://www.w3.org/2005/Atom",
    }
    declared = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" {declared}>'
    return f"{head}<channel>{channel}<description>{description}</description>{items}</channel></rss>\n"


def shifted(feed: str) -> str:
    """Return a feed whose Korean dates are told as if they were UTC."""
    return "".join(_as_if_utc(feed))


def _as_if_utc(feed: str) -> Iterator[str]:
    for piece in feed.split("<pubDate>"):
        date, mark, rest = piece.partition("</pubDate>")
        if mark and date.startswith("20"):
            date = format_datetime(datetime.fromisoformat(date).replace(tzinfo=UTC))
        yield f"<pubDate>{date}{mark}{rest}" if mark else piece

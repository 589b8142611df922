"""The User-Agents that services and readers really send, and those that somebody made up."""

import pytest

from sosik.audience.services import read_agent

REAL = [
    ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)", "Feedly", 16, ""),
    ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 462 subscribers; )", "Feedly", 462, ""),
    ("Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 3 subscribers; )", "Inoreader", 3, ""),
    ("Mozilla/5.0 (compatible; inoreader.com; 114 subscribers)", "Inoreader", 114, ""),
    ("Feedbin feed-id:1234 - 5 subscribers", "Feedbin", 5, "1234"),
    (
        "NewsBlur Feed Fetcher - 5 subscribers - https://www.newsblur.com/site/1/a (Mozilla/5.0 (Macintosh))",
        "NewsBlur",
        5,
        "",
    ),
    ("NewsBlur Feed Fetcher - 1 subscriber - https://www.newsblur.com/site/1/a (Mozilla/5.0)", "NewsBlur", 1, ""),
    ("Mozilla/5.0 (compatible; theoldreader.com; 1 subscribers; feed-id=5f1a)", "The Old Reader", 1, "5f1a"),
    ("Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 1 subscribers)", "BazQux", 1, ""),
    (
        "Feedfetcher-Google; (+http://www.google.com/feedfetcher.html; 4 subscribers; feed-id=12345)",
        "Feedfetcher",
        4,
        "12345",
    ),
    ("Dreamwidth Studios (http://www.dreamwidth.org/; 2 readers)", "Dreamwidth Studios", 2, ""),
    ("Feedly/1.0 (poller)", "Feedly", None, ""),
    ("Mozilla/5.0 (compatible; Miniflux/2.1.0; +https://miniflux.app)", "Miniflux", None, ""),
    ("FreshRSS/1.24.1 (Linux; https://freshrss.org)", "FreshRSS", None, ""),
    ("NetNewsWire (RSS Reader; https://netnewswire.com/)", "NetNewsWire", None, ""),
    ("newsboat/2.36 (Linux x86_64)", "newsboat", None, ""),
    ("Mozilla/5.0 (Android; Mobile) Liferea/1.15.4 AppleWebKit (KHTML, like Gecko)", "Liferea", None, ""),
    ("Tiny Tiny RSS/24.05 (https://github.com/tt-rss/tt-rss)", "Tiny Tiny RSS", None, ""),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0", "Thunderbird", None, ""),
    ("Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)", "Naver", None, ""),
    ("Mozilla/5.0 (compatible; Daum/4.1; +http://cs.daum.net/faq/15/4118.html?faqId=28966)", "Daum", None, ""),
    ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Google", None, ""),
    ("Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)", "other robots", None, ""),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "browsers", None, ""),
    ("curl/8.5.0", "others", None, ""),
    ("", "others", None, ""),
    ("-", "others", None, ""),
]


@pytest.mark.parametrize(("agent", "name", "count", "feed"), REAL)
def test_who_is_behind_an_agent(agent: str, name: str, count: int | None, feed: str) -> None:
    found = read_agent(agent.encode())

    assert (found.name, found.count, found.feed) == (name, count, feed)


@pytest.mark.parametrize(
    "agent",
    [
        b"999999999999999999999999 subscribers",
        b"Feedly/1.0 (-5 subscribers)",
        b"\xff\xfe 3 subscribers",
        "구독 ３ subscribers".encode(),
        b"x" * 400,
    ],
)
def test_a_strange_agent_is_read_like_any_other(agent: bytes) -> None:
    found = read_agent(agent)

    assert found.count is None or 0 <= found.count < 10**12
    assert found.name.isprintable()

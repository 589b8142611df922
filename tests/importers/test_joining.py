"""The joining table: which addresses are those of one article."""

import pytest

from sosik.importers.joining import article_keys

SAME = [
    ("http://www.a.kr/news/articleView.html?idxno=5", "https://m.a.kr/news/articleViewAmp.html?idxno=5"),
    ("http://www.a.kr/news/articleView.html?idxno=5", "http://a.kr/news/articlePrint.html?idxno=5&sc_section=S1"),
    ("http://a.kr/bbs/board.php?bo_table=news&wr_id=7", "https://a.kr/bbs/board.php?wr_id=7&bo_table=news&page=2"),
    ("https://a.kr/?p=12", "https://www.a.kr/index.php?p=12"),
    ("https://a.kr/2026/08/title/", "http://www.a.kr/2026/08/title/amp/?utm_source=x"),
    ("https://a.kr/news/view.php?idx=3", "https://m.a.kr/news/view.php?idx=3&amp;ref=home"),
    ("http://a.kr/sub_read.html?uid=9&section=sc5", "http://a.kr/sub_read.html?uid=9"),
    ("https://a.kr/article/1", "https://a.kr/article/1/"),
]
OTHER = [
    ("http://a.kr/news/articleView.html?idxno=5", "http://a.kr/news/articleView.html?idxno=6"),
    ("http://a.kr/news/articleView.html?idxno=5", "http://a.kr/bbs/view.html?idxno=5"),
    ("http://a.kr/news/articleView.html?idxno=5", "http://b.kr/news/articleView.html?idxno=5"),
    ("http://a.kr/bbs/board.php?bo_table=news&wr_id=7", "http://a.kr/bbs/board.php?bo_table=free&wr_id=7"),
    ("https://a.kr/notice.do?seq=31", "https://a.kr/notice.do?seq=30"),
    ("https://a.kr/#/article/1", "https://a.kr/#/article/2"),
    ("https://a.kr/", "https://a.kr/"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_of_one_article(one: str, other: str) -> None:
    assert set(article_keys(one)) & set(article_keys(other))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_addresses_of_two_articles(one: str, other: str) -> None:
    assert not set(article_keys(one)) & set(article_keys(other))

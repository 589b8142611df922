"""Korean for Sphinx: a search that finds words whatever particle they carry, and the words that the theme lacks."""

import gettext
import json
import re

from sphinx.application import Sphinx
from sphinx.locale import get_translator
from sphinx.search import SearchLanguage

HANGUL = re.compile(r"[가-힣]+|[^\W가-힣]+")
"""A word: a run of syllables, or of letters and digits of anything else. `RSS를` is two."""

LONGEST = 4
"""Syllables of the longest part of a word that the index holds; queries are cut into such parts."""

PARTICLES = (
    *("에서는", "에서도", "으로는", "으로도", "까지는", "부터는", "에게서", "이라는", "이라고"),
    *("합니다", "됩니다", "입니다", "하세요", "하면서"),
    *("에서", "으로", "에게", "까지", "부터", "처럼", "보다", "마다", "이나", "이며", "라는", "라고", "에는", "에도"),
    *("로는", "로도", "하기", "하는", "하고", "하면", "하며", "해서", "되는", "되면", "된다"),
    *("은", "는", "이", "가", "을", "를", "의", "에", "로", "와", "과", "도", "만", "나"),
)
"""What may follow a noun, the longest first: particles, and the endings of verbs that are made of nouns."""

SPLIT_QUERY = """
const particles = %s;
const longest = %d;
function splitQuery(query) {
  const parts = [];
  for (const [word] of query.matchAll(/[가-힣]+|(?:(?![가-힣])[\\p{Letter}\\p{Number}_])+/gu)) {
    if (!/^[가-힣]/.test(word)) {
      parts.push(word);
      continue;
    }
    const particle = particles.find((end) => word.endsWith(end) && word.length - end.length >= 2);
    const stem = particle ? word.slice(0, -particle.length) : word;
    for (let start = 0; start + longest < stem.length; start++) parts.push(stem.slice(start, start + longest));
    parts.push(stem.slice(-longest));
  }
  return parts;
}
Documentation.addTranslations({
  locale: "ko",
  plural_expr: "0",
  messages: {"Search finished, found one page matching the search query.": ["${resultCount}개 페이지를 찾았습니다."]},
});
"""
"""The query's side, for browsers: the word without its particle, cut into parts; and what Sphinx's Korean lacks."""


class SearchKorean(SearchLanguage):
    """The index's side: every part of a word of 2 to 4 syllables, so that 피드 is found in 피드를 and in RSS피드."""

    lang = "ko"
    language_name = "Korean"
    js_splitter_code = SPLIT_QUERY % (json.dumps(PARTICLES, ensure_ascii=False), LONGEST)

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx's signature
        """Return the words of a text, and of those in Hangul their parts."""
        return [part for word in HANGUL.findall(input) for part in parts(word)]


def parts(word: str) -> list[str]:
    """Return what the index holds of a word: a word of one syllable, and any that is not Hangul, is its own part."""
    if len(word) == 1 or not "가" <= word[0] <= "힣":
        return [word]
    lengths = range(2, min(LONGEST, len(word)) + 1)
    found = {word[start : start + length] for length in lengths for start in range(len(word) - length + 1)}
    alone = {word[0]} if len(word) == 2 and word[1] in PARTICLES else set()
    return sorted(found | alone)


TEXTS = {
    "Skip to content": "본문으로 건너뛰기",
    "Back to top": "맨 위로",
    "On this page": "이 페이지의 내용",
    "Home": "처음",
    "Next": "다음",
    "Previous": "이전",
}
"""What Furo says and Sphinx's own catalogue does not have."""


class Texts(gettext.NullTranslations):
    """A catalogue that is asked where Sphinx's has nothing."""

    def gettext(self, message: str) -> str:
        """Return the Korean of a text; without one, the text."""
        return TEXTS.get(message.strip(), message)


def setup(app: Sphinx) -> None:
    """Teach Sphinx Korean."""
    app.add_search_language(SearchKorean)
    if app.config.language == "ko":
        get_translator("sphinx", "general").add_fallback(Texts())

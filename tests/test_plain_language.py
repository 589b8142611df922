"""What sosik says is plain: the field's words in short sentences, by the rules of style in CONTRIBUTING.md."""

import ast
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest

from newsrooms import ROOT
from sosik.cli.root import COMMANDS
from sosik.errors import CODES
from sosik.words import refusals
from sosik.words.message import messages_in
from sosik.words.pages import texts_of

ENGLISH = messages_in("en")

REFUSED = {f"refusals.{name}": text.partition(" / ")[2] for name, text in vars(refusals).items() if name.isupper()}
TEXTS = {**ENGLISH, **{f"pages.{name}": text for name, text in texts_of("en").items()}, **REFUSED}
"""Everything that is said in English: messages, pages, and what stands in the place of a page."""

NOT_PLAIN = {
    r"stands?|stood|standing|lies|lie|lay|lying": "is, has",
    r"speaks?|spoke|spoken": "the subject is the file, key or command",
    r"(is|are|was|were|be|been|being|gets?) told|tells?|told": "notify, report, print",
    r"whoever|whatever|whose|nobody|somebody|someone|anybody|none of|no one": "the subject is the file, key or command",
    r"who (asks|polls|takes|builds|reads|runs|owns)": "the subject is the file, key or command",
    r"what (is|are|was|were|has|had|must|waits|goes|lies|may|can|cannot)": "a noun: the files, the changes",
    r"(is|are|was|were|be) (no|none)|is nothing": "not a, missing, invalid",
    r"anew|for ever|for good|all the same|besides|on the way|meanwhile": "again, permanently; or nothing",
    r"tak(e|es|en|ing) (\w+ )?back|took back|given? up|gives? way|go(es)? on": "withdraw, stop, continue",
    r"of (its|their|his) own|by (itself|themselves)": "its, separate, automatically",
    r"instants?|moments?": "time",
    r"stamps?|stamped": "date, time",
    r"make of|makes? one|made of|comes? of|became|becomes? of": "use, result",
    r"slips?|riddles?|memory|remember(s|ed)?|forg[eo]t(s|ten)?": "typo, record",
    r"is gone|are gone|was gone": "is missing, was deleted",
    r"as (it|they) (is|are|stands?|was|were)|that there (is|was)": "unchanged, literally",
    r"seen from|passes? over|passed over|leads? on|led on": "relative to, skip, redirect",
    r"do without|have it|let (it|them)": "say which",
    r"answers?|answered": "responds, response",
    r"holds? (?!back)(?!its )|to be (seen|had|read|kept)|has it that|such (a|an) one": "has, contains",
}
"""The private voice, as words and phrases, each with what the field writes."""

ALLOWED = {
    "memory": {"store.in-memory"},
}
"""Words in a sense that is the field's."""

WITHIN = {"cli.doctor-hint", "dates.refused-hint"}
"""What a hint is shown in."""

MOST_WORDS = 20
VERBS = frozenset(
    re.findall(
        r"\S+",
        "add align allow avoid build change check choose close compare compose continue convert copy correct "
        "create define delete escape export finish fix give import indent install keep leave link list lower "
        "make mount move name open pass percent-encode point print publish put quote raise read redirect "
        "reduce remove rename replace reserve restore resume retry run save select separate set shorten show "
        "split start stop use wait write ",
    )
)
"""With what a hint begins."""

EXAMPLE = re.compile(r"[`{\"]|[\w@]+\}?: |did you mean \{name\}\?$|\{line\}$")
"""A line to write, a command to run, or the question whether another name was meant."""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; a semicolon and a line end one, too."""
    yield from filter(None, (part.strip() for part in re.split(r"(?:[.?!;]|: )(?=\s|$)|\n", text)))


def words_of(sentence: str) -> list[str]:
    """Return the words of a sentence; a value counts as one, and so does a command."""
    plain = re.sub(r"`+[^`]*`+|\{[^{}]*\}", "x", re.sub(r"\{[^{}:]*:([^{}|]*)\|[^{}]*\}", r"\1", sentence))
    return [word for word in plain.split() if re.search(r"\w", word)]


def private_voice(text: str, phrases: Mapping[str, str] = NOT_PLAIN) -> list[str]:
    """Return the phrases of a text that the field would not write, with what it writes instead."""
    plain = re.sub(r"`+[^`]*`+|\{[^{}|]*\}|\"[^\"]*\"|<[^>]*>", " ", text)
    return [
        f"{found[0]} → {instead}"
        for phrase, instead in phrases.items()
        for found in re.finditer(rf"(?<![\w-])(?:{phrase})(?![\w-])", plain, re.IGNORECASE)
    ]


def test_texts_are_plain() -> None:
    voices = [(key, found) for key, text in TEXTS.items() for found in private_voice(text)]

    assert [(key, found) for key, found in voices if key not in ALLOWED.get(found.split()[0], ())] == []
    assert [
        (key, one) for key, text in TEXTS.items() for one in sentences(text) if len(words_of(one)) > MOST_WORDS
    ] == []


def test_a_hint_begins_with_what_to_do() -> None:
    hints = {key: text for key, text in ENGLISH.items() if key.endswith("-hint") and key not in WITHIN}
    others = {key: text for key, text in hints.items() if text.split()[0].strip(",:;").lower() not in VERBS}

    assert {key: text for key, text in others.items() if not EXAMPLE.match(text)} == {}


def test_a_problem_is_a_phrase() -> None:
    """Adjective, noun, value: without a capital, without a full stop."""
    problems = {key: text for key, text in ENGLISH.items() if key.partition(".")[0] in CODES}
    capital = {key: text for key, text in problems.items() if re.match(r"[A-Z][a-z]+ ", text)}

    assert len(problems) > 100
    assert {key: text for key, text in capital.items() if text.split()[0] not in {"Windows", "Markdown"}} == {}
    assert {key: text for key, text in problems.items() if text.endswith(".")} == {}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_begins_with_a_verb_and_is_short(command: str) -> None:
    name = "cli." + command.replace(" ", "-")

    assert re.fullmatch(r"[A-Z][a-z]+,? .{3,70}\.", ENGLISH[name]), ENGLISH[name]


HEADED = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
RIDDLE = re.compile(r"(What|Who|Whom|How|Where|When|Which|Why|If|That|One|Its|It|They)\b(?! to )")


@pytest.mark.parametrize("document", [path for path in HEADED if ".ko." not in path.name], ids=lambda path: path.name)
def test_headings_are_nouns_or_imperatives(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    riddles = [head for head in HEADING.findall(text) if RIDDLE.match(head) or private_voice(head)]

    assert riddles == []


OTHERS = re.compile(r"conformance\.md|.*\.ko\.md")
"""A list of rules with the names of their tests, and what is in Korean."""

PLAIN = (
    *("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "benchmarks/README.md"),
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")) if not OTHERS.fullmatch(path.name)),
)
"""The documents in which every sentence keeps the rules."""

PICTURES = {
    r"rooms?|houses?|roads?|doors?|drawers?|neighbours?|guests?": "package, publication, path, interface, table",
    r"judged?|judges|judging|verdicts?|strangers?": "compare, check, decision; untrusted",
    r"is ours|are ours|of ours|anyone's|all else|nothing else": "of sosik; any publisher's; the others",
    r"brought along|brought up to date|held against|puts? aside": "migrate, update, compare, move",
    r"what (follows|differs|fits|stands|comes|remains|they|it|we|you|he|she)": "a noun: the difference, the rest",
}
"""Pictures where there is a standard term, with the term."""

SENSES = re.compile(r"[Mm]emory(?! of (?:the|a) (?:newsroom|publication|store))|\\\[default: \w+\\\]")
"""Memory of the machine, which the field calls so; values of an option."""

MOST_WORDS_OF_A_DOCUMENT = 25


def blocks(markdown: str) -> Iterator[str]:
    """Yield the paragraphs, items of lists and cells of tables in a text, without code, comments and link targets."""
    markdown = unescape(re.sub(r"<!--.*?-->", "", markdown, flags=re.DOTALL))
    prose = re.sub(r"```.*?```|!\[[^\]]*\]\([^)]*\)|^\[[^\]]+\]: .*$", "", markdown, flags=re.DOTALL | re.MULTILINE)
    for paragraph in re.split(r"\n\s*\n", re.sub(r"\]\([^)]*\)", "]", prose)):
        lines = paragraph.strip().splitlines()
        if paragraph.lstrip().startswith("|"):
            yield from (cell.strip() for line in lines for cell in re.split(r"(?<!\\)\|", line))
        else:
            yield from (" ".join(item.split()) for item in re.split(r"\n\s*(?:[-*]|\d+\.) ", paragraph))


def not_plain(markdown: str) -> list[str]:
    """Return what a document says in words of its own, and its sentences that are too long."""
    found = []
    for block in blocks(markdown):
        found += private_voice(SENSES.sub(" ", block), NOT_PLAIN | PICTURES)
        found += [one for one in sentences(block) if len(words_of(one)) > MOST_WORDS_OF_A_DOCUMENT]
    return found


@pytest.mark.parametrize("document", PLAIN)
def test_a_document_is_plain(document: str) -> None:
    assert not_plain((ROOT / document).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "package", sorted((ROOT / "src" / "sosik").glob("*/__init__.py")), ids=lambda path: path.parent.name
)
def test_the_docstring_of_a_package_is_plain(package: Path) -> None:
    assert not_plain(ast.get_docstring(ast.parse(package.read_text("utf-8"))) or "whoever forgot it") == []


@pytest.mark.parametrize(
    "text",
    [
        "Each room states what it promises.",
        "A file that is broken is judged by the ledger.",
        "Clean files take a straight road.",
        "- A list\n- whose second item stands here",
        "| a table | what is told |\n|---|---|\n| of a cell | that lies in it |",
        "See [the page](a.md), which nobody reads.",
        "The store is the memory of the newsroom.",
        f"One sentence has {' '.join(['word'] * MOST_WORDS_OF_A_DOCUMENT)}\nin two lines.",
    ],
)
def test_a_document_that_is_not_plain_is_found(text: str) -> None:
    assert not_plain(f"# Title\n\nA plain line.\n\n{text}\n")


def test_code_and_addresses_of_a_document_are_not_its_words() -> None:
    code = "```\nwhoever stands here is told\n```"

    assert not_plain(f"The key `whoever` is in [a file](what/is/told.md).\n\n{code}\n\nA worker is in memory.\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "whoever asks is told that it is gone (410)",
        "a new stamp stands before the old one",
        "'x' is no key here",
        "Print what another web server is to be told of the published files.",
        "Publish as at this instant.",
        "the store begins anew, and nothing is remembered",
        "none of its entries can be seen",
        "the date lies in the future",
        "the address answers with 410",
    ],
)
def test_the_private_voice_is_heard(text: str) -> None:
    assert private_voice(text)

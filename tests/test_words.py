"""Messages are values, and their texts stand in `words/` alone: every identifier is used, every used one is there."""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from sosik.conformance import CHECKLIST
from sosik.errors import CODES, Severity
from sosik.words import Message, say
from sosik.words.grammar import with_particle
from sosik.words.message import messages_in, naming

ENGLISH = messages_in("en")

SOURCE = Path(__file__).parent.parent / "src" / "sosik"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "words" not in path.relative_to(SOURCE).parts)

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")

PROSE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}[,;:]? [A-Za-z]{2,}|[가-힣]+ [가-힣]+ [가-힣]+")
"""Three words in a row: a text for people."""

NO_PROSE = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|CAST|PRAGMA|ROLLBACK TO|(CREATE|ALTER|DROP) \w+)\b|^The Old Reader$"
)
"""SQL, and a name."""

NO_MESSAGES: dict[str, str] = {
    "audience/services.py": "names of readers, and what their agents look like",
    "dates/forms.py": "names and patterns of the forms a date is written in",
    "dates/labels.py": "words that stand in front of dates",
    "dates/beside.py": "patterns of what stands beside dates",
    "dates/beside_words.py": "words that stand beside dates",
    "dates/elements.py": "names of elements of forms",
    "dates/places.py": "places that have zones",
    "dates/zones.py": "names of zones",
    "dates/vocabulary.py": "words that dates are written with",
    "importers/captions.py": "patterns of what stands under pictures",
    "importers/furniture.py": "patterns of what stands around articles",
    "normalize/limits.py": "names of elements",
    "normalize/markdown/engine.py": "names of tokens",
    "normalize/markdown/signs.py": "particles of Korean",
    "normalize/kept/shown.py": "names of elements",
    "normalize/kept/table.py": "names of elements",
    "normalize/markup.py": "names of elements",
    "normalize/embeds.py": "links in the bodies of articles, in the language of these",
    "normalize/sanitize.py": "names of elements",
    "normalize/tags.py": "names of elements",
    "publish/servers/apache.py": "the words of Apache's configuration stand in a row as in a sentence",
    "publish/servers/location.py": "the words of nginx's configuration stand in a row as in a sentence",
    "publish/servers/caddy.py": "the words of Caddy's configuration stand in a row as in a sentence",
    "read/foreign.py": "names of keys",
    "read/meant.py": "names of keys",
    "read/no_article.py": "names of folders",
    "source/yaml_errors.py": "what PyYAML says",
    "reasons.py": "what SQLite says",
    "store/fragments.py": "queries in SQL",
    "store/postgres/database.py": "queries in SQL",
    "store/postgres/faults.py": "what libpq says",
    "store/postgres/opening.py": "queries in SQL",
    "store/postgres/pictures.py": "queries in SQL",
    "store/postgres/snapshot.py": "queries in SQL",
    "store/membership.py": "queries in SQL",
    "store/watched.py": "queries in SQL",
    "starter/__init__.py": "the first words of a new publication, in its own language",
    "write/template.py": "a file, whose comments are for who fills it in",
}
"""Files whose literals may be prose, each with its reason."""


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of a name in the source, with the file it stands in."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


def placeholders(text: str) -> set[str]:
    """Return the names of the values that a text has places for, and the keys (`@published`) that it names."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name}


def values_of(text: str) -> set[str]:
    """Return the names of the values that a text has places for."""
    return {name for name in placeholders(text) if not name.startswith("@")}


def test_a_message_is_in_the_table_and_carries_what_its_text_needs() -> None:
    wrong = []
    for place, call in calls("Message"):
        if not (call.args and isinstance(call.args[0], ast.Constant)):
            continue
        key, given = str(call.args[0].value), {keyword.arg for keyword in call.keywords}
        if key not in ENGLISH:
            wrong.append(f"{place}: {key} is in no table")
        elif None not in given and given != values_of(ENGLISH[key]):
            wrong.append(f"{place}: {key} has places for {values_of(ENGLISH[key])}, and is given {given}")

    assert wrong == []


def test_every_text_is_used() -> None:
    literals = {
        node.value
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    literals |= (
        {f"code.{code}" for code in CODES}
        | {f"errors.{one}" for one in Severity}
        | {f"rule.{number}" for number in CHECKLIST}
    )

    assert sorted(ENGLISH.keys() - literals) == []


def test_identifiers_have_one_form() -> None:
    assert [key for key in ENGLISH if not IDENTIFIER.fullmatch(key)] == []


def prose(path: Path) -> Iterator[str]:
    """Yield the literals of a file that read like text for people.

    Docstrings, and what a mistake in the calling code raises, are for those who read code.
    """
    tree = ast.parse(path.read_text("utf-8"))
    for_coders = {id(inner) for node in ast.walk(tree) if is_for_coders(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in for_coders:
            continue
        if PROSE.search(node.value) and not NO_PROSE.search(node.value):
            yield f"{node.lineno}: {node.value!r}"


def is_for_coders(node: ast.AST) -> bool:
    """Whether a statement is a docstring, or raises an error of Python's own."""
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
        return hasattr(builtins, node.exc.func.id)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_text_for_people_is_written_elsewhere(path: Path) -> None:
    name = path.relative_to(SOURCE).as_posix()
    if {name, name.split("/")[0]} & NO_MESSAGES.keys():
        return
    assert list(prose(path)) == []


OUTLETS = frozenset({"echo", "secho", "prompt", "confirm", "tell", "complain", "print", "UsageError", "BadParameter"})
LOGGED = frozenset({"debug", "info", "warning", "error", "exception", "critical"})
SHOWN = frozenset({"help", "short_help", "epilog", "prompt", "message", "hint", "reason"})
"""By what text reaches a person: calls, and arguments of any call."""

NAME = re.compile(r"[a-z]+(?:[-_.][a-z]+)+")
"""A name of code: of a problem, of an event."""

WORD = re.compile(r"[A-Za-z]{3,}|[가-힣]")


def shown(call: ast.Call) -> Iterator[ast.expr]:
    """Yield the arguments of a call that a person reads."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    is_log = name in LOGGED and isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "log"
    if name in OUTLETS or is_log:
        yield from call.args
    yield from (keyword.value for keyword in call.keywords if keyword.arg in SHOWN)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_not_a_word_is_shown_that_is_no_message(path: Path) -> None:
    """Not one, by itself or in an f-string; what a message is made of is its own affair."""
    wrong = []
    for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
        for argument in shown(call):
            texts = [argument] if isinstance(argument, ast.Constant) else getattr(argument, "values", [])
            words = [one.value for one in texts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            wrong += [f"{call.lineno}: {word!r}" for word in words if WORD.search(word) and not NAME.fullmatch(word)]

    assert wrong == []


def test_a_message_in_a_message_is_said_in_the_same_language() -> None:
    inner = Message("code.key-duplicate")

    assert say(Message("nowhere.to-be-found", reason=inner, count=2)) == "nowhere.to-be-found: 2: Duplicate key."


def test_a_key_is_called_as_its_file_calls_it() -> None:
    message = naming(Message("published-missing.known-hint", published="2024"), {"published": "입력", "title": "제목"})

    assert message.names == (("published", "입력"),)
    assert say(message, "en") == 'write 입력: "2024", as published'
    assert say(naming(message, {}), "ko") == '발행한 시각 그대로 적으세요: 입력: "2024"'
    assert say(Message("published-missing.known-hint", published="2024")) == 'write published: "2024", as published'


@pytest.mark.parametrize(
    ("word", "particle", "expected"),
    [
        ("제목", "을", "제목을"),
        ("기사", "을", "기사를"),
        ("본문", "은", "본문은"),
        ("파일", "으로", "파일로"),
        ("폴더", "으로", "폴더로"),
        ("본문", "로", "본문으로"),
        ("기자", "이", "기자가"),
        ("수정", "와", "수정과"),
        ("'입력'", "을", "'입력'을"),
        ("rss.xml", "을", "rss.xml을(를)"),
        ("2", "으로", "2(으)로"),
        ("", "이", "이(가)"),
        ("서울", "으로", "서울로"),
        ("서울", "과", "서울과"),
        ("입력", "은", "입력은"),
        ("수정", "이", "수정이"),
        ("고침", "으로", "고침으로"),
        ("고침", "를", "고침을"),
        ("부제", "과", "부제와"),
        ("값", "는", "값은"),
        ("요약", "가", "요약이"),
        ("published", "을", "published을(를)"),
        ("tags", "과", "tags과(와)"),
        ("status", "은", "status은(는)"),
        ("'나루'", "이", "'나루'가"),
        ("“해오름”", "와", "“해오름”과"),
        ("(뒷면)", "으로", "(뒷면)으로"),
        ("漢", "을", "漢을(를)"),
        ("50%", "이", "50%이(가)"),
    ],
)
def test_particles_follow_the_sound(word: str, particle: str, expected: str) -> None:
    assert with_particle(word, particle) == expected

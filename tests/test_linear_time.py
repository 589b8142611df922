"""Text of strangers takes time in proportion to its length: every regular expression is tried with its worst texts.

The texts are made from the pattern (`worst_inputs`), so a new pattern is tried as soon as it is there. Whoever writes
one that is only ever given short texts, or texts of one form, says so in the tables below, with the reason.
"""

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, cast

import pytest
from msgspec import Struct

import sosik
from dates.rows import ALL
from sosik.dates import patterns as date_patterns
from sosik.dates import stamps
from sosik.normalize.bylines import NAME
from sosik.patterns import Uncompiled
from sosik.previous.documents import _CORRECTION
from sosik.queries import canonical_query, query_pattern
from worst_inputs import Worst, worst_inputs

SOURCE = Path(sosik.__file__).parent

ROOMS = (
    *(
        "addresses",
        "queries",
        "networks",
        "web",
        "words",
        "errors",
        "dates",
        "model",
        "source",
        "config",
        "read",
        "normalize",
    ),
    *("write", "previous", "render", "ledger", "edition", "publish", "announce", "audience", "conformance"),
    *("importers", "starter", "serve", "cli"),
)
"""The rooms that see what strangers write; beside them is only the store."""

SHORT = {
    "sosik.source.yaml_repair": 1_000,  # `_LONGEST`: a longer line is not repaired
    "sosik.normalize.signatures": 600,  # `_LONGEST`: a longer line of authors is none
    "sosik.normalize.bylines": 120,  # `LONGEST`: a longer line is no byline; heads are bounded by their own numbers
    "sosik.importers.stamps": 200,  # `LONGEST`: a longer line is no date line
    "sosik.conformance.parse._DECLARATION": 1_000,  # `_HEAD`
    "sosik.read.entry._POST": 4_096,  # a path (PATH_MAX)
    "sosik.read.work_tree._ENTRY": 4_096,  # a path in git's own list, all else of which it matches
    "sosik.read.no_article._BEHIND": 255,  # the name of a file (NAME_MAX)
    "sosik.read.ignoring._rule": 4_096,  # a path; the patterns are the publication's own
    "sosik.dates": 2_000,  # `LONGEST`: a longer text is no date
}
"""By module, the most letters that its patterns are ever given; then the worst text of so many takes no time."""

ENDED = {
    "sosik.normalize.figures._OWN": "</figcaption>",
    "sosik.normalize.figures._FIGURE": "</figure>",
    "sosik.normalize.figures._PIECE": "</figure>",
    "sosik.normalize.mathml._MATH": "</math>",
    "sosik.normalize.players._PLAYER": "</audio></iframe></object></video>",
    "sosik.normalize.rewrite._PICTURE": "</picture>",
    "sosik.render.pictures._CAPTION": "</figcaption>",
}
"""Patterns of elements with an end, for HTML in which every element has one: the sanitizer wrote it."""

METHODS = {
    "sosik.edition.kept._pattern": {"fullmatch"},
    "sosik.audience.services.SERVICES": {"search"},
    "sosik.importers.captions.CREDITS": {"fullmatch"},
    "sosik.normalize.bylines.HEADS": {"match"},
    "sosik.normalize.signatures._AFTER_TITLE": {"fullmatch"},
    "sosik.normalize.signatures._BEFORE_TITLED": {"fullmatch"},
    "sosik.normalize.kept.MARKDOWN_TOKENS": {"match"},
    "sosik.normalize.kept.HTML_TOKENS": {"match"},
    "sosik.normalize.kept.TEXT_TOKENS": {"match"},
    "sosik.read.ignoring._rule": {"fullmatch"},
    "sosik.read.ignoring._either": {"fullmatch"},
    "sosik.queries.__init__": {"fullmatch"},
    "sosik.importers.markdown.AT_START": {"match"},  # where it matches at the start, it is replaced there
}
"""How patterns are used that are used by another name than that of their module."""

ON_USE = {
    "sosik.edition.kept._pattern": r"/section/.*/rss\.xml|/old/.*",
    "sosik.previous.documents._body": rf"(?:{_CORRECTION}){{2}}",
    "sosik.read.ignoring._rule": r"(?:.*/)?[^/]*draft[^/]*(?!/)[a-z]",
    "sosik.read.ignoring._either": r"(?:README[^/]*)|(?:(?:.*/)?drafts/.+)",
    "sosik.source.json_scanner.__init__": "[ \t\r\n\ufeff]*",
    "sosik.queries.__init__": query_pattern(canonical_query("bo_table=새소식&page=2") or ""),
    "sosik.importers.furniture._whole": "",  # tables, each of which is a pattern of its module
    "sosik.normalize.code_places._end": r"^ {0,3}`{3,}[ \t]*$",
    "sosik.normalize.bylines.byline": rf"{NAME}(?:\s*[·ㆍ,/]\s*{NAME})*",
    "sosik.normalize.bylines.head_authors": rf"{NAME}(?:[·ㆍ,]{NAME})*,?",
    "sosik.normalize.kept.inline._closing": r"(?<!`)``(?!`)",
    "sosik.normalize.kept.lines._closing": r"^[ \t>]*`{3,}[ \t]*$",
    "sosik.normalize.kept.tags._pass_over": r"<(/?)pre(?=[\s/>])",
    "sosik.normalize.kept._find_code": r"가\s*나\s*다",
    "sosik.audience.services._counted": "",  # rows of SERVICES
    "sosik.audience.services._plain": "",
    "sosik.dates.patterns.compiled": "",  # what is compiled there is found by use
    "sosik.dates.slots._whole": "[^ |,.:()/'-]",
}
"""Patterns that a function makes of what it is given: what they may look like."""

SHORTER = 300
"""Letters of the texts among which the suspects are found."""

LENGTH = 1_000
"""Letters of the texts of suspects."""

LONGER = 32
"""How many times as long the texts are that show how the time grows."""

GROWTH = 100
"""What the time may grow by then: it is 32 times as much in proportion to the length, 1,024 to its square.

Between the two there is room for a machine that is busy with something else.
"""

FLOOR = 0.05
"""Seconds of processor time that a text may take however it grows: a square of so many letters takes far longer."""

HOPELESS = 0.1
"""Seconds of processor time that a text of `LENGTH` letters may take; most take a thousandth of it."""

WORST_MANY, WORST_FEW = 16, 5
"""Of a pattern's texts, those that took longest: how many are tried once more, and how many are judged."""

TIMES = 3
"""How often a text must be found slow before it is said, and how often a short time is taken for its least."""


@dataclass(frozen=True)
class Used:
    """A pattern, the names under which it stands, and the methods that are called on it."""

    pattern: re.Pattern[Any]
    names: tuple[str, ...]
    methods: frozenset[str]

    def most(self) -> int:
        """Return how many letters it is ever given, 0 for any number."""
        bounds = [most for module, most in SHORT.items() for name in self.names if f"{name}.".startswith(f"{module}.")]
        return max(bounds) if len(bounds) == len(self.names) else 0

    def text(self, worst: Worst, length: int) -> Any:
        """Return a text of so many letters as the pattern is given it."""
        text = worst.text(length) + next((end for name, end in ENDED.items() if name in self.names), "")
        return text.encode("utf-8", "surrogatepass") if isinstance(self.pattern.pattern, bytes) else text

    def run(self, text: Any) -> None:
        for method in self.methods:
            _CALLS[method](self.pattern, text)

    def take(self, worst: Worst, length: int = LENGTH, limit: float = HOPELESS) -> float:
        """Return the seconds that a text of so many letters takes; infinity beyond the limit.

        It is beyond by both clocks: that of the processor may count in ticks, the other goes on while it waits.
        """
        text = self.text(worst, length)
        begun, begun_own = time.perf_counter(), time.process_time()
        try:
            with given_up_after(1.2 * limit):
                self.run(text)
        except _TooLongError:
            return float("inf")
        spent, own = time.perf_counter() - begun, time.process_time() - begun_own
        return spent if min(spent, own) <= limit else float("inf")

    def take_least(self, worst: Worst) -> float:
        return min(self.take(worst) for _ in range(TIMES))


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """Raise `_TooLongError` when about so much processor time is spent: the system counts in ticks."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


_CALLS: dict[str, Callable[[re.Pattern[Any], Any], object]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "search": lambda pattern, text: pattern.search(text),
    "finditer": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
}
_SAME = {"sub": "finditer", "subn": "finditer", "split": "finditer", "findall": "finditer"}


class _TooLongError(Exception):
    """A matcher was at it for too long."""


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLongError


def modules() -> Iterator[ModuleType]:
    for room in ROOMS:
        module = importlib.import_module(f"sosik.{room}")
        yield module
        for info in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
            yield importlib.import_module(info.name)


def patterns_in(value: object, depth: int = 4) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns in a value, also within tuples, mappings and structs."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Uncompiled):
        yield value.compiled()
    elif depth and isinstance(value, dict):
        for held in (*value, *value.values()):
            yield from patterns_in(held, depth - 1)
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        for held in value:
            yield from patterns_in(held, depth - 1)
    elif depth and isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from patterns_in(getattr(value, name, None), depth - 1)


@cache
def methods_by_name() -> dict[str, dict[str, set[str]]]:
    """Return, by module and name, the methods that are called on it there."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                method = _SAME.get(node.attr, node.attr)
                if method in _CALLS:
                    found[module_name(path)][node.value.id].add(method)
    return found


def module_name(path: Path) -> str:
    return ".".join(("sosik", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


def methods_of(names: list[str]) -> frozenset[str]:
    """Return how a pattern is used; every way, where that cannot be seen."""
    told: set[str] = set()
    for name in names:
        module, _, leaf = name.rpartition(".")
        places = [module] if leaf.startswith("_") else list(methods_by_name())
        told |= METHODS.get(name) or set().union(*(methods_by_name()[place][leaf] for place in places))
    return frozenset(told or {"search", "finditer", "fullmatch"})


@cache
def of_modules() -> tuple[Used, ...]:
    """Return the patterns that stand in the rooms' modules."""
    names: dict[re.Pattern[Any], list[str]] = defaultdict(list)
    for module in modules():
        for name, value in vars(module).items():
            for pattern in patterns_in(value) if not name.startswith("__") else ():
                names[pattern].append(f"{module.__name__}.{name}")
    return tuple(Used(pattern, tuple(dict.fromkeys(own)), methods_of(own)) for pattern, own in names.items())


def of_functions() -> Iterator[tuple[str, str | bytes | None, str]]:
    """Yield what functions hand to `re`: the function, the pattern if it is a constant, and the method."""
    for path in SOURCE.rglob("*.py"):
        functions = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef))
        for function in functions if module_name(path).startswith(tuple(f"sosik.{room}" for room in ROOMS)) else ():
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                called = call.func
                if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re":
                    value = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
                    yield f"{module_name(path)}.{function.name}", cast("str | bytes | None", value), called.attr


@pytest.fixture(autouse=True)
def _given_up() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, _give_up)
    yield
    signal.signal(signal.SIGVTALRM, before)


def slow_input(used: Used) -> str:
    """Return a text for which a pattern takes more than in proportion to its length, empty where none was found."""
    slow = next((worst for worst in suspects(used) if is_slow(used, worst)), None)
    return f"{used.names[0]} {sorted(used.methods)}: {slow}" if slow else ""


def suspects(used: Used) -> Iterator[Worst]:
    """Yield the texts to judge: one that is hopeless at once, then those that took longest."""
    length = min(used.most() or SHORTER, SHORTER)
    spent: dict[Worst, float] = {}
    for worst in worst_inputs(used.pattern):
        spent[worst] = used.take(worst, length)
        if spent[worst] == float("inf"):
            yield worst
    many = sorted(spent, key=lambda worst: spent[worst], reverse=True)[:WORST_MANY]
    yield from sorted(many, key=used.take_least, reverse=True)[:WORST_FEW]


def is_slow(used: Used, worst: Worst) -> bool:
    """Whether a text takes long, every time that it is tried."""
    return all(_is_slow_now(used, worst) for _ in range(TIMES))


def _is_slow_now(used: Used, worst: Worst) -> bool:
    if most := used.most():
        return used.take(worst, most) == float("inf")
    if used.take(worst) == float("inf"):
        return True
    limit = max(FLOOR, GROWTH * used.take_least(worst))
    return limit < float("inf") and used.take(worst, LENGTH * LONGER, limit) == float("inf")


@pytest.mark.parametrize("room", ROOMS)
def test_time_grows_with_the_length(room: str) -> None:
    own = [used for used in of_modules() if used.names[0].split(".")[1] == room]

    assert [slow for used in own if (slow := slow_input(used))] == []


def test_patterns_of_functions_too() -> None:
    found = [
        Used(
            re.compile(pattern),
            (name,),
            frozenset(METHODS.get(name, {_SAME.get(method, method)} & set(_CALLS) or _CALLS)),
        )
        for name, told, method in of_functions()
        if method != "escape" and (pattern := ON_USE[name] if told is None else told)
    ]

    assert len(found) > 20
    assert [slow for used in found if (slow := slow_input(used))] == []


def test_the_tables_name_what_is_there() -> None:
    names = {name for used in of_modules() for name in used.names}

    names_of_functions = {name for name, _, _ in of_functions()}

    assert {*ENDED, *METHODS} <= names | names_of_functions
    assert set(ON_USE) <= {name for name, told, _ in of_functions() if told is None}
    assert all(
        any(f"{name}.".startswith(f"{module}.") for name in names | names_of_functions) or module == "sosik.dates"
        for module in SHORT
    )


def test_patterns_of_dates_are_compiled_when_a_text_needs_them() -> None:
    """They are found by reading the dates of the tests' tables; almost all are matched at one place of a text."""
    found = [Used(pattern, ("sosik.dates.",), frozenset({"match"})) for pattern in compiled_for_dates()]

    assert len(found) > 40
    assert [slow for used in found if (slow := slow_input(used))] == []


def compiled_for_dates() -> list[re.Pattern[str]]:
    found: dict[re.Pattern[str], None] = {}

    class Recording:
        @staticmethod
        def compile(pattern: str, flags: int = 0) -> re.Pattern[str]:
            found[re.compile(pattern, flags)] = None
            return re.compile(pattern, flags)

    date_patterns.compiled.cache_clear()
    stamps._kept.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(date_patterns, "re", Recording)
        for row in ALL:
            row.stamps()
    return list(found)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:[>›»<]\s*\S+\s*)+",
        r"<pre>.*?</pre>",
        r"(?:\r\n|\r|\n)*---",
        r"\s+$",
        r"(?:a|aa)+b",
        r"[a-z]*[a-z0-9]*!",
        r'<a(?: \w+="[^"]*"| \w+)*>(?P<x>[^>]*?)\s*</a>',
        r"(?=a(?:-a)*-(?!a(?:-a)*))",
    ],
)
def test_a_slow_pattern_is_found(pattern: str) -> None:
    assert slow_input(Used(re.compile(pattern), ("tests.slow",), frozenset({"finditer", "fullmatch"})))

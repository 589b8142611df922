"""What an import did, article by article: for programs as JSON, for people as a page that loads nothing."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from importlib.resources import files
from typing import Any

from msgspec import Struct, field

from sosik.errors import Problem
from sosik.importers.old_articles import RefusedItem
from sosik.words import Message, say

JSON_NAME, PAGE_NAME = "import-report.json", "import-report.html"
"""The names of a report's files, in the publication's folder."""


class State(StrEnum):
    """What became of an article: its file is new; lacked something and has it now; was there; is somebody's own; has
    another id than readers know."""

    NEW = "new"
    FILLED = "filled"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    MISNAMED = "misnamed"


class FeedRow(Struct, frozen=True, kw_only=True):
    """A file that was read: how many items it holds, or why it could not be read."""

    file: str
    items: int = 0
    error: Message | None = None


class EntryRow(Struct, frozen=True, kw_only=True):
    """An article. `file` is seen from the publication's folder, `reasons` say why it is a draft, if it is one."""

    state: State
    file: str
    id: str
    title: str
    published: str = ""
    unconfirmed: tuple[str, ...] = ()
    reasons: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: tuple[str, ...] = ()
    is_permalink: bool | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


class ImportReport(Struct, kw_only=True):
    """An import. `written` are the files that imports wrote, each with the SHA-256 of what they wrote: a file that is
    not as it stands here was edited by hand."""

    feeds: list[FeedRow] = field(default_factory=list)
    entries: list[EntryRow] = field(default_factory=list)
    refused: list[RefusedItem] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many articles there are of each state, and how many were made drafts or refused."""
        states = {str(state): sum(row.state is state for row in self.entries) for state in State}
        return {**states, "drafts": len(self.drafts), "refused": len(self.refused)}

    @property
    def drafts(self) -> list[EntryRow]:
        """The articles that this import made drafts of."""
        return [row for row in self.entries if row.reasons and row.state in (State.NEW, State.FILLED)]

    @property
    def waiting(self) -> list[EntryRow]:
        """The articles that wait as drafts, also those of an earlier import whose files nobody touched."""
        return [row for row in self.entries if row.reasons and row.state in (State.NEW, State.FILLED, State.UNCHANGED)]

    @property
    def has_failed(self) -> bool:
        """Whether a person has to do something before all articles can be seen."""
        misnamed = any(row.state is State.MISNAMED for row in self.entries)
        return bool(misnamed or self.refused or self.drafts or any(row.error for row in self.feeds))


def report_record(report: ImportReport, *, with_fields: bool = False) -> dict[str, Any]:
    """Return a report as JSON has it; *with_fields* with all that the files hold."""
    return {
        "counts": report.counts,
        "feeds": [
            {"file": row.file, "items": row.items, "error": say(row.error) if row.error else ""} for row in report.feeds
        ],
        "entries": [_record(row, with_fields=with_fields) for row in report.entries],
        "refused": [_refused(one) for one in report.refused],
        "written": dict(sorted(report.written.items())),
    }


def _record(row: EntryRow, *, with_fields: bool) -> dict[str, Any]:
    record = {
        "state": str(row.state),
        "file": row.file,
        "id": row.id,
        "is_permalink": row.is_permalink,
        "title": row.title,
        "published": row.published,
        "draft": bool(row.reasons),
        "unconfirmed": list(row.unconfirmed),
        "problems": [_problem(problem) for problem in (*row.reasons, *row.problems)],
        "sources": list(row.sources),
    }
    return {**record, "entry": dict(row.fields)} if with_fields else record


def _refused(refused: RefusedItem) -> dict[str, Any]:
    item = {"title": refused.title, "link": refused.link, "published": refused.published}
    return {**_problem(refused.problem), **item}


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "file": problem.location.file,
        "message": say(problem.message),
        "hint": say(problem.hint) if problem.hint else "",
    }


def report_json(report: ImportReport) -> str:
    """Return a report as the text of its JSON file."""
    return json.dumps(report_record(report), ensure_ascii=False, indent=1) + "\n"


def written_before(text: str) -> dict[str, str]:
    """Return the digests of an earlier report's JSON, none where it is no such thing."""
    try:
        written = json.loads(text)["written"]
        return {str(path): str(digest) for path, digest in written.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


class Group(Struct, frozen=True, kw_only=True):
    """Articles of which the same is to be said: the first in full, and each where other values stand in it (`varies`).

    `hint` is that of all, empty where they differ.
    """

    message: str
    hint: str
    rows: tuple[tuple[EntryRow, str, str], ...]
    varies: bool


WORDS = {
    "title": Message("importers.report-title"),
    "feeds": Message("importers.report-feeds"),
    "feed": Message("importers.report-feed"),
    "count": Message("importers.report-items"),
    "refused": Message("importers.report-refused"),
    "refused_why": Message("importers.report-refused-why"),
    "drafts": Message("importers.report-drafts"),
    "drafts_why": Message("importers.report-drafts-why"),
    "confirm": Message("importers.report-confirm"),
    "confirm_why": Message("importers.report-confirm-why"),
    "decide": Message("importers.report-decide"),
    "decide_why": Message("importers.report-decide-why"),
    "date": Message("importers.report-date"),
    "notes": Message("importers.report-notes"),
    "article": Message("importers.report-article"),
    "file": Message("importers.report-file"),
    "reason": Message("importers.report-reason"),
    "nothing": Message("importers.report-nothing"),
}
"""The words of the page's template."""

COUNTS = {
    "new": Message("importers.count-new"),
    "filled": Message("importers.count-filled"),
    "unchanged": Message("importers.count-unchanged"),
    "kept": Message("importers.count-kept"),
    "misnamed": Message("importers.count-misnamed"),
    "drafts": Message("importers.count-drafts"),
    "refused": Message("importers.count-refused"),
}
"""What the numbers of the page count."""


def report_page(report: ImportReport, language: str = "") -> str:
    """Return the page in a language, else the one that the process speaks. What feeds hold is escaped."""
    from jinja2 import Environment

    def said(message: Message | str) -> str:
        return say(message, language) if isinstance(message, Message) else message

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"said": said, "number": "{:,}".format}
    template = environment.from_string(files("sosik.importers").joinpath("report.html").read_text("utf-8"))
    return template.render(
        report=report,
        number_of=lambda item: said(Message("importers.report-item", number=item.number)),
        counts=[(said(COUNTS[name]), count) for name, count in report.counts.items()],
        **{kind: _grouped(report.entries, said, kind) for kind in ("decide", "confirm", "notes")},
        language=language or said(Message("importers.report-language")),
        words={name: said(message) for name, message in WORDS.items()},
    )


_OF_IDS = frozenset({"import-unsure.two-ids", "import-unsure.other-id"})
"""What is to be decided before readers see anything: afterwards an id is what it is."""


def _kind(problem: Problem) -> str:
    if problem.message.key in _OF_IDS:
        return "decide"
    return "confirm" if problem.code == "unconfirmed" else "notes"


def _grouped(rows: Iterable[EntryRow], said: Callable[[Message], str], kind: str) -> Sequence[Group]:
    """The articles by what is to be said of them, of one kind."""
    groups: dict[str, list[tuple[Problem, EntryRow]]] = {}
    for row in rows:
        for problem in row.problems:
            if _kind(problem) == kind:
                groups.setdefault(problem.message.key, []).append((problem, row))
    return [
        _group([(row, said(one.message), said(one.hint) if one.hint else "") for one, row in members])
        for members in groups.values()
    ]


def _group(rows: Sequence[tuple[EntryRow, str, str]]) -> Group:
    texts, hints = {text for _, text, _ in rows}, {hint for _, _, hint in rows}
    hint = rows[0][2] if len(hints) == 1 else ""
    return Group(message=rows[0][1], hint=hint, rows=tuple(rows), varies=len(texts) > 1 or len(hints) > 1)

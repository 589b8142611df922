"""Assigns the labels of a line to its dates: the label before, after, or at the head of the column."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from sosik.dates import vocabulary as v
from sosik.dates.beside import is_day_column
from sosik.dates.forms import Layer
from sosik.dates.labels import OF_ARTICLES, Label, Meaning
from sosik.dates.patterns import compiled
from sosik.dates.scan import LabelPart, LineDate, LineScan, Unread
from sosik.dates.slots import Labelled
from sosik.words import Message

# 승인 [0호] 2024.01.16, 지면 A12면 2024.01.16
_BETWEEN = (
    rf"(?: ?\( ?[1234] ?{v.COUNTER} ?\))?(?: {v.COUNTER}(?= ))?"
    rf"(?: ?[:|]? ?(?:[123]|{v.NOISE}) ?{v.PAGE})?[ :|,./()~'+_\-]*"
)


def paired(scan: LineScan, shape: str) -> tuple[list[Labelled], Unread | None]:
    """Every date with its label; in a table the labels of the head row and the values below pair in order."""
    alternating = _alternating(scan, shape)
    if alternating:
        return alternating, None
    head = _head_row(scan)
    foreign = _with_other_columns(scan, shape) or _foot_row(scan)
    if foreign and len(foreign) != len(scan.dates):
        return _labelled(scan), Unread(scan.dates[0].start, Message("dates.labels-and-values"))
    if foreign:
        return list(zip(scan.dates, foreign, strict=True)), None
    if not head:
        return _labelled(scan), None
    if len(head) != len(scan.dates) and v.NOISE in scan.kinds[head[0].end : head[-1].start]:
        return _labelled(scan), None
    if len(head) != len(scan.dates):
        return _labelled(scan), Unread(head[0].start, Message("dates.labels-and-values"))
    return [(date, part.label) for date, part in zip(scan.dates, head, strict=True)], None


def _alternating(scan: LineScan, shape: str) -> list[Labelled]:
    """Dates and labels that take turns, with nothing but marks between them: the order of the first two is that of all.

    Words that only name a day, as 마감일, take their turn too, and give none.
    """
    labels: dict[int, LabelPart] = {part.start: part for part in scan.labels if not _tells_page(scan, part)}
    turns: list[tuple[int, int, LineDate | None, Label | None]]
    turns = [(date.start, date.end, date, None) for date in scan.dates]
    turns += [(part.start, part.end, None, part.label) for part in labels.values()]
    turns += [(at, at + 1, None, None) for at in range(len(scan.tokens)) if _names_a_day(scan, shape, at)]
    turns.sort(key=lambda turn: turn[0])
    kinds = [turn[2] is not None for turn in turns]
    if len(kinds) < 4 or len(kinds) % 2 or kinds != [kinds[0], not kinds[0]] * (len(kinds) // 2):
        return []
    if any(scan.kinds[one[1] : other[0]].strip(" |,./·:()-~") for one, other in pairwise(turns)):
        return []
    pairs = zip(turns[::2], turns[1::2], strict=True)
    return [(first[2] or second[2], first[3] or second[3]) for first, second in pairs]  # type: ignore[misc]  # one of them is the date


def _tells_page(scan: LineScan, part: LabelPart) -> bool:
    """Whether 지면 has a page behind it, and so says where an article stood, not when."""
    return part.label.meaning is Meaning.PRINTED and compiled(_A_PAGE).match(scan.kinds, part.end) is not None


_A_PAGE: Final = rf" ?[:|]? ?(?:[123]|{v.NOISE}) ?{v.PAGE}"


def _names_a_day(scan: LineScan, shape: str, at: int) -> bool:
    token = scan.tokens[at]
    return token.kind == v.NOISE and is_day_column(shape[token.start : token.end])


def _in_a_row(scan: LineScan) -> bool:
    """Whether several dates stand together, with nothing but marks between them."""
    apart = [scan.kinds[one.end : other.start] for one, other in pairwise(scan.dates)]
    return bool(apart) and not any(between.strip(" |,/·()") for between in apart)


def _with_other_columns(scan: LineScan, shape: str) -> list[Label | None]:
    """The heads of columns in front of a row of dates, where some are no labels: 마감일 등록일 2024.1.31 2024.1.16."""
    if not _in_a_row(scan):
        return []
    labels = {part.start: part.label for part in scan.labels if part.label.meaning is not Meaning.TIME}
    front = range(scan.dates[0].start)
    heads = [at for at in front if at in labels or _names_a_day(scan, shape, at)]
    if len(heads) < 2 or not 0 < sum(at in labels for at in heads) < len(heads):
        return []
    apart = [scan.kinds[one + 1 : other] for one, other in pairwise(heads)]
    together = all(not compiled(_HEADS_APART).sub("", between) for between in apart)
    return [labels.get(at) for at in heads] if together else []


def _foot_row(scan: LineScan) -> list[Label | None]:
    """The labels that stand together behind a row of dates; fewer than two are no row."""
    labels = [part for part in scan.labels if part.label.meaning is not Meaning.TIME]
    if len(labels) < 2 or not _in_a_row(scan) or labels[0].start < scan.dates[-1].end:
        return []
    apart = [scan.kinds[one.end : other.start] for one, other in pairwise(labels)]
    return [part.label for part in labels] if not any(between.strip(" |,/·()") for between in apart) else []


def _head_row(scan: LineScan) -> list[LabelPart]:
    """The labels of times that stand together in front of all dates; fewer than two are no row."""
    if not scan.dates:
        return []
    first = scan.dates[0].start
    front = [part for part in scan.labels if part.end <= first and part.label.meaning is not Meaning.TIME]
    if any(_ends_title(scan, part) for part in front[:-1]):
        return []
    words = {part.label.word for part in front}
    if len(front) == len(scan.dates) == 1 and _among_columns(scan, front[0]):
        return front
    if (
        len(front) < 2
        or len(words) < len(front)
        or len(front) != len([p for p in scan.labels if p.label.meaning is not Meaning.TIME])
    ):
        return []
    apart = [scan.kinds[one.end : other.start] for one, other in pairwise(front)]
    return front if all(not compiled(_HEADS_APART).sub("", between) for between in apart) else []


def _ends_title(scan: LineScan, part: LabelPart) -> bool:
    """Whether a label is the last word of a title above the article's label: 코로나 백신 승인, 입력 2024.05.18."""
    before = scan.tokens[max(0, part.start - 2) : part.start]
    words = bool(before) and before[0].kind == v.NOISE and before[0].value is None
    return words and compiled(OF_ARTICLES).search(part.label.word) is None


def _among_columns(scan: LineScan, label: LabelPart) -> bool:
    """Whether a label heads a column: directly beside another head, and not in front of its value."""
    before = scan.tokens[max(0, label.start - 2) : label.start]
    behind = scan.tokens[label.end : label.end + 2]
    return any(token.value == v.COLUMN or token.kind == v.COUNTER for token in before) or any(
        token.value == v.COLUMN or token.kind == v.COUNTER for token in behind
    )


_HEADS_APART = rf"[ |,/·(){v.NOISE}{v.COUNTER}{v.WEEKDAY}]"


def _labelled(scan: LineScan) -> list[Labelled]:
    """Every date with its label: the one before it, or in lines that put labels behind, the one after."""
    pairs: list[Labelled] = []
    bars = _behind_bars(scan)
    behind = bars or _labels_behind(scan)
    taken: set[int] = set()
    for date in scan.dates:
        front = next(
            (
                label
                for label in reversed(scan.labels)
                if label.end <= date.start and _touches(scan, label.end, date.start)
            ),
            None,
        )
        back = next(
            (
                part
                for part in scan.labels
                if part.start >= date.end
                and part.label.meaning is not Meaning.TIME
                and (_follows(scan, date.end, part.start) or (bars and _follows_bar(scan, date.end, part.start)))
                and not (part.label.meaning is Meaning.PRINTED and (date.timed or front))
            ),
            None,
        )
        label = (back or front) if behind else (front or back)
        if label is back and back is not None and not behind and _belongs_to_next(scan, back):
            label = front
        if label is front and front is not None and front.start in taken:
            label = None
        if label is not None:
            taken.add(label.start)
        pairs.append((date, label.label if label else None))
    return pairs


def _touches(scan: LineScan, start: int, end: int) -> bool:
    between = "".join(["|" if token.value == v.MARK else token.kind for token in scan.tokens[start:end]])
    return compiled(_BETWEEN).fullmatch(between) is not None


def _follows(scan: LineScan, start: int, end: int) -> bool:
    between = [token for token in scan.tokens[start:end] if token.value != v.DEVICE]
    return not "".join([token.kind for token in between]).strip(" ()")


def _belongs_to_next(scan: LineScan, label: LabelPart) -> bool:
    following = next((date for date in scan.dates if date.start >= label.end), None)
    return (
        following is not None
        and _touches(scan, label.end, following.start)
        and not {"|", ",", "/", "·"}
        & {token.kind for token in scan.tokens[label.end : following.start] if token.value != v.EQUALS}
    )


def _behind_bars(scan: LineScan) -> bool:
    """Whether each label stands behind its date and a bar, the last one at the end: 2017-05-10 08:09 | 기사입력."""
    labels = [part for part in scan.labels if part.label.meaning is not Meaning.TIME]
    if len(labels) != len(scan.dates) or len(labels) != 1 or labels[-1].label.word in _BUTTONS:
        return False
    ends = [date.start for date in scan.dates[1:]] + [len(scan.kinds)]
    return all(
        date.end <= part.start < part.end <= end and _follows_bar(scan, date.end, part.start)
        for date, part, end in zip(scan.dates, labels, ends, strict=True)
    ) and _ends_there(scan, labels[-1].end)


def _ends_there(scan: LineScan, at: int) -> bool:
    at += scan.kinds[at : at + 1] == " "
    return at == len(scan.kinds) or scan.kinds[at] in "|(" + v.COUNTER + v.PASSED or at in scan.known


_BUTTONS: Final = ("수정", "편집", "작성", "변경", "공개", "전송", "지면", "신문")


def _follows_bar(scan: LineScan, start: int, end: int) -> bool:
    return not scan.kinds[start:end].strip(" ()|,/·:-")


def _labels_behind(scan: LineScan) -> bool:
    """Whether a line begins with a date and ends with a label that belongs to the last one."""
    if not scan.dates or not scan.labels:
        return False
    first, last = scan.dates[0], scan.dates[-1]
    return scan.labels[0].start > first.start and any(
        label.start >= last.end
        and label.label.meaning is not Meaning.PRINTED  # 지면 A1면 says where it stood, not when
        and _follows(scan, last.end, label.start)
        for label in scan.labels
    )


def without_relative(scan: LineScan, labelled: list[Labelled]) -> list[Labelled]:
    """Beside a whole date, one that only counts from today says nothing; its label passes on."""
    if not any(date.complete for date, _ in labelled):
        return labelled
    kept: list[Labelled] = []
    passed: Label | None = None
    for date, label in labelled:
        relative = not date.complete and date.moments[0].forms[0].layer is Layer.RELATIVE
        if relative and date.timed and not any(other.timed for other, _ in labelled if other.complete):
            kept.append((date, label))
            continue
        neighbour = _neighbour(scan, labelled, date) if relative else None
        if relative and (label is None or neighbour is not None):
            passed = label
            if kept and label and kept[-1][1] is None and kept[-1][0] is neighbour:
                kept[-1] = (kept[-1][0], label)
            continue
        kept.append((date, label or passed))
        passed = None
    return kept


def _neighbour(scan: LineScan, labelled: list[Labelled], relative: LineDate) -> LineDate | None:
    """The whole, unlabelled date directly beside a relative one."""
    for date, label in labelled:
        between = (date.end, relative.start) if date.end <= relative.start else (relative.end, date.start)
        if date.complete and label is None and not scan.kinds[between[0] : between[1]].strip(" ()|,-/"):
            return date
    return None

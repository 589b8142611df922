"""`dates:` in feeds/publication.yaml tells where the dates of a paper's files do not mean what they say."""

import pytest

from newsrooms import PUBLICATION, Unpack

DATES = """\
dates:
  false_offsets: ["+0000", Z]
  day_only_times: ["03:00:00"]
  year_last: month-first
  labels: {보도: published}
"""


@pytest.mark.parametrize(
    ("written", "at", "precision"),
    [
        ("2024-01-16T15:20:00+0000", "2024-01-16T15:20:00+09:00", "second"),
        ("2024-01-16 03:00:00", "2024-01-16T00:00:00+09:00", "day"),
        ("01/02/2024 15:20", "2024-01-02T15:20:00+09:00", "minute"),
        ("보도 2024.01.16 15:20", "2024-01-16T15:20:00+09:00", "minute"),
    ],
)
def test_the_habits_of_a_paper_are_known(newsroom: Unpack, written: str, at: str, precision: str) -> None:
    room = newsroom(
        f"-- feeds/publication.yaml --\n{PUBLICATION}{DATES}"
        f"-- content/a.yaml --\ntitle: a\npublished: {written}\nbody: b\n"
    )

    assert room.build().errors == []

    item = room.items()[0]
    assert item["date_published"] == at
    assert item["_sosik"]["published_precision"] == precision  # type: ignore[index]  # JSON


def test_mistaken_habits_are_told_at_their_places(newsroom: Unpack) -> None:
    habits = 'dates:\n  false_offsets: [KST]\n  day_only_times: ["25:00"]\n  year_last: first\n  labels: {보도: now}\n'
    room = newsroom(f"-- feeds/publication.yaml --\n{PUBLICATION}{habits}")

    told = room.sosik("check", status=1)

    for line in (6, 7, 8, 9):
        assert f"feeds/publication.yaml:{line}:" in told

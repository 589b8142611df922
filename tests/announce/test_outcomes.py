"""What a target answered is kept as a value; what an earlier sosik kept as text is read as it was."""

from pathlib import Path

from sosik.store import AnnouncementRow, TargetRow, open_store
from sosik.words import Message

HUB = "https://hub.example/"
TOPIC = "https://news.example/rss.xml"


def test_an_outcome_is_the_same_message_when_it_is_read_again(tmp_path: Path) -> None:
    unreachable = Message("announce.unreachable", address=TOPIC, reason=Message("web.too-slow", seconds="10"))
    answered = Message("announce.answered", status="503 Service Unavailable")
    with open_store(tmp_path) as store, store.transaction():
        store.announcements.put([AnnouncementRow(HUB, TOPIC, "websub", 1)])
        (row,) = store.announcements.waiting()
        store.announcements.delay([row._replace(outcome=unreachable)])
        store.announcements.put_targets([TargetRow(HUB, outcome=answered)])

        assert [row.outcome for row in store.announcements.waiting()] == [unreachable]
        assert store.announcements.targets()[HUB].outcome == answered
    assert str(unreachable) == f"{TOPIC} is unreachable: no response within 10 seconds"


def test_what_an_earlier_sosik_kept_is_read_as_it_is(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, store.transaction():
        store.announcements.put([AnnouncementRow(HUB, TOPIC, "websub", 1, outcome="response 500")])

        assert [row.outcome for row in store.announcements.waiting()] == ["response 500"]

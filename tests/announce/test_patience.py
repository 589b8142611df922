"""Who fails is asked again, each time after a longer pause; what cannot be told at all is forgotten in the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from announce.listeners import Listener, deployed, listening
from newsrooms import Newsroom, Unpack
from sosik.announce.run import FIRST_RETRY, GIVE_UP, LAST_LOOK, LAST_RETRY, announce
from sosik.model import Publication
from sosik.site import Site
from sosik.store import open_store


@pytest.fixture
def hub() -> Iterator[Listener]:
    with listening() as hub:
        hub.status = 503
        yield hub


@pytest.fixture
def made(newsroom: Unpack, tmp_path: Path, hub: Listener) -> Iterator[Newsroom]:
    with deployed(tmp_path / "web") as site:
        made = newsroom()
        made.write(f"""\
-- feeds/publication.yaml --
title: 시험일보
url: {site}
authority: test.example,2010
hubs: [{hub.address}]
""")
        Site(made.root).build()
        yield made


def publication(made: Newsroom) -> Publication:
    found = Site(made.root).config().publication
    assert found is not None
    return found


@pytest.mark.rule(88)
def test_the_pause_after_a_failure_doubles(made: Newsroom, hub: Listener, tmp_path: Path) -> None:
    site = Site(made.root)
    site.publish(tmp_path / "web")
    (since,) = {row.since for row in site.announcements().waiting}
    asked = []
    for now in range(since, since + 2000, 10):
        announce(site.folder, publication(made), now=now)
        if hub.bodies:
            asked.append(now - since)
            hub.bodies.clear()

    assert asked == [0, *(FIRST_RETRY * (2**times - 1) for times in range(1, 7))]


def test_in_the_end_it_is_forgotten(made: Newsroom, hub: Listener, tmp_path: Path) -> None:
    site = Site(made.root)
    site.publish(tmp_path / "web")
    (since,) = {row.since for row in site.announcements().waiting}

    announce(site.folder, publication(made), now=since + GIVE_UP)
    assert len(site.announcements().waiting) == 3
    announce(site.folder, publication(made), now=since + GIVE_UP + LAST_RETRY)

    found = site.announcements()
    assert found.waiting == ()
    assert found.targets[hub.address].failed == 2


@pytest.mark.rule(89)
def test_what_is_not_visible_yet_is_looked_for_sooner_and_costs_the_hub_nothing(made: Newsroom, hub: Listener) -> None:
    site = Site(made.root)
    (since,) = {row.since for row in site.announcements().waiting}
    looks = []
    for now in range(since, since + 3000):
        due = min(row.due for row in site.announcements().waiting)
        if due <= now:
            announce(site.folder, publication(made), now=now)
            looks.append(now - since)

    assert looks[:6] == [0, 1, 3, 7, 15, 31]
    assert looks[-1] - looks[-2] == LAST_LOOK
    assert hub.bodies == []


def test_an_edition_in_between_is_not_lost(made: Newsroom) -> None:
    """What an edition queues anew, while the hub is being told of the one before, is told again."""
    site = Site(made.root)
    before = site.announcements().waiting
    made.write("-- content/second.yaml --\nid: zwei\ntitle: 둘\npublished: 2024-01-15 09:00\nbody: 둘.\n")
    site.build()

    with open_store(site.folder) as store, store.transaction():
        store.announcements.drop(before)

    assert len(site.announcements().waiting) == len(before)
    assert {row.since for row in before}.isdisjoint(row.since for row in site.announcements().waiting)

"""A newsroom that uploads its files: hubs are told when the new bytes can be had, and of nothing else."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from announce.listeners import Listener, deployed, listening
from newsrooms import ARTICLE, Newsroom, Unpack

SECOND = """\
id: tag:test.example,2010:bbbbbbbbbbbb
title: 둘째 기사
section: 지역
published: 2024-01-17 10:00
body: 다른 글입니다.
"""
TOPICS = {"rss.xml", "atom.xml", "feed.json"}


@dataclass
class Deployment:
    """A newsroom with a hub, and the web server to which it uploads its files."""

    made: Newsroom
    hub: Listener
    site: str
    uploaded: Path

    def upload(self) -> None:
        shutil.copytree(self.made.root / "public", self.uploaded, dirs_exist_ok=True)

    def announce(self, *options: str, status: int = 0) -> dict[str, list[dict[str, object]]]:
        found: dict[str, list[dict[str, object]]] = json.loads(
            self.made.sosik("announce", "--json", *options, status=status)
        )
        return found

    def heard(self) -> list[str]:
        """Return the topics that the hub was told of since the last call, below the site's address."""
        forms = [parse_qs(body) for body in self.hub.bodies]
        self.hub.bodies.clear()
        assert all(form["hub.mode"] == ["publish"] and form["hub.url"] == form["hub.topic"] for form in forms)
        return sorted(form["hub.url"][0].removeprefix(self.site) for form in forms)


def configuration(site: str, rest: str) -> str:
    return f"""\
-- feeds/publication.yaml --
title: 시험일보
url: {site}
authority: test.example,2010
{rest}
"""


@pytest.fixture
def deployment(newsroom: Unpack, tmp_path: Path) -> Iterator[Deployment]:
    with deployed(tmp_path / "web") as site, listening() as hub:
        made = newsroom()
        made.write(configuration(site, f"hubs: [{hub.address}]"))
        yield Deployment(made, hub, site, tmp_path / "web")


@pytest.mark.rule(89)
def test_nobody_is_told_before_the_new_bytes_are_there(deployment: Deployment) -> None:
    built = deployment.made.sosik("build")

    assert deployment.heard() == []
    assert "notifications: 0 sent, 3 pending" in built
    assert "responds with status 404" in built
    found = deployment.announce(status=1)
    assert {row["url"] for row in found["waiting"]} == {deployment.site + topic for topic in TOPICS}
    assert deployment.heard() == []


def test_after_the_upload_every_feed_is_announced_once(deployment: Deployment) -> None:
    deployment.made.sosik("build")
    deployment.upload()

    deployment.announce()
    assert deployment.heard() == sorted(TOPICS)
    assert set(deployment.hub.types) == {"application/x-www-form-urlencoded"}

    assert deployment.announce()["told"] == []
    deployment.made.sosik("build")
    assert deployment.heard() == []


def test_a_build_announces_what_is_served_in_place(deployment: Deployment, tmp_path: Path) -> None:
    """Where the output is what the web server serves, a build needs no second step."""
    printed = deployment.made.sosik("build", "--output", tmp_path / "web")

    assert "notifications: 3 sent, 0 pending" in printed
    assert deployment.heard() == sorted(TOPICS)


@pytest.mark.rule(88)
def test_only_what_changed_is_announced(deployment: Deployment) -> None:
    """An article of a section concerns its feed and the root feed; archives and aliases are no topics."""
    deployment.made.write(
        "-- feeds/local.yaml --\ntitle: 지역\nselect: {section: 지역}\naliases: [/old.xml]\narchive: month\n"
    )
    deployment.made.write("-- feeds/sport.yaml --\ntitle: 운동\nselect: {section: 운동}\n")
    deployment.made.sosik("build")
    deployment.upload()
    deployment.announce()
    assert len(deployment.heard()) == 9

    deployment.made.write(f"-- content/second.yaml --\n{SECOND}")
    deployment.made.sosik("build")
    assert deployment.heard() == []
    assert "still shows the previous version" in str(deployment.announce("--dry-run")["waiting"])
    deployment.upload()
    deployment.announce()

    assert deployment.heard() == sorted([*TOPICS, *(f"local/{topic}" for topic in TOPICS)])


@pytest.mark.rule(88)
def test_a_change_while_the_hub_is_down_is_told_when_it_is_back(deployment: Deployment) -> None:
    """The hub's failures fail no build; they are kept, shown, and made good."""
    deployment.hub.status = 500
    deployment.made.sosik("build")
    deployment.upload()
    found = deployment.announce(status=1)

    assert len(deployment.hub.bodies) == 1, "who fails is not asked again in the same run"
    (target,) = found["targets"]
    assert (target["told"], target["failed"], target["outcome"]) == (0, 1, "response 500 Internal Server Error")

    deployment.hub.status = 204
    deployment.hub.bodies.clear()
    deployment.made.sosik("build")
    assert deployment.heard() == [], "a build waits before it asks again"
    deployment.announce()
    assert deployment.heard() == sorted(TOPICS)
    (target,) = deployment.announce("--dry-run")["targets"]
    assert (target["told"], target["failures_in_a_row"], target["outcome"]) == (3, 0, "")


def test_a_hub_that_asks_us_to_wait_is_left_alone(deployment: Deployment) -> None:
    """Retry-After is respected even by hand."""
    deployment.hub.status, deployment.hub.headers = 429, {"Retry-After": "3600"}
    deployment.made.sosik("build")
    deployment.upload()
    deployment.announce(status=1)
    deployment.hub.bodies.clear()

    deployment.hub.status = 202
    assert "asked to wait until" in deployment.made.sosik("announce", status=1)
    assert deployment.hub.bodies == []


@pytest.mark.rule(88)
def test_redirects_are_not_followed(deployment: Deployment) -> None:
    with listening() as elsewhere:
        deployment.hub.status, deployment.hub.headers = 307, {"Location": elsewhere.address}
        deployment.made.sosik("build")
        deployment.upload()
        deployment.announce(status=1)

        assert elsewhere.bodies == []
    assert "address moved (status 307)" in deployment.made.sosik("announce", "--dry-run")


def test_a_hub_that_is_no_longer_configured_is_forgotten(deployment: Deployment) -> None:
    deployment.made.sosik("build")
    deployment.made.write(configuration(deployment.site, ""))
    deployment.made.sosik("build")

    assert deployment.announce() == {"told": [], "waiting": [], "targets": []}
    assert "nothing to notify" in deployment.made.sosik("announce")


def test_drafts_are_never_announced(deployment: Deployment) -> None:
    from sosik.site import Site

    deployment.made.write(f"-- content/first.yaml --\n{ARTICLE}status: draft\n")
    site = Site(deployment.made.root, drafts=True)
    site.build()

    assert site.announcements().waiting == ()

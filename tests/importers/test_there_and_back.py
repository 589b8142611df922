"""What sosik publishes it imports again: the same ids, instants, headlines and texts, from each of its formats."""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given

from newsrooms import PUBLICATION, Newsroom
from sosik.cli.root import sosik
from sosik.source.tags import strip_markup
from written import GENERATED, KOREA, NOW, publications, publish


def items_of(file: Path) -> dict[str, dict[str, object]]:
    """Return what readers get of each article, by id.

    An edit in the instant of publication is none, and quotation marks in HTML mean the same however they are written.
    """
    shown = {}
    for item in json.loads(file.read_bytes())["items"]:
        edited = item.get("date_modified")
        html = item.get("content_html", "").replace("&#x27;", "'").replace("&quot;", '"')
        shown[item["id"]] = {
            "title": item["title"],
            "url": item["url"],
            "published": item["date_published"],
            "edited": None if edited == item["date_published"] else edited,
            "summary": item.get("summary", ""),
            "html": html,
        }
    return shown


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
@GENERATED
@given(some=publications)
def test_published_imported_and_published_again(name: str, some: list[dict[str, Any]]) -> None:
    """Whatever a newsroom wrote, and whichever of its feeds was saved.

    A summary that was made of a text about tags of HTML is made of it anew: in a key of an entry file they are markup.
    """
    some = [{**article, "body": f"글\n\n{article.get('body', '')}"} for article in some]
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        public = publish(Path(first), some)
        room = Newsroom(Path(second))
        room.write(f"-- feeds/publication.yaml --\n{PUBLICATION}-- feeds/all.yaml --\ntitle: 전체\n")

        with pytest.MonkeyPatch.context() as clock:  # what lies a year ahead would be a draft
            clock.setattr(
                "sosik.cli.importing_feeds.now_of", lambda _: datetime.fromisoformat(NOW).replace(tzinfo=KOREA)
            )
            done = CliRunner().invoke(sosik, ["-C", second, "import", "feed", str(public / name)])
        report = room.build(NOW)

        assert done.exit_code == 0, done.output
        assert not report.errors, [str(problem) for problem in report.errors]
        before, after = items_of(public / "feed.json"), items_of(room.root / "public" / "feed.json")
        assert before.keys() == after.keys()
        assert [
            (key, said, after[id_][key])
            for id_ in before
            for key, said in before[id_].items()
            if said != after[id_][key] and not (key == "summary" and strip_markup(str(said))[1])
        ] == []

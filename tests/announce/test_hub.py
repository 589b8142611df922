"""The whole way of a push: an edit is built and served, the hub is told, fetches, and the subscriber gets the bytes."""

import hashlib
import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from newsrooms import ARTICLE, ROOT, Unpack
from serve.servers import HOST, eventually, free_port, serving

HUB = (ROOT / "tests" / "announce" / "hub.py").read_text("utf-8")
SERVE = """
import sys
from pathlib import Path
from sosik.serve.run import serve
sys.exit(serve(Path(sys.argv[1]), port=int(sys.argv[2]), workers=1))
"""


@pytest.mark.rule(88)
def test_an_edit_reaches_a_subscriber_through_a_real_hub(newsroom: Unpack, tmp_path: Path) -> None:
    """What the subscriber gets is, byte for byte, what the server answers; the hub vouches for it with a signature."""
    pytest.importorskip("flask_websub", reason="Flask-WebSub is not installed")
    port, hub_port = free_port(), free_port()
    made = newsroom()
    made.write(f"""\
-- feeds/publication.yaml --
title: 시험일보
url: http://{HOST}:{port}/
authority: test.example,2010
hubs: [http://{HOST}:{hub_port}/hub]
""")
    with (
        serving(HUB, str(hub_port), port=hub_port, said=tmp_path / "hub said", ready="/received") as hub,
        serving(SERVE, made.root, str(port), port=port, said=tmp_path / "server said") as server,
    ):
        topic = f"http://{HOST}:{port}/rss.xml"
        assert hub.ask(f"/subscribe?{urlencode({'topic': topic})}").body == b"202"
        eventually(lambda: "Notifications sent" in server.output)

        made.write(f"-- content/first.yaml --\n{ARTICLE.replace('본문', '고친 본문')}")
        eventually(lambda: "고친 본문" in server.ask("/rss.xml").body.decode())
        new = server.ask("/rss.xml")
        digest = hashlib.sha256(new.body).hexdigest()
        eventually(lambda: digest in hub.ask("/received").body.decode())

        (got,) = [found for found in json.loads(hub.ask("/received").body) if found["digest"] == digest]
        assert "sosik_announcement_failures_total" in server.ask("/metrics").body.decode()
        assert got["type"] == "application/rss+xml; charset=utf-8"
        assert got["link"] == new.headers["link"]

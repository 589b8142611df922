"""`sosik serve --to`: who builds also publishes every edition to a bucket, beside what is served."""

import psycopg
import pytest

from databases import address_for, postgres, server
from newsrooms import ARTICLE, Unpack
from publish.object_stores import STORES, Bucket
from publish.test_bucket import objects, shown, tree
from serve.servers import eventually, serving_sosik
from serve.test_leading import SECOND, another, kill, serving_all
from serve.test_nodes import health

pytestmark = pytest.mark.parametrize("bucket", STORES[:1], indirect=True)
"""How stores answer differs for who publishes, not for who decides when: one of them will do."""

EDITED = f"-- content/first.yaml --\n{ARTICLE.replace('첫 기사', '고친 기사')}"


def lies_in(bucket: Bucket, text: str) -> bool:
    return text in (bucket.read("feed.json") or b"").decode()


@pytest.mark.usefixtures("database")
def test_a_bucket_has_what_is_served(newsroom: Unpack, bucket: Bucket) -> None:
    room = newsroom()
    with serving_sosik(room.root, "--to", bucket.url) as serving:
        eventually(lambda: lies_in(bucket, "첫 기사"))
        room.write(EDITED)
        eventually(lambda: lies_in(bucket, "고친 기사"))
        assert serving.ask("/feed.json").body == bucket.read("feed.json")
        assert "bucket-failed" not in str(health(serving))

    assert objects(room.sosik("build", "--to", bucket.url, "--output", "public", "--json")) == (0, 0)
    assert shown(bucket, tree(room.root / "public")) == tree(room.root / "public")


def test_a_standby_that_takes_over_publishes_to_the_bucket(newsroom: Unpack, bucket: Bucket) -> None:
    room = newsroom()
    with postgres(room.root, shared=True):
        other = another(room)
        with serving_all(room, other, options=("--to", bucket.url)) as (leader, standby):
            eventually(lambda: lies_in(bucket, "첫 기사"))
            other.write(f"-- content/second.yaml --\n{SECOND}")
            kill(leader)
            eventually(lambda: lies_in(bucket, "둘째 기사"))
            assert health(standby)["role"] == "leader"


@pytest.mark.usefixtures("database")
def test_a_build_publishes_to_the_bucket_while_a_server_does(newsroom: Unpack, bucket: Bucket) -> None:
    room = newsroom()
    with serving_sosik(room.root, "--to", bucket.url) as serving:
        eventually(lambda: lies_in(bucket, "첫 기사"))
        room.write(EDITED)
        room.sosik("build", "--to", bucket.url)
        assert lies_in(bucket, "고친 기사")
        assert "bucket-failed" not in str(health(serving))


def test_a_bucket_that_cannot_be_brought_up_is_told_of_until_it_is(newsroom: Unpack, bucket: Bucket) -> None:
    """Here another publication got there first."""
    room = newsroom()
    room.sosik("build", "--to", bucket.url)
    other = another(room)
    room.write(EDITED)
    room.sosik("build", "--to", bucket.url)

    with serving_sosik(other.root, "--to", bucket.url) as serving:
        eventually(lambda: "bucket-failed" in str(health(serving)["problems"]))
        assert "holds edition 2; the store has edition 1" in serving.output
        other.write(f"-- content/second.yaml --\n{SECOND}")
        eventually(lambda: "another edition 2" in serving.output)
        other.write(EDITED)
        eventually(lambda: lies_in(bucket, "둘째 기사") and lies_in(bucket, "고친 기사"))
        eventually(lambda: "bucket-failed" not in str(health(serving)))


def test_a_document_that_the_database_lost_is_made_anew_for_the_bucket(newsroom: Unpack, bucket: Bucket) -> None:
    room = newsroom()
    with postgres(room.root):
        room.build()
        schema = address_for(room.root / ".sosik").schema
        with psycopg.connect(server(), autocommit=True) as connection:
            connection.execute(f"UPDATE {schema}.fragment SET tail = '</other>'".encode())  # noqa: S608  # our own name

        room.sosik("build", "--to", bucket.url)

    assert shown(bucket, ["feed.json", "rss.xml"]) == {name: room.read(name) for name in ("feed.json", "rss.xml")}

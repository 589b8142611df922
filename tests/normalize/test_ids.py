"""Identity: verbatim where the file has an id, else made of its path alone."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from sosik.normalize.ids import atom_id, entry_key, is_permalink, new_id

# Any: a test knows whether there is an entry.
Normalize = Callable[..., Any]

AUTHORITY = "news.haenuri.example,2010"


@pytest.mark.rule(18)
def test_an_id_is_taken_verbatim(normalized: Normalize) -> None:
    for written in ("18660", "https://old.haenuri.example/?p=1&x=가", "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a"):
        assert normalized(id=written).entry.id == written


def test_without_id_it_is_made_of_the_path_and_the_problem_says_how_to_pin_it(normalized: Normalize) -> None:
    made = normalized(id=None)
    digest = hashlib.sha256(unicodedata.normalize("NFC", made.source).encode()).hexdigest()

    assert made.entry.id == f"tag:{AUTHORITY}:{digest[:16]}"
    assert not made.entry.pinned
    assert "sosik pin" in str(made.problems[0].hint)


@pytest.mark.rule(18)
def test_the_derived_id_knows_nothing_of_what_an_edit_can_change(normalized: Normalize) -> None:
    edited = normalized(id=None, title="다른 제목", published="2023-05-05", section="문화", link=None, body="다른 글")

    assert edited.entry.id == normalized(id=None).entry.id


@pytest.mark.rule(22)
def test_a_new_id_is_random() -> None:
    made = {new_id(AUTHORITY) for _ in range(100)}

    assert len(made) == 100
    assert all(re.fullmatch(r"tag:news\.haenuri\.example,2010:[a-z2-7]{12}", id_) for id_ in made)


@pytest.mark.parametrize(
    ("id_", "key"),
    [
        ("tag:news.haenuri.example,2010:k7m2q9x4t1zb", "k7m2q9x4t1zb"),
        ("urn:uuid:1225c695-cfb8", "1225c695-cfb8"),
        ("18660", "18660"),
        ("https://old.haenuri.example/politics/18660", None),
        ("tag:news.haenuri.example,2010:guid/../../x", None),
        ("tag:news.haenuri.example,2010:가나", None),
        ("tag:news.haenuri.example,2010:", None),
        ("..", None),
        ("x" * 81, None),
    ],
)
def test_the_key_of_a_page_is_a_safe_name(id_: str, key: str | None) -> None:
    assert entry_key(id_) == key or re.fullmatch(r"[0-9a-f]{16}", entry_key(id_))
    assert key is not None or entry_key(id_) != id_


def test_ids_that_end_alike_do_not_share_a_page() -> None:
    assert entry_key("https://old.haenuri.example/politics/1") != entry_key("https://old.haenuri.example/local/1")


@pytest.mark.rule(19)
@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("tag:x,2010:a", "tag:x,2010:a"),
        ("https://old.haenuri.example/가?p=1", "https://old.haenuri.example/가?p=1"),
        ("18660", f"tag:{AUTHORITY}:guid/18660"),
        ("기사 1/2", f"tag:{AUTHORITY}:guid/%EA%B8%B0%EC%82%AC%201%2F2"),
        ("http://a b", f"tag:{AUTHORITY}:guid/http%3A%2F%2Fa%20b"),
    ],
)
def test_atom_takes_an_absolute_iri(id_: str, expected: str) -> None:
    assert atom_id(id_, AUTHORITY) == expected


@pytest.mark.rule(20)
def test_a_permalink_is_the_very_link() -> None:
    assert is_permalink("https://a.example/1", "https://a.example/1")
    assert not is_permalink("https://a.example/?p=1", "https://a.example/1")
    assert not is_permalink("tag:x,2010:a", "https://a.example/1")

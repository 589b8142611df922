"""How much an edit changed."""

import time

import pytest

from sosik.normalize.similarity import body_digest, changed_share

OLD = "<p>해누리시는 16일 버스를 늘린다고 밝혔다.</p><p>요금은 받지 않는다. 내일부터 달린다.</p>"


@pytest.mark.rule(37)
@pytest.mark.parametrize(
    ("new", "low", "high"),
    [
        (OLD, 0, 0),
        (OLD.replace("<p>", "<div>").replace("</p>", "</div>\n"), 0, 0),
        (OLD.replace("버스를", "전차를"), 0.01, 0.2),
        (OLD + "<p>한 문단이 붙었다.</p>", 0.05, 0.4),
        ("<p>전혀 다른 기사가 같은 주소에 올라왔습니다.</p>", 0.99, 1),
        ("", 1, 1),
    ],
)
def test_the_share_of_the_text_that_changed(new: str, low: float, high: float) -> None:
    assert low <= changed_share(OLD, new) <= high
    assert changed_share(OLD, new) == changed_share(new, OLD)


def test_nothing_against_nothing_has_not_changed() -> None:
    assert changed_share("", "<p></p>") == 0


def test_a_hundred_kilobytes_take_no_time() -> None:
    old = "".join(f"<p>해누리 {n}번 버스는 {n % 7}번 정류장에 선다.</p>" for n in range(2000))
    start = time.process_time()
    changed_share(old, old[::-1])

    assert time.process_time() - start < 0.5


def test_the_digest_is_of_the_text_alone() -> None:
    assert body_digest("<p>가 <b>나</b></p>") == body_digest("<div>가\n나</div>")
    assert body_digest("<p>가</p>") != body_digest("<p>나</p>")

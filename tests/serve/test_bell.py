"""Workers hear of an edition at once, all of them."""

import sys
from threading import Barrier, Event, Thread

import pytest

from serve.servers import DEADLINE
from sosik.serve.bell import Bell

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers look by themselves")


def test_one_ring_wakes_all_who_wait_and_each_once() -> None:
    bell = Bell.hung()
    assert bell is not None
    heard: list[str] = []
    ready = Barrier(3)

    def wait(one: Bell, name: str) -> None:
        one.wait(Event(), 0.0)
        ready.wait(DEADLINE)
        one.wait(Event(), DEADLINE)
        heard.append(name)

    # As two processes have it: each by an object of its own.
    waiting = [Thread(target=wait, args=(Bell(bell.descriptor), name)) for name in ("한 일꾼", "다른 일꾼")]
    for thread in waiting:
        thread.start()
    ready.wait(DEADLINE)
    bell.ring()
    for thread in waiting:
        thread.join(DEADLINE / 2)

    assert sorted(heard) == ["다른 일꾼", "한 일꾼"]


def test_a_ring_while_nobody_waits_is_heard_by_who_waits_next() -> None:
    bell = Bell.hung()
    assert bell is not None
    bell.wait(Event(), 0.0)
    bell.ring()
    done = Event()

    def wait() -> None:
        bell.wait(Event(), DEADLINE)
        done.set()

    Thread(target=wait, daemon=True).start()

    assert done.wait(DEADLINE / 2)

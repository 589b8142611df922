"""Work beside the requests: round after round, never two at a time, and none after the end."""

import time
from threading import Event

from serve.servers import eventually
from sosik.serve.rounds import Rounds


def test_the_end_waits_for_the_round_that_has_begun() -> None:
    """Otherwise it would open again what whoever closes it has just closed."""
    done: list[str] = []
    begun = Event()

    def work() -> None:
        done.append("begun")
        begun.set()
        time.sleep(0.2)
        done.append("done")

    rounds = Rounds(work, 60, renew=lambda: None)
    begun.wait()
    rounds.close()

    assert done == ["begun", "done"] * 2


def test_work_that_fails_is_done_again() -> None:
    done: list[str] = []

    def work() -> None:
        done.append("begun")
        raise ValueError("not this time")

    rounds = Rounds(work, 0.01, renew=lambda: None)
    eventually(lambda: len(done) > 2)
    rounds.close()

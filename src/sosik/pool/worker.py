"""A worker process, over standard input and output.

It gets its task once, and returns the results of every job together. It exits when its standard input ends, so it
never outlives the process that started it.
"""

import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import IO, Any

from sosik.pool.calling import Answers, Calling, code_in_use
from sosik.pool.frames import receive, send


def main() -> None:
    """Answer until standard input ends."""
    # Ctrl-C in a terminal reaches this process too; the one that started it decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whoever started that one may have had other plans with it. By default it ends the process, wherever it is.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGPROF})
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What prints does not get between the answers.
    os.dup2(2, 1)
    try:
        send(outgoing, code_in_use())
        _answer(incoming, outgoing)
    except (EOFError, OSError):  # who asked has ended
        pass
    os._exit(0)  # nothing to be put in order, and quicker


def _answer(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    calling: Calling = receive(incoming)
    called = getattr(import_module(calling.module), calling.function)(calling.shared)
    send(outgoing, code_in_use())
    gc.freeze()  # what is there by now stays
    while True:
        context, items = receive(incoming)
        # One message for all: whoever waits for it has other things to do than to be woken for each of them.
        send(outgoing, _answers(called, context, items, calling.seconds))
        gc.collect()
        # What a job left, modules and templates most of all, is not looked through again after each of the next.
        gc.freeze()


def _answers(called: Any, context: object, items: Sequence[object], seconds: float) -> Answers:
    values = items
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        for stage in called(context):
            values = [*map(stage, values)]
    except Exception as error:  # noqa: BLE001  # it is raised where the job came from
        return Answers(error=_that_passes(error))
    finally:
        # Before anybody knows the answers: the next message is not to be blamed for this one.
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Answers(values)


def _that_passes(error: Exception) -> Exception:
    """Return an exception as another process can have it: with where it happened, and as another one where it must."""
    where = traceback.format_exc()
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # it is our own
    except Exception:  # noqa: BLE001  # whatever hinders it
        return RuntimeError(where)
    error.add_note(where)
    return error

"""Whatever goes wrong while a command runs becomes words and an exit status."""

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper

from sosik.cli.output import complain, problem_text
from sosik.errors import ConfigError, EditionRefusedError, SosikError, StoreFaultError
from sosik.reasons import reason_of
from sosik.words import Message

INTERRUPTED = 130
"""The exit status of what Ctrl-C ended, as shells have it."""


def guarded(run: Callable[[], object]) -> None:
    """Run a command. No traceback reaches the user, unless SOSIK_TRACEBACK is set."""
    _speak_whatever_the_locale()
    try:
        run()
    except KeyboardInterrupt:
        complain(Message("cli.interrupted"))
        sys.exit(INTERRUPTED)
    except StoreFaultError as error:
        _fail(_environment_fault(error))
    except SosikError as error:
        _fail(_reason(error))
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        # The machine's fault, not the program's: a full disk, a folder that may not be written.
        _fail(_environment_fault(error))
    except Exception as error:
        if os.environ.get("SOSIK_TRACEBACK"):
            raise
        _fail(Message("cli.own-mistake", kind=type(error).__name__, error=str(error)))


def _speak_whatever_the_locale() -> None:
    """Have what a terminal or a log in another encoding cannot show written as its number: nothing fails for that."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(errors="backslashreplace")


def _reason(error: SosikError) -> Message | str:
    """Return what an error says, which may be several problems."""
    if isinstance(error, ConfigError | EditionRefusedError):
        return "\n".join(map(problem_text, error.problems))
    return error.message


def _environment_fault(error: OSError | StoreFaultError) -> Message:
    if isinstance(error, OSError) and error.filename:
        return Message("cli.file-fault", file=str(error.filename), reason=reason_of(error))
    return Message("cli.machine-fault", error=reason_of(error))


def _fail(reason: Message | str) -> None:
    complain(reason)
    sys.exit(1)

"""Commands of sosik, each in a process of its own that begins with everything loaded: importing takes longer than most.

Where it matters how a process begins (which modules are loaded, the locale's encoding, warnings), run
`python -m sosik` itself.
"""

import atexit
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from loaded.command import ask

HERE = Path(__file__).parent
OF_THE_START = ("PYTHON", "LANG", "LC_")
"""What a process reads of its environment when it begins, by how the names begin."""


def sosik(
    *arguments: str | Path, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command and return how it ended, with what it printed."""
    given = dict(os.environ if environment is None else environment)
    command = list(map(str, arguments))
    with Path(os.devnull).open() as nothing, TemporaryFile() as printed, TemporaryFile() as complained:
        streams = [nothing.fileno(), printed.fileno(), complained.fileno()]
        status = ask(socket_for(given), command, streams, folder or Path.cwd(), given)
        for file in (printed, complained):
            file.seek(0)
        return subprocess.CompletedProcess(command, status, printed.read().decode(), complained.read().decode())


def shell_words(environment: Mapping[str, str]) -> list[str]:
    """Return the words that a shell with this environment may run for `sosik`."""
    return [sys.executable, "-I", "-S", str(HERE / "command.py"), socket_for(environment)]


def socket_for(environment: Mapping[str, str]) -> str:
    """Return the socket of a process that began with what such an environment says of the start."""
    return _begun(tuple(sorted(pair for pair in environment.items() if pair[0].startswith(OF_THE_START))))


@cache
def _begun(start: tuple[tuple[str, str], ...]) -> str:
    folder = TemporaryDirectory(prefix="sosik")
    path = f"{folder.name}/socket"
    others = {
        name: text for name, text in os.environ.items() if not name.startswith(OF_THE_START) and name != "SOSIK_STORE"
    }
    command = [sys.executable, "-W", "error", "-P", str(HERE / "parent.py"), path]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=others | dict(start))
    assert process.stdout is not None
    assert process.stdout.read(1), "sosik could not be loaded"

    def end() -> None:
        process.communicate()
        folder.cleanup()

    atexit.register(end)
    return path

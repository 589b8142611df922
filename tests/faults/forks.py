"""Builds in processes that begin with everything loaded, so that hundreds of them can be killed in a minute."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PARENT = """\
import json, os, resource, signal, sys, time
from sosik import edition, ledger, publish, render
from sosik.cli import announcing, building, main, root
from sosik.render.formats import FORMATS
from sosik.render.page_templates import load_templates
from sosik.serve import builder
from faults.steps import count_steps

load_templates()
renderers = [row.renderer for row in FORMATS.values()]

def build(wanted, said):
    os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.dup2(1, 2)
    if wanted["most"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (wanted["most"], wanted["most"]))
    steps = count_steps(wanted["dies_at"])
    sys.argv = ["sosik", *wanted["arguments"]]
    status = 0
    try:
        main()
    except SystemExit as end:
        status = end.code or 0
    print(f"steps {steps[0]}", flush=True)
    os._exit(status)

print(os.getpid(), flush=True)
for line in sys.stdin:
    wanted = json.loads(line)
    begun = time.monotonic()
    child = os.fork()
    if not child:
        try:
            build(wanted, wanted["said"])
        except BaseException:
            import traceback
            traceback.print_exc()
        finally:
            os._exit(70)
    if wanted["dies_after"] is not None:
        time.sleep(wanted["dies_after"])
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), time.monotonic() - begun]), flush=True)
"""


@dataclass(frozen=True)
class Ended:
    """How a build ended: its exit status (negative for a signal), what it said, how many steps it took, in seconds."""

    status: int
    said: str
    steps: int
    took: float

    @property
    def is_killed(self) -> bool:
        return self.status == -signal.SIGKILL


@dataclass
class Forks:
    """A process that has sosik loaded, and forks one for each command."""

    process: subprocess.Popen[str]
    pid: int
    said: Path

    def run(self, *arguments: str | Path, dies_at: int = 0, dies_after: float | None = None, most: int = 0) -> Ended:
        """Run a command of sosik: it dies at the step of a number, or after seconds; no file may exceed `most` bytes.

        However it ends, it must not have been a mistake of sosik's own.
        """
        wanted = {"dies_at": dies_at, "dies_after": dies_after, "most": most, "said": str(self.said)}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(wanted | {"arguments": list(map(str, arguments))}) + "\n")
        self.process.stdin.flush()
        status, took = json.loads(self.process.stdout.readline())
        said, _, steps = self.said.read_text("utf-8", "replace").rpartition("steps ")
        assert "Traceback" not in said + steps, said + steps
        return Ended(status, said or steps, int(steps) if said else 0, took)


@contextmanager
def forking(said: Path, *, before: Sequence[str] = ()) -> Iterator[Forks]:
    """Have such a process until the block ends; `before` is a command that is to run it, such as unshare."""
    environment = {**os.environ, "SOSIK_TRACEBACK": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [*before, sys.executable, "-c", PARENT]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            yield Forks(process, int(process.stdout.readline()), said)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(60)

"""What a command costs: wall time, processor time and memory of all its processes. Needs Linux."""

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread

PR_SET_CHILD_SUBREAPER = 36
"""prctl(2): orphans of the commands become ours, so that their processor time is counted, too."""
OWN_TIME = 0.02
"""The part of the time that looking at the memory may take."""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Modules are compiled once, as they are where something is installed."""

FLOOR = """
import os, sys
found, folders = 0, sys.argv[1:]
while folders:
    with os.scandir(folders.pop()) as entries:
        for entry in entries:
            state = entry.stat(follow_symlinks=False)
            found += state.st_size
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
"""
"""A program that stats everything below folders: who wants to know what changed without being told takes as long."""


@dataclass(frozen=True)
class Usage:
    """What one run cost: seconds, and the most MiB of memory its processes had together, if that was looked at."""

    wall: float
    cpu: float
    memory: float | None = None


def run(
    command: Sequence[str],
    folder: Path,
    *,
    cores: int | None = None,
    with_memory: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Usage:
    """Run it in the folder on so many processors, and count. Raises `RuntimeError` with its words when it fails.

    `environment` is added to that of this process.
    """
    _adopt_orphans()
    pinned = ["taskset", "-c", f"0-{cores - 1}", *command] if cores else list(command)
    with tempfile.TemporaryFile() as words:
        begun = time.perf_counter()
        process = subprocess.Popen(
            pinned,
            cwd=folder,
            env={**ENVIRONMENT, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )
        watch = _Memory(process.pid) if with_memory else None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime + _orphans_time(process.pid)
        most = watch.stop() if watch else None
        if process.returncode != 0:
            words.seek(0)
            raise RuntimeError(f"{command} ended with {process.returncode}:\n{words.read().decode(errors='replace')}")
    return Usage(wall, cpu, most)


def floor(folders: Iterable[Path], cores: int | None = None) -> Usage:
    """Return what it costs a Python to stat everything in the folders."""
    return run([sys.executable, "-c", FLOOR, *map(str, folders)], Path.cwd(), cores=cores)


def _adopt_orphans() -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _orphans_time(group: int) -> float:
    """Return the processor time of what a command left behind of its group and did not wait for. Waits for it."""
    taken = 0.0
    with suppress(ChildProcessError):
        while True:
            _, _, usage = os.wait4(-group, 0)
            taken += usage.ru_utime + usage.ru_stime
    return taken


class _Memory:
    """Looks again and again at the memory of a process and all that it began."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._ended = pid, 0, Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """Return the most MiB that were seen."""
        self._ended.set()
        self._thread.join()
        return self._most / 1024

    def _watch(self) -> None:
        pause = 0.02
        while not self._ended.wait(pause):
            begun = time.thread_time()
            self._most = max(self._most, proportional_set_size(self._pid))
            pause = max(0.02, (time.thread_time() - begun) / OWN_TIME)


def proportional_set_size(pid: int) -> int:
    """Return the KiB of a process and its descendants; what several share is counted once."""
    return sum(_pss(each) for each in _family(pid))


def family_time(pid: int) -> float:
    """Return the seconds of processor time of a process, of those that it began and waited for, and of those alive."""
    fields = [stat for one in _family(pid) if (stat := _stat(one))]
    return sum(sum(map(int, stat[11:15])) for stat in fields) / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat from the third on (proc_pid_stat(5)); nothing where it has ended."""
    with suppress(OSError):
        # The name of the program may hold anything, brackets too; behind it stand the state and the parent.
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    return []


def anonymous(pid: int) -> int:
    """Return the KiB that a process has of its own: what grows where it leaks, whatever it shares with others."""
    return _of_memory(pid, "Anonymous:")


def _pss(pid: int) -> int:
    return _of_memory(pid, "Pss:")


def _of_memory(pid: int, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0


def _family(pid: int) -> set[int]:
    """Return the process and its descendants."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if stat := _stat(int(folder.name)):
            parents[int(folder.name)] = int(stat[1])
    family, found = {pid}, {pid}
    while found:
        found = {child for child, parent in parents.items() if parent in found} - family
        family |= found
    return family


@dataclass(frozen=True)
class Row:
    """What several runs cost together: the best and the middle of each, and the most memory."""

    wall: float
    wall_median: float
    cpu: float
    cpu_median: float
    memory: float | None

    @classmethod
    def of(cls, runs: Sequence[Usage]) -> "Row":
        """Sum runs up."""
        walls, cpus = [one.wall for one in runs], [one.cpu for one in runs]
        memory = max((one.memory for one in runs if one.memory is not None), default=None)
        return cls(min(walls), median(walls), min(cpus), median(cpus), memory)


def size(folder: Path) -> tuple[int, int]:
    """Return how many files stand below a folder, and their bytes together."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return len(files), sum(path.stat().st_size for path in files)


def machine() -> str:
    """Say what this machine is, for the head of a table."""
    cpu = _value("/proc/cpuinfo", "model name")
    memory = int(_value("/proc/meminfo", "MemTotal").split()[0])
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} processors ({cpu}), {memory / 2**20:.0f} GiB, Linux {os.uname().release}, "
        f"Python {sys.version.split()[0]}, {time.strftime('%Y-%m-%d')}, load {load:.1f} at the end"
    )


def _value(path: str, name: str) -> str:
    lines = Path(path).read_text("utf-8").splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith(name))

"""Where the time of builds goes: a first build, one edit and nothing changed, by the parts of sosik.

    python -m benchmarks.profiling [--entries 10000] [--shape links|pages] [--keep]

Each build is profiled in a process of its own, with its imports. What a built-in function takes counts for the part
that calls it. Profiling makes calls slower, so shares say more than milliseconds. Worker processes are not profiled:
their processor time stands beside.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from pstats import Stats
from typing import Any

from benchmarks.build import corpus_of
from benchmarks.measuring import ENVIRONMENT, machine
from benchmarks.readme import keep
from benchmarks.targets import table

PROFILED = """
import cProfile, json, pstats, resource, sys
profile = cProfile.Profile()
profile.enable()
from sosik.site import Site
site = Site(".")
site.build()
site.publish("public")
profile.disable()
profile.dump_stats(sys.argv[1])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps(used.ru_utime + used.ru_stime))
"""

Function = tuple[str, int, str]

IMPORTS = "imports"
"""What runs when a module is imported, and Python's own code for it."""

LEAST = 0.01
"""The share of a build's time from which on a part has a row."""


def part_of(function: Function) -> str:
    """Return the part of a function: a package or module of sosik, the imports, or Python and its libraries."""
    file, _, name = function
    if name == "<module>" or file.startswith("<frozen"):
        return IMPORTS
    _, found, below = file.rpartition(f"{os.sep}sosik{os.sep}")
    return f"`{Path(below).parts[0]}`" if found else "Python and libraries"


def parts(stats: Mapping[Function, Any]) -> Counter[str]:
    """Return the seconds of each part of what `pstats` reads; a built-in function counts for those that call it."""
    seconds: Counter[str] = Counter()
    for function, (_, _, own, _, callers) in stats.items():
        if function[0] == "~" and callers:
            for caller, (_, _, spent, _) in callers.items():
                seconds[part_of(caller)] += spent
        else:
            seconds[part_of(function)] += own
    return seconds


def profiled(folder: Path) -> tuple[Counter[str], float]:
    """Build and publish once; return the seconds of each part, and those of the processor in other processes."""
    with tempfile.NamedTemporaryFile() as kept:
        command = [sys.executable, "-c", PROFILED, kept.name]
        ran = subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, text=True)
        read: Any = Stats(kept.name)
        return parts(read.stats), float(json.loads(ran.stdout))


def report(title: str, builds: Mapping[str, tuple[Counter[str], float]]) -> Iterator[str]:
    """Yield the table of some builds, by their names."""
    yield title
    yield ""
    totals = {name: seconds.total() for name, (seconds, _) in builds.items()}
    shares = {
        part: [seconds[part] / totals[name] for name, (seconds, _) in builds.items()]
        for part in {part for seconds, _ in builds.values() for part in seconds}
    }
    large = sorted((part for part in shares if max(shares[part]) >= LEAST), key=lambda part: (-max(shares[part]), part))
    rows = ["| " + " | ".join([part, *(f"{share:.0%}" for share in shares[part])]) + " |" for part in large]
    rows.append("| *seconds, profiled* | " + " | ".join(f"{total:.2f}" for total in totals.values()) + " |")
    rows.append("| *seconds of workers* | " + " | ".join(f"{other:.2f}" for _, other in builds.values()) + " |")
    yield from table(["part of the time", *builds], rows)
    yield ""
    yield machine()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--shape", choices=("links", "pages"), default="links")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    with corpus_of(None, options.entries, options.shape, ["sosik"]) as corpus:
        folder = corpus.folder("sosik")
        builds = {"first build": profiled(folder)}
        for edit in (1, 2):  # what the first edit after a first build does once is not what an edit costs
            corpus.edit(edit, edit)
            builds["one edit"] = profiled(folder)
        builds["nothing changed"] = profiled(folder)
    lines = list(report(f"### Where the time goes: {options.entries:,} articles, shape `{options.shape}`", builds))
    print("\n".join(lines))
    if options.keep:
        keep(f"profile-{options.entries}-{options.shape}", lines, {})


if __name__ == "__main__":
    main()

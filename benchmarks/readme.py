"""The page of the latest measurements: what is kept of each, put together.

    python -m benchmarks.readme > benchmarks/README.md

Benchmarks that are run with `--keep` leave their tables in `benchmarks/results/`, a file each, and the figures of which
there are targets in `figures.json` there.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.targets import judged

RESULTS = Path(__file__).with_name("results")
FIGURES = RESULTS / "figures.json"

HEAD = """\
# Benchmarks

`python -m benchmarks.readme` writes this page from the results of benchmarks that ran with `--keep`. Each table gives
its machine and date. Compare ratios rather than seconds. Every benchmark generates its data and runs the other programs
in the same run; `configurations.py` has their configurations. Requirements: Linux and `pip install -e '.[bench]'`.

| measurement | command |
|---|---|
| builds, against Hugo and Pelican | `python -m benchmarks.build --entries 1000 10000 --cores 1 2 --keep` |
| builds of 100,000 articles | `python -m benchmarks.build --entries 100000 --shapes links --rounds 1 --keep` |
| growth from 1,000 to 100,000 articles, and its plot | `python -m benchmarks.growth --hugo-most 100000 --keep` |
| a million articles, 25 GB of disk | `python -m benchmarks.growth --entries 1000000 --keep` |
| where the time of a build goes | `python -m benchmarks.profiling --keep`, and with `--shape pages` |
| memory after 10,000 edits in one process | `python -m benchmarks.growth --loop 10000 --keep` |
| from a saved article to the served feed | `python -m benchmarks.editing --entries 10000 --keep`, and with 100000 |
| builds, edits and polls on SQLite and PostgreSQL | `python -m benchmarks.stores --keep` (needs `.[test]`) |
| polls, against a bare server, Flask, WhiteNoise and nginx | `python benchmarks/serving.py` (needs wrk) |
| dates; access logs | `python benchmarks/dates.py`, `python benchmarks/audience.py` |

*Wall* and *CPU* are seconds: the minimum of the rounds, and the median. CPU is the sum of all processes. *MiB* is the
peak memory of all processes of a build together (PSS). The *floor* is a Python process that stats all files of
`content/` and `public/`. In the shape `links`, articles have their pages elsewhere; the formats are RSS and Atom. In
`pages`, the program writes the pages, RSS, Atom and JSON. sosik also writes a monthly archive of the main feed, which
the others do not have.
"""


def keep(name: str, lines: Iterable[str], figures: Mapping[str, float]) -> None:
    """Keep the tables of a measurement under its name, and its figures beside those of others."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text("\n".join(lines).strip() + "\n", "utf-8")
    known = _figures() | {name: float(f"{value:.4g}") for name, value in figures.items()}
    FIGURES.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n", "utf-8")


def _figures() -> dict[str, float]:
    return dict(json.loads(FIGURES.read_text("utf-8"))) if FIGURES.exists() else {}


def readme() -> str:
    """Return the page."""
    targets = judged(_figures())
    parts = [HEAD, *(["## Targets\n", "\n".join(targets) + "\n"] if targets else [])]
    if (RESULTS / "growth.svg").exists():
        parts.append("![Seconds by number of articles](results/growth.svg)\n")
    kept = sorted(RESULTS.glob("*.md"), key=_by_size) if RESULTS.exists() else []
    return "\n".join([*parts, *(path.read_text("utf-8") for path in kept)])


def _by_size(path: Path) -> tuple[str, int, str]:
    """Order by the benchmark, then by the number of articles, which stands behind the first hyphen."""
    benchmark, _, rest = path.stem.partition("-")
    size = rest.partition("-")[0]
    return benchmark, int(size) if size.isdigit() else 0, rest


def main() -> None:
    """Print the page."""
    print(readme(), end="")


if __name__ == "__main__":
    main()

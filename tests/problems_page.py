"""docs/problems.md, made from the table of codes: `python tests/problems_page.py > docs/problems.md`."""

import sys

from sosik.errors import CODES, meaning

HEAD = """\
# Problems

What `sosik check` and `sosik build` may say of a file: `file:line:column: code: message`, and a hint what to write
instead. An **error** holds the entry (or the feed) back, its last good version staying up, and the exit status is 1; a
**warning** only tells. This page is made from the table in `src/sosik/errors.py`.

| code | severity | meaning |
|---|---|---|
"""


def page() -> str:
    rows = (f"| `{code}` | {severity} | {meaning(code)} |\n" for code, severity in sorted(CODES.items()))
    return HEAD + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(page())

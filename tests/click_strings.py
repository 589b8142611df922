"""Makes src/sosik/words/ko/LC_MESSAGES/sosik.mo, as gettext reads it, of what stands in `sosik.words.ko.click`.

python tests/click_strings.py > src/sosik/words/ko/LC_MESSAGES/sosik.mo
"""

import struct
import sys

from sosik.words.ko.click import PLURALS, TEXTS

_MAGIC = 0x950412DE
_HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"


def catalogue() -> bytes:
    """Return the file (gettext's manual, "The Format of GNU MO Files"): two tables of lengths and places, and texts."""
    texts = {"": _HEADER, **TEXTS, **{"\0".join(forms): text for forms, text in PLURALS.items()}}
    pairs = sorted((english.encode(), korean.encode()) for english, korean in texts.items())
    count, start = len(pairs), 28
    place = start + 16 * count
    tables, body = [b"", b""], b""
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack("<II", len(pair[side]), place + len(body))
            body += pair[side] + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, count, start, start + 8 * count, 0, start + 16 * count)
    return head + b"".join(tables) + body


if __name__ == "__main__":
    sys.stdout.buffer.write(catalogue())

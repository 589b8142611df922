"""Nonsense that is nearly sense: real samples, cut, doubled, spliced and sprinkled with what parsers dislike."""

from collections.abc import Callable, Sequence
from random import Random

DISLIKED: list[str | bytes] = [
    *(b"\x00", b"\r", b"\r\n", b"\t", b"\x1b[31m", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"\x85"),
    *("\u2028\u2029", "\u202e\u2066", "\u115f\u3164", "\ufffe", "\U000e0001", "👨‍👩‍👧", "가" * 400, "한글"),
    *(
        "'",
        '"',
        "\\",
        "`",
        "``` \n",
        "---\n",
        "...\n",
        "- ",
        "? ",
        ": ",
        ":\n",
        "|\n",
        ">-\n",
        "%YAML 9.9\n",
        "# ",
        "#\n",
    ),
    *("&a ", "*a", "<<: *a", "<<: [*a, 1]\n", "!!python/name:os.system ", "!!binary ", "!<tag:x> ", "{", "}", "[", "]"),
    *("[" * 300, "{a: " * 99, "- " * 200, "> " * 300, "<b>" * 300, "&amp;" * 200, "&#" * 200, "*" * 300, "_" * 301),
    *("~", "null", "yes", "0x1F", "1e999", "-0", ".inf", ".nan", "9" * 400, "1_000", "1:30:00", "0o17"),
    *("0000-00-00", "9999-12-31T23:59:60Z", "2024-02-30", "10000-01-01", "2024-01-16T09:00+99:99", "어제 오후 13시"),
    *("2024년 13월 45일", "1900-01-01", "2024-03-10 02:30 America/New_York", "최종편집", "오전 0시 0분", "-1분 전"),
    *(
        "http://[",
        "http://[::1",
        "http://a:b@c:99999/",
        "//",
        "http://",
        "javascript:1",
        "data:,",
        "http://a/%zz",
        "?#",
    ),
    *("https://xn--/", "mailto:", "../../../etc/passwd", "/dev/zero", "CON.jpg", "a" * 300 + ".jpg", "\\\\host\\share"),
    *(
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[",
        "<?xml",
        "<!DOCTYPE x [<!ENTITY a 'b'>]>",
        "</script>",
        "<svg/onload=1>",
        "<p",
    ),
    *("<img src='http://['>", "<a href=//[>", "<table>" * 60, "<math><mi>", "<iframe src=x>", "&nosuch;", "&#x110000;"),
    *(
        "{{ x }}",
        "{% raw %}",
        "{value}",
        "{slug.__class__}",
        "{0}",
        "%s%n",
        "${x}",
        "[[x]]",
        "![](",
        "[^1]: ",
        "|a|\n|-|\n",
    ),
    *(
        "id: ",
        "title:",
        "published: now\n",
        "status: withdrawn\n",
        "edits: [{}]\n",
        "images: [{url: }]\n",
        "body: |9\n",
    ),
    *("제목: ", "본문: |\n", "각주: *\n", "each: section\n", "path: ..\n", "select: {}\n", "window: {entries: -1}\n"),
    *(
        "formats: [x]\n",
        "url: ftp://x\n",
        "timezone: Mars/One\n",
        "authority: ,\n",
        "aliases: [/]\n",
        '{"a":',
        '"\\ud800"',
    ),
]
"""Bytes and texts that somebody's parser once fell over."""

PIECES = [piece if isinstance(piece, bytes) else piece.encode() for piece in DISLIKED]


def mutated(samples: Sequence[bytes], random: Random) -> bytes:
    """Return one of the samples after one to four accidents."""
    data = random.choice(samples)
    for _ in range(random.randint(1, 4)):
        data = random.choice(ACCIDENTS)(data, samples, random)
    return data[:200_000]


def _sprinkled(data: bytes, _samples: Sequence[bytes], random: Random) -> bytes:
    place = random.randint(0, len(data))
    return data[:place] + random.choice(PIECES) + data[place:]


def _replaced(data: bytes, _samples: Sequence[bytes], random: Random) -> bytes:
    """Put something into the place of a value, up to the end of its line."""
    place = random.randint(0, len(data))
    end = data.find(b"\n", place)
    return data[:place] + random.choice(PIECES) + (data[end:] if end >= 0 else b"")


def _flipped(data: bytes, _samples: Sequence[bytes], random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 8) if changed else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _cut(data: bytes, _samples: Sequence[bytes], random: Random) -> bytes:
    first, last = sorted(random.randint(0, len(data)) for _ in range(2))
    return random.choice([data[:first], data[first:], data[:first] + data[last:]])


def _doubled(data: bytes, _samples: Sequence[bytes], random: Random) -> bytes:
    first, last = sorted(random.randint(0, len(data)) for _ in range(2))
    return data[:last] + data[first:last] * random.choice([1, 1, 2, 9]) + data[last:]


def _spliced(data: bytes, samples: Sequence[bytes], random: Random) -> bytes:
    other = random.choice(samples)
    return data[: random.randint(0, len(data))] + other[random.randint(0, len(other)) :]


def _reordered(data: bytes, _samples: Sequence[bytes], random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    for _ in range(random.randint(1, 3) if lines else 0):
        lines.insert(random.randint(0, len(lines)), random.choice(lines))
        lines.pop(random.randrange(len(lines)))
    return b"".join(lines)


def _indented(data: bytes, _samples: Sequence[bytes], random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    for number in range(random.randrange(len(lines) + 1), len(lines)):
        lines[number] = random.choice([b"  ", b" ", b"\t", b"- "]) + lines[number]
        if random.random() < 0.5:
            break
    return b"".join(lines)


def _recoded(data: bytes, _samples: Sequence[bytes], random: Random) -> bytes:
    return data.decode("utf-8", "replace").encode(random.choice(["cp949", "utf-16", "utf-8-sig", "latin-1"]), "replace")


ACCIDENTS: list[Callable[[bytes, Sequence[bytes], Random], bytes]] = [
    *(_sprinkled, _sprinkled, _replaced, _replaced, _flipped, _cut, _doubled, _spliced, _reordered, _indented),
    _recoded,
]

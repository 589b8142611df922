"""Characters that no rule of normalizing affects anywhere in a line. All others are in doubt."""

# Neither white space nor combining, and composed (NFC) whatever stands beside them.
_BEYOND_ASCII = (
    "\xa1-\xac\xae-\xff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u2125\u2127-\u2129\u212c-\u22ff\u2460-\u27bf"
    "\u3001-\u3029\u3030-\u303e\u3131-\u3163\u3165-\u318e\u3200-\u4dbf\u4e00-\u9fff\uff01-\uff5e\uffe0-\uffe6\U0001f300-\U0001faff"
)
LETTERS = "가-힣A-Za-z0-9"
"""Letters and digits, as a class of a regular expression holds them."""

SAFE = f""" {LETTERS}"'(),./:;=?@|+$%^#\\-{_BEYOND_ASCII}"""
"""What is prose in Markdown as well as in HTML and in plain text, as a class holds it. The space among it ends no line.

An address may begin at `@`, `.` and `:`, a block of Markdown at the head of a line.
"""

_MEANING = "*_~!&\\[\\]<>\n\u3000\ufe0f\u200d"
"""What may stand in Markdown besides, where a pattern says so."""

KNOWN = f"{SAFE}{_MEANING}"
"""Those and what is safe, as a class holds them."""

SAFE_AMONG_KNOWN = f"[^{_MEANING}]"
"""What is safe in a text of those, as a pattern: a class with all of Hangul in it takes milliseconds to compile."""

ALT = f"(?:(?! )[{LETTERS} ,.()…·‘’“”]++(?<! ))?+"
"""What is said in the place of a picture, as a pattern."""

JOINED = "(?<=[\u2190-\u27bf\U0001f300-\U0001faff])[\ufe0f\u200d]{1,2}+"
"""What makes one emoji of several, behind one, as a pattern."""

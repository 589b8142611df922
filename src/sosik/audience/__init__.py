"""Polling clients from access logs: reads lines, counts them in bounded memory, and makes a report.

Log lines are untrusted: values over a limit are ignored, and no text is printed without escaping.
"""

from sosik.audience.files import LogError, read_blocks
from sosik.audience.lines import parse_line
from sosik.audience.report import Audience, summarize
from sosik.audience.tally import Tally

__all__ = ["Audience", "LogError", "Tally", "parse_line", "read_blocks", "summarize"]

"""Who polls the feeds, from access logs: lines are read, counted in bounded memory, and summed up.

Every line of a log was written by a stranger: nothing of it is believed beyond its bounds, and nothing is shown raw.
"""

from sosik.audience.files import LogError, read_blocks
from sosik.audience.lines import parse_line
from sosik.audience.report import Audience, summarize
from sosik.audience.tally import Tally

__all__ = ["Audience", "LogError", "Tally", "parse_line", "read_blocks", "summarize"]

"""Published documents, ours or anyone's, judged by the numbered rules of the checklist.

Bytes ──parse──▶ Document ──the tables of checks──▶ findings. `rss`, `atom`, `jsonfeed` and `lists` hold the rules of
one format each, `common` and `bodies` those of every format, `across` those that the documents of a folder keep
together. Nothing here knows how sosik renders: what it says of our documents it would say of another's.
"""

from sosik.conformance.check import CHECKED, Checked, check_bytes, check_path
from sosik.conformance.checklist import CHECKLIST, GROUPS, Level, Rule
from sosik.conformance.document import Finding

__all__ = ["CHECKED", "CHECKLIST", "GROUPS", "Checked", "Finding", "Level", "Rule", "check_bytes", "check_path"]

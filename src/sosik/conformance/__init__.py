"""Checks published documents of any publisher against the numbered rules of the checklist.

Bytes ──parse──▶ Document ──tables of checks──▶ findings. `rss`, `atom`, `jsonfeed` and `lists` have the rules of one
format; `common` and `bodies` have those of all formats. `across` has the rules between the documents of a folder. The
package does not depend on the renderers.
"""

from sosik.conformance.check import CHECKED, Checked, check_bytes, check_path
from sosik.conformance.checklist import CHECKLIST, GROUPS, Level, Rule
from sosik.conformance.document import Finding

__all__ = ["CHECKED", "CHECKLIST", "GROUPS", "Checked", "Finding", "Level", "Rule", "check_bytes", "check_path"]

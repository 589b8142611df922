"""Entry files as text: new ones, and one change to an existing one. Nothing here touches the disk or reads a clock."""

from sosik.write.edits import correct, pin, release, retire, withdraw
from sosik.write.entry import file_name, format_entry, new_entry

__all__ = ["correct", "file_name", "format_entry", "new_entry", "pin", "release", "retire", "withdraw"]

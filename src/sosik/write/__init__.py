"""Entry files as text: new files, and one change to an existing file. No disk, no clock."""

from sosik.write.edits import correct, pin, release, retire, withdraw
from sosik.write.entry import file_name, format_entry, new_entry

__all__ = ["correct", "file_name", "format_entry", "new_entry", "pin", "release", "retire", "withdraw"]

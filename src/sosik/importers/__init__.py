"""Old articles into entry files: what a page or an export says, and nothing that it does not say."""

from sosik.importers.page import Imported, read_page
from sosik.importers.times import Masthead

__all__ = ["Imported", "Masthead", "read_page"]

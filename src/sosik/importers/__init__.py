"""Old articles to entry files. Reads the content of a page or an export, and never invents values."""

from sosik.importers.page import Imported, read_page
from sosik.importers.times import Masthead

__all__ = ["Imported", "Masthead", "read_page"]

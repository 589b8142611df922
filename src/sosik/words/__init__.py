"""What sosik says to people: messages are values, and their texts stand in one table a language.

Whoever decides says `Message("link-invalid.relative", link=text)`; only whoever shows it makes text of it, by `say`.
"""

from sosik.words.message import Message, say

__all__ = ["Message", "say"]

"""The texts for users: messages are values, and each language has one table of texts.

Code creates `Message("link-invalid.relative", link=text)`; `say` converts it to text where it is shown.
"""

from sosik.words.message import Message, say

__all__ = ["Message", "say"]

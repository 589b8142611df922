"""robots.txt: nothing of what sosik publishes is forbidden to anyone."""

from sosik.publish.servers.tree import StaticTree, comment
from sosik.render import sitemap
from sosik.words import Message


def robots_txt(tree: StaticTree) -> str:
    """Return lines for the robots.txt of the host of the feeds."""
    return f"""\
{comment(Message("publish.robots-about", address=tree.publication.feeds_url))}
User-agent: *
Allow: /

Sitemap: {tree.publication.address(sitemap.PATH)}
"""

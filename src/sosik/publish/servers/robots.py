"""robots.txt: nothing of what sosik publishes is forbidden to anyone."""

from sosik.publish.servers.tree import StaticTree
from sosik.render import sitemap


def robots_txt(tree: StaticTree) -> str:
    """Return lines for the robots.txt of the host of the feeds."""
    return f"""\
# For {tree.publication.feeds_url}robots.txt. Feeds, pages and pictures are open to all: feed readers, Yeti (Naver),
# Daum, Googlebot. A rule such as "Disallow: /*.xml" would cut subscribers off.
#
# Daum's webmaster tools ask for a line of their own, which must be the first of the file:
# #DaumWebMasterTool:…
User-agent: *
Allow: /

Sitemap: {tree.publication.address(sitemap.PATH)}
"""

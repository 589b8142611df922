"""Configurations by which other web servers serve the published files as `sosik serve` serves them."""

from sosik.publish.servers.apache import apache_conf
from sosik.publish.servers.caddy import caddy_handle, caddyfile
from sosik.publish.servers.location import nginx_location
from sosik.publish.servers.nginx import nginx_conf
from sosik.publish.servers.robots import robots_txt
from sosik.publish.servers.static_hosts import headers, redirects
from sosik.publish.servers.tree import StaticTree, read_tree

CONFIGURATIONS = {
    "nginx": nginx_conf,
    "caddy": caddyfile,
    "headers": headers,
    "redirects": redirects,
    "robots": robots_txt,
}
"""What can be printed, by the word of the command line: a function from a `StaticTree` to text each."""

LOCATIONS = {"nginx": nginx_location, "caddy": caddy_handle, "apache": apache_conf}
"""What can be printed for a site that has a configuration of its own, in the same way."""

__all__ = ["CONFIGURATIONS", "LOCATIONS", "StaticTree", "read_tree"]

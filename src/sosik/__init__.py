"""sosik (소식, "news"): publishes a newsroom's articles as RSS, Atom and JSON Feed."""

__version__ = "0.1.0"

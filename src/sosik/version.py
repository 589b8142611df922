"""The version of sosik."""

__version__ = "0.1.0"

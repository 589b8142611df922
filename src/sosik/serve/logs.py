"""What a server says on standard error: one plain line an event, with the local time and how far it is from UTC."""

import logging.config
from typing import Any

SETTINGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(message)s", "datefmt": "%Y-%m-%d %H:%M:%S%z"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}},
    "loggers": {
        "sosik": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
"""As `logging.config.dictConfig` takes it; Granian hands it on to every worker."""


def log_to_stderr() -> None:
    """Send what this process logs to standard error."""
    logging.config.dictConfig(SETTINGS)

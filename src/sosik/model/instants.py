"""Times as whole seconds since 1970-01-01 UTC, as in the store, and back."""

from datetime import UTC, datetime

from sosik.model.values import Seconds


def seconds(instant: datetime) -> Seconds:
    """Return an aware instant as whole seconds since 1970-01-01 UTC."""
    return Seconds(int(instant.timestamp()))


def instant(value: int) -> datetime:
    """Return the instant, in UTC, of whole seconds since 1970-01-01 UTC."""
    return datetime.fromtimestamp(value, UTC)

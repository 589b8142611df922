"""sosik (소식, "news"): publishes a newsroom's articles as RSS, Atom and JSON Feed.

The way of the data, and what of it is public:

    content/**  ──read──▶ RawEntry ──normalize──▶ Entry ──sync──▶ Store
                                                                   │
    feeds/*.yaml ──config──▶ FeedDefinition ──────────select───────┤
                                                                   ▼
                Edition ◀──compose── Document ◀──render── Feed
                   │
         ┌─────────┴─────────┐
      public/           the server

    >>> from sosik import Site, parse_datetime
    >>> parse_datetime("2024년 1월 16일(화) 오후 3시 20분").instant.isoformat()
    '2024-01-16T15:20:00+09:00'
    >>> report = Site(Path("my-paper")).build()  # doctest: +SKIP
    >>> report.counts["new"]  # doctest: +SKIP
    24

Everything else may change without notice. Names are imported when they are first used, so that `import sosik` is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from sosik.version import __version__

if TYPE_CHECKING:
    from sosik.config import Config, load_publication
    from sosik.dates import (
        DateParseError,
        Precision,
        Role,
        SourceProfile,
        Stamp,
        Timestamp,
        format_korean,
        format_rfc822,
        format_rfc3339,
        parse_datetime,
        parse_stamps,
    )
    from sosik.edition.build import Report
    from sosik.errors import (
        ConfigError,
        EditionRefusedError,
        Location,
        Problem,
        Severity,
        SosikError,
        StoreError,
    )
    from sosik.ledger.verdicts import Allowances
    from sosik.model import Edit, EditKind, Entry, FeedDefinition, Image, Outcome, Person, Publication
    from sosik.publish.files import Projection, PublishError
    from sosik.serve import create_app
    from sosik.site import Site

_HOMES = {
    # dates
    "parse_datetime": "dates",
    "parse_stamps": "dates",
    "Timestamp": "dates",
    "Stamp": "dates",
    "Precision": "dates",
    "Role": "dates",
    "SourceProfile": "dates",
    "DateParseError": "dates",
    "format_rfc822": "dates",
    "format_rfc3339": "dates",
    "format_korean": "dates",
    # the values
    "Entry": "model",
    "Person": "model",
    "Image": "model",
    "Edit": "model",
    "EditKind": "model",
    "Publication": "model",
    "FeedDefinition": "model",
    "Outcome": "model",
    # problems and errors
    "Problem": "errors",
    "Location": "errors",
    "Severity": "errors",
    "SosikError": "errors",
    "ConfigError": "errors",
    "EditionRefusedError": "errors",
    "StoreError": "errors",
    "PublishError": "publish.files",
    # the stages, joined
    "Config": "config",
    "load_publication": "config",
    "Allowances": "ledger.verdicts",
    "Site": "site",
    "Report": "edition.build",
    "Projection": "publish.files",
    "create_app": "serve",
}
"""The public names and the modules they live in."""

__all__ = [
    "Allowances",
    "Config",
    "ConfigError",
    "DateParseError",
    "Edit",
    "EditKind",
    "EditionRefusedError",
    "Entry",
    "FeedDefinition",
    "Image",
    "Location",
    "Outcome",
    "Person",
    "Precision",
    "Problem",
    "Projection",
    "Publication",
    "PublishError",
    "Report",
    "Role",
    "Severity",
    "Site",
    "SosikError",
    "SourceProfile",
    "Stamp",
    "StoreError",
    "Timestamp",
    "__version__",
    "create_app",
    "format_korean",
    "format_rfc822",
    "format_rfc3339",
    "load_publication",
    "parse_datetime",
    "parse_stamps",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sosik' has no attribute {name!r}")
    return getattr(import_module(f"sosik.{_HOMES[name]}"), name)

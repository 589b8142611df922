"""sosik (소식, "news") publishes a newsroom's articles as RSS, Atom and JSON Feed.

The data flow:

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
    >>> Site("my-paper").build().counts["new"]
    1

The names of this module are public; all others may change without notice. A name is imported on first use, so that
`import sosik` is fast.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from sosik.version import __version__ as __version__

if TYPE_CHECKING:
    from sosik.announce import Announced as Announced
    from sosik.config import Config as Config
    from sosik.config import load_publication as load_publication
    from sosik.dates import DateParseError as DateParseError
    from sosik.dates import Precision as Precision
    from sosik.dates import Role as Role
    from sosik.dates import SourceProfile as SourceProfile
    from sosik.dates import Stamp as Stamp
    from sosik.dates import Timestamp as Timestamp
    from sosik.dates import format_korean as format_korean
    from sosik.dates import format_rfc822 as format_rfc822
    from sosik.dates import format_rfc3339 as format_rfc3339
    from sosik.dates import parse_datetime as parse_datetime
    from sosik.dates import parse_stamps as parse_stamps
    from sosik.edition.build import Report as Report
    from sosik.edition.diff import Difference as Difference
    from sosik.edition.diff import EntryChange as EntryChange
    from sosik.errors import ConfigError as ConfigError
    from sosik.errors import EditionRefusedError as EditionRefusedError
    from sosik.errors import Location as Location
    from sosik.errors import PreviousError as PreviousError
    from sosik.errors import Problem as Problem
    from sosik.errors import PublishError as PublishError
    from sosik.errors import Severity as Severity
    from sosik.errors import SosikError as SosikError
    from sosik.errors import StoreError as StoreError
    from sosik.ledger.verdicts import Allowances as Allowances
    from sosik.model import Edit as Edit
    from sosik.model import EditKind as EditKind
    from sosik.model import Entry as Entry
    from sosik.model import FeedDefinition as FeedDefinition
    from sosik.model import Image as Image
    from sosik.model import Outcome as Outcome
    from sosik.model import Person as Person
    from sosik.model import Publication as Publication
    from sosik.publish.files import Projection as Projection
    from sosik.serve import create_app as create_app
    from sosik.site import Site as Site
    from sosik.store import LedgerRow as LedgerRow
    from sosik.words import Message as Message


def __getattr__(name: str) -> object:
    """Import a public name when it is first used (PEP 562)."""
    home = None if name.startswith("_") else _homes().get(name)
    if home is None:
        raise AttributeError(f"module 'sosik' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return [*_homes(), "__version__"]


@cache
def _homes() -> dict[str, str]:
    """Return the module of every public name, as the imports above say: so each name stands in one place alone."""
    import ast
    from pkgutil import get_data

    homes: dict[str, str] = {}
    for node in ast.walk(ast.parse(get_data(__name__, "__init__.py") or b"")):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sosik."):
            homes |= {alias.name: node.module for alias in node.names}
    return homes

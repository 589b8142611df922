"""What the tests of normalize share: a publication, entries as read, and pictures that lie beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from sosik.errors import Location
from sosik.model import (
    BodyFormat,
    Normalized,
    Person,
    Publication,
    RawEntry,
    RawList,
    RawMapping,
    RawText,
    RawValue,
)
from sosik.normalize import normalize

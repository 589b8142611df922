"""What reading most files comes to, an entry with nothing to tell of now, as bytes: so it passes between processes."""

from functools import cache
from typing import Any

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder, Encoder

from sosik.ledger.facts import Fact, Read
from sosik.ledger.recognition import Arrival
from sosik.model import Listing
from sosik.store import SourceRow
from sosik.store.records import Record
from sosik.store.rows import RecordRow, TextRow


class _Packed(Struct, frozen=True, array_like=True):
    row: SourceRow
    arrival: dict[str, Any]
    listing: Listing
    record: RecordRow
    text: TextRow


class _Given(Struct, frozen=True, array_like=True):
    """What `_Packed` is made of; the arrival goes in as it is."""

    row: SourceRow
    arrival: Any
    listing: Listing
    record: RecordRow
    text: TextRow


_ENCODER = Encoder()


@cache
def _decoder() -> Decoder[_Packed]:
    # Made where something is unpacked, which most builds do not.
    return Decoder(_Packed)


def packed(read: Read) -> bytes | None:
    """Return what a file came to as bytes; None for what only `pickle` takes."""
    fact, record = read.fact, read.record
    if fact is None or record is None or fact.arrival is None or fact.listing is None:
        return None
    if fact.problems or fact.hides or fact.taken_back or fact.has_failed or fact.arrival.embargo is not None:
        return None
    try:
        return _ENCODER.encode(_Given(fact.row, fact.arrival, fact.listing, record.row, record.text))
    except UnicodeEncodeError:  # half of a surrogate pair
        return None


def unpacked(body: bytes) -> Read:
    """Return what was packed. Raises ValueError for bytes that are damaged."""
    try:
        given = _decoder().decode(body)
        arrival = Arrival(**given.arrival)
    except (MsgspecError, TypeError) as error:
        raise ValueError(str(error)) from error
    record = Record(given.record, given.text)
    return Read(Fact(row=given.row, arrival=arrival, listing=given.listing, record=record.row.digest), record)

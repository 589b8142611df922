"""Where a publication is found, compared with where it was before: who subscribed does not move along by himself."""

from collections.abc import Iterator

from sosik.addresses import host_of, is_made_up, numeric_address
from sosik.errors import Location, Problem
from sosik.model import Publication
from sosik.networks import is_public
from sosik.store import Store
from sosik.words import Message

_TOLD = {"feeds_url": "address-moved.feeds", "url": "address-moved.home"}


def addresses_to_remember(publication: Publication) -> dict[str, str]:
    """Return the addresses that the next edition is compared with, by key.

    One that is made up, or of this house, is none that readers have: the last real one goes on counting.
    """
    addresses = {"feeds_url": publication.feeds_url, "url": publication.url}
    return {key: address for key, address in addresses.items() if _is_real(address)}


def moved_addresses(store: Store, publication: Publication) -> Iterator[Problem]:
    """Yield a warning for each address of the publication that readers know as another one."""
    now = addresses_to_remember(publication)
    if publication.feeds_url == publication.url:
        now.pop("url", None)  # one address, which the key of the feeds stands for
    for key, address in now.items():
        before = store.meta(key)
        if before and before != address:
            yield Problem(
                code="address-moved",
                message=Message(_TOLD[key], before=before, now=address),
                location=Location(file="feeds/publication.yaml"),
                hint=Message("address-moved.hint", before=before, now=address),
            )


def _is_real(address: str) -> bool:
    host = host_of(address)
    return not is_made_up(host) and (numeric_address(host) is None or is_public(host))

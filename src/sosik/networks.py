"""Decides whether a numeric address is public. Untrusted addresses must not lead into private networks.

Many IPv6 addresses contain an IPv4 address to which a gateway forwards. Then the IPv4 address decides.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from sosik.addresses import numeric_address

_Network = IPv4Network | IPv6Network

# What the standard library takes for global, or does so in some of its versions (IANA's registries of special purpose).
_NOT_PUBLIC: tuple[_Network, ...] = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24",  # IETF protocol assignments
        "192.88.99.0/24",  # 6to4 relays, deprecated
        "fec0::/10",  # site-local, deprecated, and routed inside of sites still
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
    )
)

# Prefixes behind which an IPv4 address stands, and how many bits follow it.
_CARRIERS: tuple[tuple[IPv6Network, int], ...] = (
    (IPv6Network("::/96"), 0),  # IPv4-compatible, deprecated; :: and ::1, too
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated (RFC 2765)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052); refusing all of it would shut out hosts without IPv4
    (IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
)
_TEREDO = IPv6Network("2001::/32")
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
_NOBODY = IPv4Network("0.0.0.0/8")


def is_public(address: str) -> bool:
    """Whether a numeric address, with or without a zone, belongs to the public Internet.

    Of one that carries others, whether all of these do; what is no numeric address does not.
    """
    numeric = numeric_address(address.partition("%")[0])
    if numeric is None:
        return False
    carried = tuple(_carried(numeric)) if isinstance(numeric, IPv6Address) else ()
    return all(map(_is_global, carried or (numeric,)))


def _is_global(numeric: IPv4Address | IPv6Address) -> bool:
    special = numeric.is_multicast or any(numeric in network for network in _NOT_PUBLIC)
    return numeric.is_global and not special


def _carried(numeric: IPv6Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address carries, or may carry."""
    bits = int(numeric)
    for network, behind in _CARRIERS:
        if numeric in network:
            yield _part(bits, behind)
    if numeric in _TEREDO:  # the server, and the client's bits turned over (RFC 4380)
        yield _part(bits, 64)
        yield _part(bits ^ 0xFFFFFFFF, 0)
    if numeric in _LOCAL_NAT64:
        yield from _locally_translated(bits)


def _locally_translated(bits: int) -> Iterator[IPv4Address]:
    """Yield what an address in the prefix for a network's own NAT64 (RFC 8215) may carry.

    How long the prefix is, the network alone knows. What stands behind the IPv4 address is zero (RFC 6052, 2.2), so few
    lengths are possible; bits 64 to 71 are left out. To no host of 0.0.0.0/8 does a gateway send anything.
    """
    joined = bits >> 64 << 56 | bits & (1 << 56) - 1
    possible = [_part(joined, behind) for behind in (24, 32, 40) if joined & (1 << behind) - 1 == 0]
    read = [_part(bits, 0), *possible]
    yield from [address for address in read if address not in _NOBODY] or read


def _part(bits: int, behind: int) -> IPv4Address:
    return IPv4Address(bits >> behind & 0xFFFFFFFF)

"""Which addresses may be contacted: public ones, unless a source is marked local."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv6Address, IPv6Network

NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""Prefixes whose last 32 bits are an IPv4 address (RFC 6052, RFC 8215)."""

IPV4_COMPATIBLE = IPv6Network("::/96")


def is_public(text: str) -> bool:
    """Tell whether the textual IP address `text` is one of the public internet, unicast.

    Loopback, private, shared, link-local (cloud metadata among them), reserved, multicast and documentation
    addresses are not, and neither are IPv6 addresses that carry such an IPv4 address (mapped, compatible,
    6to4, Teredo, NAT64). Anything that is no address is not public. Registries: IANA special-purpose
    addresses.
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return _global(address) and all(_global(inner) for inner in _carried(address))


def _global(address: IPv4Address | IPv6Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not address.is_loopback
        and not address.is_link_local
    )


def _carried(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """Return the IPv4 addresses that an IPv6 address carries inside it."""
    if isinstance(address, IPv4Address):
        return []
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in IPV4_COMPATIBLE or any(address in prefix for prefix in NAT64):
        carried.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in carried if inner is not None]

"""Which addresses of the network a fetch may connect to: those of the public internet, and no others.

IANA's special-purpose registries (RFC 6890) as the standard library knows them, and the ways in which an
IPv6 address carries one of IPv4: mapped (RFC 4291), 6to4 (RFC 3056), Teredo (RFC 4380), NAT64 (RFC 6052).
"""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv6Address

Ip = IPv4Address | IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SHARED = ipaddress.ip_network("100.64.0.0/10")
_COMPATIBLE = ipaddress.ip_network("::/96")
# Not public by every release of the standard library that we run on.
_SPECIAL = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)


def why_refused(address: str) -> str:
    """Why an address is not connected to, as an adjective; empty where it is a public one."""
    try:
        ip: Ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    carried = _carried(ip)
    if ip in _NAT64:
        return _why(carried[0])  # the block itself is a public way to what it carries
    return next((reason for reason in map(_why, [*carried, ip]) if reason), "")


def _carried(ip: Ip) -> list[Ip]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(ip, IPv4Address):
        return []
    found: list[Ip] = [inner for inner in (ip.ipv4_mapped, ip.sixtofour) if inner is not None]
    found += ip.teredo or ()
    if ip in _NAT64 or (ip in _COMPATIBLE and int(ip) > 1):
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return found


def _why(ip: Ip) -> str:
    kinds = {
        "unspecified": ip.is_unspecified,
        "loopback": ip.is_loopback,
        "link-local": ip.is_link_local,
        "multicast": ip.is_multicast,
        "shared (carrier-grade NAT)": ip in _SHARED,
        "reserved": ip.is_reserved or any(ip in block for block in _SPECIAL),
        "private": not ip.is_global,
    }
    return next((kind for kind, holds in kinds.items() if holds), "")

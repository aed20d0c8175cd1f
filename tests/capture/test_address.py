"""The address guard: nothing but public unicast addresses, however they are written, is ever dialled."""

from __future__ import annotations

import ipaddress
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.capture.address import is_public
from etl.capture.dial import Dialer
from etl.capture.failure import FetchError

PRIVATE4 = [
    IPv4Network(one)
    for one in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/29",
        "192.0.2.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
PRIVATE6 = [IPv6Network(one) for one in ("::/127", "fc00::/7", "fe80::/10", "ff00::/8", "2001:db8::/32")]


def within(networks) -> st.SearchStrategy:
    """Draw an address of one of the networks."""
    return st.sampled_from(networks).flatmap(
        lambda net: st.integers(0, net.num_addresses - 1).map(lambda at: net[at])
    )


def spellings(address: IPv4Address) -> list[str]:
    """Return ways to write an IPv4 address that resolvers understand, IPv6 forms that carry it among them."""
    a, b, c, d = address.packed
    number = int(address)
    return [
        str(address),
        str(number),
        hex(number),
        f"0{number:o}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}",
        f"{a}.{b}.{c * 256 + d}",
        f"{a}.{number & 0xFFFFFF}",
        f"::ffff:{address}",
        f"::ffff:{number >> 16:x}:{number & 0xFFFF:x}",
        f"::{address}",
        f"64:ff9b::{address}",
        f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1",
    ]


def dial(host: str) -> tuple[list, str | None]:
    """Dial a literal host; return what would be contacted, and the reason if it is refused."""
    asked = []

    def resolve(name, port, **kwargs):
        return socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)

    def connect(sock, where):
        asked.append(where[0])
        raise ConnectionRefusedError

    dialer = Dialer(False, 1.0, 1.0, 1.0, resolve, connect)
    try:
        dialer.dial(host, 80)
    except FetchError as error:
        return asked, error.reason
    except OSError:
        return asked, None
    raise AssertionError("the connector never connects")


@settings(deadline=None, max_examples=300)
@given(within(PRIVATE4), st.integers(0, 12))
def test_private_ipv4_addresses_are_never_dialled_however_written(address, spelling):
    host = spellings(address)[spelling]
    asked, reason = dial(host)
    assert asked == []
    assert reason in ("address-refused", None)  # None: the resolver does not take this spelling


@settings(deadline=None, max_examples=200)
@given(within(PRIVATE6))
def test_private_ipv6_addresses_are_never_dialled(address):
    assert dial(str(address)) == ([], "address-refused")


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_public_addresses_are_dialled_as_they_are(address):
    asked, reason = dial(str(address))
    if any(address in net for net in PRIVATE4) or not address.is_global:
        assert (asked, reason) == ([], "address-refused")
    else:
        assert (asked, reason) == ([str(address)], None)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_ipv6_address_is_as_public_as_the_ipv4_address_in_it(address):
    for form in (f"::ffff:{address}", f"64:ff9b::{address}"):
        if not is_public(str(address)):
            assert not is_public(form)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_whatever_passes_is_global(address):
    if is_public(str(address)):
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize(
    "text",
    [
        "",
        "paper.example",
        "::1%eth0",
        "fe80::1%lo",
        "169.254.169.254",
        "fd00:ec2::254",
        "::ffff:169.254.169.254",
    ],
)
def test_names_scopes_and_metadata_services_are_not_public(text):
    assert not is_public(text)


def test_one_private_answer_among_public_ones_refuses_the_host():
    def resolve(name, port, **kwargs):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in ("93.184.215.14", "10.0.0.1")
        ]

    with pytest.raises(FetchError, match=r"paper\.example leads to 10\.0\.0\.1, which is not public"):
        Dialer(False, 1.0, 1.0, 1.0, resolve).dial("paper.example", 80)


def test_the_connection_goes_to_the_address_that_was_checked_even_if_the_name_moves():
    answers = iter(["93.184.215.14", "127.0.0.1"])
    asked = []

    def resolve(name, port, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(sock, where):
        asked.append(where)

    Dialer(False, 1.0, 1.0, 1.0, resolve, connect).dial("rebind.example", 80).close()
    assert asked == [("93.184.215.14", 80)]


def test_a_local_source_may_reach_loopback():
    asked = []
    Dialer(True, 1.0, 1.0, 1.0, connect=lambda sock, where: asked.append(where[0])).dial(
        "127.0.0.1", 1
    ).close()
    assert asked == ["127.0.0.1"]
    assert ipaddress.ip_address(asked[0]).is_loopback

"""Connections that go to the address that was checked and end at their deadline, whatever the server does."""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

from etl.capture.address import is_public
from etl.capture.failure import FetchError

Resolver = Callable[..., list[Any]]


class _Limited:
    """A socket whose reads all end at `deadline` (monotonic seconds), so that trickling gains nothing."""

    deadline: float | None = None
    patience: float = 30.0

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Read as the socket does, but no longer than until the deadline; TimeoutError past it."""
        if self.deadline is not None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("the whole answer took longer than allowed")
            self.settimeout(min(self.patience, left))  # type: ignore[attr-defined]
        received: int = super().recv_into(*args, **kwargs)  # type: ignore[misc]
        return received


class PlainSocket(_Limited, socket.socket):
    """A TCP socket with a deadline."""


class TlsSocket(_Limited, ssl.SSLSocket):
    """A TLS socket with a deadline."""


@dataclass(frozen=True, slots=True)
class Dialer:
    """Resolves, checks and connects. `local` admits addresses that are not public; times are seconds.

    `resolve` and `connect` are replaceable, so that tests can watch what would be contacted.
    """

    local: bool
    connect_timeout: float
    read_timeout: float
    total_timeout: float
    resolve: Resolver = socket.getaddrinfo
    connect: Callable[[PlainSocket, Any], None] = PlainSocket.connect

    def dial(self, host: str, port: int) -> PlainSocket:
        """Return a connection to the first checked address of `host` that answers.

        Raise FetchError(address-refused) if any of its addresses must not be contacted: one bad answer among
        good ones is a rebinding attempt, not an accident. OSError if none answers.
        """
        found = self.resolve(host, port, type=socket.SOCK_STREAM)
        for *_, where in found:
            if not self.local and not is_public(where[0]):
                raise FetchError("address-refused", f"{host} leads to {where[0]}, which is not public")
        last: OSError = OSError(f"{host} has no address")
        for family, kind, proto, _, where in found:
            sock = PlainSocket(family, kind, proto)
            try:
                sock.settimeout(self.connect_timeout)
                self.connect(sock, where)
            except OSError as error:
                sock.close()
                last = error
                continue
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        raise last

    def adapter(self, pool_size: int) -> HTTPAdapter:
        """Return a requests adapter, for http and https, that connects through this dialer only."""
        return _Adapter(self, pool_connections=8, pool_maxsize=pool_size)


class _Adapter(HTTPAdapter):
    def __init__(self, dialer: Dialer, **kwargs: Any) -> None:
        self._dialer = dialer
        super().__init__(**kwargs)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        """Make the pools whose connections are dialled by us."""
        context = create_urllib3_context()
        context.sslsocket_class = TlsSocket
        manager = PoolManager(connections, maxsize=maxsize, block=block, ssl_context=context, **kwargs)
        manager.pool_classes_by_scheme = _pools(self._dialer)
        self.poolmanager = manager


def _pools(dialer: Dialer) -> dict[str, type[Any]]:
    """Return urllib3 pool classes, by scheme, whose connections use `dialer`."""

    class _Dialled:
        def _new_conn(self) -> PlainSocket:
            return dialer.dial(self._dns_host, self.port)  # type: ignore[attr-defined]

        def request(self, *args: Any, **kwargs: Any) -> None:
            """Send a request as urllib3 does; the answer's time begins to run."""
            super().request(*args, **kwargs)  # type: ignore[misc]
            sock = self.sock  # type: ignore[attr-defined]
            sock.patience = dialer.read_timeout
            sock.deadline = time.monotonic() + dialer.total_timeout

    kinds = {"http": (HTTPConnectionPool, HTTPConnection), "https": (HTTPSConnectionPool, HTTPSConnection)}
    return {
        scheme: type("Pool", (pool,), {"ConnectionCls": type("Connection", (_Dialled, connection), {})})
        for scheme, (pool, connection) in kinds.items()
    }

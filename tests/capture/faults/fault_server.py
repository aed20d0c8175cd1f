"""A server of misbehaviours on loopback: real sockets, raw bytes; and a client that cannot reach further."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from etl.capture.dial import Dialer, PlainSocket
from etl.capture.http import Http
from etl.capture.limiter import Limiter
from etl.settings import Settings
from etl.sources import Source

HOST = "paper.example"
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 3, tzinfo=UTC)
PUBLIC = "93.184.215.14"
LIMITS = Settings(
    connect_timeout=1.0,
    read_timeout=0.8,
    total_timeout=1.5,
    max_body=200_000,
    max_tries=2,
    backoff=0.01,
    max_retry_after=0.5,
)
PATIENT = replace(LIMITS, connect_timeout=30.0, read_timeout=30.0, total_timeout=60.0)
"""For a server that answers at once, on a machine that may be busy with other things."""


@dataclass
class Talk:
    """One connection after its request was read: what a misbehaviour works with."""

    peer: socket.socket
    head: str
    hit: int
    """How often this path was asked for before."""

    def send(self, data: bytes) -> None:
        self.peer.sendall(data)

    def reset(self) -> None:
        """Break the connection with RST instead of FIN."""
        self.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.peer.close()

    def trickle(self, data: bytes, pause: float) -> None:
        """Send byte by byte, as long as the client listens."""
        for byte in data:
            self.peer.sendall(bytes([byte]))
            time.sleep(pause)


Misbehaviour = Callable[[Talk], None]


@dataclass
class FaultServer:
    """Serves `routes` by path; what is not there is 404. `robots` replaces the missing robots.txt."""

    routes: dict[str, Misbehaviour] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def handle(self, peer: socket.socket) -> None:
        with contextlib.suppress(OSError), peer:
            peer.settimeout(5)
            data = b""
            while b"\r\n\r\n" not in data:
                part = peer.recv(65536)
                if not part:
                    return
                data += part
                if data.startswith(
                    b"\x16\x03"
                ):  # a TLS greeting, to which a server without TLS answers in clear
                    peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    return
            head = data.decode("latin-1")
            path = head.split(" ")[1]
            hit = self.asked.count(path)
            self.asked.append(path)
            route = self.routes.get(path)
            if route is None:
                peer.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                route(Talk(peer, head, hit))


@contextlib.contextmanager
def serving(routes: dict[str, Misbehaviour]) -> Iterator[FaultServer]:
    """Run a fault server on a free port of loopback."""
    server = FaultServer(routes)
    listener = socket.create_server(("127.0.0.1", 0))
    server.port = listener.getsockname()[1]

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                peer, _ = listener.accept()
                threading.Thread(target=server.handle, args=(peer,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(2)


def client(server: FaultServer, dialled: list[tuple[str, int]], limits: Settings = LIMITS) -> Http:
    """Return a client of a public source at `HOST`; each connection is noted and goes to `server`."""

    def resolve(host: str, port: int, **kwargs: Any) -> list[Any]:
        names = {HOST: PUBLIC, "rebind.example": "127.0.0.1", "other.example": PUBLIC}
        if host in names:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names[host], port))]
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)

    def connect(sock: PlainSocket, where: tuple[str, int]) -> None:
        dialled.append((where[0], where[1]))
        PlainSocket.connect(sock, ("127.0.0.1", server.port))

    dialer = Dialer(
        False, limits.connect_timeout, limits.read_timeout, limits.total_timeout, resolve, connect
    )
    return Http(public_source(), limits, lambda: NOW, limiter=Limiter(), dialer=dialer)


def public_source() -> Source:
    """Return an invented source that is not marked local."""
    return msgspec.convert(
        {
            "id": "here",
            "name": "此处日报",
            "level": "市",
            "base": f"http://{HOST}/",
            "politeness": {"delay": 0},
            "discovery": [{"kind": "list", "urls": ["/list.html"]}],
        },
        type=Source,
    )

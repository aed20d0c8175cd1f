"""A loopback TCP proxy in front of the object store, which can refuse or keep silent for a while."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

BUSY = (
    b"HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\n"
    b"Connection: close\r\nContent-Length: 59\r\n\r\n"
    b"<Error><Code>SlowDown</Code><Message>busy</Message></Error>"
)


class Proxy:
    """Passes connections on to `target` in mode "pass", answers 503 in "busy", nothing in "silent"."""

    def __init__(self) -> None:
        self.target = ("127.0.0.1", 0)
        self.mode = "pass"
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def switch(self, mode: str) -> None:
        """Change the mode; connections that are open break."""
        self.mode = mode
        for one in list(self.open):
            _close(one)
        self.open.clear()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self.open.add(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        if self.mode == "pass":
            with suppress(OSError):
                server = socket.create_connection(self.target)
                self.open.add(server)
                threading.Thread(target=_pump, args=(server, client), daemon=True).start()
                _pump(client, server)
        elif self.mode == "busy":
            with suppress(OSError):
                _refuse(client)
            _close(client)


def _refuse(client: socket.socket) -> None:
    """Answer a request with 503; its body is read to the end, else a reset would overtake the answer."""
    head = b""
    while b"\r\n\r\n" not in head:
        data = client.recv(65536)
        if not data:
            return
        head += data
    client.sendall(BUSY)
    client.shutdown(socket.SHUT_WR)
    while client.recv(65536):
        pass


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    _close(source)
    _close(sink)


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def proxy() -> Iterator[Proxy]:
    """A proxy that listens; its target is set once that is known."""
    made = Proxy()
    try:
        yield made
    finally:
        made.listener.close()
        made.switch("silent")

"""The sample site's web server: loopback, threads, conditional requests, and faults on purpose."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer

from etl.sample.site import Answer, answer

SLOW_SECONDS = 1.0
"""How long a slow page keeps its reader waiting."""


@contextmanager
def serve(host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve the sample site from a thread and yield its base URL; port 0 takes a free one.

    Raises OSError if the port is taken. A page that recovers answers 500 and the next time 200, then starts
    over: a client that tries again always ends with the same bytes.
    """
    server = _Server((host, port), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    """A server that remembers which recovering pages have failed just now."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._failed: set[str] = set()
        self._lock = threading.Lock()

    def server_bind(self) -> None:
        """Bind without asking for the host's name, which can take seconds on a machine without DNS."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def fails(self, path: str) -> bool:
        """Return whether the recovering page at `path` fails this time: every other time."""
        with self._lock:
            self._failed ^= {path}
            return path in self._failed


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        """Answer with the page, 304 if the client has it, 500 from a page that is just failing."""
        found = answer(self.path, f"http://{self.headers.get('Host', 'localhost')}")
        if found.behaviour == "slow":
            time.sleep(SLOW_SECONDS)
        if found.behaviour == "recovers" and self.server.fails(self.path):
            found = Answer(b"<html><body>500 Internal Server Error</body></html>", status=500)
        if self._is_known(found):
            self._send(found, HTTPStatus.NOT_MODIFIED, b"")
        else:
            self._send(found, HTTPStatus(found.status), found.body)

    def do_HEAD(self) -> None:
        """Answer like GET, without the body."""
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the site's readers report what they fetch."""

    def _is_known(self, found: Answer) -> bool:
        """Return whether the client's validators match (RFC 9110, 13.2.2: tags outrank dates)."""
        if found.status != HTTPStatus.OK:
            return False
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return found.etag in tags
        since = self.headers.get("If-Modified-Since")
        return since is not None and found.modified is not None and since == _http_date(found)

    def _send(self, found: Answer, status: HTTPStatus, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", found.content_type)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        if found.location:
            self.send_header("Location", found.location)
        if found.status == HTTPStatus.OK:
            self.send_header("ETag", found.etag)
        if found.modified:
            self.send_header("Last-Modified", _http_date(found))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _http_date(found: Answer) -> str:
    """Return the date of an answer in the form of HTTP (IMF-fixdate)."""
    return format_datetime(found.modified.astimezone(UTC), usegmt=True) if found.modified else ""

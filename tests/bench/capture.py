"""Capture: pages/s from loopback to WARC, beside `wget --warc-file` and Scrapy with warcio on the same pages.

The server runs in its own process, politeness is off. Every round runs all of them, so that what else the
machine does falls on each; the best round of each counts, and the ratios are those of the best round.
"""

import importlib.util
import multiprocessing
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
from tests.bench._generate import page

from etl.capture import collect, landing
from etl.records import Capture
from etl.settings import Settings
from etl.sources import Source

PAGES = 2_000
ROUNDS = 3
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 3, tzinfo=UTC)


SPIDER = """
import io
from datetime import UTC, datetime
import scrapy
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

class Pages(scrapy.Spider):
    name = "pages"
    custom_settings = {{"LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": False, "TELNETCONSOLE_ENABLED": False}}
    start_urls = [f"{base}/{{number}}.html" for number in range({pages})]
    stream = open("scrapy.warc.gz", "wb")
    writer = WARCWriter(stream, gzip=True)

    def parse(self, response):
        pairs = [(k.decode(), v[0].decode("latin-1")) for k, v in response.headers.items()]
        head = StatusAndHeaders(str(response.status), pairs, protocol="HTTP/1.1")
        body = io.BytesIO(response.body)
        self.writer.write_record(
            self.writer.create_warc_record(response.url, "response", payload=body, http_headers=head)
        )

    def closed(self, reason):
        self.stream.close()
        began = self.crawler.stats.get_value("start_time")
        print((datetime.now(UTC) - began).total_seconds())
"""


def serve(port):
    """Serve the pages with keep-alive on a free port, which `port` tells."""
    bodies = {f"/{number}.html": page(number) for number in range(PAGES)}
    rows = "".join(f"<li><a href='{path}'>x</a> {DAY}</li>" for path in bodies)
    bodies["/list.html"] = f"<ul>{rows}</ul>".encode()
    listener = socket.create_server(("127.0.0.1", 0))

    def talk(peer):
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with peer, peer.makefile("rb") as lines:
            while line := lines.readline():
                while lines.readline().strip():
                    pass
                body = bodies.get(line.split()[1].decode())
                status = b"404 Not Found" if body is None else b"200 OK"
                head = b"HTTP/1.1 %b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
                peer.sendall(head % (status, len(body or b"")) + (body or b""))

    port.value = listener.getsockname()[1]
    while True:
        threading.Thread(target=talk, args=(listener.accept()[0],), daemon=True).start()


@contextmanager
def served():
    """Run the server in another process; give its base address."""
    port = multiprocessing.Value("i", 0)
    process = multiprocessing.Process(target=serve, args=(port,), daemon=True)
    process.start()
    while not port.value:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port.value}"
    finally:
        process.terminate()
        process.join()


def ours(base, folder):
    """Return the seconds that a capture takes."""
    plan = {
        "id": "bench",
        "name": "x",
        "level": "市",
        "base": base,
        "local": True,
        "politeness": {"delay": 0},
        "discovery": [{"kind": "list", "urls": ["/list.html"]}],
    }
    source, settings = msgspec.convert(plan, type=Source), Settings(data=str(folder))
    began = time.perf_counter()
    with landing.Writer(settings, "bench", DAY) as writer:
        for found in collect(source, DAY, settings=settings, clock=lambda: NOW):
            assert isinstance(found, Capture), found
            writer.append(found)
    return time.perf_counter() - began


def scrapys(base, folder):
    """Return the seconds that Scrapy takes for the same pages, by its own count, without its start."""
    (folder / "pages.py").write_text(SPIDER.format(base=base, pages=PAGES))
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "runspider", "pages.py"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout.split()[-1])


def wgets(base, folder):
    """Return the seconds that wget takes for the same pages, without its index."""
    (folder / "urls").write_text("".join(f"{base}/{number}.html\n" for number in range(PAGES)))
    began = time.perf_counter()
    subprocess.run(
        ["wget", "-q", "-i", "urls", "-O", "/dev/null", "--warc-file=wget", "--no-proxy"],
        cwd=folder,
        check=True,
    )
    return time.perf_counter() - began


def main():
    rivals = {"wget --warc-file": wgets} if shutil.which("wget") else {}
    if importlib.util.find_spec("scrapy"):
        rivals["Scrapy with warcio"] = scrapys
    seconds = []
    with served() as base:
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                began = time.process_time()
                took = {"ours": ours(base, folder / "ours")}
                took["cpu"] = time.process_time() - began
                seconds.append(took | {rival: run(base, folder) for rival, run in rivals.items()})
    best = min(took["ours"] for took in seconds)
    core = min(took["cpu"] for took in seconds)
    print(f"capture to WARC: {PAGES / best:.0f} pages/s, {PAGES / core:.0f} a CPU second (target 400)")
    for rival in rivals:
        ratio = max(took[rival] / took["ours"] for took in seconds)
        fastest = min(took[rival] for took in seconds)
        print(f"{rival}: {PAGES / fastest:.0f} pages/s; ours is {ratio:.2f}× in the best round")


if __name__ == "__main__":
    main()

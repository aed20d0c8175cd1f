"""Capture: pages/s from loopback to WARC, beside `wget --warc-file`; and records/s out of a large WARC file.

The server runs in its own process, politeness is off. Import is measured against a bare fastwarc loop over
the same file, with one worker and with two (each takes half of the files).
"""

import multiprocessing
import random
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecordType

from etl.capture import collect, files, landing
from etl.capture.landing import exchange
from etl.capture.landing.record import member
from etl.records import Capture
from etl.settings import Settings
from etl.sources import Source

PAGES = 2_000
RECORDS = 20_000
DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 3, tzinfo=UTC)
SENTENCE = "市政府召开常务会议，研究部署重点工作，听取有关情况汇报。"


def page(number):
    """Return an invented page of about 8 kB that compresses like prose."""
    chance = random.Random(number)
    words = [SENTENCE[chance.randrange(20) :] + chr(chance.randrange(0x4E00, 0x9FA5)) * 3 for _ in range(100)]
    return f"<html><body><h1>{number}</h1><p>{'</p><p>'.join(words)}</p></body></html>".encode()


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


def write_archive(path, first, count):
    """Write a WARC file of generated pages with their requests."""
    with path.open("wb") as stream:
        for number in range(first, first + count):
            body, url = page(number), f"http://paper.example/{number}.html"
            digest = sha256(body).hexdigest()
            made = Capture(
                "", "bench", DAY, url, url, 200, (("Content-Type", "text/html"),), NOW, body, digest
            )
            stream.write(member(exchange.response(replace(made, capture_id=str(number)))))
            stream.write(member(exchange.request(made)))


def bare(path):
    """Read every body of an archive with fastwarc and nothing else."""
    for record in ArchiveIterator(path.open("rb"), parse_http=False):
        if record.record_type == WarcRecordType.response:
            record.reader.read()


def imported(path):
    """Read every page of an archive; return how many there are."""
    return sum(isinstance(one, Capture) for one in files.read([path]))


def timed(function, *arguments):
    """Return the seconds that a call takes."""
    began = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - began


def peak_megabytes():
    """Return the peak of this process's resident memory since it was last reset, and reset it (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024
    Path("/proc/self/clear_refs").write_text("5")
    return peak


def main():
    with tempfile.TemporaryDirectory() as name, served() as base:
        folder = Path(name)
        seconds = min(ours(base, folder / str(run)) for run in range(2))
        print(f"capture to WARC: {PAGES / seconds:.0f} pages/s")
        if shutil.which("wget"):
            other = wgets(base, folder)
            print(f"wget --warc-file: {PAGES / other:.0f} pages/s, ratio {other / seconds:.2f}")
    with tempfile.TemporaryDirectory() as name:
        halves = [Path(name) / "a.warc.gz", Path(name) / "b.warc.gz"]
        for number, half in enumerate(halves):
            write_archive(half, number * RECORDS // 2, RECORDS // 2)
        size = sum(half.stat().st_size for half in halves) / 1e6
        lone = sum(timed(bare, half) for half in halves)
        peak_megabytes()
        one = sum(timed(imported, half) for half in halves)
        print(
            f"import: {RECORDS / one:.0f} pages/s, {size / one:.1f} MB/s of gzip, peak {peak_megabytes()} MB"
        )
        print(f"ratio to a bare fastwarc loop: {lone / one:.2f}")
        with multiprocessing.Pool(2) as pool:
            pool.map(len, ["", ""])
            two = timed(pool.map, imported, halves)
        print(f"two workers: {one / two:.2f} times one")


if __name__ == "__main__":
    main()

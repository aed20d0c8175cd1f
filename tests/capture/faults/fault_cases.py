"""The misbehaviours and what must become of each: "landed", or the reason of the reject."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import brotli
from fastwarc.stream_io import ZstdWriter
from fault_server import HOST, Misbehaviour, Talk

PAGE = "<html><body><p>市政府召开常务会议。</p></body></html>".encode()
LANDED = "landed"


@dataclass(frozen=True)
class Case:
    """One misbehaviour at `/page`; `routes` are other paths of the host. `body` must land if any does.

    Where it `hangs`, nothing but the client's own limits of time can end it.
    """

    name: str
    serve: Misbehaviour
    outcome: str
    routes: dict[str, Misbehaviour] = field(default_factory=dict)
    body: bytes = PAGE
    hangs: bool = False


def answer(body: bytes = PAGE, status: str = "200 OK", version: str = "1.1", **headers: str) -> Misbehaviour:
    """Return a sound answer; `content_length=""` leaves the header out."""
    fields = {"content_type": "text/html", "content_length": str(len(body)), "connection": "close", **headers}
    lines = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in fields.items() if value)
    return raw(f"HTTP/{version} {status}\r\n{lines}\r\n".encode("latin-1") + body)


def raw(data: bytes) -> Misbehaviour:
    return lambda talk: talk.send(data)


def then_reset(data: bytes) -> Misbehaviour:
    def serve(talk: Talk) -> None:
        talk.send(data)
        time.sleep(0.05)
        talk.reset()

    return serve


def slowly(data: bytes, pause: float = 0.1) -> Misbehaviour:
    return lambda talk: talk.trickle(data, pause)


def endless(head: bytes, part: bytes) -> Misbehaviour:
    def serve(talk: Talk) -> None:
        talk.send(head)
        while True:
            talk.send(part)

    return serve


def silence(talk: Talk) -> None:
    time.sleep(3)


def first(bad: Misbehaviour, good: Misbehaviour) -> Misbehaviour:
    """Misbehave at the first request only."""
    return lambda talk: (bad if talk.hit == 0 else good)(talk)


def redirect(target: str, status: str = "302 Found") -> Misbehaviour:
    return answer(b"", status, location=target)


def coded(name: str, pack: Callable[[bytes], bytes]) -> Misbehaviour:
    """Return 20 MB of zeros, a hundred times what is allowed, as a small coded body."""
    return answer(pack(bytes(20_000_000)), content_encoding=name)


def zstd(data: bytes) -> bytes:
    import io

    out = io.BytesIO()
    writer = ZstdWriter(out)
    writer.write(data)
    writer.finish()
    writer.flush()
    return out.getvalue()


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
PRIVATE = {
    "loopback": "http://127.0.0.1/",
    "a private network": "http://10.0.0.1/",
    "the metadata service": "http://169.254.169.254/latest/meta-data/",
    "a mapped address": "http://[::ffff:127.0.0.1]/",
    "loopback in IPv6": "http://[::1]/",
    "a decimal host": "http://2130706433/",
    "an octal host": "http://0177.0.0.1/",
    "a hexadecimal host": "http://0x7f000001/",
    "a short host": "http://127.1/",
    "a name that resolves to loopback": "http://rebind.example/",
}
SCHEMES = (
    "file:///etc/passwd",
    "ftp://paper.example/x",
    "javascript:alert(1)",
    "data:text/html,x",
    "gopher://a/",
)

CASES = [
    Case("reset before the answer", then_reset(b""), "connection-lost"),
    Case("end before the answer", raw(b""), "connection-lost"),
    Case("reset in the status line", then_reset(b"HTTP/1.1 20"), "connection-lost"),
    Case("reset in the headers", then_reset(HEAD), "connection-lost"),
    Case("reset in the body", then_reset(HEAD + b"Content-Length: 99\r\n\r\n<p>"), "connection-lost"),
    Case("reset once, then well", first(then_reset(b""), answer()), LANDED),
    Case("body shorter than Content-Length", raw(HEAD + b"Content-Length: 99\r\n\r\n" + PAGE), "truncated"),
    Case("body without Content-Length ends", answer(content_length=""), LANDED),
    Case("chunked body cut off", raw(CHUNKED + b"5\r\n<p>ab\r\n5\r\n<"), "truncated"),
    Case("chunk size is no number", raw(CHUNKED + b"5\r\n<p>ab\r\nxyz\r\n"), "truncated"),
    Case("chunk size is huge", raw(CHUNKED + b"fffffffffffff\r\n<p>"), "truncated"),
    Case("chunked and well", raw(CHUNKED + b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)), LANDED),
    Case("endless chunks", endless(CHUNKED, b"1000\r\n" + b"a" * 4096 + b"\r\n"), "too-large"),
    Case("endless body", endless(HEAD + b"\r\n", b"a" * 4096), "too-large"),
    Case("endless interim answers", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "timeout", hangs=True),
    Case("a second of silence", silence, "timeout", hangs=True),
    Case("a byte now and then in the status line", slowly(b"HTTP/1.1 200 OK\r\n"), "timeout", hangs=True),
    Case("a byte now and then in the headers", slowly(HEAD), "timeout", hangs=True),
    Case("a byte now and then in the body", slowly(HEAD + b"\r\n" + PAGE, 0.02), "timeout", hangs=True),
    Case("silent once, then well", first(silence, answer()), LANDED, hangs=True),
    Case("plain body labelled gzip", answer(content_encoding="gzip"), "bad-encoding"),
    Case("gzip cut off", answer(gzip.compress(PAGE)[:-9], content_encoding="gzip"), "bad-encoding"),
    Case(
        "gzip with a wrong checksum",
        answer(gzip.compress(PAGE)[:-8] + bytes(8), content_encoding="gzip"),
        "bad-encoding",
    ),
    Case(
        "gzip in two members",
        answer(gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), content_encoding="gzip"),
        LANDED,
    ),
    Case("gzip bomb", coded("gzip", gzip.compress), "too-large"),
    Case("deflate bomb", coded("deflate", zlib.compress), "too-large"),
    Case("Brotli bomb", coded("br", lambda data: brotli.compress(data, quality=1)), "too-large"),
    Case("Zstandard bomb", coded("zstd", zstd), "too-large"),
    Case("deflate without its wrapper", answer(raw_deflate(PAGE), content_encoding="deflate"), LANDED),
    Case("Brotli unasked", answer(brotli.compress(PAGE), content_encoding="br"), LANDED),
    Case("Zstandard unasked", answer(zstd(PAGE), content_encoding="zstd"), LANDED),
    Case("gzip upon gzip", answer(gzip.compress(gzip.compress(PAGE)), content_encoding="gzip, gzip"), LANDED),
    Case("gzip ten times over", answer(content_encoding=", ".join(["gzip"] * 10)), "bad-encoding"),
    Case("an unknown coding", answer(content_encoding="pack200-gzip"), "unknown-encoding"),
    Case(
        "an unknown transfer coding",
        answer(transfer_encoding="gzip, chunked", content_length=""),
        "bad-response",
    ),
    Case("10,000 headers", raw(HEAD + b"X: y\r\n" * 10_000 + b"\r\n" + PAGE), "bad-response"),
    Case("a header of 64 KiB", raw(HEAD + b"X: " + b"y" * 65_536 + b"\r\n\r\n" + PAGE), "bad-response"),
    Case("a status line of garbage", raw(b"\x00\xff\xfe garbage\r\n\r\n"), "bad-response"),
    Case("HTTP/0.9", raw(PAGE), "bad-response"),
    Case("HTTP/1.0", answer(version="1.0"), LANDED),
    Case("a header without a colon", raw(HEAD + b"nonsense\r\n\r\n" + PAGE), LANDED),
    Case(
        "two different lengths",
        raw(HEAD + b"Content-Length: 9\r\nContent-Length: 60\r\n\r\n" + PAGE),
        "bad-response",
    ),
    Case("a negative length", answer(content_length="-5"), LANDED),
    Case("a length of a terabyte", answer(content_length="1000000000000"), "too-large"),
    Case(
        "more behind the body",
        raw(HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE + b"HTTP/1.1 200 OK\r\n\r\nevil"),
        LANDED,
    ),
    Case("an empty body", answer(b""), "empty"),
    Case("an empty gzip body", answer(b"", content_encoding="gzip"), "empty"),
    Case("NUL bytes", answer(PAGE + b"\0\0\0"), LANDED, body=PAGE + b"\0\0\0"),
    Case(
        "a wrong charset everywhere",
        answer(content_type="text/html; charset=utf-16, big5; charset=x"),
        LANDED,
    ),
    Case("a PDF labelled HTML", answer(b"%PDF-1.7 x"), "content-type"),
    Case("a page labelled image", answer(content_type="image/png"), LANDED),
    Case("an image", answer(b"\x89PNG\r\n", content_type="image/png"), "content-type"),
    Case("an archive", answer(b"\x01\x02\x03", content_type="application/octet-stream"), "content-type"),
    Case("a redirect to itself", redirect("/page"), "redirect-loop"),
    Case("two redirects in a circle", redirect("/b"), "redirect-loop", {"/b": redirect("/page")}),
    Case(
        "ten redirects", redirect("/0"), "redirect-limit", {f"/{n}": redirect(f"/{n + 1}") for n in range(10)}
    ),
    Case("a redirect without a target", answer(b"", "302 Found"), "http-status"),
    Case(
        "a redirect to UTF-8",
        redirect("/会议".encode().decode("latin-1")),
        LANDED,
        {"/%E4%BC%9A%E8%AE%AE": answer()},
    ),
    Case(
        "a redirect with a password, which is dropped",
        redirect(f"http://u:p@{HOST}/x"),
        LANDED,
        {"/x": answer()},
    ),
    Case("a redirect to another host", redirect("http://other.example/x"), LANDED, {"/x": answer()}),
    Case("a redirect to TLS where there is none", redirect(f"https://{HOST}/x"), "tls", {"/x": answer()}),
    *[Case(f"a redirect to {name}", redirect(target), "address-refused") for name, target in PRIVATE.items()],
    *[
        Case(f"a redirect to {target.partition(':')[0]}:", redirect(target), "scheme-refused")
        for target in SCHEMES
    ],
    Case("429 once", first(answer(b"", "429 Too Many"), answer()), LANDED),
    Case("429 always", answer(b"", "429 Too Many"), "rate-limited"),
    Case("429 with seconds", first(answer(b"", "429 Too Many", retry_after="0"), answer()), LANDED),
    Case(
        "429 with a date",
        first(answer(b"", "429 Too Many", retry_after="Tue, 03 Mar 2026 00:00:00 GMT"), answer()),
        LANDED,
    ),
    Case(
        "429 with an absurd time",
        first(answer(b"", "429 Too Many", retry_after="9" * 30), answer()),
        "rate-limited",
    ),
    Case("429 with nonsense", first(answer(b"", "429 Too Many", retry_after="soon"), answer()), LANDED),
    Case("500 that recovers", first(answer(b"", "500 Oops"), answer()), LANDED),
    Case("a storm of 503", answer(b"", "503 Busy"), "server-error"),
    Case("304 without having asked", answer(b"", "304 Not Modified"), "bad-response"),
    Case("206 without having asked", answer(PAGE[:20], "206 Partial Content"), "http-status"),
    Case("204", answer(b"", "204 No Content", content_length=""), "http-status"),
    Case("status 999", answer(status="999 What"), "http-status"),
    Case("404", answer(b"gone", "404 Not Found"), "not-found"),
    Case("403", answer(b"no", "403 Forbidden"), "forbidden"),
    Case("401 asks for a login", answer(b"", "401 Login", www_authenticate="Basic"), "forbidden"),
    Case("403 with a login form", answer(b"<form><input type=password></form>", "403 No"), "login-wall"),
    Case("403 that says to log in", answer("<p>请登录后查看</p>".encode(), "403 No"), "login-wall"),
    Case("403 with a script of a shield", answer(b"<script>__jsl_clearance</script>", "403 No"), "challenge"),
    Case("503 that checks the browser", answer(b"<p>Checking your browser", "503 Busy"), "challenge"),
    Case(
        "404 in a page with a menu", answer(b"<h1>404</h1>" + b"<a href=/>x</a>" * 300, "404 No"), "not-found"
    ),
    Case("412 asks for a browser", answer(b"<script>", "412 Precondition Failed"), "challenge"),
    Case("521 asks for a browser", answer(b"<script>", "521 Down"), "challenge"),
    Case(
        "200 asks for a browser",
        answer(b"<script>document.cookie='__jsl_clearance=1';location.reload()</script>"),
        "challenge",
    ),
    Case(
        "robots.txt forbids",
        answer(),
        "robots-disallowed",
        {"/robots.txt": answer(b"User-agent: *\nDisallow: /page")},
    ),
    Case(
        "robots.txt with a BOM",
        answer(),
        "robots-disallowed",
        {"/robots.txt": answer(b"\xef\xbb\xbfUser-agent: *\nDisallow: /")},
    ),
    Case("robots.txt answers 500", answer(), "robots-unavailable", {"/robots.txt": answer(b"", "500 Oops")}),
    Case("robots.txt is silent", answer(), "robots-unavailable", {"/robots.txt": silence}, hangs=True),
    Case("robots.txt in a circle", answer(), "robots-unavailable", {"/robots.txt": redirect("/robots.txt")}),
    Case(
        "robots.txt of 190 kB",
        answer(),
        "robots-disallowed",
        {"/robots.txt": answer(b"User-agent: *\nDisallow: /page\n" + b"Allow: /x\n" * 19_000)},
    ),
    Case(
        "robots.txt beyond all limits",
        answer(),
        "robots-unavailable",
        {"/robots.txt": answer(b"#" * 300_000)},
    ),
    Case("robots.txt of garbage", answer(), LANDED, {"/robots.txt": answer(bytes(range(256)) * 9)}),
    Case("robots.txt is 403", answer(), LANDED, {"/robots.txt": answer(b"", "403 Forbidden")}),
]

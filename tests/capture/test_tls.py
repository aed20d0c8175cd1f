"""TLS: certificates are verified, and the limits hold inside the encrypted connection too."""

from __future__ import annotations

import ipaddress
import ssl
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from etl.capture.failure import FetchError


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1, its own authority, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "paper.example")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "cert.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        made.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.fixture
def secure(certificate):
    """The address of a TLS server: /page is a page, /slow trickles, /plain leads to /page."""

    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = b"<p>x</p>" * 50
            self.send_response(200 if self.path != "/robots.txt" else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for at in range(0, len(body), 1 if self.path == "/slow" else len(body)):
                self.wfile.write(body[at : at + 1] if self.path == "/slow" else body)
                time.sleep(0.05 if self.path == "/slow" else 0)

        def log_message(self, *args) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = Server(("127.0.0.1", 0), Requests)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_certificate_that_nobody_vouches_for_is_refused(secure, site, settings):
    with site.http(settings) as http, pytest.raises(FetchError) as caught:
        http.get(f"{secure}/page")
    assert caught.value.reason == "tls"


def test_a_trusted_certificate_is_taken_and_the_connection_kept(secure, site, settings, certificate):
    with site.http(replace(settings, ca_bundle=str(certificate))) as http:
        assert [http.get(f"{secure}/page").wire for _ in range(3)] == [b"<p>x</p>" * 50] * 3


def test_a_trusted_certificate_for_another_name_is_refused(secure, site, settings, certificate):
    with (
        site.http(replace(settings, ca_bundle=str(certificate))) as http,
        pytest.raises(FetchError) as caught,
    ):
        http.get(secure.replace("127.0.0.1", "localhost") + "/page")
    assert caught.value.reason == "tls"


def test_a_trickling_answer_ends_at_the_deadline_inside_tls_as_well(secure, site, settings, certificate):
    short = replace(settings, ca_bundle=str(certificate), total_timeout=0.5, max_tries=1)
    with site.http(short) as http:
        began = time.monotonic()
        with pytest.raises(FetchError) as caught:
            http.get(f"{secure}/slow")
    assert caught.value.reason == "timeout"
    assert time.monotonic() - began < 5

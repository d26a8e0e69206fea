"""The carrier over TLS, a real server on this machine: what was never sent, what was, and what nobody knows."""

import http.server
import ipaddress
import json
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from checkins.gateways import twilio
from checkins.gateways.twilio import Accepted, Account, Text, Unknown, Unreached

ACCOUNT = Account(sid="AC" + "1" * 32, token="2" * 32)
TEXT = Text(
    to="+13125550142", sender="+13125550199", body="How?", callback="https://x.org/", valid_seconds=60
)


@dataclass
class Carrier:
    """A carrier with a certificate of its own; `hangs_up` breaks the connection once it has read the call."""

    address: str
    certificate: Path
    received: list[str] = field(default_factory=list)
    hangs_up: bool = False


@pytest.fixture
def carrier(tmp_path: Path, settings) -> Iterator[Carrier]:
    certificate = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.received.append(f"{self.path} {self.headers['Authorization']} {body.decode()}")
            if found.hangs_up:
                # Reset, without the goodbye of TLS.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                socket.socket(fileno=self.connection.detach()).close()
                return
            answer = json.dumps({"sid": "SM" + "3" * 32, "status": "queued"}).encode()
            self.send_response(201)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # broken connections are what is tested
    found = Carrier(f"https://127.0.0.1:{server.server_address[1]}", certificate)
    settings.TWILIO_API_BASE = found.address
    twilio.forget()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()
    twilio.forget()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "carrier")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    target = folder / "carrier.pem"
    target.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return target


def test_a_carrier_whose_certificate_nobody_vouches_for_is_told_nothing(carrier: Carrier) -> None:
    assert twilio.send(ACCOUNT, TEXT) == Unreached()
    assert carrier.received == []


def test_a_carrier_whose_certificate_is_known_takes_the_text(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(carrier.certificate))
    assert twilio.send(ACCOUNT, TEXT) == Accepted(sid="SM" + "3" * 32, status="queued")
    (call,) = carrier.received
    assert call.startswith(f"/2010-04-01/Accounts/{ACCOUNT.sid}/Messages.json Basic ")


def test_a_connection_that_breaks_after_the_call_leaves_the_outcome_unknown(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(carrier.certificate))
    carrier.hangs_up = True
    assert isinstance(twilio.send(ACCOUNT, TEXT), Unknown)
    assert len(carrier.received) == 1


def test_a_fault_of_tls_that_is_no_refused_certificate_leaves_the_outcome_unknown() -> None:
    # It may come while the answer is read, after the text was taken.
    assert not twilio._never_sent(urllib3.exceptions.SSLError(ssl.SSLEOFError(8, "EOF")))
    refused = ssl.SSLCertVerificationError(1, "self-signed certificate")
    assert twilio._never_sent(urllib3.exceptions.SSLError(refused))

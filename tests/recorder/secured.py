"""A door with a certificate of its own before a camera that speaks in the clear."""

from __future__ import annotations

import hashlib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hokanko.cameras.tunnel import carry


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, str]:
    """A server's context with a certificate that it signed itself, and its SHA-256."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(called).issuer_name(called)
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    signed = (
        made.not_valid_before(day)
        .not_valid_after(day + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(key.private_bytes(pem, *plain) + signed.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    shown = signed.public_bytes(serialization.Encoding.DER)
    return context, hashlib.sha256(shown).hexdigest()


@contextmanager
def behind(context: ssl.SSLContext, port: int, *, at: int = 0) -> Iterator[int]:
    """Leads whoever comes over TLS to that port; gives its own."""
    with socket.create_server(("127.0.0.1", at)) as door:
        Thread(target=_open, args=(door, context, port), daemon=True).start()
        yield door.getsockname()[1]
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)


def _open(door: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError):
        while True:
            line, _ = door.accept()
            Thread(target=_lead, args=(line, context, port), daemon=True).start()


def _lead(line: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with (
        suppress(OSError),
        context.wrap_socket(line, server_side=True) as secured,
        socket.create_connection(("127.0.0.1", port)) as camera,
    ):
        carry(camera, secured)

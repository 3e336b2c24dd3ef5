"""The certificate of a camera that talks over TLS: shown to a person once, then insisted on.

Cameras sign their own: no authority vouches for them. What was seen when a person connected the
camera counts, by its SHA-256; another one is refused until a person has confirmed it.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
from contextlib import closing
from typing import Final
from urllib.parse import urlsplit

from hokanko.cameras.nearby import bounded, no_answer, own_number
from hokanko.cameras.recorded import SCHEMES, no_address
from hokanko.errors import Conflict

SECURED: Final = {"rtsps": SCHEMES["rtsps"], "https": 443}
WAIT_S: Final = 5.0


class OtherCertificate(OSError):
    """What answers does not show the certificate that a person confirmed."""


def is_secured(url: str) -> bool:
    """Whether a camera is talked to over TLS."""
    return urlsplit(url).scheme in SECURED


def certificate_at(url: str) -> str:
    """The SHA-256, in hex, of the certificate shown there now.

    Raises Conflict for what is no address of one's own network, or where nothing answers so.
    """
    parts = urlsplit(url)
    try:
        at = own_number(parts.hostname or ""), parts.port or SECURED[parts.scheme]
        with closing(unjudged(at, WAIT_S)) as line:
            return _shown(line)
    except ValueError as odd:
        raise (no_address() if parts.scheme in SCHEMES else no_answer()) from odd
    except OSError as silent:
        raise Conflict(
            "このアドレスのカメラは、証明書を示しませんでした。",
            "The camera at this address showed no certificate.",
            mend_ja=f"{parts.scheme}:// に対応しているか、ポート番号が正しいかを確かめてください。",
            mend_en=f"Check that it supports {parts.scheme}://, and the number of the port.",
        ) from silent


def secured(at: tuple[str, int], certificate: str, *, within_s: float = WAIT_S) -> ssl.SSLSocket:
    """A line to the camera that shows this certificate. Raises OtherCertificate, OSError."""
    line = unjudged(at, within_s)
    if not certificate or _shown(line) != certificate:
        line.close()
        raise OtherCertificate
    return line


def in_groups(certificate: str) -> str:
    """As people compare it: upper case, in pairs."""
    pairs = (certificate[at : at + 2].upper() for at in range(0, len(certificate), 2))
    return ":".join(pairs)


def unjudged(at: tuple[str, int], within_s: float) -> ssl.SSLSocket:
    """A line over TLS to whoever answers: nothing secret may be said on it. Raises OSError."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection(at, timeout=within_s)
    try:
        line = context.wrap_socket(plain, do_handshake_on_connect=False)
    except BaseException:
        plain.close()
        raise
    try:
        with bounded(line, within_s) as over:
            line.do_handshake()
        if over.is_set():
            raise TimeoutError
    except BaseException:
        line.close()
        raise
    return line


def _shown(line: ssl.SSLSocket) -> str:
    return hashlib.sha256(line.getpeercert(binary_form=True) or b"").hexdigest()

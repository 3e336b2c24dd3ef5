"""The certificate of a camera that streams over TLS: shown to a person once, then insisted on.

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

from hokanko.cameras.nearby import own_number
from hokanko.cameras.recorded import SCHEMES, no_address
from hokanko.errors import Conflict

SECURED: Final = "rtsps"
WAIT_S: Final = 5.0


class OtherCertificate(OSError):
    """What answers does not show the certificate that a person confirmed."""


def is_secured(url: str) -> bool:
    """Whether a camera streams over TLS."""
    return urlsplit(url).scheme == SECURED


def certificate_at(url: str) -> str:
    """The SHA-256, in hex, of the certificate shown there now.

    Raises Conflict for what is no address of one's own network, or where nothing answers so.
    """
    parts = urlsplit(url)
    try:
        at = own_number(parts.hostname or ""), parts.port or SCHEMES[SECURED]
        with closing(_handshake(at)) as line:
            return _shown(line)
    except ValueError as odd:
        raise no_address() from odd
    except OSError as silent:
        raise Conflict(
            "このアドレスのカメラは、証明書を示しませんでした。",
            "The camera at this address showed no certificate.",
            mend_ja="rtsps:// に対応しているか、ポート番号が合っているかを確かめてください。",
            mend_en="Check that it supports rtsps://, and the number of the port.",
        ) from silent


def secured(at: tuple[str, int], certificate: str) -> ssl.SSLSocket:
    """A line to the camera that shows this certificate. Raises OtherCertificate, OSError."""
    line = _handshake(at)
    if not certificate or _shown(line) != certificate:
        line.close()
        raise OtherCertificate
    return line


def in_groups(certificate: str) -> str:
    """As people compare it: upper case, in pairs."""
    pairs = (certificate[at : at + 2].upper() for at in range(0, len(certificate), 2))
    return ":".join(pairs)


def _handshake(at: tuple[str, int]) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # judged by who calls
    plain = socket.create_connection(at, timeout=WAIT_S)
    try:
        return context.wrap_socket(plain)
    except BaseException:
        plain.close()
        raise


def _shown(line: ssl.SSLSocket) -> str:
    return hashlib.sha256(line.getpeercert(binary_form=True) or b"").hexdigest()

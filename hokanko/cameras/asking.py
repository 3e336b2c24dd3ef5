"""Asking a device once over HTTP, or over HTTPS where it shows the certificate compared before."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, urlsplit

from hokanko.cameras.certificates import SECURED, OtherCertificate, is_secured, secured
from hokanko.cameras.nearby import WITHIN_S, bounded, no_answer, odd_answer, own_number
from hokanko.errors import Conflict

MOST = 1_000_000  # bytes of an answer
PORTS = {"http": 80, "https": SECURED["https"]}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a device answered; `asks` are its WWW-Authenticate headers."""

    status: int
    body: bytes
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """An HTTP request."""

    method: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    most: int = MOST


def exchange(url: str, ask: Ask, *, certificate: str = "", within_s: float = WITHIN_S) -> Reply:
    """Ask once; no redirection is followed. Raises Conflict where nothing fit came.

    Over HTTPS nothing at all is said to what shows another `certificate` (SHA-256, in hex).
    """
    parts = urlsplit(url)
    try:
        with _line(parts, certificate, within_s) as line, bounded(line, within_s) as over:
            reply = _asked(parts, ask, line)
    except OtherCertificate as other:
        raise another_certificate(known=bool(certificate)) from other
    except (OSError, HTTPException, ValueError) as silent:
        raise no_answer() from silent
    if over.is_set():
        raise no_answer()
    if len(reply.body) > ask.most:
        raise odd_answer()
    return reply


def _asked(parts: SplitResult, ask: Ask, line: socket.socket) -> Reply:
    with closing(HTTPConnection(parts.hostname or "", parts.port or PORTS[parts.scheme])) as at:
        at.sock = line
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        at.request(ask.method, path, body=ask.body, headers=ask.headers)
        answer = at.getresponse()
        body = answer.read(ask.most + 1)
        return Reply(answer.status, body, tuple(answer.headers.get_all("WWW-Authenticate", [])))


@contextmanager
def _line(parts: SplitResult, certificate: str, within_s: float) -> Iterator[socket.socket]:
    at = own_number(parts.hostname or ""), parts.port or PORTS[parts.scheme]
    if is_secured(parts.geturl()):
        with secured(at, certificate, within_s=within_s) as line:
            yield line
        return
    with socket.create_connection(at, timeout=within_s) as line:
        yield line


def another_certificate(*, known: bool) -> Conflict:
    """What answers shows a certificate that nobody confirmed."""
    if known:
        return Conflict(
            "カメラの証明書が、確かめたものと違います。何も送りませんでした。",
            "The camera shows another certificate than the one confirmed. Nothing was sent to it.",
            mend_ja="機器を替えたり初期化したりした覚えがあれば、「回線からカメラを探す」で指紋を"
            "確かめ直してください。なければ、管理責任者に知らせてください。",
            mend_en="If it was replaced or reset, compare its fingerprint anew on the page that "
            "looks for cameras. If not, tell the person in charge.",
        )
    return Conflict(
        "このカメラの証明書を、まだ誰も確かめていません。",
        "Nobody has confirmed the certificate of this camera yet.",
        mend_ja="示された指紋を機器の画面と見比べて、同じなら読み出してください。",
        mend_en="Compare the fingerprint shown with the device's own page, then read it.",
    )

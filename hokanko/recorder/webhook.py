"""A message to another program: JSON by POST, signed as Standard Webhooks 1.0 says."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import secrets
import socket
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from hokanko import clock
from hokanko.errors import Conflict, Unavailable
from hokanko.formats.canon import JSON

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32
WAIT_S: Final = 10.0


def new_secret() -> str:
    """What both sides know, as the specification writes it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, name: str, at_s: int, body: bytes) -> str:
    """The `webhook-signature`: HMAC-SHA256 over id, time and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.digest(key, f"{name}.{at_s}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(digest).decode()


def insist_hook(url: str) -> None:
    """Raises Conflict for an address to which nothing is posted: https, or http close by."""
    try:
        parts = urlsplit(url)
        fits = parts.hostname and parts.port != 0 and not parts.username
    except ValueError:
        fits = None
        parts = urlsplit("")
    if not fits or parts.scheme not in ("https", "http") or not url.isascii() or " " in url:
        raise _no_hook()


def post(url: str, secret: str, name: str, what: JSON) -> None:
    """Send it once; redirections are not followed. Raises Unavailable when it was not taken."""
    parts = urlsplit(url)
    body = json.dumps(what, ensure_ascii=False).encode()
    at_s = int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(at_s),
        "webhook-signature": sign(secret, name, at_s, body),
    }
    host, port = parts.hostname or "", parts.port
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        if parts.scheme == "http":
            line = HTTPConnection(_close_by(host), port, timeout=WAIT_S)
        else:
            line = HTTPSConnection(host, port, timeout=WAIT_S)
        try:
            line.request("POST", path, body, headers | {"Host": parts.netloc})
            status = line.getresponse().status
        finally:
            line.close()
    except (OSError, HTTPException, ValueError) as error:
        raise _untaken(type(error).__name__) from error
    if not 200 <= status < 300:
        raise _untaken(f"HTTP {status}")


def _close_by(host: str) -> str:
    """An address of one's own network: elsewhere, unencrypted, anybody could read along."""
    found = str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
    address = ipaddress.ip_address(found)
    if not address.is_private or address.is_link_local:
        raise ValueError(host)
    return found


def _no_hook() -> Conflict:
    return Conflict(
        "知らせる先のアドレスとして使えません。",
        "Nothing can be sent to this address.",
        mend_ja="https:// で始まるもの、又は同じ回線の中の http:// で始まるものを入れてください。",
        mend_en="Enter one that begins with https://, or with http:// in your own network.",
    )


def _untaken(why: str) -> Unavailable:
    return Unavailable(f"受け取られませんでした（{why}）。", f"It was not taken ({why}).")

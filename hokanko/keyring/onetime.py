"""One-time codes of an authenticator app: HOTP (RFC 4226) counted by the clock, TOTP (RFC 6238)."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from datetime import datetime
from urllib.parse import quote, urlencode

SECRET_BYTES = 20  # as long as the hash, RFC 4226 R6
STEP_S, DIGITS = 30, 6  # the only ones that every app reads, whatever its address says
SLACK = 1  # steps that a phone's clock may be off, either way (RFC 6238 section 5.2)
ISSUER = "Hokanko"  # ASCII: readers of two-dimensional codes disagree about other letters


def new_secret() -> bytes:
    """What the app and the home share from now on."""
    return secrets.token_bytes(SECRET_BYTES)


def hotp(secret: bytes, counter: int, *, digits: int = DIGITS) -> str:
    """The code of one counter (RFC 4226 section 5.3)."""
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), "sha1")  # what the apps compute
    at = mac[-1] & 0x0F
    number = int.from_bytes(mac[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_of(moment: datetime) -> int:
    """The counter of TOTP at an aware moment."""
    return int(moment.timestamp()) // STEP_S


def accepted(secret: bytes, typed: str, moment: datetime, *, after: int) -> int | None:
    """The step whose code was typed, near this moment and later than `after`; None for no such.

    A code counts once: whoever read it over a shoulder comes too late (RFC 6238 section 5.2).
    """
    now, found = step_of(moment), None
    for step in range(now - SLACK, now + SLACK + 1):
        same = hmac.compare_digest(hotp(secret, step).encode(), typed.encode())
        if same and step > after:
            found = step
    return found


def spelled(secret: bytes) -> str:
    """The secret as it is typed into an app that cannot scan (Base32)."""
    return b32encode(secret).decode().rstrip("=")


def address(secret: bytes, account: str) -> str:
    """The `otpauth:` address inside the code that an app scans. Never a link, and in no log."""
    asked = urlencode({"secret": spelled(secret), "issuer": ISSUER})
    return f"otpauth://totp/{ISSUER}:{quote(account)}?{asked}"

"""ONVIF's envelopes: SOAP 1.2 with a WS-Security digest, and answers that nobody has to trust."""

from __future__ import annotations

import base64
import hashlib
import os
from datetime import UTC, datetime
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from hokanko.cameras.nearby import odd_answer

ENVELOPE = "http://www.w3.org/2003/05/soap-envelope"
DEVICE = "http://www.onvif.org/ver10/device/wsdl"
MEDIA = "http://www.onvif.org/ver10/media/wsdl"
MEDIA2 = "http://www.onvif.org/ver20/media/wsdl"
SCHEMA = "http://www.onvif.org/ver10/schema"
NAMES = {
    "s": ENVELOPE,
    "d": DEVICE,
    "m": MEDIA,
    "m2": MEDIA2,
    "t": SCHEMA,
    "wsd": "http://schemas.xmlsoap.org/ws/2005/04/discovery",
}
OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
DENIED = ("NotAuthorized", "FailedAuthentication")


def envelope(body: str, head: str = "") -> bytes:
    """A message as bytes; both parts are XML already."""
    header = f"<s:Header>{head}</s:Header>" if head else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<s:Envelope xmlns:s="{ENVELOPE}">{header}<s:Body>{body}</s:Body></s:Envelope>'
    ).encode()


def token(user: str, password: str, at: datetime) -> str:
    """The security header (OASIS UsernameToken Profile 1.0), made at the device's own time."""
    nonce, created = os.urandom(16), at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    mixed = nonce + created.encode() + password.encode()
    digest = hashlib.sha1(mixed, usedforsecurity=False).digest()
    kind = f"{OASIS}username-token-profile-1.0#PasswordDigest"
    encoding = f"{OASIS}soap-message-security-1.0#Base64Binary"
    return (
        f'<w:Security s:mustUnderstand="1" xmlns:w="{OASIS}wssecurity-secext-1.0.xsd" '
        f'xmlns:u="{OASIS}wssecurity-utility-1.0.xsd"><w:UsernameToken>'
        f"<w:Username>{escape(user)}</w:Username>"
        f'<w:Password Type="{kind}">{_b64(digest)}</w:Password>'
        f'<w:Nonce EncodingType="{encoding}">{_b64(nonce)}</w:Nonce>'
        f"<u:Created>{created}</u:Created></w:UsernameToken></w:Security>"
    )


def read(message: bytes) -> ET.Element:
    """An answer as a tree: UTF-8, and no document type, so that no entity is ever made.

    Raises Conflict for anything else.
    """
    try:
        text = message.decode("utf-8-sig")
        if "<!DOCTYPE" in text:
            raise odd_answer()
        return ET.fromstring(text)  # noqa: S314 no document type, no entities, and its size is capped
    except (ET.ParseError, ValueError) as broken:
        raise odd_answer() from broken


def is_denied(answer: ET.Element) -> bool:
    """Whether the answer is a fault about who asks."""
    fault = answer.find(".//s:Fault", NAMES)
    return fault is not None and any(word in _text(fault) for word in DENIED)


def fault(answer: ET.Element) -> str | None:
    """The words with which the answer says no; None where it does not."""
    if answer.find(".//s:Fault", NAMES) is None:
        return None
    return word(answer, ".//s:Fault/s:Reason/s:Text")


def moment(answer: ET.Element) -> datetime:
    """The time that a device tells. Raises Conflict where it is none."""
    at = answer.find(".//t:UTCDateTime", NAMES)
    if at is None:
        raise odd_answer()
    names = ["Date/t:Year", "Date/t:Month", "Date/t:Day", "Time/t:Hour", "Time/t:Minute"]
    try:
        year, month, day, hour, minute = (int(word(at, f"t:{name}")) for name in names)
        second = min(int(word(at, "t:Time/t:Second")), 59)  # not a leap second
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (ValueError, OverflowError) as odd:
        raise odd_answer() from odd


def word(answer: ET.Element, path: str) -> str:
    """The text at a path, or nothing."""
    return (answer.findtext(path, "", NAMES) or "").strip()


def _text(element: ET.Element) -> str:
    return "".join(element.itertext())


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()

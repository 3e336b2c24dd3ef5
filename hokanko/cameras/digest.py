"""Proving a password without sending it: HTTP Digest (RFC 7616, RFC 2617), which RTSP uses too."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable
from urllib.request import parse_http_list, parse_keqv_list

HASHES = {"MD5": "md5", "SHA-256": "sha256"}
FORBIDDEN = frozenset('"\\\r\n')


def proof(asks: Iterable[str], method: str, uri: str, user: str, password: str) -> str | None:
    """The Authorization header for the challenges of a device; None where none can be answered.

    Basic, which sends the password as it is, is answered only where nothing better is offered.
    """
    if FORBIDDEN & {*user, *uri}:
        return None
    basic = False
    for challenge in asks:
        scheme, _, rest = challenge.strip().partition(" ")
        basic = basic or scheme.lower() == "basic"
        if scheme.lower() == "digest" and (said := _fields(rest)):
            answer = _digest(said, method, uri, (user, password))
            if answer:
                return answer
    if basic:
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    return None


def _fields(rest: str) -> dict[str, str]:
    try:
        return {name.lower(): text for name, text in parse_keqv_list(parse_http_list(rest)).items()}
    except (ValueError, IndexError):
        return {}


def _digest(said: dict[str, str], method: str, uri: str, who: tuple[str, str]) -> str | None:
    name = HASHES.get(said.get("algorithm", "MD5").upper())
    realm, nonce = said.get("realm", ""), said.get("nonce", "")
    if name is None or FORBIDDEN & {*realm, *nonce, *said.get("opaque", "")}:
        return None

    def of(text: str) -> str:
        return hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()

    user, password = who
    one, two = of(f"{user}:{realm}:{password}"), of(f"{method}:{uri}")
    told = {"username": user, "realm": realm, "nonce": nonce, "uri": uri}
    ways = [way.strip() for way in said.get("qop", "").split(",")]
    if "auth" in ways:
        own = os.urandom(8).hex()
        told |= {"cnonce": own, "response": of(f"{one}:{nonce}:00000001:{own}:auth:{two}")}
    elif ways == [""]:
        told["response"] = of(f"{one}:{nonce}:{two}")
    else:
        return None
    if "opaque" in said:
        told["opaque"] = said["opaque"]
    words = [f'{key}="{text}"' for key, text in told.items()]
    words += ["qop=auth", "nc=00000001"] if "auth" in ways else []
    words += [f"algorithm={said['algorithm']}"] if "algorithm" in said else []
    return "Digest " + ", ".join(words)

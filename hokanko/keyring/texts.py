"""Personal texts at rest: short strings sealed under a standing secret of the keyring."""

from __future__ import annotations

import hmac

from hokanko.keyring.keys import keyring
from hokanko.keyring.root import AesWrapping


def seal_text(plain: bytes, context: str) -> bytes:
    """Seal a personal text; `context` says where it stands and must be given again."""
    return AesWrapping(keyring().standing("texts")).wrap(plain, context.encode())


def open_text(sealed: bytes, context: str) -> bytes:
    """The text again. Raises Unsound when altered or moved elsewhere."""
    return AesWrapping(keyring().standing("texts")).unwrap(sealed, context.encode())


def mac(purpose: str, message: str) -> str:
    """A keyed digest (hex) for tickets and cookies of one purpose."""
    return hmac.digest(keyring().standing(purpose), message.encode(), "sha256").hex()

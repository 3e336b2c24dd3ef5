"""Personal texts at rest: short strings sealed under a standing secret of the keyring."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import TypeAlias

from hokanko.keyring.keys import keyring
from hokanko.keyring.root import AesWrapping

Seal: TypeAlias = Callable[[bytes, str], bytes]
Unseal: TypeAlias = Callable[[bytes, str], bytes]


def sealer() -> Seal:
    """What seals personal texts; `context` says where one stands and must be given again."""
    wrap = AesWrapping(keyring().standing("texts")).wrap
    return lambda plain, context: wrap(plain, context.encode())


def open_text(sealed: bytes, context: str) -> bytes:
    """The text again. Raises Unsound when altered or moved elsewhere."""
    return opener()(sealed, context)


def opener() -> Unseal:
    """`open_text` for many texts at once: the keyring is asked only now."""
    unwrap = AesWrapping(keyring().standing("texts")).unwrap
    return lambda sealed, context: unwrap(sealed, context.encode())


def mac(purpose: str, message: str) -> str:
    """A keyed digest (hex) for tickets and cookies of one purpose."""
    return hmac.digest(keyring().standing(purpose), message.encode(), "sha256").hex()

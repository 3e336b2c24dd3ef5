"""A password typed on a form that is shown once more: sealed into the page, not typed again."""

from __future__ import annotations

import base64
import binascii

from hokanko.errors import Unsound
from hokanko.keyring.texts import open_text, sealer


def sealed_for_page(password: str, place: str) -> str:
    """What a hidden field may hold; `place` binds it to the form, the device and the user."""
    sealed = sealer()(password.encode(), place) if password else b""
    return base64.b64encode(sealed).decode()


def from_page(held: str, place: str) -> str:
    """The password again; nothing for what was sealed for another place, or is none."""
    try:
        sealed = base64.b64decode(held, validate=True)
        return open_text(sealed, place).decode() if sealed else ""
    except (binascii.Error, Unsound, ValueError):
        return ""

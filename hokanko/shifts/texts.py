"""The personal texts of a shift, sealed: what an officer writes, and who manages a place."""

from __future__ import annotations

from uuid import UUID

from hokanko.keyring.texts import open_text, sealer


def seal(kind: str, pk: UUID, text: str) -> bytes:
    """A text of one row, bound to it; nothing for an empty one."""
    return sealer()(text.encode(), f"{kind}/{pk}") if text else b""


def read(kind: str, pk: UUID, sealed: bytes | memoryview) -> str:
    """The text again. Raises Unsound for one that was altered."""
    return open_text(bytes(sealed), f"{kind}/{pk}").decode() if sealed else ""

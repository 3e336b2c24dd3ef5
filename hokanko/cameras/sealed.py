"""Pictures of places and signs at rest: sealed, since people may be seen in them."""

from __future__ import annotations

from hokanko.keyring.texts import open_text, sealer
from hokanko.media.redraw import Picture


def seal(picture: Picture, place: str) -> bytes:
    """The picture as its row keeps it; `place` says which row and column, like "sign:id/photo"."""
    return sealer()(picture.body, place)


def unseal(kept: bytes | memoryview, place: str) -> bytes:
    """The picture again. Raises Unsound when altered or moved elsewhere."""
    return open_text(bytes(kept), place)

"""One place where the keyring is kept: a sealed file, and the root that opens it.

The file is one JSON line (what it is, generation, revision) and the ring sealed under that
generation of the root, the line being its associated data. Steps of a change, in this order:
make the new root · write the file (the commit) · destroy the old root. After a crash between any
two of them, `tidy` finishes: the file names the one generation that may live.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from hokanko.errors import Unavailable, Unsound
from hokanko.keyring.disk import write
from hokanko.keyring.ring import Ring, decode, encode
from hokanko.keyring.root import RootHolder

FILE = "keyring"


@dataclass(frozen=True, slots=True)
class Place:
    """A directory with the sealed keyring, and the holder of its root."""

    name: str
    folder: Path
    holder: RootHolder

    @property
    def path(self) -> Path:
        return self.folder / FILE

    def load(self) -> Ring:
        """The ring kept here. Raises Unavailable (nothing here, no root) or Unsound (altered)."""
        try:
            head, sealed = self.path.read_bytes().split(b"\n", 1)
        except FileNotFoundError as gone:
            raise Unavailable(
                f"鍵束が {self.folder} にありません。",
                f"There is no keyring in {self.folder}.",
                mend_ja="媒体をつなぐか、二つ目の保管場所から hokanko doctor で写してください。",
                mend_en="Attach the medium, or copy it from the second place (hokanko doctor).",
            ) from gone
        except ValueError as cut:
            raise Unsound("鍵束のファイルが壊れています。", "The keyring file is damaged.") from cut
        generation = self._generation(head)
        return decode(self.holder.wrapping(generation).unwrap(sealed, head))

    def save(self, ring: Ring) -> None:
        """Keep this ring here; where its generation is new, the older root dies."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        old = self._generation_kept()
        self.holder.make(ring.generation)
        head = json.dumps(
            {"keyring": 1, "generation": ring.generation, "revision": ring.revision}
        ).encode()
        sealed = self.holder.wrapping(ring.generation).wrap(encode(ring), head)
        write(self.path, head + b"\n" + sealed)
        if old is not None and old != ring.generation:
            self.holder.destroy(old)

    def tidy(self) -> None:
        """Finish what a crash left: no generation beside the one in force may live."""
        generation = self._generation_kept()
        if generation is not None:
            self.holder.destroy(generation - 1)
            self.holder.destroy(generation + 1)

    def _generation_kept(self) -> int | None:
        try:
            with self.path.open("rb") as file:
                return self._generation(file.readline().rstrip(b"\n"))
        except FileNotFoundError:
            return None

    @staticmethod
    def _generation(head: bytes) -> int:
        try:
            return int(json.loads(head)["generation"])
        except (ValueError, KeyError, TypeError) as bad:
            raise Unsound("鍵束のファイルが壊れています。", "The keyring file is damaged.") from bad

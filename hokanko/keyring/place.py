"""One place where the keyring is kept: a sealed file, and the root that opens it.

The file is one JSON line (what it is, generation, revision) and the ring sealed under that
generation of the root, the line being its associated data. Steps of a change, in this order:
make the new root · write the file (the commit) · destroy every other root. After a crash between
any two of them, `tidy` finishes: the file names the one generation that may live.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from hokanko.errors import Unavailable, Unsound
from hokanko.keyring.disk import make_folder, write
from hokanko.keyring.ring import Ring, decode, encode
from hokanko.keyring.root import RootHolder

FILE = "keyring"


@dataclass(frozen=True, slots=True)
class Place:
    """A directory with the sealed keyring, and the holder of its root.

    A removable place has a `mark` elsewhere, written when it is first filled. With it, an empty
    mount point is known for what it is: filling it would leave the old keys alive on the medium.
    """

    name: str
    folder: Path
    holder: RootHolder
    mark: Path | None = None

    @property
    def path(self) -> Path:
        return self.folder / FILE

    def load(self) -> Ring:
        """The ring kept here. Raises Unavailable (nothing here, no root) or Unsound (altered)."""
        return decode(self._opened())

    def _opened(self) -> bytes:
        try:
            head, sealed = self.path.read_bytes().split(b"\n", 1)
        except FileNotFoundError as gone:
            raise self._away() from gone
        except ValueError as cut:
            raise self._explain(_damaged()) from cut
        try:
            return self.holder.wrapping(_generation(head)).unwrap(sealed, head)
        except Unsound as altered:
            self._explain(altered)
            raise

    def save(self, ring: Ring) -> None:
        """Keep this ring here; every generation of the root but its own dies.

        Raises Unavailable while the medium is away, and Unsound rather than write over a keyring
        that does not open: it may be another home's, or all that is left.
        """
        self._require_ours()
        make_folder(self.folder)
        self.holder.make(ring.generation)
        head = json.dumps(
            {"keyring": 1, "generation": ring.generation, "revision": ring.revision}
        ).encode()
        sealed = self.holder.wrapping(ring.generation).wrap(encode(ring), head)
        write(self.path, head + b"\n" + sealed)
        if self.mark is not None and not self._filled_before():
            write(self.mark, str(self.folder).encode())
        self.holder.keep_only(ring.generation)

    def tidy(self) -> None:
        """Finish what a crash left: only the generation that the file names may live."""
        if self.path.exists():
            self.holder.keep_only(_generation(self.path.read_bytes().split(b"\n", 1)[0]))

    def _require_ours(self) -> None:
        if self.path.exists():
            try:
                self._opened()
            except Unavailable:  # its root is gone: it gets a new one
                return
        elif self._filled_before() or (self.mark is not None and not self.folder.parent.is_dir()):
            raise self._away()

    def _filled_before(self) -> bool:
        mark = self.mark
        return mark is not None and mark.exists() and mark.read_text() == str(self.folder)

    def _explain(self, damage: Unsound) -> Unsound:
        """The same, with what to do where nothing is said yet: another place may have it all."""
        first = f"、{self.mark} を消し" if self.mark else ""
        also = f" and remove {self.mark}" if self.mark else ""
        damage.mend_ja = damage.mend_ja or (
            f"もう一つの保管場所があれば、{self.path} をよけ{first}、"
            "hokanko fsck --repair を実行してください（そこから写します）。"
        )
        damage.mend_en = damage.mend_en or (
            f"With a second place: move {self.path} aside{also}, then run hokanko fsck --repair: "
            "it is copied from there."
        )
        return damage

    def _away(self) -> Unavailable:
        return Unavailable(
            f"鍵束が {self.folder} にありません。",
            f"There is no keyring in {self.folder}.",
            mend_ja=f"媒体をつないでください。新しい媒体に替えたときは、{self.mark} を消してから "
            "hokanko fsck --repair を実行します（もう一つの保管場所から写します）。"
            if self.mark
            else "もう一つの保管場所をつなげば、起動時にここへ写します。",
            mend_en=f"Attach the medium. Where it was replaced by a new one, remove {self.mark}, "
            "then run hokanko fsck --repair: it is copied from the other place."
            if self.mark
            else "Attach the other place: it is copied here at the next start.",
        )


def _generation(head: bytes) -> int:
    try:
        return int(json.loads(head)["generation"])
    except (ValueError, KeyError, TypeError) as bad:
        raise _damaged() from bad


def _damaged() -> Unsound:
    return Unsound(
        "鍵束のファイルが壊れています。",
        "The keyring file is damaged.",
    )

"""The signed heads of the ledger, each compared with the tree as it grows to that size."""

from __future__ import annotations

from collections.abc import Iterator

from hokanko.errors import Unsound
from hokanko.formats import note
from hokanko.formats.merkle import Frontier
from hokanko.keyring import keys
from hokanko.ledger.files import differs
from hokanko.ledger.lines import Problem
from hokanko.ledger.models import Checkpoint
from hokanko.ledger.publish import signing_key


class Heads:
    """What was signed, in order of size: `meet` after every line, `end` after the last.

    The heads are asked for before the lines, so that a head signed meanwhile is not missed lines.
    """

    def __init__(self) -> None:
        self.vkey = signing_key().vkey
        self._published, self._broken = self._published_head()  # first: no older than the database
        self.size = self._published.size if self._published else 0
        self.newest = Checkpoint.objects.order_by("-size").first()
        self._heads = Checkpoint.objects.order_by("size").iterator()
        self._due = next(self._heads, None)

    def meet(self, tree: Frontier) -> Iterator[Problem]:
        """What is wrong with the heads of a tree of just this size."""
        if self._due is not None and self._due.size == tree.size:
            yield from self._head(self._due, tree)
            self._due = next(self._heads, None)
        if self._published is not None and self._published.size == tree.size:
            if self._published.root != tree.root() or not _is_signed(tree.size):
                yield _differs(tree.size)
            self._published = None

    def end(self, tree: Frontier) -> Iterator[Problem]:
        """What is wrong when no further line comes."""
        yield from self._broken
        if self._published is not None:
            yield _differs(self._published.size)
        if self._due is None and tree.size and not _is_signed(tree.size):
            yield Problem(
                "unsigned",
                tree.size,
                "署名のない行が足されています。",
                "Lines were added that no checkpoint covers.",
            )
        while self._due is not None:
            yield Problem(
                "lost",
                self._due.size,
                f"署名された{self._due.size}行のうち一部がありません。",
                f"Some of the {self._due.size} signed lines are gone.",
            )
            self._due = next(self._heads, None)

    def _head(self, head: Checkpoint, tree: Frontier) -> Iterator[Problem]:
        try:
            said = note.open_checkpoint(head.note, [self.vkey])
        except Unsound as error:
            yield Problem("signature", head.size, f"署名が正しくありません: {error.ja}", error.en)
            return
        # The next head would grow from the columns, so they must say what was signed.
        kept = (head.size, bytes(head.root), bytes(head.frontier))
        if kept != (said.size, said.root, b"".join(tree.hashes)) or said.root != tree.root():
            yield Problem(
                "root",
                head.size,
                f"{head.size}行目までの要約値が署名と違います。",
                f"The root at {head.size} lines differs from the signed one.",
            )

    def _published_head(self) -> tuple[note.Checkpoint | None, list[Problem]]:
        """What stands published on disk; nothing when nothing is."""
        folder = keys.home().ledger
        try:
            head = note.open_checkpoint((folder / "checkpoint").read_bytes().decode(), [self.vkey])
        except FileNotFoundError:
            return None, []
        except (Unsound, UnicodeDecodeError) as error:
            ja, en = f"公表済みの台帳の頭を読めません: {error}", f"Published head: {error}"
            return None, [Problem("published", None, ja, en)]
        key = folder / "vkey"
        known = key.exists() and key.read_bytes() == f"{self.vkey}\n".encode()
        return head, [] if known else [differs(key.name)]


def _is_signed(size: int) -> bool:
    return Checkpoint.objects.filter(size=size).exists()


def _differs(size: int) -> Problem:
    return Problem(
        "published",
        size,
        "公表済みの台帳の頭と、データベースが違います。",
        "The published head and the database differ.",
    )

"""The proof of one line, and the check of the whole ledger."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.errors import Missing
from hokanko.formats.merkle import Frontier
from hokanko.formats.proof import Proof
from hokanko.formats.tiles import TileTree
from hokanko.keyring import keys
from hokanko.ledger.heads import Heads
from hokanko.ledger.lines import Problem, checked
from hokanko.ledger.models import Checkpoint, Entry


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of the whole ledger found."""

    size: int
    root: str
    checkpoint: str
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        return not self.problems


def proof_of(entry_id: int) -> Proof:
    """The proof that a line stands in the newest published tree. Raises Missing."""
    entry = Entry.objects.filter(pk=entry_id).first()
    head = Checkpoint.objects.order_by("-size").first()
    if entry is None or entry.place is None or head is None or entry.place >= head.size:
        raise Missing(
            "この行は、まだ署名済みの台帳に入っていません。",
            "This line is not under a signed checkpoint yet.",
            mend_ja="一秒ほど待って、もう一度お試しください。",
            mend_en="Wait a second and try again.",
        )
    folder = keys.home().ledger
    tree = TileTree(lambda path: (folder / path).read_bytes(), head.size)
    return Proof(entry.place, tuple(tree.inclusion(entry.place)), head.note)


def check() -> Verdict:
    """Verify every line, place and checkpoint, and the copy on disk, from the database alone.

    The tree is followed by its right edge: a long ledger needs no more memory than a short one.
    """
    heads, tree, problems = Heads(), Frontier(), list[Problem]()
    for line in checked(Entry.objects.exclude(place=None).order_by("place")):
        if line.place != tree.size:
            gap = f"{tree.size}行目がありません。", f"Line {tree.size} is missing."
            problems.append(Problem("gap", line.place, *gap))
        tree.append(line.leaf)
        problems += [*line.problems, *heads.meet(tree)]
    problems += heads.end(tree)
    for line in checked(Entry.objects.filter(place=None).order_by("id")):
        problems += line.problems
    return Verdict(
        size=tree.size,
        root=tree.root().hex(),
        checkpoint=heads.newest.note if heads.newest else "",
        problems=tuple(problems),
    )

"""The proof of one line, and the check of the whole ledger."""

from __future__ import annotations

from dataclasses import dataclass

from hokanko.errors import Missing, Unsound
from hokanko.formats.merkle import Frontier
from hokanko.formats.proof import Proof, verify_proof
from hokanko.formats.tiles import TileTree
from hokanko.keyring import keys
from hokanko.ledger.files import COPY, Files
from hokanko.ledger.heads import Heads
from hokanko.ledger.lines import Problem, checked
from hokanko.ledger.models import Checkpoint, Entry
from hokanko.ledger.publish import signing_key


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
    """The proof that a line stands in the newest published tree. Raises Missing, and Unsound
    where the published files do not prove it."""
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
    try:
        proof = Proof(entry.place, tuple(tree.inclusion(entry.place)), head.note)
        verify_proof(proof, bytes(entry.body), [signing_key().vkey])
    except (Unsound, FileNotFoundError) as damaged:
        raise Unsound(
            "公表用の台帳のファイルが、失われたか壊れています。証明を作れません。",
            "The published files of the ledger are lost or damaged: no proof can be made.",
            mend_ja="hokanko fsck --repair で、データベースから書き直してください。",
            mend_en="Write them again from the database: hokanko fsck --repair.",
        ) from damaged
    return proof


def check() -> Verdict:
    """Verify every line, place and checkpoint, and the copy on disk, from the database alone.

    The tree is followed by its right edge: a long ledger needs no more memory than a short one.
    """
    heads, tree, problems = Heads(), Frontier(), list[Problem]()
    files = Files(keys.home().ledger, heads.size)
    for line in checked(Entry.objects.exclude(place=None).order_by("place")):
        if line.place != tree.size:
            gap = f"{tree.size}行目がありません。", f"Line {tree.size} is missing."
            problems.append(Problem("gap", line.place, *gap))
        tree.append(line.leaf)
        problems += [*line.problems, *heads.meet(tree), *files.meet(line.leaf)]
    problems += heads.end(tree)
    for line in checked(Entry.objects.filter(place=None).order_by("id")):
        problems += line.problems
    return Verdict(
        size=tree.size,
        root=tree.root().hex(),
        checkpoint=heads.newest.note if heads.newest else "",
        problems=_weighed(problems),
    )


def _weighed(problems: list[Problem]) -> tuple[Problem, ...]:
    """Published files are held against the database only where that itself is as it was signed."""
    known = [problem for problem in problems if problem.kind != COPY]
    trusted = all(problem.kind == "unsigned" for problem in known)
    return tuple(problems if trusted else known)

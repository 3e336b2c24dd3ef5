"""The proof of one line, and the check of the whole ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hokanko.errors import HokankoError, Missing, Unsound
from hokanko.formats import canon, merkle, note
from hokanko.formats.proof import Proof
from hokanko.formats.tiles import TileTree
from hokanko.keyring import keys
from hokanko.keyring.texts import open_text
from hokanko.ledger.append import commitment
from hokanko.ledger.models import Checkpoint, Entry
from hokanko.ledger.publish import signing_key


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold, for a person: what, and where."""

    kind: str
    index: int | None
    ja: str
    en: str


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
    """Verify every line, place and checkpoint, and the copy on disk, from the database alone."""
    problems: list[Problem] = []
    leaves: list[bytes] = []
    lines = Entry.objects.exclude(place=None).order_by("place")
    for row in lines.values_list("place", "body", "leaf", "kind", "org", "about").iterator(10_000):
        leaves.append(leaf := merkle.leaf_hash(bytes(row[1])))
        problems += _line(row, leaf, len(leaves) - 1)
    problems += _checkpoints(leaves)
    problems += _openings()
    head = Checkpoint.objects.order_by("-size").first()
    return Verdict(
        size=len(leaves),
        root=merkle.root(leaves).hex(),
        checkpoint=head.note if head else "",
        problems=tuple(problems),
    )


def _line(row: tuple[int, bytes, bytes, str, str, str], leaf: bytes, due: int) -> list[Problem]:
    place, body, kept, kind, org, about = row
    if place != due:
        return [Problem("gap", place, f"{due}行目がありません。", f"Line {due} is missing.")]
    if leaf != bytes(kept):
        return [
            Problem(
                "changed", place, f"{place}行目が改変されています。", f"Line {place} was changed."
            )
        ]
    try:
        said = canon.decode(bytes(body))
    except HokankoError:
        return [
            Problem("changed", place, f"{place}行目を読めません。", f"Line {place} is unreadable.")
        ]
    if not isinstance(said, dict) or [said["kind"], said["org"], said["about"]] != [
        kind,
        org,
        about,
    ]:
        return [
            Problem(
                "column",
                place,
                f"{place}行目の索引が本文と違います。",
                f"The columns of line {place} differ from its body.",
            )
        ]
    return []


def _checkpoints(leaves: list[bytes]) -> Iterator[Problem]:
    """Every signed head must be the head of what the database holds now."""
    frontier = merkle.Frontier()
    heads = {head.size: head for head in Checkpoint.objects.all()}
    for leaf in leaves:
        frontier.append(leaf)
        if frontier.size in heads:
            yield from _head(heads.pop(frontier.size).note, frontier.root())
    for size in sorted(heads):
        yield Problem(
            "lost",
            size,
            f"署名された{size}行のうち一部がありません。",
            f"Some of the {size} signed lines are gone.",
        )
    if not heads and Checkpoint.objects.filter(size=len(leaves)).count() == 0 and leaves:
        yield Problem(
            "unsigned",
            len(leaves),
            "署名のない行が足されています。",
            "Lines were added that no checkpoint covers.",
        )
    yield from _published(leaves)


def _published(leaves: list[bytes]) -> Iterator[Problem]:
    path = keys.home().ledger / "checkpoint"
    if not path.exists():
        return
    try:
        said = note.open_checkpoint(path.read_bytes().decode(), [signing_key().vkey])
    except Unsound as error:
        yield Problem("published", None, f"公表済みの台帳の頭を読めません: {error.ja}", error.en)
        return
    if said.size > len(leaves) or merkle.root(leaves[: said.size]) != said.root:
        yield Problem(
            "published",
            said.size,
            "公表済みの台帳の頭と、データベースが違います。",
            "The published head and the database differ.",
        )


def _head(signed: str, root: bytes) -> Iterator[Problem]:
    try:
        said = note.open_checkpoint(signed, [signing_key().vkey])
    except Unsound as error:
        yield Problem("signature", None, f"署名が正しくありません: {error.ja}", error.en)
        return
    if said.root != root:
        yield Problem(
            "root",
            said.size,
            f"{said.size}行目までの要約値が署名と違います。",
            f"The root at {said.size} lines differs from the signed one.",
        )


def _openings() -> Iterator[Problem]:
    """What is still open must match what the line committed to."""
    rows = Entry.objects.filter(openings__isnull=False).values_list(
        "place", "body", "leaf", "openings__field", "openings__salt", "openings__sealed"
    )
    for place, body, leaf, field, salt, sealed in rows.iterator(10_000):
        said = canon.decode(bytes(body))
        kept = said["by"]["person"] if field == "person" else said["private"].get(field)  # type: ignore[index, call-overload, union-attr]
        try:
            text = open_text(bytes(sealed), f"{bytes(leaf).hex()}/{field}").decode()
        except Unsound:
            text = None
        if text is None or commitment(bytes(salt), text) != kept:
            yield Problem(
                "opening",
                place,
                f"{place}行目の個人欄（{field}）が合いません。",
                f"The personal field {field} of line {place} does not match.",
            )

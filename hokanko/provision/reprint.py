"""The papers of a provision printed again later, from what the ledger says was handed over."""

from __future__ import annotations

from collections.abc import Iterator

from hokanko.errors import Conflict, Missing
from hokanko.footage.models import Footage
from hokanko.formats.package import Handed, MediaFile
from hokanko.ledger import read
from hokanko.provision import papers
from hokanko.provision.clips import clip_entry, clips_of
from hokanko.provision.columns import was_shown
from hokanko.provision.form import MEDIUM, STILL
from hokanko.provision.models import Provision
from hokanko.provision.queries import thing
from hokanko.provision.recorded_at import recorder_clock
from hokanko.provision.taker import Taker, to_outsiders


def delivered(provision: Provision) -> set[str]:
    """What was really handed over, of what the form asked for; empty before."""
    acts = [act for act in read.about(thing(provision).name) if act.kind == "provision.handed"]
    if acts:
        return set(acts[-1].facts["delivered"])
    return set(provision.details.get("delivered", []))


def request_paper(provision: Provision) -> bytes:
    """The request form (PDF) as it stands now, with 受理所属記載欄."""
    if to_outsiders(provision.org_id):
        raise Missing("この規程に依頼書の様式はありません。", "This rulebook has no request form.")
    return papers.request_pdf(provision, gave=delivered(provision))


def record_paper(provision: Provision) -> bytes:
    """The provision record (PDF). Raises Conflict before the hand-over, Missing for lost stills."""
    if provision.handed_at is None or provision.handed_by is None:
        raise Conflict("まだ提供していません。", "Nothing has been handed over yet.")
    if to_outsiders(provision.org_id):
        taker = Taker(provision.details.get("taker", ""), recipient=provision.recipient)
        handed = Handed(provision.handed_by.name, taker.label, provision.handed_at)
        media = [] if was_shown(provision) else list(_media(provision))
        return papers.disclosure_pdf(provision, media, handed, provision.medium)
    handed = Handed(provision.handed_by.name, provision.requester.name, provision.handed_at)
    return papers.record_pdf(provision, list(_media(provision)), handed, provision.medium)


def _media(provision: Provision) -> Iterator[MediaFile]:
    gave = delivered(provision)
    clips = {clip.file_id: clip for clip in clips_of(provision)}
    for file in provision.files.select_related("footage").order_by("footage__number"):
        piece = file.footage
        if MEDIUM in gave and file.pk in clips:
            yield clip_entry(clips[file.pk])
        elif MEDIUM in gave:
            yield _file(piece, piece.number, "original", piece.sha256, piece.bytes)
        for still in provision.media.filter(footage=piece).order_by("at_ms", "pk"):
            name = f"{piece.number}_{still.at_ms}"
            yield _file(piece, name, STILL, still.sha256, still.bytes or 0, still.at_ms)


def _file(
    piece: Footage, path: str, role: str, sha256: str, size: int, at_ms: int | None = None
) -> MediaFile:
    return MediaFile(
        path=path,
        number=piece.number,
        role=role,
        sha256=sha256,
        bytes=size,
        created=piece.created,
        captured=piece.captured,
        clock=recorder_clock(piece),
        duration_ms=piece.duration_ms,
        position_ms=at_ms,
    )

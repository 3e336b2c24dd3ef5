"""Everything that goes into the envelope, in the order that lets the proof cover the handing over.

Ask (nothing has left yet) → media into a draft → papers → manifest → the ledger line that commits
to it → signed checkpoint → proof → the package gets its name. A failure leaves no half package;
a crash after the line leaves a request that the ledger calls handed over and a draft without a
name: `fsck` says so, and the unit submits a new request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.formats import package
from hokanko.formats.package import MediaFile, PackageWriter, listed, seal_manifest, version_of
from hokanko.ledger.append import Line
from hokanko.ledger.models import Entry
from hokanko.ledger.prove import proof_of
from hokanko.ledger.publish import publish, signing_key
from hokanko.media.still import picture
from hokanko.papers.still import Numbered
from hokanko.people.models import Person
from hokanko.provision import papers
from hokanko.provision.clips import clip_entry, clip_path, clips_of, insist_ready, sealed_clip
from hokanko.provision.doubting import doubted, read_whole
from hokanko.provision.form import MEDIUM, SHOW, STILL
from hokanko.provision.leaving import hand_over, keep_still, prepare, write_shown
from hokanko.provision.making import make
from hokanko.provision.media import numbers
from hokanko.provision.models import Clip, MaskedStill, Provision, ProvisionFile
from hokanko.provision.recorded_at import recorder_clock
from hokanko.provision.stamping import stamped, to_print
from hokanko.provision.still_masks import areas, image_of, insist_stills_ready, masked_still
from hokanko.provision.taker import Taker, as_taker, taken
from hokanko.rules.actor import Actor
from hokanko.rules.decide import adopted_book
from hokanko.rules.marking import class_mark
from hokanko.vault import cabinet
from hokanko.vault.look import Look
from hokanko.vault.models import SealedObject


@dataclass(frozen=True, slots=True)
class Delivered:
    """The package as it stands, and the index of the ledger line that hands it over."""

    path: Path
    index: int | None


def deliver(
    provision: Provision,
    *,
    hander: Person,
    receiver: Person | Taker,
    delivering: Sequence[str],
    medium: str,
    target: Path,
    protected: str = "",
    by: Actor,
) -> Delivered:
    """Hand over to the requester, or to somebody of the recipient outside the house.

    The package is made at `target` (a folder, or a .zip); `protected`: how others in it are safe.
    Raises Unsound, and nothing leaves, where an original is not what came in.
    """
    taker = as_taker(receiver)
    prepare(provision, taker, delivering, medium, protected, by=by)
    for clip in clips_of(provision) if MEDIUM in delivering else ():
        make(clip, by=by)  # where it is not made yet
        insist_ready(clip)
    if STILL in delivering:
        insist_stills_ready(provision)
    at = clock.now()
    with PackageWriter(target) as box:
        prints: list[Numbered] = []
        media = list(_media(provision, taker, delivering, box, prints, by))
        handed = package.Handed(hander.name, taker.label, at)
        took = taken(taker, delivering, protected)
        documents = papers.for_package(provision, media, handed, medium, taker, took)
        documents |= papers.stills_pdf(provision, prints, at)
        manifest = _manifest(provision, media, handed, documents)
        _, digest = seal_manifest(manifest)
        line = hand_over(
            provision,
            hander,
            taker,
            delivering=delivering,
            medium=medium,
            media=media,
            manifest_sha256=digest,
            at=at,
            protected=protected,
            by=by,
        )
        publish()
        proof = proof_of(line.id)
        entry = bytes(Entry.objects.get(pk=line.id).body)
        box.finish(manifest, documents, entry=entry, proof=proof.text(), vkey=signing_key().vkey)
    return Delivered(target, proof.index)


def show_at_desk(provision: Provision, hander: Person, taker: Taker, *, by: Actor) -> Line:
    """Show it at the desk and give nothing away. Raises Unsound, as `deliver` does."""
    prepare(provision, taker, [SHOW], by=by)
    read_whole(provision)
    return write_shown(provision, hander, taker, by=by)


def _media(
    provision: Provision,
    taker: Taker,
    delivering: Sequence[str],
    box: PackageWriter,
    prints: list[Numbered],
    by: Actor,
) -> Iterator[MediaFile]:
    clips = {clip.file_id: clip for clip in clips_of(provision)}
    chosen = provision.files.select_related("footage__org", "provision__org")
    for file in chosen.order_by("footage__number"):
        with doubted(file.footage):
            yield from _of_one(file, clips.get(file.pk), taker, delivering, box, prints, by)


def _of_one(
    file: ProvisionFile,
    clip: Clip | None,
    taker: Taker,
    delivering: Sequence[str],
    box: PackageWriter,
    prints: list[Numbered],
    by: Actor,
) -> Iterator[MediaFile]:
    provision, original = file.provision, cabinet.original(str(file.footage_id))
    if MEDIUM in delivering and clip is not None:
        with cabinet.opened(sealed_clip(clip)) as reader:
            box.add_media(clip_path(clip), reader.pieces(0, reader.plain_bytes))
        yield clip_entry(clip)
    with cabinet.opened(original) as reader:
        if MEDIUM in delivering and clip is None:
            path = f"media/{file.footage.number}{Path(file.footage.source).suffix.lower()}"
            sha256, size = box.add_media(path, reader.pieces(0, reader.plain_bytes))
            yield _entry(file.footage, path, "original", sha256, size)
        if STILL in delivering:
            called = numbers(provision, delivering)
            for at_ms in file.stills_ms:
                masked = masked_still(file, at_ms)
                if masked is not None:
                    still, image = image_of(masked)
                else:
                    image = picture(Look(reader), at_ms)
                    still = keep_still(
                        provision, file.footage, original, image, at_ms, taker=taker, by=by
                    )
                number = called[file.footage_id, at_ms]
                marked = stamped(provision, file.footage, number, image, at_ms)
                prints.append(to_print(file.footage, number, marked, at_ms, still.sha256))
                yield _still(file.footage, still, masked, prints[-1], at_ms, box)


def _still(
    footage: Footage,
    still: SealedObject,
    masked: MaskedStill | None,
    marked: Numbered,
    at_ms: int,
    box: PackageWriter,
) -> MediaFile:
    """The picture with its number below it; the operation names the picture alone by its hash."""
    path = f"stills/{footage.number}_{at_ms}.png"
    sha256, size = box.add_media(path, iter([marked.picture]))
    below = f"its number {marked.number} in a margin below"
    made = f"{still.operation}: {areas(masked)}" if masked else still.operation
    return _entry(
        footage,
        path,
        "still",
        sha256,
        size,
        parent_sha256=footage.sha256,
        operation=f"{made} (SHA-256 {still.sha256}); {below}",
        position_ms=at_ms,
    )


def _entry(
    footage: Footage, path: str, role: str, sha256: str, size: int, **more: object
) -> MediaFile:
    return MediaFile(
        path=path,
        number=footage.number,
        role=role,
        sha256=sha256,
        bytes=size,
        created=footage.created,
        captured=footage.captured,
        captured_by=footage.captured_by,
        duration_ms=footage.duration_ms,
        seconds=_seconds(footage, role),
        clock=recorder_clock(footage),
        **more,  # type: ignore[arg-type]
    )


def _seconds(footage: Footage, role: str) -> package.Seconds | None:
    """Of a whole file: asked and delivered are its length."""
    if role != "original" or footage.duration_ms is None:
        return None
    whole = footage.duration_ms / 1000
    return package.Seconds(asked=whole, delivered=whole, missing=0.0)


def _manifest(
    provision: Provision,
    media: list[MediaFile],
    handed: package.Handed,
    documents: dict[str, bytes],
) -> package.Manifest:
    book = adopted_book(provision.org_id)
    ground = next(g for g in book.grounds if g.id == provision.ground)
    words = {p.id: p.ja for p in book.purposes}
    return package.Manifest(
        organisation=package.Organisation(provision.org_id, provision.org.name),
        request_number=provision.number,
        requester=provision.recipient or provision.requester.name,
        purposes=tuple(words[p] for p in provision.purposes),
        ground=ground.ja,
        article=book.clause(ground.clause).article,
        decided=package.Decided(
            _name(provision.decided_by), _at(provision.decided_at), provision.night
        ),
        entered=package.Entered(_name(provision.entered_by), _at(provision.entered_at)),
        handed=handed,
        files=tuple(media),
        documents=listed(documents, clips=any(file.cut for file in media)),
        class_mark=class_mark(provision.org_id),
        version=version_of(media),
    )


def _name(person: Person | None) -> str:
    return person.name if person else ""


def _at(moment: datetime | None) -> datetime:
    assert moment is not None, "the steps before have set it"
    return moment.astimezone(clock.TOKYO)

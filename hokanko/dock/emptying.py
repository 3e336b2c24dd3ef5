"""The dock of one unit: each bay is a directory in which a camera's card appears.

A bay is named by the camera in it (its number or serial), or holds a file `SERIAL`. Clips are
taken in one by one; a clip leaves the camera only after its sealed copy was verified. Pulling a
camera out half-way and putting it back loses nothing and files nothing twice. Which clip is about
to leave is noted first: where a crash comes between its leaving and the ledger line, the line is
written when that camera is met again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hokanko.cameras.checkout import bring_back, pull
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import camera as find_camera
from hokanko.cameras.queries import must_be_locked, thing
from hokanko.cameras.sealed import password_of
from hokanko.casebook.actions import open_incident
from hokanko.dock import docking
from hokanko.dock.bays import Bay, Clip, Load, camera_in, occupied, unmark
from hokanko.dock.container import bay_at
from hokanko.errors import HokankoError, Refusal
from hokanko.footage.models import Footage
from hokanko.formats.canon import JSON
from hokanko.formats.names import readable
from hokanko.intake.actions import release
from hokanko.intake.models import Arrival
from hokanko.intake.queries import same_as
from hokanko.intake.receive import receive
from hokanko.intake.sources import digest_of
from hokanko.people.models import Organisation
from hokanko.rules.actor import Actor
from hokanko.rules.decide import may

log = logging.getLogger(__name__)
UNLOCKED = "unlocked"
LONGEST_BAY = 20  # characters of a bay's name that its camera keeps
HOW_JA = (
    "差込口のフォルダー名を登録した番号にするか、製造番号を書いた SERIAL ファイルを置いてください。"
)
HOW_EN = (
    "Name the bay's folder after a registered number, or put a file SERIAL with the serial in it."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one clip in one bay: footage, or the error that stopped it."""

    bay: str
    clip: str
    footage: Footage | None = None
    error: HokankoError | None = None


@dataclass(frozen=True, slots=True)
class Docked:
    """A camera in its bay; `camera` is None for one that is not registered."""

    org: Organisation
    bay: Bay
    named: str
    camera: Camera | None
    loads: list[Load]
    origin: dict[str, JSON]
    by: Actor

    def failed(self, clip: str, error: HokankoError) -> Outcome:
        """The outcome of what went wrong with a clip of this camera."""
        return Outcome(self.bay.path.name, readable(clip), error=error)


def empty_bays(org: Organisation, bays: Path, *, by: Actor) -> Iterator[Outcome]:
    """Take in every clip of every bay. A fault in one bay does not stop the others."""
    there = occupied(bays)
    yield from unplug(org, there, by=by)
    for bay in there:
        yield from empty_bay(org, bay, by=by)


def empty_bay(org: Organisation, path: Path, *, by: Actor) -> Iterator[Outcome]:
    """Take in every clip of one bay."""
    try:
        docked = _look(org, path, by)
        yield from _settle(docked)
        stay, began = docking.come(org, docked.bay, docked.camera, docked.loads)
    except HokankoError as error:
        yield Outcome(path.name, path.name, error=error)
        return
    except OSError as error:  # the card vanished while it was listed
        log.warning("bay %s: %s", path.name, type(error).__name__)
        return
    if began:
        yield from _bring_back(docked)
    if docked.loads:
        yield from _tell_unlocked(docked)
    for load in docked.loads:
        for outcome in _take(docked, load):
            if outcome.error is not None and stay is not None:
                docking.tell_trouble(stay, outcome.error)
            yield outcome


def unplug(org: Organisation, there: Iterable[Path], *, by: Actor) -> Iterator[Outcome]:
    """Note which cameras have left their bays since they were last seen there."""
    for camera in docking.leave(org, [bay.name for bay in there]):
        if may(by, "camera.pull", thing(camera)):
            try:
                pull(camera, by=by)
            except HokankoError as error:
                yield Outcome(camera.bay, camera.number, error=error)


def _bring_back(docked: Docked) -> Iterator[Outcome]:
    """A check-out ends on the charger, where the rules know check-outs (police-7.1.1)."""
    camera, bay = docked.camera, docked.bay.path.name
    if camera is None or not may(docked.by, "camera.return", thing(camera)):
        return
    try:
        bring_back(camera, bay=bay[:LONGEST_BAY], by=docked.by)
    except HokankoError as error:  # one reported lost: what is in it is taken in all the same
        yield docked.failed(bay, error)


def _look(org: Organisation, path: Path, by: Actor) -> Docked:
    named = camera_in(path)
    camera = find_camera(org.pk, named)
    bay = bay_at(path, lambda: password_of(camera) if camera else None)
    loads = bay.loads()
    origin: dict[str, JSON] = {"dock": path.parent.name, "bay": path.name}
    if (offset := docking.measured_offset(path, loads)) is not None:
        origin["clock_offset_s"], origin["clock_by"] = offset
    return Docked(org, bay, named, camera, loads, origin, by)


def _tell_unlocked(docked: Docked) -> Iterator[Outcome]:
    """What can be read without the camera's password opens an incident (police-7.1.1-lock).

    It is taken in all the same: on the camera it would stay as readable as it is.
    """
    camera = docked.camera
    try:
        if camera is None or docked.bay.is_locked() or not must_be_locked(docked.org.pk):
            return
        story = (
            f"カメラ{camera.number}（差込口 {docked.bay.path.name}）の映像データが、"
            "パスワードなしで読める状態で接続された。"
        )
        which = str(camera.pk)
        open_incident(docked.org, fact=UNLOCKED, which=which, story=story, by=docked.by)
    except HokankoError as error:
        yield docked.failed(docked.bay.path.name, error)
    except OSError as error:
        log.warning("bay %s: %s", docked.bay.path.name, type(error).__name__)


def _settle(docked: Docked) -> Iterator[Outcome]:
    """Write down the clips of this camera that have left it without their line."""
    if docked.camera is None:
        return
    for left in Arrival.objects.filter(camera=docked.camera, state="filed").exclude(note=""):
        footage = Footage.objects.filter(pk=left.pk, state="held").first()
        gone = unmark(left.note)
        if footage is not None and not (docked.bay.path / gone).exists():
            try:
                release(footage, docked.bay.path, unlink=_gone_already, by=docked.by)
            except HokankoError as error:
                yield docked.failed(gone, error)


def _gone_already(_bay: Path) -> None:
    """Nothing is left to unlink."""


def _take(docked: Docked, load: Load) -> Iterator[Outcome]:
    """Take in all clips of a load; it leaves the camera if every one of them is safe."""
    safe: list[tuple[Clip, Footage]] = []
    for clip in load.clips:
        try:
            safe.append((clip, _safe(docked, clip)))
        except HokankoError as error:
            yield docked.failed(clip.name, _explained(docked, error))
        except OSError as error:
            yield docked.failed(clip.name, _pulled_out(docked, clip.name, error))
    if len(safe) < len(load.clips):
        return
    try:
        _let_go(docked, load, safe)
    except HokankoError as error:
        yield docked.failed(load.path.name, error)
    except OSError as error:
        yield docked.failed(load.path.name, _pulled_out(docked, load.path.name, error))
    else:
        yield from (Outcome(docked.bay.path.name, c.name, footage=piece) for c, piece in safe)


def _safe(docked: Docked, clip: Clip) -> Footage:
    """The footage of a clip: made of it before the camera was pulled out, or taken in now."""
    known = _known(docked, clip)
    if known is not None:
        return known
    with docked.bay.opened(clip, **docked.origin) as source:
        return receive(docked.org, docked.named, source, by=docked.by)


def _let_go(docked: Docked, load: Load, safe: list[tuple[Clip, Footage]]) -> None:
    """First note what leaves, then let it go, then write that it went."""
    for clip, footage in safe:
        Arrival.objects.filter(pk=footage.pk).update(note=clip.mark)
    pieces = {footage.pk: footage for _, footage in safe}.values()
    for index, footage in enumerate(pieces):
        unlink = _gone_already if index else lambda _: docked.bay.unlink(load)
        release(footage, load.path, unlink=unlink, by=docked.by)


def _known(docked: Docked, clip: Clip) -> Footage | None:
    camera = docked.camera
    if camera is None:
        return None
    here = Footage.objects.filter(camera=camera, bytes=clip.size, state="held", released_at=None)
    if not here.exists():  # nothing that it may still hold: spare the camera a second reading
        return None
    with docked.bay.opened(clip) as source:
        return same_as(camera, digest_of(source))


def _explained(docked: Docked, error: HokankoError) -> HokankoError:
    if isinstance(error, Refusal) and docked.camera is None:
        error.mend_ja = f"この差込口のカメラは「{docked.named}」と名乗っています。{HOW_JA}"
        error.mend_en = f"The camera in this bay is called {docked.named}. {HOW_EN}"
    return error


def _pulled_out(docked: Docked, name: str, error: OSError) -> HokankoError:
    """The camera was pulled out: it still has the clip."""
    log.warning("bay %s: %s", docked.bay.path.name, type(error).__name__)
    return HokankoError(
        f"{name} の取込み中に、カメラが外されたか読めなくなりました。",
        f"The camera was pulled out, or stopped answering, during {name}.",
        mend_ja="もう一度充電器に差し込んでください。取り込んだ分は重複しません。",
        mend_en="Put it back into the bay: nothing is filed twice.",
    )

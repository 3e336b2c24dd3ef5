"""What must hold after a crash: explained, finished, nothing lost, nothing that comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from hokanko import clock
from hokanko.errors import HokankoError
from hokanko.footage.models import Footage
from hokanko.intake.models import Arrival
from hokanko.intake.receive import receive
from hokanko.intake.sources import from_path
from hokanko.keyring.place import Place
from hokanko.keyring.root import FileRoot
from hokanko.ledger.prove import check
from hokanko.ledger.publish import publish
from hokanko.ledger.read import about
from hokanko.management.commands.fsck import everything
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import actor
from hokanko.retention.mend import mend
from hokanko.retention.models import ErasureCase
from hokanko.rules.actor import HOME, machine
from hokanko.schedule import begin
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from hokanko.verify import main as verify
from tests.faults.operations import AFTER, NEW, World, dock, restore
from tests.fixtures import NOON

HALF_WAY = {"draft", "orphan", "arrival", "erasure", "over", "place"}


def faults(name: str, first: Path, place: Path, world: World, *, whole: bool) -> list[str]:
    """Everything that does not hold in the home at `place`, a copy of `first` that was killed."""
    if name == "restore":
        restore(place / "home")  # there is no other way on
    unknown = {finding.kind for finding in everything(deep=True)} - HALF_WAY
    told = [f"fsck does not explain: {unknown}"] if unknown else []
    if name == "adopt":
        clock.fix(AFTER)
    begin()
    for finding in list(everything(deep=True)):
        mend(finding, by=machine("fsck", HOME, via="cli"))
    publish()
    told += [f"fsck: {f.kind} {f.id} {f.what}" for f in everything(deep=True)]
    told += [f"ledger: {problem.en}" for problem in check().problems]
    ended = _ended(world)
    told += [*_kept(ended, world), *_gone(ended, first, place), *_of(name, place, whole=whole)]
    return told


def _of(name: str, place: Path, *, whole: bool) -> Iterator[str]:
    """What the operation itself promises."""
    package = place / "package"
    if name == "take-in":
        yield from _taken_once(place)
    if name == "restore":
        yield from _filed_once()
    if name == "dock":
        yield from _released_once(place)
    if name == "hand-over" and package.exists() and verify([str(package)]):
        yield "the package does not verify"
    if whole and name == "hand-over" and not package.exists():
        yield "there is no package"


def _ended(world: World) -> set[str]:
    """Whose erasure was under way: it was granted, or the day is over."""
    over = Footage.objects.filter(pk__in=world.contents, last_day__lt=clock.today())
    granted = world.ending if ErasureCase.objects.filter(state="granted").exists() else set()
    return granted | {str(key) for key in over.values_list("pk", flat=True)}


def _kept(ended: set[str], world: World) -> Iterator[str]:
    for footage, content in world.contents.items():
        try:
            with cabinet.opened(cabinet.original(footage)) as reader:
                if bytes(reader.read_at(0, reader.plain_bytes)) != content:
                    yield f"{footage} reads differently"
                if footage in ended:
                    yield f"{footage} still opens"
        except (HokankoError, SealedObject.DoesNotExist) as error:
            if footage not in ended:
                yield f"{footage} is lost: {error}"


def _gone(ended: set[str], first: Path, place: Path) -> Iterator[str]:
    """No mix of an earlier copy with what is there now leads to a key that died."""
    rows = Footage.objects.filter(pk__in=ended)
    days = {str(row.pk): (row.org_id, row.key_day) for row in rows}
    for folder, root in (("home/keyring", "home.root"), ("second/keyring", "second/root")):
        for ring_from, root_from in ((first, place), (place, first), (place, place)):
            try:
                old = Place("copy", ring_from / folder, FileRoot(root_from / root)).load()
            except HokankoError:
                continue
            for footage, (org, day) in days.items():
                if old.opens(org, footage, (org, day)):
                    yield f"{footage} opens: keyring of {ring_from.name}, root of {root_from.name}"
    for row in rows:
        if row.state != "erased":
            yield f"{row.number} is not written down as erased"


def _released_once(place: Path) -> Iterator[str]:
    """The dock is started again: every copy that has left the camera has its one line."""
    dock(place / "home")
    yield from _filed_once()
    if list((place / "bays").rglob("*.MP4")):
        yield "the camera's copy is still there"
    footage = Footage.objects.get(sha256=hashlib.sha256(NEW).hexdigest())
    lines = [act.kind for act in about(f"footage:{footage.pk}")]
    if footage.released_at is None or lines.count("intake.released") != 1:
        yield f"it left the camera, and the ledger says {lines}"


def _taken_once(place: Path) -> Iterator[str]:
    path = place / "new.mp4"
    if path.read_bytes() != NEW:
        yield "the source was touched"
    station = Organisation.objects.select_related("parent").get(pk="CHUO")
    who = actor(Person.objects.get(login="tanaka"), via="cli")
    with from_path(path, via="cli", stated=clock.iso(NOON)) as source:
        footage = receive(station, "1", source, by=who)
    publish()
    with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
        if bytes(reader.read_at(0, reader.plain_bytes)) != NEW:
            yield "taken in again, it reads differently"
    yield from _filed_once()


def _filed_once() -> Iterator[str]:
    if Footage.objects.filter(sha256=hashlib.sha256(NEW).hexdigest()).count() != 1:
        yield "it was filed twice, or not at all"
    if Arrival.objects.filter(state="copying").exists():
        yield "an arrival is left open"
    yield from (f"fsck: {f.kind} {f.what}" for f in everything(deep=True))

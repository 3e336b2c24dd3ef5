"""What is broken off: a home before each operation, the operation, what it ends early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from hokanko import clock
from hokanko.backup.copies import finish, make
from hokanko.backup.copies import prepare as prepare_restore
from hokanko.dock.emptying import empty_bays
from hokanko.footage.models import Footage
from hokanko.intake.receive import receive
from hokanko.intake.sources import from_path
from hokanko.keyring import keys
from hokanko.ledger.append import append
from hokanko.ledger.publish import publish
from hokanko.management.base import asker
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import actor
from hokanko.provision import actions as provision
from hokanko.provision.form import Form
from hokanko.provision.handover import deliver
from hokanko.provision.models import Provision
from hokanko.rehearsal.cast import Cast, settle
from hokanko.retention import early
from hokanko.retention.asking import Request
from hokanko.retention.erase import carry_out, erase_due
from hokanko.retention.models import ErasureCase
from hokanko.retention.texts import Said
from hokanko.rules.actor import HOME, machine
from hokanko.schedule import begin
from hokanko.vault.models import SealedObject
from tests.fixtures import NOON, PASSWORD

BEFORE = NOON - timedelta(days=5)
AFTER = BEFORE + timedelta(days=91)  # the first day is over, NOON's is not
LONGER = timedelta(days=20)
NEW = b"new footage " * 9000  # what the operations take in


@dataclass(slots=True)
class World:
    """What stood in the home before: contents by footage id, and which of them is being erased."""

    contents: dict[str, bytes] = field(default_factory=dict)
    ending: set[str] = field(default_factory=set)


def prepare(home: Path) -> World:
    """A home with the cast and three pieces: two of one day, one that was taken in days later."""
    clock.fix(BEFORE)
    call_command("migrate", verbosity=0)
    (home / "hokanko.toml").write_text("")
    cast = settle(PASSWORD)
    world = World()
    for name, size in (("a.mp4", 90_000), ("b.mp4", 70_000)):
        _take(cast, world, name, size)
    clock.fix(NOON)
    _take(cast, world, "c.mp4", 80_000)
    publish()
    return world


def _take(cast: Cast, world: World, name: str, size: int) -> None:
    content = (name.encode() * size)[:size]
    path = keys.home().path.parent / name
    path.write_bytes(content)
    with from_path(path, via="cli", stated=clock.iso(NOON)) as source:
        footage = receive(cast.station, "1", source, by=cast.as_actor("tanaka"))
    world.contents[str(footage.pk)] = content
    path.unlink()


def take_in(home: Path) -> None:
    """One file from a card; the command's own order of steps."""
    station = Organisation.objects.select_related("parent").get(pk="CHUO")
    with from_path(home.parent / "new.mp4", via="cli", stated=clock.iso(NOON)) as source:
        receive(station, "1", source, by=actor(Person.objects.get(login="tanaka"), via="cli"))
    publish()


def card_in(home: Path) -> None:
    """A camera's card in a bay, with one clip."""
    folder = home.parent / "bays" / "1" / "DCIM"
    folder.mkdir(parents=True)
    (folder / "MOV_0001.MP4").write_bytes(NEW)


def dock(home: Path) -> None:
    """The card is emptied, as the command does it."""
    station = Organisation.objects.select_related("parent").get(pk="CHUO")
    by = machine("management-pc", "CHUO")
    for outcome in empty_bays(station, home.parent / "bays", by=by):
        assert outcome.error is None, outcome.error
    publish()


def back_up(home: Path) -> None:
    """A copy, and one file more that is not in it."""
    make(home.parent / "copy", by=asker({}))
    take_in(home)


def restore(home: Path) -> None:
    """The copy is put back over what is there; the command's own order of steps."""
    folder = home.parent / "copy"
    finish(folder, prepare_restore(folder, replace=True), lambda: asker({}))
    begin()


def sweep(home: Path) -> None:
    """The night in which the first day is over."""
    erase_due(by=machine("sweep", HOME, via="cli"))
    publish()


def ask_exception(home: Path) -> None:
    """A request for the exceptional erasure of the first piece."""
    asker = Person.objects.get(login="takahashi")
    early.ask_erasure(
        _first(),
        limb="special",
        request=Request(said=Said(circumstances="誤って撮影", needs="ない")),
        asker=asker,
        by=actor(asker, via="cli"),
    )
    colleague = Person.objects.get(login="suzuki")
    case = ErasureCase.objects.get()
    early.second_erasure(case, "確かめた", colleague, by=actor(colleague, via="cli"))


def puncture(home: Path) -> None:
    """The prefecture's manager grants it, and it is carried out at once."""
    decider = Person.objects.get(login="watanabe")
    case, by = ErasureCase.objects.get(), actor(decider, via="cli")
    carry_out(case, decider, confirmed=True, reason="事情を認める", by=by)
    publish()


def adopt_and_destroy(home: Path) -> None:
    """A piece moves to a later day (no rulebook here has the route), then its first day ends."""
    footage = _first()
    until = footage.last_day + LONGER
    with transaction.atomic():
        keys.keyring().adopt(footage.org_id, str(footage.pk), footage.key_day, until)
        SealedObject.objects.filter(subject=str(footage.pk)).update(key_day=until)
        Footage.objects.filter(pk=footage.pk).update(last_day=until, key_day=until)
        append(
            "retention.extended",
            by=machine("test", "CHUO"),
            org="CHUO",
            about=f"footage:{footage.pk}",
            facts={"until": until.isoformat()},
        )
    clock.fix(AFTER)
    sweep(home)


def publishing(home: Path) -> None:
    """Some hundred lines get their places, over the edge of a tile."""
    with transaction.atomic():
        for page in range(220):
            append(
                "ledger.read", by=machine("t", HOME), org=HOME, about="x:y", facts={"what": page}
            )
    publish()


def request(home: Path) -> None:
    """A provision, granted and entered: only the handing over is left."""
    footage, ito = _first(), Person.objects.get(login="ito")
    suzuki, tanaka = (Person.objects.get(login=name) for name in ("suzuki", "tanaka"))
    form = Form(
        outline="事故",
        happened_from=NOON,
        happened_until=NOON + timedelta(hours=1),
        wearer=Person.objects.get(login="sato"),
        wants=["medium"],
        purposes=["ウ"],
        purpose_note="",
        telephone="2-345",
    )
    asked = provision.ask(footage.org, form, ito, [(footage, [])], by=actor(ito, via="cli"))
    provision.grant(asked, suzuki, "ウ", by=actor(suzuki, via="cli"))
    provision.enter(asked, tanaka, by=actor(tanaka, via="cli"))


def hand_over(home: Path) -> None:
    """The package, with its line and its proof."""
    asked = Provision.objects.select_related("org", "requester").get()
    tanaka = Person.objects.get(login="tanaka")
    deliver(
        asked,
        hander=tanaka,
        receiver=asked.requester,
        delivering=["medium"],
        medium="USB-1",
        target=home.parent / "package",
        by=actor(tanaka, via="cli"),
    )


def _first() -> Footage:
    return Footage.objects.select_related("org").order_by("number").first()  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation, what it needs before, when it happens, and whom it ends before their day."""

    run: Callable[[Path], None]
    before: Callable[[Path], None] = lambda _home: None
    on: timedelta = timedelta()
    ending: tuple[int, ...] = ()


OPERATIONS = {
    "take-in": Operation(take_in),
    "dock": Operation(dock, before=card_in),
    "erase-day": Operation(sweep, on=AFTER - NOON),
    "puncture": Operation(puncture, before=ask_exception, ending=(0,)),
    "adopt": Operation(adopt_and_destroy),
    "publish": Operation(publishing),
    "restore": Operation(restore, before=back_up),
    "hand-over": Operation(hand_over, before=request),
}

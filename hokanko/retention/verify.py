"""Verification at rest: every sealed file is read again and compared, each once a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from hokanko import clock
from hokanko.casebook.actions import note_over, open_incident
from hokanko.footage.flags import AT_REST
from hokanko.footage.models import Footage
from hokanko.retention.stated import differing
from hokanko.retention.tending import note_damage, note_sound
from hokanko.rules.actor import HOME, Actor, machine
from hokanko.vault import fsck
from hokanko.vault.cabinet import ORIGINAL
from hokanko.vault.fsck import Finding
from hokanko.vault.models import SealedObject

AGAIN = timedelta(days=7)  # software default: read whole at intake, and again after as long
AT_A_TIME = 4 << 30  # bytes in one slot of the timetable: well within the lease of a job
AT_MOST = 2000  # files in one slot
DAMAGE = frozenset({"altered", "missing"})
MISSTATED = "misstated"


def verify() -> None:
    """Read again what was not read for a week, the longest unread first, some GiB at a time."""
    by = machine("verify", HOME, via="schedule")
    left = AT_A_TIME
    for thing in list(due()[:AT_MOST]):
        check(thing, by=by)
        left -= thing.sealed_bytes
        if left <= 0:
            return


def look_again(footage: str) -> None:
    """Read one piece's files now: somebody met damage in it."""
    for thing in SealedObject.objects.filter(subject=footage).order_by("name"):
        check(thing, by=machine("verify", HOME, via="schedule"))


def due() -> QuerySet[SealedObject]:
    """The sealed files whose turn has come; what is over is the sweep's."""
    now, today = clock.now(), clock.today()
    alive = SealedObject.objects.filter(key_day__gte=today).exclude(last_day__lt=today)
    unread = alive.annotate(read=Coalesce("checked_at", "made_at"))
    return unread.filter(read__lte=now - AGAIN).order_by("read", "name")


def check(thing: SealedObject, *, by: Actor) -> None:
    """Read one sealed file whole, and tell what is wrong with it, or that it is sound again.

    With an original goes what is held of its capture: other facts than the ledger's are damage too.
    """
    found = [each for each in fsck.of(thing, deep=True) if each.kind in DAMAGE]
    for finding in found:
        told(thing, finding, by=by)
    footage = _footage(thing)
    if footage and thing.role == ORIGINAL and (other := differing(footage)):
        note_damage(footage, "altered", _unlike(other), by=by)
    elif not found and thing.role == ORIGINAL and footage and AT_REST & set(footage.flags):
        note_sound(footage, by=by)
    elif not found and thing.role != ORIGINAL and footage:
        note_over(footage.org, fact="damage", which=thing.name, by=by)
    SealedObject.objects.filter(pk=thing.pk).update(checked_at=clock.now())


def misstated() -> Iterator[Finding]:
    """The pieces held whose own facts are others than those that the ledger has of them."""
    held = Footage.objects.filter(state="held").select_related("org__parent", "camera")
    for footage in held.order_by("number"):
        if other := differing(footage):
            yield Finding(MISSTATED, footage.number, _unlike(other), "印を付け、事案を開きます。")


def _unlike(facts: list[str]) -> str:
    return f"台帳に記された事項と違います：{'、'.join(facts)}"


def told(thing: SealedObject, finding: Finding, *, by: Actor) -> None:
    """Flag the piece where it is its original; for what was made from it, an incident alone."""
    footage = _footage(thing)
    if footage is None:
        return
    what = f"{finding.what}（{thing.name}）"
    if thing.role == ORIGINAL:
        note_damage(footage, finding.kind, what, by=by)
        return
    story = f"映像 {footage.number} から作った {thing.role} の照合で異常が見つかりました。{what}"
    open_incident(footage.org, fact="damage", which=thing.name, story=story, footage=footage, by=by)


def _footage(thing: SealedObject) -> Footage | None:
    held = Footage.objects.filter(pk=thing.subject, state="held")
    return held.select_related("org__parent", "camera").first()

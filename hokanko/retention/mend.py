"""Mending what `fsck` found: strays are cleared, the dead are written down as dead."""

from __future__ import annotations

from contextlib import suppress

from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.retention.models import Erasure
from hokanko.retention.proof import certificate_path, publish_certificate
from hokanko.retention.tending import clear_stray, note_damage, note_gone
from hokanko.retention.verify import MISSTATED, told
from hokanko.rules.actor import Actor
from hokanko.vault.fsck import Finding
from hokanko.vault.models import SealedObject


def altered() -> list[Erasure]:
    """Erasures whose certificate lies there, but is not the one that was signed."""
    rows = Erasure.objects.filter(stage="certified", certificate__gt="")
    return [erasure for erasure in rows.select_related("org", "single") if _differs(erasure)]


def _differs(erasure: Erasure) -> bool:
    path = certificate_path(erasure)
    return path.exists() and path.read_bytes() != erasure.certificate.encode()


def mend(finding: Finding, *, by: Actor) -> None:
    """Mend one finding, if it can be mended here; others wait for a person."""
    if finding.kind in {"draft", "orphan"}:
        with suppress(Conflict):
            clear_stray(finding.id, by=by)
    elif finding.kind == "keyless":
        thing = SealedObject.objects.filter(pk=finding.id).first()
        footage = (
            Footage.objects.filter(pk=thing.subject).select_related("org").first()
            if thing
            else None
        )
        if footage is not None:
            note_gone(footage, by=by)
    elif finding.kind in {"altered", "missing"}:
        told(SealedObject.objects.get(pk=finding.id), finding, by=by)
    elif finding.kind == MISSTATED:
        found = Footage.objects.select_related("org__parent", "camera").get(number=finding.id)
        note_damage(found, "altered", finding.what, by=by)
    elif finding.kind == "certificate":
        publish_certificate(Erasure.objects.get(pk=finding.id))

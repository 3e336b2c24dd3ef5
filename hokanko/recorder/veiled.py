"""Whether what is kept of a camera has the masks that were decided last, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hokanko.cameras.models import Camera
from hokanko.ledger.models import Entry
from hokanko.recorder.now import RECORDING, STARTING, State, states

WITHIN_S: Final = 30  # the recorder looks each ten seconds, calls the camera, and tells at its next
HOLDING, WAITING, IDLE, HALTED = "holding", "waiting", "idle", "halted"


@dataclass(frozen=True, slots=True)
class Veiled:
    """holding: kept so since | waiting: not yet | halted: nothing is kept | idle: not recorded."""

    kind: str
    decided_at: datetime
    since: datetime | None = None
    cause: str = ""


def veiled(camera: Camera) -> Veiled | None:
    """How far the last decision of masks is carried out; None where there was none.

    With other masks the recorder begins to keep a camera anew, and tells after that: who is kept
    without a break since after the decision is kept with the masks decided.
    """
    lines = Entry.objects.filter(about=f"camera:{camera.pk}", kind="camera.veiled")
    decided = lines.order_by("-id").values_list("at", flat=True).first()
    if decided is None:
        return None
    now = next((each for each in states(camera.org) if each.camera.pk == camera.pk), None)
    return Veiled(*_told(now, decided)) if now else Veiled(IDLE, decided)


def _told(now: State, decided: datetime) -> tuple[str, datetime, datetime | None, str]:
    if now.kind not in (RECORDING, STARTING):
        return HALTED, decided, now.since, now.cause
    holds = now.since is not None and now.since >= decided
    return HOLDING if holds else WAITING, decided, now.since if holds else None, ""

"""The timetable: everything that the program does by itself, and when."""

from __future__ import annotations

import logging
from collections.abc import Callable

from hokanko.cameras.jobs import EXAMINE, examine_due
from hokanko.cameras.jobs import examine as examine_camera
from hokanko.casebook.exposed import tell_exposed
from hokanko.errors import Unavailable
from hokanko.imports.jobs import tell_capacity
from hokanko.intake.jobs import clear_broken, examine
from hokanko.jobs.queue import forget_done
from hokanko.jobs.worker import Slot
from hokanko.keyring import keys
from hokanko.ledger.publish import publish
from hokanko.live.jobs import close_abandoned as end_abandoned
from hokanko.provision.clips import JOB
from hokanko.provision.jobs import lapse_gone, make_clip
from hokanko.recorder.alarm import NOTE_JOB, TELL_JOB, note, tell, watch
from hokanko.recorder.jobs import recover_reels, state_hours
from hokanko.retention.amended import take_effect
from hokanko.retention.jobs import prove_due, sweep
from hokanko.retention.verify import look_again, verify
from hokanko.viewing.jobs import close_abandoned, lapse_erased

JOBS: dict[str, Callable[..., object]] = {
    "intake.examine": examine,  # put off by each intake
    "intake.clear_broken": clear_broken,
    "recorder.recover_reels": recover_reels,
    EXAMINE: examine_camera,  # put off when a camera is connected
    "cameras.examine_due": examine_due,
    "casebook.tell_exposed": tell_exposed,
    "imports.tell_capacity": tell_capacity,
    "recorder.state_hours": state_hours,
    "viewing.close_abandoned": close_abandoned,
    "viewing.lapse_erased": lapse_erased,
    "provision.lapse_gone": lapse_gone,
    "live.close_abandoned": end_abandoned,
    "retention.take_effect": take_effect,
    "retention.sweep": sweep,
    "retention.verify": verify,
    "retention.prove": prove_due,
    "retention.look_again": look_again,  # put off by a viewing or hand-over that met damage
    "jobs.forget_done": forget_done,
}

LONG_JOBS: dict[str, Callable[..., object]] = {  # minutes or hours each: nothing waits behind them
    JOB: make_clip,  # put off when a request is entered
}

ALARM_JOBS: dict[str, Callable[..., object]] = {  # told in two minutes: they wait for no other work
    "recorder.watch": watch,
    TELL_JOB: tell,
    NOTE_JOB: note,
}

ALARM_SLOTS = (Slot("recorder.watch", every_s=15),)

SLOTS = (
    Slot("viewing.close_abandoned", every_s=30),
    Slot("live.close_abandoned", every_s=30),
    Slot("viewing.lapse_erased", every_s=300),
    Slot("provision.lapse_gone", every_s=300),
    Slot("intake.clear_broken", every_s=300),
    Slot("recorder.recover_reels", every_s=300),
    Slot("recorder.state_hours", every_s=300),  # each whole hour once
    Slot("cameras.examine_due", every_s=600),  # each camera once a month
    Slot("casebook.tell_exposed", every_s=600),
    Slot("imports.tell_capacity", every_s=600),
    Slot("retention.take_effect", every_s=600),  # editions whose day has come
    Slot("retention.sweep", every_s=600),  # cheap when nothing is over; midnight is not missed
    Slot("retention.verify", every_s=600),  # a few GiB at a time: everything once a week
    Slot("retention.prove", every_s=300),  # each camera once a week, a new one soon
    Slot("jobs.forget_done", every_s=3600),
)

PULSES = (publish,)  # each second: written lines get their places and a signed head


log = logging.getLogger(__name__)


def begin() -> None:
    """What start-up finishes before anything is served: crashes, and days that ended meanwhile.

    A keyring's second place that is away does not stop the house: what waits for it is unreadable
    all the same, and is told by `fsck` and `doctor` until it is done.
    """
    # pieces of a recording that was cut off are gigabytes to read: the recorder files them beside
    for step in (keys.keyring().settle, clear_broken, take_effect, sweep):
        try:
            step()
        except Unavailable as waits:
            log.warning("%s", waits.en)
    publish()

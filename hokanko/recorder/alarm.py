"""Alarms: a camera that fell silent is told within two minutes, and so is its end."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any, Final
from uuid import uuid4

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import translation

from hokanko import clock
from hokanko.cameras.curing import cure_in_words
from hokanko.cameras.models import Hearing, Silence
from hokanko.cameras.planned import is_planned_off
from hokanko.cameras.recorded import organisations, running
from hokanko.coverage.words import cause_in_words
from hokanko.errors import HokankoError, Unavailable
from hokanko.formats.canon import JSON
from hokanko.jobs.queue import put_off
from hokanko.people.models import Organisation
from hokanko.recorder.beating import Beats
from hokanko.recorder.models import Watcher
from hokanko.recorder.owing import note_silent, pay
from hokanko.recorder.queries import secret_of, watchers
from hokanko.recorder.watchers import EMAIL, note_reached
from hokanko.recorder.webhook import post
from hokanko.rules.actor import machine

TELL_JOB: Final = "recorder.tell"
NOTE_JOB: Final = "recorder.note"
TELL_AFTER: Final = timedelta(seconds=30)  # a camera that starts anew is back by then
AGAIN_AFTER_S: Final = (5, 30, 120, 600, 1800, 7200, 21600)
MAIL_WAIT_S: Final = 20

log = logging.getLogger(__name__)
_beats = Beats()


def watch() -> None:
    """Notice recorders that are gone; raise alarms, and tell their ends. May be repeated."""
    for org in Organisation.objects.filter(pk__in=organisations()).order_by("pk"):
        try:
            _notice_dead_recorder(org)
            _raise(org)
            pay(org, by=machine("intake", org.pk))
        except HokankoError as error:  # what is wrong with one keeps no other from being told
            log.warning("%s: %s", org.pk, error.en)
    _tell_ends()


def tell(silence: str, watcher: str, *, ended: bool, tries: int = 0) -> None:
    """Send one message to one watcher; when it is not taken, again later and less often."""
    row = Silence.objects.select_related("camera__org__parent").get(pk=silence)
    to = Watcher.objects.select_related("org__parent").get(pk=watcher)
    if to.dropped_at:
        return
    try:
        send(to, row, ended=ended)
    except Unavailable as error:
        Watcher.objects.filter(pk=to.pk).update(trouble=error.en[:120])
        if tries < len(AGAIN_AFTER_S):
            at = clock.now() + timedelta(seconds=AGAIN_AFTER_S[tries])
            told: dict[str, Any] = {"silence": silence, "watcher": watcher, "ended": ended}
            put_off(TELL_JOB, at=at, **told, tries=tries + 1)
        return
    note(watcher, row.camera.number, ended=ended)


def note(watcher: str, number: str, *, ended: bool, tries: int = 0) -> None:
    """Write that it was told; while no rulebook in force can be asked, later, and sent once."""
    to = Watcher.objects.select_related("org__parent").get(pk=watcher)
    try:
        note_reached(to, number, ended=ended, by=machine("intake", to.org_id))
    except HokankoError as error:
        log.warning("%s: %s", to.org_id, error.en)
        at = clock.now() + timedelta(seconds=AGAIN_AFTER_S[min(tries, len(AGAIN_AFTER_S) - 1)])
        told: dict[str, Any] = {"watcher": watcher, "number": number, "ended": ended}
        put_off(NOTE_JOB, at=at, **told, tries=tries + 1)


def send(to: Watcher, silence: Silence | None, *, ended: bool) -> None:
    """One attempt; without a silence, a message to try the way. Raises Unavailable."""
    if to.means == EMAIL:
        _mail(to, silence, ended=ended)
    else:
        kind = "ended" if ended else "began"
        name = f"silence_{silence.pk}_{kind}" if silence else f"trial_{uuid4()}"
        post(to.address, secret_of(to), name, _message(to, silence, ended=ended))


def _notice_dead_recorder(org: Organisation) -> None:
    heard = {row.camera_id: row for row in Hearing.objects.filter(camera__org=org)}
    for camera in running(org):
        last = heard.get(camera.pk)
        if last is None:  # seen for the first time: its recorder has a moment to begin
            Hearing.objects.get_or_create(camera=camera, defaults={"seen_at": clock.now()})
        elif not _beats.is_beating(last):
            since = min(last.heard_at or last.seen_at, clock.now())  # a clock may be set back
            if not Silence.objects.filter(camera=camera, until=None).exists():
                note_silent(camera, "recorder", since=since, by=machine("intake", org.pk))


def _raise(org: Organisation) -> None:
    """What has lasted a while and is not planned: told to everybody once."""
    lasting = Silence.objects.filter(
        camera__in=running(org), until=None, told_at=None, since__lte=clock.now() - TELL_AFTER
    )
    for silence in lasting.select_related("camera").order_by("since", "pk"):
        if not is_planned_off(silence.camera, clock.now()):
            _tell_all(silence, "told_at", ended=False)


def _tell_ends() -> None:
    over = Silence.objects.filter(end_told_at=None).exclude(until=None).exclude(told_at=None)
    for silence in over.select_related("camera__org").order_by("since", "pk"):
        _tell_all(silence, "end_told_at", ended=True)


def _tell_all(silence: Silence, column: str, *, ended: bool) -> None:
    mine = Silence.objects.filter(pk=silence.pk, **{column: None})
    with transaction.atomic():
        if mine.update(**{column: clock.now()}):  # another worker may have been here
            for to in watchers(silence.camera.org):
                put_off(TELL_JOB, silence=str(silence.pk), watcher=str(to.pk), ended=ended)


def _mail(to: Watcher, silence: Silence | None, *, ended: bool) -> None:
    subject, lines = _words(to, silence, ended=ended)
    line = get_connection(timeout=MAIL_WAIT_S)
    try:
        EmailMessage(subject, "\n".join(lines) + "\n", to=[to.address], connection=line).send()
    except (OSError, SMTPException) as error:
        raise Unavailable(
            f"メールを送れませんでした（{type(error).__name__}）。",
            f"The e-mail could not be sent ({type(error).__name__}).",
        ) from error
    finally:
        line.close()  # also where it was refused half way


def _words(to: Watcher, silence: Silence | None, *, ended: bool) -> tuple[str, list[str]]:
    """Subject and lines, in both languages: whoever reads it may have chosen none."""
    if silence is None:
        return f"【試し】{to.org.name}", [
            "カメラの途絶を知らせる先として登録されています。これは試しの知らせです。",
            "You are told when a camera falls silent. This message is a trial.",
        ]
    number, since = silence.camera.number, clock.iso(silence.since)
    if ended:
        until = clock.iso(silence.until) if silence.until else ""
        return f"【復旧】{to.org.name} カメラ {number}", [
            f"カメラ {number} の録画が戻りました。途絶: {since} ～ {until}",
            f"Camera {number} is recorded again. Silent from {since} to {until}",
        ]
    return f"【録画の途絶】{to.org.name} カメラ {number}", [
        f"カメラ {number} を録画できていません。{since} から。",
        *_why("ja", "原因", silence.cause),
        f"Camera {number} has not been recorded since {since}.",
        *_why("en", "Cause", silence.cause),
    ]


def _why(language: str, headed: str, cause: str) -> list[str]:
    with translation.override(language):
        return [f"{headed}: {cause_in_words(cause)}", str(cure_in_words(cause))]


def _message(to: Watcher, silence: Silence | None, *, ended: bool) -> JSON:
    if silence is None:
        return {"type": "camera.trial", "timestamp": clock.iso(clock.now()), "data": {}}
    data: dict[str, JSON] = {
        "organisation": to.org_id,
        "camera": silence.camera.number,
        "since": clock.iso(silence.since),
        "until": clock.iso(silence.until) if silence.until else None,
        "cause": silence.cause,
    }
    kind = "camera.spoke_again" if ended else "camera.fell_silent"
    return {"type": kind, "timestamp": clock.iso(clock.now()), "data": data}

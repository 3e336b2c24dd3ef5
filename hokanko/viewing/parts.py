"""Footage that the browser cannot play as it is: part by part, made in a jail, kept nowhere."""

from __future__ import annotations

from typing import Any

from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.media import play
from hokanko.media.play import Part, Plan
from hokanko.media.probe import Probe, Problem, Stream
from hokanko.rules.actor import Actor
from hokanko.vault import cabinet
from hokanko.vault.look import Look
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import problem


def plan(footage: Footage) -> Plan:
    """How this footage can be shown, from what the look inside it has found."""
    facts: dict[str, Any] = footage.facts
    return play.plan(
        Probe(
            name=footage.source,
            size=footage.bytes,
            container=facts.get("container", ""),
            streams=tuple(Stream(**stream) for stream in facts.get("streams", ())),
            playable=facts.get("playable", "no"),
            problems=tuple(Problem(**problem) for problem in facts.get("problems", ())),
        )
    )


def part(viewing: Viewing, start_ms: int, *, by: Actor) -> Part:
    """The part at `start_ms`, while the room stands. Raises Conflict when it does not."""
    if problem(viewing, by):
        raise Conflict("いまは映像を映し出せません。", "The picture may not be shown now.")
    how = plan(viewing.footage)
    if not how.part_ms:
        raise Conflict("この映像は、部分ごとには再生しません。", "This footage has no parts.")
    with cabinet.opened(cabinet.original(str(viewing.footage_id))) as reader:
        encode = how.mode == "transcode"
        return play.part(Look(reader), start_ms, how.part_ms, encode=encode)


def frame_rate(footage: Footage) -> float:
    """Pictures a second, for stepping; 30 where the file does not say."""
    rates = [s["fps"] for s in footage.facts.get("streams", ()) if s["kind"] == "video"]
    return float((rates or [None])[0] or 30.0)

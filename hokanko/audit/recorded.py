"""The board's sources on recording: the daily check, outages, and retention as proved."""

from __future__ import annotations

from collections import defaultdict

from hokanko import clock
from hokanko.audit.entered import stands
from hokanko.audit.life import Finding, Owed
from hokanko.audit.scope import Scope
from hokanko.cameras.models import Camera
from hokanko.coverage.queries import Stretch, owed
from hokanko.rules.rows import Clause


def daily(scope: Scope, clause: Clause) -> Finding:
    """The entry of the day, and each camera with time that nobody has accounted for (ward-7.1)."""
    entries = stands(scope, clause)
    missing = tuple(_owed(camera, gaps, clause.owners) for camera, gaps in _gaps(scope.org.pk))
    return Finding((*missing, *entries.owed), entries.last, entries.due, entries.arises)


def kept(scope: Scope, clause: Clause) -> Finding:
    """Each recorded camera's footage is as old as promised and none is older, proved each week."""
    latest = {line.about: line for line in scope.lines("retention.proved")}
    owed = tuple(
        Owed(
            f"カメラ {line.facts['number']}：末日を過ぎた映像{line.facts['too_old']}件、"
            f"末日より前に消えた映像{line.facts['gone_early']}件",
            f"camera {line.facts['number']}: past their last day: {line.facts['too_old']}, "
            f"gone before it: {line.facts['gone_early']}",
            line.day,
            clause.owners,
            about,
        )
        for about, line in latest.items()
        if line.facts["too_old"] or line.facts["gone_early"]
    )
    last = max((line.day for line in latest.values()), default=None)
    return Finding(owed, last, arises=bool(latest))


def _gaps(org: str) -> list[tuple[Camera, list[Stretch]]]:
    found: dict[Camera, list[Stretch]] = defaultdict(list)
    for camera, gap in owed(org):
        found[camera].append(gap)
    return list(found.items())


def _owed(camera: Camera, gaps: list[Stretch], who: tuple[str, ...]) -> Owed:
    return Owed(
        f"カメラ {camera.number} に、理由を記していない、録画のない時間が{len(gaps)}件あります",
        f"camera {camera.number}: outages that nobody has accounted for: {len(gaps)}",
        clock.day_of(gaps[0].span.begun),
        who,
        f"camera:{camera.pk}",
    )

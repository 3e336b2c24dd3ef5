"""What records of cameras, signs and terminals say for a clause: nothing is entered twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hokanko import clock
from hokanko.audit.entered import FOR_GOOD, by_records, stands
from hokanko.audit.life import Finding, Owed, Piece, Shown, together
from hokanko.audit.scope import Scope, cameras
from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.signs import bare, is_told_of
from hokanko.rules import book as books

AT_ONCE = {"pref-vendor"}  # owed on the sale of a camera, whether it runs or not


def _sited(camera: Camera) -> bool:
    return bool(camera.place) and camera.facing_deg is not None


def _confirmed(camera: Camera) -> bool:
    return camera.frames.filter(superseded_at=None).exclude(confirmed_at=None).exists()


def _signed(camera: Camera) -> bool:
    return is_told_of(camera)


NOTED: dict[str, Callable[[Camera], bool]] = {
    "ward-2": lambda camera: bool(camera.siting_reason),
    "ward-2-range": _confirmed,
    "ward-2.2": _signed,
    "pref-place": _sited,
    "pref-range": _confirmed,
    "pref-img-net": lambda camera: camera.connection == "wired" or bool(camera.net_measures),
    "pref-vendor": lambda camera: camera.explained_on is not None,
    "home-2.2": lambda camera: camera.mount == "own" and camera.mount_photo is not None,
    "home-2.2-range": _confirmed,
    "home-2.2-place": _sited,
    "home-2.3": _signed,
}


def cameras_noted(scope: Scope, clause: str) -> list[Shown]:
    """The cameras whose own record carries out a clause."""
    says = NOTED.get(clause)
    return [
        Shown(str(camera.pk), f"camera:{camera.pk}", clock.day_of(camera.registered_at))
        for camera in scope.cameras
        if says is not None and says(camera)
    ]


def each_camera(scope: Scope, clause: books.Clause) -> Finding:
    """Once for every camera, by its own record; what its vendor said, by an entry as well."""
    noted = cameras_noted(scope, clause.id)
    if clause.id not in AT_ONCE:
        return by_records(scope, clause, noted, cameras(scope))
    pieces = cameras(scope, at_once=True)
    return stands(scope, clause, noted, pieces=pieces, interval=FOR_GOOD)


def entrances(scope: Scope, clause: books.Clause) -> Finding:
    """A sign at every entrance of a site with cameras, unless it was waived with a reason."""
    who = clause.owners
    lacking = []
    for site in Site.objects.filter(
        org=scope.org, closed_at=None, cameras__retired_at=None
    ).distinct():
        day = clock.day_of(site.opened_at)
        lacking += [
            Owed(f"{site.name}の{n}に表示がありません", f"{site.name}, {n}: no sign", day, who)
            for n in bare(site)
        ]
    posted = by_records(scope, clause, _with_signs(scope), cameras(scope))
    return together([posted, Finding(tuple(lacking), arises=bool(lacking))])


def removals(scope: Scope, clause: books.Clause) -> Finding:
    """Cameras that ended: taken down, with the day and a photo, or owed."""
    ended = Camera.objects.filter(org=scope.org).exclude(ended_at=None)
    pieces = [
        Piece(
            f"camera:{c.pk}",
            clock.day_of(c.ended_at),
            f"カメラ {c.number}：",
            f"camera {c.number}: ",
        )
        for c in ended
        if c.ended_at
    ]
    taken = [Shown(str(c.pk), f"camera:{c.pk}", c.removed_on) for c in ended if c.removed_on]
    return by_records(scope, clause, taken, pieces)


def sign_removals(scope: Scope, clause: books.Clause) -> Finding:
    """Signs of which every camera has ended: removed, or owed."""
    signs = Sign.objects.filter(site__org=scope.org).prefetch_related("cameras")
    orphaned = [(s, days) for s in signs if (days := _ended(s))]
    who = clause.owners
    owed = [
        Owed(
            f"{s.place}の表示板を撤去してください", f"remove the sign at {s.place}", max(days), who
        )
        for s, days in orphaned
        if s.removed_on is None
    ]
    gone = [s.removed_on for s, _ in orphaned if s.removed_on]
    return Finding(tuple(owed), max(gone, default=None), arises=bool(orphaned))


def wires(scope: Scope, clause: books.Clause) -> Finding:
    """Each terminal's wire: seen as its own record says, with a photograph, or by an entry."""
    shown_by = [t for t in scope.terminals if t.file_sha256]
    return stands(
        scope, clause, [Shown("", f"terminal:{t.pk}", t.wire_checked_on) for t in shown_by]
    )


def _ended(sign: Sign) -> list[date]:
    """The days on which its cameras ended; nothing while one is in service."""
    ends = [camera.ended_at for camera in sign.cameras.all()]
    return [clock.day_of(end) for end in ends if end] if all(ends) else []


def _with_signs(scope: Scope) -> list[Shown]:
    return [
        Shown(str(c.pk), f"camera:{c.pk}", clock.day_of(c.registered_at))
        for c in scope.cameras
        if _signed(c)
    ]

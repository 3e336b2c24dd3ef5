"""A mark of the placement map tried before it is recorded: stood, turned, widened, stretched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hokanko.cameras.actions import decide_site
from hokanko.cameras.drawing import WIDE, Drawing, Mark, cone_points
from hokanko.cameras.models import Camera, Sheet, Sign, Site
from hokanko.cameras.posting import place_sign
from hokanko.cameras.queries import FIXED
from hokanko.cameras.sheets import told_reach
from hokanko.cameras.sites import Spot
from hokanko.cameras.standing import Siting
from hokanko.errors import Conflict, Missing
from hokanko.rules.actor import Actor

MIDDLE, MOVED, TURNED = 50.0, 1.0, 5  # percent, percent, degrees
WIDEST = 360
USUAL_VIEW = 60  # degrees: what the first widening starts from
STRIDE, USUAL_REACH, FARTHEST = 2.0, 15.0, 300.0  # percent of the sheet's width


@dataclass(frozen=True, slots=True)
class Trial:
    """Where a mark is tried: percent from the left and top; 0° looks up, clockwise.

    `reach` is how far a camera sees, in percent of the sheet's width.
    """

    left: float | None = None
    top: float | None = None
    facing: int | None = None
    view: int | None = None
    reach: float | None = None

    @property
    def spot(self) -> Spot | None:
        """The same as a point of the map."""
        if self.left is None or self.top is None:
            return None
        return Spot(self.left / 100, self.top / 100)

    @property
    def told(self) -> str:
        """As an address says it, so that it can be gone back to."""
        values = (self.left, self.top, self.facing, self.view, self.reach)
        return ",".join("" if value is None else f"{value:g}" for value in values)

    @classmethod
    def read(cls, told: str) -> Trial | None:
        """What `told` says; None for anything else."""
        parts = told.split(",")
        try:
            left, top, facing, view, reach = (float(part) if part else None for part in parts)
        except ValueError:
            return None
        return cls(left, top, _whole(facing), _whole(view), reach)


def stepped(trial: Trial, step: str, stride: float = STRIDE) -> Trial:
    """One step by a button: a mark without a place begins in the middle.

    `stride` is how much farther a camera sees by one step, in percent of the sheet's width.
    """
    across, down = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}.get(
        step, (0, 0)
    )
    if across or down:
        return _moved(trial, across, down)
    turn = {"back": -TURNED, "round": TURNED}.get(step)
    if turn is not None:
        return replace(trial, facing=((trial.facing or 0) + turn) % 360)
    wide = {"narrow": -TURNED, "wide": TURNED}.get(step)
    if wide is not None:
        before = trial.view or USUAL_VIEW - wide
        return replace(trial, view=min(max(before + wide, TURNED), WIDEST))
    far = {"near": -stride, "far": stride}.get(step)
    if far is not None:
        began = USUAL_REACH - far if trial.reach is None else trial.reach
        return reaching(trial, max(began + far, stride))
    return replace(trial, left=None, top=None) if step == "off" else trial


def reaching(trial: Trial, reach: float) -> Trial:
    """It sees that far; of how wide it sees, where that is unknown, the usual is drawn."""
    return replace(
        trial, reach=round(min(max(reach, 0.1), FARTHEST), 3), view=trial.view or USUAL_VIEW
    )


def _moved(trial: Trial, across: int, down: int) -> Trial:
    if trial.spot is None:
        return replace(trial, left=MIDDLE, top=MIDDLE)
    return replace(
        trial,
        left=_within((trial.left or 0) + across * MOVED, 100),
        top=_within((trial.top or 0) + down * MOVED, 100),
    )


def pressed(trial: Trial, tool: str, at: Spot, ratio: float) -> tuple[Trial, str]:
    """The map pressed at a point: stand there, look there, end the view there, or see as far.

    `ratio` is the map's height by its width. Returns the trial and what the next press is for.
    """
    if tool == "stand" or trial.spot is None:
        return replace(trial, left=round(at.x * 100, 1), top=round(at.y * 100, 1)), "look"
    away = at.x - trial.spot.x, (trial.spot.y - at.y) * ratio
    angle = math.degrees(math.atan2(*away)) % 360
    if tool == "look" or trial.facing is None:
        return replace(trial, facing=round(angle) % 360), "edge"
    if tool == "reach":
        return reaching(trial, 100 * math.hypot(*away)), "reach"
    aside = abs((angle - trial.facing + 180) % 360 - 180)
    return replace(trial, view=min(max(round(2 * aside), 1), WIDEST)), "reach"


def marks_of(site: Site) -> Sequence[Camera | Sign]:
    """What can be placed on a site's map: its cameras in or before operation, then its signs."""
    cameras = site.cameras.filter(kind=FIXED, retired_at=None, ended_at=None)
    signs = site.signs.filter(removed_on=None)
    return [
        *cameras.select_related("org__parent", "site", "sheet")
        .defer("sheet__map_png")
        .order_by("number", "pk"),
        *signs.select_related("site__org", "sheet")
        .defer("photo", "removal_photo", "sheet__map_png")
        .order_by("number", "pk"),
    ]


def key_of(mark: Camera | Sign) -> str:
    """How addresses name a mark."""
    return f"{'camera' if isinstance(mark, Camera) else 'sign'}:{mark.pk}"


def recorded(mark: Camera | Sign, sheet: Sheet) -> Trial:
    """Where a mark stands by its record, as seen on a sheet: nowhere, if it is on another."""
    on = mark.sheet_id == sheet.pk
    left, top = (
        None if share is None or not on else round(share * 100, 1)
        for share in (mark.map_x, mark.map_y)
    )
    if isinstance(mark, Sign):
        return Trial(left, top)
    return Trial(left, top, mark.facing_deg, mark.view_deg, _reach_on(mark, sheet))


def record(mark: Camera | Sign, trial: Trial, sheet: Sheet, *, by: Actor) -> None:
    """Let the mark stand where it was tried. Raises Refusal, Conflict."""
    at = replace(trial.spot, sheet=sheet) if trial.spot else None
    if at is None and mark.sheet_id not in (None, sheet.pk):
        raise Conflict(
            "この図面にまだ置いていません。",
            "It has not been placed on this sheet.",
            mend_ja="図を押すか、数字を入れて、位置を決めてください。",
            mend_en="Press the map, or type the numbers, to say where it stands.",
        )
    if isinstance(mark, Sign):
        place_sign(mark, at, by=by)
        return
    siting = replace(
        Siting.of(mark),
        sheet=sheet,
        map_x=at.x if at else None,
        map_y=at.y if at else None,
        facing_deg=trial.facing,
        view_deg=trial.view,
        reach=None if trial.reach is None else trial.reach / 100,
    )
    decide_site(mark, siting, by=by)


def tried_on(sheet: Drawing, mark: Camera | Sign, trial: Trial) -> Drawing:
    """The map with the mark where it is tried, above all others."""
    key, at = key_of(mark), trial.spot
    cameras = tuple(each for each in sheet.cameras if each.key != key)
    signs = tuple(each for each in sheet.signs if each.key != key)
    if at is not None:
        x, y = round(at.x * WIDE), round(at.y * sheet.height)
        if isinstance(mark, Camera):
            reach = None if trial.reach is None else trial.reach / 100
            cone = cone_points(trial.facing, trial.view, reach)
            drawn = Mark(x, y, mark.number, mark.number, key, trial.facing, cone)
            far = told_reach(reach, sheet.sheet)
            cameras += (replace(drawn, reaches=far, is_picked=True),)
        else:
            planned = mark.posted_on is None
            hung = Mark(x, y, mark.place, str(mark.number), key, planned=planned, is_picked=True)
            signs += (hung,)
    return replace(sheet, cameras=cameras, signs=signs)


def _reach_on(camera: Camera, sheet: Sheet) -> float | None:
    """How far it sees in percent of that sheet's width: as many metres, if both have a scale."""
    if camera.reach is None:
        return None
    here, there = sheet.metres_across, camera.sheet.metres_across if camera.sheet else None
    return round(100 * camera.reach * (there / here if here and there else 1), 3)


def picked(marks: Sequence[Camera | Sign], key: str) -> Camera | Sign:
    """The mark an address names; else the first without a place, else the first. Raises Missing."""
    named = [mark for mark in marks if key_of(mark) == key]
    free = [mark for mark in marks if mark.map_x is None]
    for mark in (*named, *([] if key else (*free, *marks))):
        return mark
    raise Missing(
        "この図に置くカメラや表示板がありません。",
        "There is no such camera or sign to place on this map.",
        mend_ja="先に、カメラの設置場所を定めるか、表示板を記録してください。",
        mend_en="Give a camera this site, or record a sign, first.",
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _within(value: float, most: float) -> float:
    return round(min(max(value, 0.0), most), 1)

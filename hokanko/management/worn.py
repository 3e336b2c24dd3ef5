"""What `hokanko camera` says of worn cameras: out, back, lost, found, set up."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction
from typing import Any

from hokanko.cameras.checkout import (
    DAMAGED,
    GOOD,
    TICKS,
    Profile,
    Worn,
    bring_back,
    find_again,
    issue,
    set_up,
)
from hokanko.cameras.models import Camera
from hokanko.cameras.out import WORN, state
from hokanko.cameras.queries import camera as find
from hokanko.casebook.loss import lose
from hokanko.errors import Missing
from hokanko.management.base import Report, asker
from hokanko.people.queries import person


class WornVerbs:
    """The verbs of worn cameras, for the command to take in."""

    def _issue(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        worn = Worn(given["position"], tuple(given["tick"]))
        taken = issue(found, person(given["to"]), worn, by=asker(given))
        told = camera_json(found) | {"due": taken.due_at}
        return Report(told, [f"カメラ {found.number} の持ち出しを記録しました。"])

    def _return(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        bring_back(found, condition=given["condition"], remark=given["remark"], by=asker(given))
        return Report(camera_json(found), [f"カメラ {found.number} の返却を記録しました。"])

    def _lose(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        case = lose(found, story=given["story"], by=asker(given))
        told = camera_json(found) | {"case": case.number}
        return Report(told, [f"カメラ {found.number} の紛失を届けました（{case.number}）。"])

    def _found(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        find_again(found, remark=given["remark"], by=asker(given))
        return Report(camera_json(found), [f"カメラ {found.number} が見つかったと記録しました。"])

    def _profile(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        wanted = Profile(sign=given["sign"], lamp=given["lamp"], lock=given["lock"])
        set_up(found, wanted, by=asker(given))
        return Report(camera_json(found), [f"カメラ {found.number} を設定しました。"])


def worn_options(out: ArgumentParser, each: dict[str, ArgumentParser]) -> None:
    """What is said of a worn camera going out, coming back, lost, found, and set up."""
    out.add_argument("--position", default="", help="装着の位置（胸部・肩部）")
    out.add_argument("--tick", nargs="*", default=[], choices=TICKS, help="確かめたこと")
    back = each["return"]
    back.add_argument("--condition", default=GOOD, choices=[GOOD, DAMAGED], help="状態")
    for one in (back, each["found"]):
        one.add_argument("--remark", default="", help="備考")
    each["lose"].add_argument("--story", required=True, help="いつ、どこで、どのように気づいたか")
    for name, words in (("sign", "撮影中の表示"), ("lamp", "赤色ランプ"), ("lock", "記録のロック")):
        each["profile"].add_argument(
            f"--{name}", action=BooleanOptionalAction, default=True, help=words
        )


def camera_of(given: dict[str, Any]) -> Camera:
    found = find(given["org"], given["number"])
    if found is None:
        raise Missing("このカメラは登録されていません。", "This camera is not registered.")
    return found


def camera_json(camera: Camera) -> dict[str, Any]:
    return {
        "id": str(camera.pk),
        "org": camera.org_id,
        "number": camera.number,
        "serial": camera.serial,
        "kind": camera.kind,
        "holder": camera.holder.login if camera.holder else None,
        "state": state(camera) if camera.kind == WORN else None,
        "place": camera.place,
        "place_type": camera.place_type,
        "purpose": camera.purpose,
        "activated": camera.activated_at,
        "ended": camera.ended_at,
        "removed": camera.removed_on,
    }

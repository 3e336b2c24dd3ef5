"""What `hokanko camera mask` says: parts of a camera's picture blackened before it is kept."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import astuple
from typing import Any

from hokanko.cameras.devices import CONNECTING
from hokanko.cameras.frames import Area
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing
from hokanko.cameras.veiling import veil
from hokanko.coverage.words import cause_in_words
from hokanko.errors import Conflict
from hokanko.management.base import Report, asker
from hokanko.management.worn import camera_of
from hokanko.recorder.trying import try_masks
from hokanko.recorder.veiled import HALTED, HOLDING, IDLE, WAITING, WITHIN_S, veiled
from hokanko.rules.decide import require

WORDS = {
    HOLDING: "この内容で、途切れなく録画しています",
    WAITING: f"まだ切り替わっていません。ふつう{WITHIN_S}秒以内に切り替わります",
    HALTED: "いまは録画していません。録画が戻ると、この内容で録画します",
    IDLE: "録画を始めると、はじめからこの内容で録画します",
}


class MaskVerbs:
    """The verb of masks at capture, for the command to take in."""

    def _mask(self, given: dict[str, Any]) -> Report:
        found, by = camera_of(given), asker(given)
        require(by, "camera.site", thing(found), **CONNECTING)
        areas = [Area(*edges) for edges in given["area"] or ()]
        if areas or given["none"]:
            percent = _priced(found, areas) if areas else 0
            veil(found, areas, core_percent=percent, reason=given["reason"], by=by)
            return _told(found, percent)
        return _told(found, None)


def mask_options(parser: ArgumentParser) -> None:
    """What it is told."""
    told = parser.add_argument
    which = parser.add_mutually_exclusive_group()
    edges = "黒く塗る所（左 上 右 下、％）。何度でも。前の定めに代わる"
    which.add_argument("--area", nargs=4, type=int, action="append", help=edges)
    which.add_argument("--none", action="store_true", help="マスクをやめる")
    told("--reason", default="", help="理由")


def _priced(found: Camera, areas: list[Area]) -> int:
    """The share of one core that it takes, measured on the camera itself."""
    if not found.stream_url:
        return 0  # the verb says what is amiss
    tried = try_masks(found, areas)
    if tried.why:
        raise Conflict(
            f"処理の重さを測れません：{cause_in_words(tried.why)}",
            f"The price cannot be measured: {tried.why}",
            mend_ja="カメラの電源と回線を確かめて、もう一度実行してください。",
            mend_en="See that the camera is on and connected, and run it again.",
        )
    return tried.core_percent


def _told(found: Camera, percent: int | None) -> Report:
    """The masks as decided, and whether what is kept has them by now."""
    areas = [list(astuple(Area(**row))) for row in found.masks]
    now = veiled(found)
    body = {
        "id": str(found.pk),
        "number": found.number,
        "areas": areas,
        "core_percent": percent,
        "state": now.kind if now else None,
        "since": now.since if now else None,
    }
    lines = [f"カメラ {found.number} のマスク：{len(areas)}か所"]
    lines += [f"  左{left} 上{top} 右{right} 下{bottom}" for left, top, right, bottom in areas]
    return Report(body, lines + ([WORDS[now.kind]] if now else []))

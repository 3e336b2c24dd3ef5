"""What `hokanko camera` says of where a fixed camera stands, what for, and what it sees."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from hokanko.cameras import frames
from hokanko.cameras.actions import decide_site
from hokanko.cameras.purposes import decide_purpose
from hokanko.cameras.queries import offered
from hokanko.cameras.ready import checklist
from hokanko.cameras.sheets import sheet_called
from hokanko.cameras.signs import sites
from hokanko.cameras.sites import PHOTO_WIDEST
from hokanko.cameras.standing import Siting
from hokanko.cameras.trial import streams_openly
from hokanko.errors import Missing
from hokanko.management.base import Report, asker
from hokanko.management.worn import camera_json, camera_of
from hokanko.media.redraw import Picture, jpeg

MOUNTS = ["own", "indoors", "elsewhere"]
SITED = [
    f.name
    for f in fields(Siting)
    if f.name not in ("site", "sheet", "reach", "map_x", "map_y", "streams_openly")
]


class SitingVerbs:
    """The verbs of a fixed camera before it runs, for the command to take in."""

    def _site(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        told = {name: given[name] for name in SITED if given[name] is not None}
        if given["at"]:
            named = sites(found.org_id).filter(name=given["at"]).first()
            if named is None:
                raise Missing("この設置場所は登録されていません。", "There is no such site.")
            told["site"] = named
        if given["map"]:
            told["map_x"], told["map_y"] = (each / 100 for each in given["map"])
        if given["sheet"] and (site := told.get("site", found.site)):
            told["sheet"] = sheet_called(site, given["sheet"])
        if given["address"]:
            told["streams_openly"] = streams_openly(given["address"])
        siting = replace(Siting.of(found), **told)
        decide_site(
            found, siting, password=given["password"], photo=photo_in(given), by=asker(given)
        )
        return Report(camera_json(found), [f"カメラ {found.number} の設置場所を記録しました。"])

    def _purpose(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        words = given["text"] or offered(found.org_id)
        decide_purpose(found, words, commercial=given["commercial"], by=asker(given))
        return Report(camera_json(found), [f"カメラ {found.number} の設置目的：{found.purpose}"])

    def _check(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        items = [
            {"name": i.lack.name, "done": i.done, "clause": i.asked_by.clause, "ja": i.lack.ja}
            for i in checklist(found, asker(given))
        ]
        lines = [
            f"{'済み' if i['done'] else 'まだ'}\t{i['ja']}\t{i['clause'] or '-'}" for i in items
        ]
        return Report({"camera": str(found.pk), "items": items}, lines)

    def _frame(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        frames.file_frame(
            found,
            jpeg(given["picture"].read_bytes(), frames.WIDEST),
            area=frames.Area(*given["area"]),
            outside=[
                frames.Outside(frames.Area(*edges), given["way"], given["remedy"])
                for edges in given["outside"] or ()
            ],
            by=asker(given),
        )
        return Report(camera_json(found), [f"カメラ {found.number} の確認画像を入れました。"])

    def _confirm(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        frames.confirm(found, by=asker(given))
        return Report(camera_json(found), [f"カメラ {found.number} の撮影範囲を確認しました。"])


def siting_options(each: dict[str, ArgumentParser]) -> None:
    """What is said of a fixed camera's place, its purpose and its sample frame."""
    _site_options(each["site"])
    each["purpose"].add_argument("--text", default="", help="設置目的（省くと規程の目的）")
    each["purpose"].add_argument("--commercial", action="store_true", help="商業の目的でも")
    each["frame"].add_argument("--picture", required=True, type=Path, metavar="FILE")
    _frame_options(each["frame"])


def photo_in(given: dict[str, Any]) -> Picture | None:
    """The picture of how it was put up, if one is given."""
    return jpeg(given["photo"].read_bytes(), PHOTO_WIDEST) if given["photo"] else None


def _site_options(parser: ArgumentParser) -> None:
    """What can be told of where a camera stands; what is not told stays as it is."""
    told = parser.add_argument
    told("--at", default="", metavar="SITE", help="設置場所の名称")
    told("--place", help="取り付けた位置")
    told("--place-type", help="設置場所の種類")
    told("--reason", dest="siting_reason", help="設置の理由")
    told("--facing", dest="facing_deg", type=int, metavar="DEGREES", help="撮影方向（図の上が0）")
    told("--view", dest="view_deg", type=int, metavar="DEGREES", help="画角（度）")
    told("--lens", help="レンズ・プリセット")
    told("--map", nargs=2, type=float, metavar=("LEFT", "TOP"), help="配置図の上の位置（％）")
    told("--sheet", default="", metavar="NAME", help="その位置がある図面（省くと最初の図面）")
    told("--mount", choices=MOUNTS, help="取付けの場所")
    told("--display-only", action=BooleanOptionalAction, help="録画しない")
    told("--closed-place", action=BooleanOptionalAction, help="不特定多数の者が出入りしない場所")
    told("--scope-note", help="それでも規程によることにした理由")
    told("--connection", choices=["wired", "wireless", "internet"], help="映像を送る回線")
    told("--measures", dest="net_measures", help="漏えい防止措置")
    told("--password", default="", help="弱くないかを見るだけで、保存しない")
    told("--address", default="", metavar="RTSP", help="認証なしで見えないかを試す")
    told("--explained-on", type=date.fromisoformat, help="業者の説明を受けた日")
    told("--explained-by", help="説明した者")


def _frame_options(parser: ArgumentParser) -> None:
    told = parser.add_argument
    area = "撮影する範囲（左 上 右 下、％）"
    told("--area", nargs=4, type=int, default=[0, 0, 100, 100], help=area)
    told("--outside", nargs=4, type=int, action="append", help="敷地外が写る範囲")
    told("--way", choices=frames.WAYS, default="", help="手当の仕方")
    told("--remedy", default="", help="敷地外への手当")

"""hokanko camera: register cameras, check them out, and run the fixed ones."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from hokanko.cameras import frames
from hokanko.cameras.actions import activate, decide_site, end, register, remove
from hokanko.cameras.locks import enter_password
from hokanko.cameras.models import Camera
from hokanko.cameras.purposes import decide_purpose
from hokanko.cameras.queries import offered
from hokanko.cameras.ready import checklist
from hokanko.cameras.sheets import sheet_called
from hokanko.cameras.signs import sites
from hokanko.cameras.sites import PHOTO_WIDEST
from hokanko.cameras.standing import Siting
from hokanko.cameras.streams import connect
from hokanko.cameras.trial import streams_openly
from hokanko.errors import Missing
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.management.masking import MaskVerbs, mask_options
from hokanko.management.networked import NetworkVerbs, compared, network_options, password_in
from hokanko.management.worn import WornVerbs, camera_json, camera_of, worn_options
from hokanko.media.redraw import Picture, jpeg
from hokanko.people.queries import organisation

MOUNTS = ["own", "indoors", "elsewhere"]
VERBS = {
    "return": "返却を記録する",
    "lose": "紛失を届ける",
    "found": "見つかったと記録する",
    "profile": "表示・ランプ・ロックを設定する",
    "purpose": "設置目的を定める",
    "site": "設置場所と向きを定める",
    "check": "運用を始めるまでに要ることを見る",
    "frame": "撮影範囲の確認画像を入れる",
    "confirm": "撮影範囲を確認する",
    "activate": "運用を始める",
    "end": "運用を終える",
    "remove": "撤去を記録する",
    "connect": "ネットワークカメラの送り元を定める",
    "mask": "撮るときのマスクを定める",
    "password": "記録を開くパスワードを登録する",
    "find": "回線の上のカメラを探す",
    "device": "カメラに ONVIF で尋ねる",
    "examine": "認証、パスワード、時計を点検する",
    "reboot": "再起動する",
}
SITED = [
    f.name
    for f in fields(Siting)
    if f.name not in ("site", "sheet", "reach", "map_x", "map_y", "streams_openly")
]


class Command(WornVerbs, NetworkVerbs, MaskVerbs, Base):
    help = "カメラの登録、持ち出し、設置と運用"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="登録する")
        out = verbs.add_parser("issue", help="持ち出しを記録する")
        each = {name: verbs.add_parser(name, help=words) for name, words in VERBS.items()}
        for one in (add, out, *each.values()):
            one.add_argument("--org", required=True)
            one.add_argument("--number", required=True)
            by_option(one)
        _site_options(each["site"])
        each["purpose"].add_argument("--text", default="", help="設置目的（省くと規程の目的）")
        each["purpose"].add_argument("--commercial", action="store_true", help="商業の目的でも")
        for one in (add, each["site"]):
            one.add_argument("--photo", type=Path, metavar="FILE", help="取り付けた様子の写真")
        for name in ("frame", "remove"):
            each[name].add_argument("--picture", required=True, type=Path, metavar="FILE")
        _frame_options(each["frame"])
        each["remove"].add_argument("--on", required=True, type=date.fromisoformat)
        each["remove"].add_argument("--remover", required=True, help="撤去した者")
        add.add_argument("--serial", default="", help="製造番号")
        add.add_argument("--kind", default="wearable", choices=["wearable", "fixed"])
        add.add_argument("--mount", default="", choices=MOUNTS, help="固定カメラの取付けの場所")
        add.add_argument("--display-only", action="store_true", help="録画しない")
        add.add_argument("--place-type", default="", help="設置場所の種類")
        out.add_argument("--to", required=True, metavar="LOGIN", help="装着する人")
        worn_options(out, each)
        each["password"].add_argument("--file", required=True, type=Path, help="1行目に書いたもの")
        _stream_options(each["connect"])
        network_options(each)
        mask_options(each["mask"])
        verbs.add_parser("list", help="一覧").add_argument("--org", required=True)

    def run(self, given: dict[str, Any]) -> Report:
        report: Report = getattr(self, f"_{given['verb']}")(given)
        publish()
        return report

    def _add(self, given: dict[str, Any]) -> Report:
        made = register(
            organisation(given["org"]),
            number=given["number"],
            serial=given["serial"],
            kind=given["kind"],
            mount=given["mount"],
            display_only=given["display_only"],
            place_type=given["place_type"],
            photo=_photo(given),
            by=asker(given),
        )
        return Report(camera_json(made), [f"カメラ {made.number} を登録しました。"])

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
        decide_site(found, siting, password=given["password"], photo=_photo(given), by=asker(given))
        return Report(camera_json(found), [f"カメラ {found.number} の設置場所を記録しました。"])

    def _connect(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        connect(
            found,
            given["address"],
            user=given["user"],
            password=password_in(given["file"]),
            sound=given["sound"],
            certificate=compared(given["address"], given["certificate"]),
            by=asker(given),
        )
        return Report(camera_json(found), [f"カメラ {found.number} の送り元を定めました。"])

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

    def _activate(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        activate(found, by=asker(given))
        return Report(camera_json(found), [f"カメラ {found.number} の運用を始めました。"])

    def _end(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        end(found, by=asker(given))
        return Report(camera_json(found), [f"カメラ {found.number} の運用を終えました。"])

    def _remove(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        photo = jpeg(given["picture"].read_bytes(), PHOTO_WIDEST)
        remove(found, on=given["on"], remover=given["remover"], photo=photo, by=asker(given))
        return Report(camera_json(found), [f"カメラ {found.number} の撤去を記録しました。"])

    def _password(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        lines: list[str] = given["file"].read_text("utf-8").splitlines()
        enter_password(found, lines[0] if lines else "", by=asker(given))
        return Report(camera_json(found), [f"カメラ {found.number} のパスワードを登録しました。"])

    def _list(self, given: dict[str, Any]) -> Report:
        rows = [camera_json(c) for c in Camera.objects.filter(org=given["org"]).order_by("number")]
        return Report({"cameras": rows}, [f"{c['number']}\t{c['serial']}" for c in rows])


def _frame_options(parser: ArgumentParser) -> None:
    told = parser.add_argument
    area = "撮影する範囲（左 上 右 下、％）"
    told("--area", nargs=4, type=int, default=[0, 0, 100, 100], help=area)
    told("--outside", nargs=4, type=int, action="append", help="敷地外が写る範囲")
    told("--way", choices=frames.WAYS, default="", help="手当の仕方")
    told("--remedy", default="", help="敷地外への手当")


def _stream_options(parser: ArgumentParser) -> None:
    told = parser.add_argument
    told("--address", required=True, metavar="RTSP", help="rtsp://…")
    told("--user", default="", help="カメラの利用者名")
    told("--file", type=Path, help="1行目にパスワードを書いたもの")
    told("--sound", action="store_true", help="音も録る")
    told(
        "--certificate",
        default="",
        metavar="SHA256",
        help="確かめた指紋（rtsps://）",
    )


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


def _photo(given: dict[str, Any]) -> Picture | None:
    return jpeg(given["photo"].read_bytes(), PHOTO_WIDEST) if given["photo"] else None

"""hokanko camera: register cameras, check them out, and run the fixed ones."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from hokanko.cameras.actions import activate, end, register, remove
from hokanko.cameras.locks import enter_password
from hokanko.cameras.models import Camera
from hokanko.cameras.sites import PHOTO_WIDEST
from hokanko.cameras.streams import connect
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.management.masking import MaskVerbs, mask_options
from hokanko.management.networked import NetworkVerbs, compared, network_options, password_in
from hokanko.management.siting import MOUNTS, SitingVerbs, photo_in, siting_options
from hokanko.management.worn import WornVerbs, camera_json, camera_of, worn_options
from hokanko.media.redraw import jpeg
from hokanko.people.queries import organisation

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


class Command(WornVerbs, SitingVerbs, NetworkVerbs, MaskVerbs, Base):
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
        siting_options(each)
        for one in (add, each["site"]):
            one.add_argument("--photo", type=Path, metavar="FILE", help="取り付けた様子の写真")
        each["remove"].add_argument("--picture", required=True, type=Path, metavar="FILE")
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
            photo=photo_in(given),
            by=asker(given),
        )
        return Report(camera_json(made), [f"カメラ {made.number} を登録しました。"])

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

"""hokanko site: places with cameras, their base maps, and the signs that hang there."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from hokanko.cameras import posting
from hokanko.cameras import sites as actions
from hokanko.cameras.laying import add_sheet, lay_map
from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.queries import fixed
from hokanko.cameras.sheets import (
    base_map,
    sheet_called,
    sheet_named,
    sheets,
)
from hokanko.cameras.signs import HANGING, PLANNED, sites
from hokanko.cameras.sites import PHOTO_WIDEST, Spot
from hokanko.errors import Missing
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.media.redraw import Picture, jpeg
from hokanko.people.queries import organisation


class Command(Base):
    help = "設置場所、配置図の下図、表示板"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="設置場所を登録する")
        base = verbs.add_parser("map", help="配置図の下図を入れる")
        sign = verbs.add_parser("sign", help="表示板の掲示を記録する")
        plan = verbs.add_parser("plan", help="表示板の掲示を予定する")
        hang = verbs.add_parser("hang", help="予定した表示板の掲示、又は写真を記録する")
        move = verbs.add_parser("move", help="表示板を移した")
        drop = verbs.add_parser("drop", help="表示板の予定をやめる")
        down = verbs.add_parser("unsign", help="表示板の撤去を記録する")
        close = verbs.add_parser("close", help="設置場所を廃止する")
        for one in (add, base, sign, plan, hang, move, drop, down, close):
            one.add_argument("--org", required=True)
            one.add_argument("--name", required=True, help="設置場所の名称")
            by_option(one)
        add.add_argument("--address", default="", help="所在地")
        base.add_argument("--picture", required=True, type=Path, metavar="FILE")
        base.add_argument("--page", type=int, default=1, help="PDF の何ページ目か")
        for one in (base, sign, plan, move):
            one.add_argument("--sheet", default="", metavar="NAME", help="図面（省くと最初の図面）")
        for one in (sign, plan, hang, move, drop, down):
            one.add_argument("--place", required=True, help="掲示した（する）場所")
        move.add_argument("--to", required=True, help="移した先")
        at = ("LEFT", "TOP")
        for one in (sign, plan, move):
            one.add_argument("--entrance", default="", help="出入口")
            one.add_argument("--map", nargs=2, type=float, metavar=at, help="位置（％）")
        for one in (sign, plan):
            one.add_argument("--camera", required=True, action="append", metavar="NUMBER")
        for one in (sign, hang, move, down, close):
            one.add_argument("--on", required=True, type=date.fromisoformat, help="その日")
        for one in (sign, hang, move, down, close):
            needed = one in (down, close)
            one.add_argument("--picture", required=needed, type=Path, metavar="FILE", help="写真")
        confirmed = "運用中のカメラを知らせる最後の表示板でも、承知のうえで外した"
        down.add_argument("--confirmed", action="store_true", help=confirmed)
        verbs.add_parser("list", help="一覧").add_argument("--org", required=True)

    def run(self, given: dict[str, Any]) -> Report:
        report: Report = getattr(self, f"_{given['verb']}")(given)
        publish()
        return report

    def _add(self, given: dict[str, Any]) -> Report:
        made = actions.open_site(
            organisation(given["org"]),
            name=given["name"],
            address=given["address"],
            by=asker(given),
        )
        return Report(_as_json(made), [f"設置場所「{made.name}」を登録しました。"])

    def _map(self, given: dict[str, Any]) -> Report:
        found, by = _site(given), asker(given)
        drawn = base_map(given["picture"].read_bytes(), given["page"])
        sheet = sheet_named(found, given["sheet"]) or add_sheet(found, given["sheet"], by=by)
        lay_map(sheet, drawn, by=by)
        lines = [f"設置場所「{found.name}」の下図を入れました。"]
        if drawn.unwritten:
            lines.append(f"字体が PDF に入っていないので、{drawn.unwritten}字が図に出ていません。")
        return Report(_as_json(found), lines)

    def _close(self, given: dict[str, Any]) -> Report:
        found, photo = _site(given), _needed(given)
        actions.close_site(found, on=given["on"], photo=photo, by=asker(given))
        return Report(_as_json(found), [f"設置場所「{found.name}」を廃止しました。"])

    def _sign(self, given: dict[str, Any]) -> Report:
        made = posting.post_sign(
            _site(given),
            place=given["place"],
            cameras=_cameras(given),
            on=given["on"],
            **_where(given),
            photo=_photo(given),
            by=asker(given),
        )
        return _told(made, "表示板の掲示を記録しました。")

    def _plan(self, given: dict[str, Any]) -> Report:
        site, told = _site(given), _cameras(given)
        made = posting.plan_sign(
            site, place=given["place"], cameras=told, **_where(given), by=asker(given)
        )
        return _told(made, "表示板の掲示を予定しました。")

    def _hang(self, given: dict[str, Any]) -> Report:
        found = _found(given)
        posting.hang_sign(found, on=given["on"], photo=_photo(given), by=asker(given))
        return _told(found, "表示板の掲示を記録しました。")

    def _move(self, given: dict[str, Any]) -> Report:
        found = _found(given)
        posting.move_sign(
            found,
            place=given["to"],
            on=given["on"],
            **_where(given),
            photo=_photo(given),
            by=asker(given),
        )
        return _told(found, "表示板の移動を記録しました。")

    def _drop(self, given: dict[str, Any]) -> Report:
        found = _found(given)
        posting.drop_plan(found, by=asker(given))
        return _told(found, "表示板の予定をやめました。")

    def _unsign(self, given: dict[str, Any]) -> Report:
        found = _found(given)
        posting.remove_sign(
            found,
            on=given["on"],
            photo=_needed(given),
            confirmed=given["confirmed"],
            by=asker(given),
        )
        return _told(found, "表示板の撤去を記録しました。")

    def _list(self, given: dict[str, Any]) -> Report:
        rows = [_as_json(each) for each in sites(given["org"])]
        return Report({"sites": rows}, [f"{row['name']}\t{row['address']}" for row in rows])


def _site(given: dict[str, Any]) -> Site:
    found = sites(given["org"]).filter(name=given["name"]).first()
    if found is None:
        raise Missing("この設置場所は登録されていません。", "There is no such site.")
    return found


def _found(given: dict[str, Any]) -> Sign:
    """The sign at that place of the site, hanging or planned."""
    up = _site(given).signs.filter(place=given["place"], removed_on=None)
    found = up.select_related("site__org__parent").order_by("posted_on", "pk").first()
    if found is None:
        raise Missing("この表示板は記録されていません。", "There is no such sign.")
    return found


def _cameras(given: dict[str, Any]) -> list[Camera]:
    return list(fixed(given["org"]).filter(number__in=given["camera"]))


def _where(given: dict[str, Any]) -> dict[str, Any]:
    if not given["map"]:
        return {"entrance": given["entrance"], "spot": None}
    left, top = (each / 100 for each in given["map"])
    spot = Spot(left, top, sheet_called(_site(given), given["sheet"]))
    return {"entrance": given["entrance"], "spot": spot}


def _photo(given: dict[str, Any]) -> Picture | None:
    return _needed(given) if given["picture"] else None


def _needed(given: dict[str, Any]) -> Picture:
    return jpeg(given["picture"].read_bytes(), PHOTO_WIDEST)


def _told(sign: Sign, words: str) -> Report:
    hung = sign.posted_on.isoformat() if sign.posted_on else None
    return Report({"id": str(sign.pk), "place": sign.place, "posted": hung}, [words])


def _as_json(site: Site) -> dict[str, Any]:
    return {
        "id": str(site.pk),
        "org": site.org_id,
        "name": site.name,
        "address": site.address,
        "sheets": [sheet.called for sheet in sheets(site)],
        "cameras": [camera.number for camera in fixed(site.org_id).filter(site=site)],
        "signs": site.signs.filter(HANGING).count(),
        "planned": site.signs.filter(PLANNED).count(),
        "closed": site.closed_on,
    }

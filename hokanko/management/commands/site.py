"""hokanko site: places with cameras, their base maps, and the signs that hang there."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from hokanko.cameras import sites as actions
from hokanko.cameras.models import Site
from hokanko.cameras.queries import fixed
from hokanko.cameras.signs import sites
from hokanko.cameras.sites import MAP_WIDEST, PHOTO_WIDEST, Spot
from hokanko.errors import Missing
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.media.redraw import jpeg, png
from hokanko.people.queries import organisation


class Command(Base):
    help = "設置場所、配置図の下図、表示板"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="設置場所を登録する")
        base = verbs.add_parser("map", help="配置図の下図を入れる")
        sign = verbs.add_parser("sign", help="表示板の掲示を記録する")
        for one in (add, base, sign):
            one.add_argument("--org", required=True)
            one.add_argument("--name", required=True, help="設置場所の名称")
            by_option(one)
        add.add_argument("--address", default="", help="所在地")
        base.add_argument("--picture", required=True, type=Path, metavar="FILE")
        sign.add_argument("--place", required=True, help="掲示した場所")
        sign.add_argument("--entrance", default="", help="出入口")
        sign.add_argument("--camera", required=True, action="append", metavar="NUMBER")
        sign.add_argument("--on", required=True, type=date.fromisoformat, help="掲示した日")
        sign.add_argument("--map", nargs=2, type=float, metavar=("LEFT", "TOP"), help="位置（％）")
        sign.add_argument("--picture", type=Path, metavar="FILE", help="掲示した写真")
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
        found = _site(given)
        drawn = png(given["picture"].read_bytes(), MAP_WIDEST)
        actions.lay_map(found, drawn, by=asker(given))
        return Report(_as_json(found), [f"設置場所「{found.name}」の下図を入れました。"])

    def _sign(self, given: dict[str, Any]) -> Report:
        found, photo = _site(given), given["picture"]
        made = actions.post_sign(
            found,
            place=given["place"],
            entrance=given["entrance"],
            cameras=list(fixed(found.org_id).filter(number__in=given["camera"])),
            on=given["on"],
            spot=Spot(*(each / 100 for each in given["map"])) if given["map"] else None,
            photo=jpeg(photo.read_bytes(), PHOTO_WIDEST) if photo else None,
            by=asker(given),
        )
        return Report({"id": str(made.pk), "place": made.place}, ["表示板の掲示を記録しました。"])

    def _list(self, given: dict[str, Any]) -> Report:
        rows = [_as_json(each) for each in sites(given["org"])]
        return Report({"sites": rows}, [f"{row['name']}\t{row['address']}" for row in rows])


def _site(given: dict[str, Any]) -> Site:
    found = sites(given["org"]).filter(name=given["name"]).first()
    if found is None:
        raise Missing("この設置場所は登録されていません。", "There is no such site.")
    return found


def _as_json(site: Site) -> dict[str, Any]:
    return {
        "id": str(site.pk),
        "org": site.org_id,
        "name": site.name,
        "address": site.address,
        "cameras": [camera.number for camera in fixed(site.org_id).filter(site=site)],
        "signs": site.signs.filter(removed_on=None).count(),
    }

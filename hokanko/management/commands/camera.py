"""hokanko camera: register cameras, check them out."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from hokanko.cameras.actions import issue, register
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import camera as find
from hokanko.errors import Missing
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.queries import organisation, person


class Command(Base):
    help = "カメラの登録と持ち出し"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="登録する")
        out = verbs.add_parser("issue", help="持ち出しを記録する")
        for one in (add, out):
            one.add_argument("--org", required=True)
            one.add_argument("--number", required=True)
            by_option(one)
        add.add_argument("--serial", default="", help="製造番号")
        add.add_argument("--kind", default="wearable", choices=["wearable", "fixed"])
        out.add_argument("--to", required=True, metavar="LOGIN", help="装着する人")
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
            by=asker(given),
        )
        return Report(_as_json(made), [f"カメラ {made.number} を登録しました。"])

    def _issue(self, given: dict[str, Any]) -> Report:
        found = find(given["org"], given["number"])
        if found is None:
            raise Missing("このカメラは登録されていません。", "This camera is not registered.")
        issue(found, person(given["to"]), by=asker(given))
        return Report(_as_json(found), [f"カメラ {found.number} の持ち出しを記録しました。"])

    def _list(self, given: dict[str, Any]) -> Report:
        rows = [_as_json(c) for c in Camera.objects.filter(org=given["org"]).order_by("number")]
        return Report({"cameras": rows}, [f"{c['number']}\t{c['serial']}" for c in rows])


def _as_json(camera: Camera) -> dict[str, Any]:
    return {
        "id": str(camera.pk),
        "org": camera.org_id,
        "number": camera.number,
        "serial": camera.serial,
        "kind": camera.kind,
        "holder": camera.holder.login if camera.holder else None,
    }

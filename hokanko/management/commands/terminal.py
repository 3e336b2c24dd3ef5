"""hokanko terminal: prepare a management PC, enrolled by a one-time address; move one."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from hokanko.errors import Missing
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.attach import Scan
from hokanko.people.enrol import move_terminal, prepare_terminal
from hokanko.people.queries import organisation
from hokanko.people.roster import terminal


class Command(Base):
    help = "管理用パソコンの登録を用意し、別の場所へ移す"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("prepare", help="一度だけ使える登録用アドレスを作る")
        add.add_argument("--org", required=True)
        add.add_argument("--name", default="管理用パソコン")
        add.add_argument("--place", default="警察署地域課執務室")
        move = verbs.add_parser("move", help="別の場所へ移し、ワイヤーを新しく確かめる")
        move.add_argument("terminal", type=UUID, metavar="ID", help="端末の ID")
        move.add_argument("--place", required=True, help="移す先の設置場所")
        for each in (add, move):
            each.add_argument(
                "--wire-checked",
                type=date.fromisoformat,
                metavar="YYYY-MM-DD",
                help="セキュリティワイヤーを確かめた日",
            )
            each.add_argument("--photo", type=Path, help="セキュリティワイヤーの写真（JPEG・PNG）")
            each.add_argument(
                "--charger", default="", help="同じ場所に置くマルチチャージャーの番号"
            )
            by_option(each, required=True)

    def run(self, given: dict[str, Any]) -> Report:
        return _prepared(given) if given["verb"] == "prepare" else _moved(given)


def _prepared(given: dict[str, Any]) -> Report:
    made, code = prepare_terminal(
        organisation(given["org"]), name=given["name"], **_stands(given), by=asker(given)
    )
    publish()
    path = f"/terminal/enrol/{made.pk}/{code}/"
    return Report(
        {"terminal": str(made.pk), "path": path},
        ["管理用パソコンのブラウザーで、24時間以内に一度だけ開いてください:", path],
    )


def _moved(given: dict[str, Any]) -> Report:
    found = terminal(given["terminal"])
    move_terminal(found, **_stands(given), by=asker(given))
    publish()
    told = {"terminal": str(found.pk), "name": found.name, "place": found.place}
    return Report(told, [f"{found.name}\t{found.place}"])


def _stands(given: dict[str, Any]) -> dict[str, Any]:
    """Where it stands, and what was seen of its wire there."""
    return {
        "place": given["place"],
        "wire_checked_on": given["wire_checked"],
        "photo": _photo(given["photo"]),
        "charger": given["charger"],
    }


def _photo(path: Path | None) -> Scan | None:
    """The photograph named. Raises Missing where there is no such file."""
    if path is None:
        return None
    if not path.is_file():
        raise Missing(f"{path} というファイルはありません。", f"There is no file {path}.")
    return Scan(path.read_bytes(), path.name)

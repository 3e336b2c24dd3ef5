"""hokanko terminal: prepare a management PC; its browser is enrolled by a one-time address."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from hokanko.errors import Missing
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.attach import Scan
from hokanko.people.enrol import prepare_terminal
from hokanko.people.queries import organisation


class Command(Base):
    help = "管理用パソコンの登録を用意する"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("prepare", help="一度だけ使える登録用アドレスを作る")
        add.add_argument("--org", required=True)
        add.add_argument("--name", default="管理用パソコン")
        add.add_argument("--place", default="警察署地域課執務室")
        add.add_argument(
            "--wire-checked",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="セキュリティワイヤーを確かめた日",
        )
        add.add_argument("--photo", type=Path, help="セキュリティワイヤーの写真（JPEG・PNG）")
        add.add_argument("--charger", default="", help="同じ場所に置くマルチチャージャーの番号")
        by_option(add, required=True)

    def run(self, given: dict[str, Any]) -> Report:
        terminal, code = prepare_terminal(
            organisation(given["org"]),
            name=given["name"],
            place=given["place"],
            wire_checked_on=given["wire_checked"],
            photo=_photo(given["photo"]),
            charger=given["charger"],
            by=asker(given),
        )
        publish()
        path = f"/terminal/enrol/{terminal.pk}/{code}/"
        return Report(
            {"terminal": str(terminal.pk), "path": path},
            ["管理用パソコンのブラウザーで、24時間以内に一度だけ開いてください:", path],
        )


def _photo(path: Path | None) -> Scan | None:
    """The photograph named. Raises Missing where there is no such file."""
    if path is None:
        return None
    if not path.is_file():
        raise Missing(f"{path} というファイルはありません。", f"There is no file {path}.")
    return Scan(path.read_bytes(), path.name)

"""hokanko restore: put a backup back into its home; what has died stays dead."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hokanko.backup.copies import finish, prepare
from hokanko.ledger.kinds import KINDS
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.schedule import begin


class Command(Base):
    help = "控えから戻す（消去した映像は戻らない）"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="hokanko backup で作った場所")
        parser.add_argument(
            "--replace", action="store_true", help="壊れていないデータベースをよけて戻す"
        )
        by_option(parser)

    def run(self, given: dict[str, Any]) -> Report:
        folder: Path = given["folder"].resolve()
        aside = prepare(folder, replace=given["replace"])
        restored = finish(folder, aside, lambda: asker(given))
        begin()  # what is over ends at once, with its certificate
        lines = [
            f"控えから戻しました: {folder}",
            f"控えの後に取り込んだ映像 {restored.brought} 本を戻しました。",
            f"鍵のない映像 {restored.gone} 本は、消去済みとしました。",
        ]
        if restored.to_repeat:
            lines.append("控えの後の次のことは台帳にだけ残っています。もう一度行ってください:")
            lines += [f"  {KINDS[kind].ja}: {n} 件" for kind, n in restored.to_repeat.items()]
        if aside is not None:
            lines.append(f"前のデータベース: {aside}")
        body = {"restored": str(folder), **asdict(restored)}
        return Report({**body, "aside": str(aside) if aside else None}, lines)

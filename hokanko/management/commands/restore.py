"""hokanko restore: put a backup back into its home; what has died stays dead."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from hokanko.backup.copies import finish, prepare
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
        brought, gone = finish(folder, aside, lambda: asker(given))
        begin()  # what is over ends at once, with its certificate
        lines = [
            f"控えから戻しました: {folder}",
            f"控えの後に取り込んだ映像 {brought} 本を戻しました。",
            f"鍵のない映像 {gone} 本は、消去済みとしました。",
        ]
        if aside is not None:
            lines.append(f"前のデータベース: {aside}")
        body = {"restored": str(folder), "brought": brought, "gone": gone}
        return Report({**body, "aside": str(aside) if aside else None}, lines)

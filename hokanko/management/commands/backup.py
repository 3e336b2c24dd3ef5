"""hokanko backup: copy everything but the secrets to another medium."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hokanko.backup.copies import make
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option


class Command(Base):
    help = "控えを取る（鍵束と根の鍵は入らない）"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="控えを置く場所")
        by_option(parser)

    def run(self, given: dict[str, Any]) -> Report:
        folder: Path = given["folder"].resolve()
        label = make(folder, by=asker(given))
        return Report(
            {"backup": str(folder), **asdict(label)},
            [
                f"控えを取りました: {folder}",
                f"映像 {label.footage} 本、台帳 {label.ledger_size} 行。鍵束は入っていません。",
            ],
        )

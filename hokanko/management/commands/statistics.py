"""hokanko statistics: numbers of a force as a file, and the files of several forces merged."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from hokanko.errors import Missing
from hokanko.formats.statistics import Statistics, merge, read, write
from hokanko.headquarters import queries
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.management.fresh import write_fresh
from hokanko.people.queries import organisation, thing_of_org
from hokanko.rules.decide import require


class Command(Base):
    help = "統計（活用と取扱いの件数）の書き出しと、複数の警察の取りまとめ"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        out = verbs.add_parser("export", help="統計を書き出す")
        out.add_argument("--org", required=True)
        out.add_argument(
            "--since", type=date.fromisoformat, metavar="DATE", help="既定は実施の初日"
        )
        out.add_argument(
            "--until", type=date.fromisoformat, metavar="DATE", help="既定は実施の末日"
        )
        out.add_argument("--out", type=Path, metavar="FILE", help="書き出すファイル")
        by_option(out)
        several = verbs.add_parser("merge", help="いくつかの警察の統計を合わせる")
        several.add_argument("files", nargs="+", type=Path, metavar="FILE")
        several.add_argument("--out", type=Path, metavar="FILE", help="書き出すファイル")

    def run(self, given: dict[str, Any]) -> Report:
        report: Report = getattr(self, f"_{given['verb']}")(given)
        return report

    def _export(self, given: dict[str, Any]) -> Report:
        org = organisation(given["org"])
        require(asker(given), "statistics.read", thing_of_org(org))
        since, until = queries.period(org)
        told = queries.statistics(org, given["since"] or since, given["until"] or until)
        return _told(told, given["out"])

    def _merge(self, given: dict[str, Any]) -> Report:
        return _told(merge([read(_bytes(path)) for path in given["files"]]), given["out"])


def _bytes(path: Path) -> bytes:
    """Raises Missing."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Missing(f"{path} を読めません。", f"Cannot read {path}.") from error


def _told(told: Statistics, out: Path | None) -> Report:
    if out is not None:
        write_fresh(out, write(told))
    lines = [f"{name}\t{count}" for name, count in told.numbers.items()]
    period = f"{'、'.join(told.forces.values())}　{told.since}〜{told.until}"
    return Report(told.as_json(), [period, *(lines or ["この期間の記録はありません。"])])

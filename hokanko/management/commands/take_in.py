"""hokanko take-in: seal files; prints footage ids, sha256, last day."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from hokanko import clock
from hokanko.errors import HokankoError
from hokanko.footage.models import Footage
from hokanko.footage.queries import as_json
from hokanko.formats.names import readable
from hokanko.intake.jobs import examine
from hokanko.intake.receive import CLASSES, receive
from hokanko.intake.sources import from_path
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker_or_machine, by_option
from hokanko.people.queries import organisation


class Command(Base):
    help = "ファイルを取り込み、封印する"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--org", required=True)
        parser.add_argument("--camera", required=True, metavar="N")
        parser.add_argument(
            "--confidentiality", type=int, choices=CLASSES, help="機密性（区分のある規程だけ）"
        )
        parser.add_argument("--captured", type=moment, metavar="ISO", help="撮影日時の申述")
        by_option(parser)

    def run(self, given: dict[str, Any]) -> Report:
        org, by = organisation(given["org"]), asker_or_machine(given)
        told = {"stated": clock.iso(given["captured"])} if given["captured"] else {}
        taken: list[Footage] = []
        failed: list[tuple[str, HokankoError]] = []
        for path in _files(given["paths"]):
            try:
                with from_path(path, via="cli", **told) as source:
                    footage = receive(
                        org,
                        given["camera"],
                        source,
                        confidentiality=given["confidentiality"],
                        by=by,
                    )
                examine(str(footage.pk))
                taken.append(Footage.objects.select_related("camera", "wearer").get(pk=footage.pk))
            except HokankoError as error:
                failed.append((readable(str(path)), error))
        publish()
        return _report(taken, failed, self)


def moment(text: str) -> datetime:
    """A moment as typed; without an offset it is Tokyo's."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=clock.TOKYO)


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def _report(taken: list[Footage], failed: list[tuple[str, HokankoError]], command: Base) -> Report:
    for path, error in failed:
        command.stderr.write(f"{path}\n{error}")
    body = {
        "footage": [as_json(footage) for footage in taken],
        "refused": [{"path": path, **_flat(error)} for path, error in failed],
    }
    lines = [
        f"{f.number}  {f.sha256}  末日 {f.last_day}  {f.source}"
        + (f"  要確認: {'、'.join(f.flags)}" if f.flags else "")
        for f in taken
    ]
    return Report(body, lines, max((error.exit_code for _, error in failed), default=0))


def _flat(error: HokankoError) -> dict[str, object]:
    """A refusal's or an error's own fields, for a list of several."""
    (said,) = error.as_json().values()
    assert isinstance(said, dict)
    return said

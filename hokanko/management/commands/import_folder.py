"""hokanko import-folder: footage of a recorder or card, with its clock; goes on where it broke."""

from __future__ import annotations

import os
import stat
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hokanko import clock
from hokanko.errors import Conflict, Missing
from hokanko.footage.clocks import error_in_words
from hokanko.formats.names import readable
from hokanko.imports import actions
from hokanko.imports.actions import Brought, ClockRead
from hokanko.imports.models import Import, ImportFile
from hokanko.imports.queries import import_of, require_open, tally
from hokanko.imports.taking import listed, no_file, take, unread
from hokanko.imports.words import BROKEN, KINDS, SETTLED, STATES, WAITING
from hokanko.intake.jobs import examine
from hokanko.intake.sources import from_path
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.management.commands.take_in import moment
from hokanko.people.attach import Scan
from hokanko.people.queries import organisation, person
from hokanko.rules.actor import Actor

TELL_EVERY = 10  # files between two words on how far it is


class Command(Base):
    help = "録画装置やカードのフォルダーを、時計のずれとともに取り込む（途中からも続けられる）"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--org", help="所属（始めるとき）")
        parser.add_argument("--resume", metavar="NUMBER", help="この番号の持込みを続ける")
        parser.add_argument("--from", dest="kind", choices=list(KINDS), default="recorder")
        parser.add_argument("--device", default="", help="どの録画装置（カード）か")
        parser.add_argument("--taken-by", default="", help="取り出した人")
        parser.add_argument("--taken-at", type=moment, metavar="ISO", help="取り出した日時")
        parser.add_argument(
            "--camera",
            action="append",
            default=[],
            metavar="N[=TEXT]",
            help="カメラの番号と、その映像のフォルダー名かファイル名にある文字",
        )
        parser.add_argument("--shown", type=moment, metavar="ISO", help="画面に出ている時刻")
        parser.add_argument("--true", type=moment, metavar="ISO", help="そのときの正しい時刻")
        parser.add_argument("--photo", type=Path, metavar="FILE", help="画面と時計の写真")
        parser.add_argument("--names-utc", action="store_true", help="ファイル名の時刻はUTC")
        parser.add_argument("--oldest", type=moment, metavar="ISO", help="最も古い映像の日時")
        parser.add_argument("--overwrites", action="store_true", help="上書きする設定である")
        parser.add_argument("--end", action="store_true", help="取り込んだ後、持込みを終える")
        by_option(parser, required=True)

    def run(self, given: dict[str, Any]) -> Report:
        by, folder = asker(given), given["folder"]
        if not folder.is_dir():
            raise Missing(
                f"フォルダー {readable(str(folder))} がありません。", f"No folder {folder}."
            )
        lot = import_of(given["resume"]) if given["resume"] else _begin(given, by)
        require_open(lot)
        self.stderr.write(f"{lot.number}  時計のずれ: {error_in_words(lot.offset_s)}")
        shut: list[OSError] = []
        rows = [(row, path) for path in _files(folder, shut) if (row := _listed(lot, folder, path))]
        for error in shut:
            _tell_shut(lot, folder, error, by)
        for done, (row, path) in enumerate(rows, 1):
            if row.state not in SETTLED:
                _take(row, path, by)
            if done % TELL_EVERY == 0 or done == len(rows):
                self.stderr.write(f"{done} / {len(rows)}")
        if given["end"]:
            actions.end(lot, by=by)
        publish()
        return _report(lot)


def _begin(given: dict[str, Any], by: Actor) -> Import:
    if not given["org"] or given["taken_at"] is None:
        raise Conflict(
            "始めるときは --org と --taken-at、続けるときは --resume が要ります。",
            "Beginning needs --org and --taken-at, going on needs --resume.",
        )
    photo = given["photo"]
    told = Brought(
        kind=given["kind"],
        device=given["device"],
        taken_by=given["taken_by"],
        taken_at=given["taken_at"],
        cameras=dict(_mark(text) for text in given["camera"]),
        clock=ClockRead(
            given["shown"], given["true"], Scan(photo.read_bytes(), photo.name) if photo else None
        ),
        names_utc=given["names_utc"],
        oldest=given["oldest"],
        overwrites=given["overwrites"],
    )
    beginner = person(given["by"])
    return actions.begin(organisation(given["org"]), told, beginner=beginner, by=by)


def _mark(text: str) -> tuple[str, str]:
    number, _, mark = text.partition("=")
    return number.strip(), mark.strip()


def _files(folder: Path, shut: list[OSError]) -> Iterator[Path]:
    """All that lies in a folder, in order, links to other folders too: those are not followed.

    Folders that cannot be opened are added to `shut`.
    """
    for here, folders, names in os.walk(folder, onerror=shut.append, followlinks=False):
        folders.sort()
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        yield from (Path(here) / name for name in sorted([*names, *links]))


def _listed(lot: Import, folder: Path, path: Path) -> ImportFile:
    status = path.lstat()
    modified = clock.iso(datetime.fromtimestamp(status.st_mtime, UTC))
    size = status.st_size if stat.S_ISREG(status.st_mode) else 0
    return listed(lot, readable(str(path.relative_to(folder))), size, modified)


def _tell_shut(lot: Import, folder: Path, error: OSError, by: Actor) -> None:
    """A folder within that cannot be opened stands among the files, as one that went wrong."""
    path = Path(error.filename).relative_to(folder)
    row = listed(lot, readable(str(path)) + "/", 0, "")
    unread(row, Missing(f"開けません（{error.strerror}）。", f"{error.strerror}."), by=by)


def _take(row: ImportFile, path: Path, by: Actor) -> None:
    if not stat.S_ISREG(path.lstat().st_mode):
        no_file(row, by=by)
        return
    try:
        with from_path(path, via="import") as source:
            take(row, source, by=by)
    except Missing as gone:
        unread(row, gone, by=by)
    if row.footage is not None:
        examine(str(row.footage.pk))


def _report(lot: Import) -> Report:
    lot.refresh_from_db()
    counted = tally(lot)
    rows = list(lot.files.select_related("footage__camera").order_by("path", "pk"))
    body = {
        "import": lot.number,
        "offset_s": lot.offset_s,
        "counted": counted,
        "files": [_as_json(row) for row in rows],
    }
    lines = [
        f"{lot.number}  " + "  ".join(f"{STATES[s]} {counted[s]}" for s in STATES if s in counted)
    ]
    lines += [
        f"{STATES[row.state]}  {row.path}" + (f"  {row.note}" if row.note else "")
        for row in rows
        if row.state in (BROKEN, WAITING)
    ]
    return Report(body, lines, 1 if counted.get(BROKEN) else 0)


def _as_json(row: ImportFile) -> dict[str, object]:
    made = row.footage
    return {
        "path": row.path,
        "bytes": row.bytes,
        "state": row.state,
        "footage": made.number if made else None,
        "camera": made.camera.number if made else None,
        "captured": clock.iso(made.captured) if made and made.captured else None,
        "note": row.note,
    }

"""One file of an import, from where it lies to sealed footage, or to the reason why it is none."""

from __future__ import annotations

from dataclasses import replace

from hokanko import clock
from hokanko.errors import HokankoError, Refusal, Unavailable
from hokanko.footage.models import Footage
from hokanko.imports.actions import leave_out
from hokanko.imports.models import Import, ImportFile
from hokanko.imports.queries import require_open
from hokanko.imports.sorting import camera_of, no_footage, origin_of, over
from hokanko.imports.words import AGAIN, BROKEN, ERASED, NO_FILE, SETTLED, TAKEN, WHICH_CAMERA, Why
from hokanko.intake.receive import Erased, receive
from hokanko.intake.sources import Source
from hokanko.rules.actor import Actor

LONGEST_PATH = 400  # characters, counted from the end: the name says more than the first folder


def listed(lot: Import, path: str, size: int, modified: str) -> ImportFile:
    """The row of a file, made when it is first met. One that was changed since begins anew."""
    row, made = ImportFile.objects.get_or_create(
        part_of=lot, path=path[-LONGEST_PATH:], defaults={"bytes": size, "modified": modified}
    )
    if not made and (row.bytes, row.modified) != (size, modified):
        row.bytes, row.modified, row.state = size, modified, "waiting"
        row.save(update_fields=["bytes", "modified", "state"])
    return row


def take(
    row: ImportFile, source: Source, *, expected_sha256: str | None = None, by: Actor
) -> ImportFile:
    """Seal one file by the ordinary way in, or say why not. May be repeated: settled is settled.

    What goes wrong with one file is written at it, and the next one may come; a full disk or a
    refusal by the rules is raised, as it would meet every file.
    """
    lot = row.part_of
    require_open(lot)
    if row.state in SETTLED:  # a browser sends it all the same: read to the end, then it listens
        _pass_over(source)
        return row
    camera, origin = camera_of(lot.cameras, row.path), origin_of(lot, row.path, row.modified)
    why = no_footage(row.path, row.bytes) or (WHICH_CAMERA if camera is None else None)
    why = why or over(lot, origin)
    if why is not None or camera is None:
        _pass_over(source)
        leave_out(row, why or WHICH_CAMERA, by=by)
        return row
    came = replace(source, origin=origin)
    try:
        footage = receive(lot.org, camera, came, expected_sha256=expected_sha256, by=by)
    except (Refusal, Unavailable):
        raise
    except Erased as gone:
        leave_out(row, Why(ERASED, gone.ja, gone.en), by=by)
    except OSError as error:
        leave_out(row, _unreadable(error), by=by)
    except HokankoError as error:
        unread(row, error, by=by)
    else:
        _note(row, footage)
    return row


def no_file(row: ImportFile, *, by: Actor) -> None:
    """Write down that something there is no plain file."""
    if row.state not in SETTLED:
        leave_out(row, NO_FILE, by=by)


def unread(row: ImportFile, error: HokankoError, *, by: Actor) -> None:
    """Write down that a file could not even be opened."""
    leave_out(row, Why(BROKEN, error.ja + error.mend_ja, f"{error.en} {error.mend_en}"), by=by)


def _pass_over(source: Source) -> None:
    """Let a browser finish sending what is not kept; a file on a disk is not read at all."""
    room = memoryview(bytearray(1 << 20))
    while source.origin.get("via") == "upload" and source.read(room):
        pass


def _unreadable(error: OSError) -> Why:
    """A card that was pulled out, a bad sector: the next file may be read all the same."""
    return Why(
        BROKEN,
        f"元のファイルを読めません（{error.strerror}）。",
        f"The file cannot be read where it lies ({error.strerror}).",
    )


def _note(row: ImportFile, footage: Footage) -> None:
    """Point at the footage it became; what was here before says so."""
    origin = footage.origin
    own = (origin.get("import"), origin.get("path")) == (row.part_of.number, row.path)
    row.state, row.footage, row.at = TAKEN if own else AGAIN, footage, clock.now()
    row.note = row.note_en = ""
    row.save(update_fields=["state", "footage", "at", "note", "note_en"])

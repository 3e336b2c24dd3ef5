"""The folder that a backup is: what lies in it, and files copied so that a crash leaves no half.

Never in it: keyring, root, and the web key. Without them it opens nothing.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from hokanko.errors import Missing, Unsound
from hokanko.keyring.disk import make_folder, sync_folder, write

LABEL = "backup.json"
SMALL = ("hokanko.toml", "rehearsal.json")


@dataclass(frozen=True, slots=True)
class Label:
    """What a backup says of itself; it is written last, so a folder without it is not whole."""

    vkey: str  # the home it is of, by its ledger's key
    made_at: str
    vendor: str  # sqlite | postgresql
    footage: int
    sealed: int
    ledger_size: int
    backup: int = 1


def read_label(folder: Path) -> Label:
    """The label of a backup. Raises Missing where there is none, Unsound when it cannot be read."""
    try:
        return Label(**json.loads((folder / LABEL).read_text()))
    except FileNotFoundError as gone:
        raise Missing(
            f"{folder} に、完了した控えはありません。",
            f"There is no finished backup in {folder}.",
            mend_ja="hokanko backup で作った場所を指定してください。",
            mend_en="Name a folder made by hokanko backup.",
        ) from gone
    except (ValueError, TypeError) as bad:
        raise Unsound("控えの表紙を読めません。", "The backup's label cannot be read.") from bad


def write_label(folder: Path, label: Label) -> None:
    write(folder / LABEL, json.dumps(asdict(label), ensure_ascii=False, indent=1).encode())


def copy(source: Path, target: Path) -> None:
    """Copy one file durably: it has its name only when it is whole."""
    make_folder(target.parent)
    draft = target.with_name(target.name + ".part")
    with source.open("rb") as old, draft.open("wb") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        new.flush()
        os.fsync(new.fileno())
    draft.chmod(0o600)
    draft.replace(target)
    sync_folder(target.parent)


def copy_missing(source: Path, target: Path) -> None:
    """Copy what `target` lacks of a folder whose files never change under their names."""
    for path in sorted(p for p in source.rglob("*") if p.is_file() and not p.name.startswith(".")):
        place = target / path.relative_to(source)
        if not place.exists() or place.stat().st_size != path.stat().st_size:
            copy(path, place)

"""A file that a command writes: never over one that is there already."""

from __future__ import annotations

from pathlib import Path

from hokanko.errors import Conflict, Missing


def refuse_taken(path: Path) -> None:
    """Raises Conflict where something is there already."""
    if path.exists():
        raise Conflict(
            f"{path} は、すでにあります。上書きしません。",
            f"{path} exists already: it is not written over.",
            mend_ja="別の名前を付けるか、先にそのファイルを移してください。",
            mend_en="Give another name, or move that file away first.",
        )


def write_fresh(path: Path, content: bytes) -> None:
    """Write a new file. Raises Conflict where something is there, Missing where it cannot be."""
    refuse_taken(path)
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise Missing(f"{path} に書けません。", f"Cannot write {path}.") from error

"""Whether a piece's own facts are still those that the ledger has of it (police-2.2)."""

from __future__ import annotations

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.ledger.read import Act, about

TAKEN_IN = "intake.taken_in"
EXAMINED, SETTLED = "intake.examined", "intake.settled"


def differing(footage: Footage) -> list[str]:
    """The facts that are others than those written down, by their Japanese names."""
    lines = about(thing(footage).name)
    taken = next((line for line in lines if line.kind == TAKEN_IN), None)
    if taken is None:
        return []  # its line is not readable here any more; the ledger's own proof tells of that
    now = {
        "映像ファイル番号": (footage.number, taken.facts["number"]),
        "カメラ": (footage.camera.number, taken.facts["camera"]),
        "ハッシュ値": (footage.sha256, taken.facts["sha256"]),
        "大きさ": (footage.bytes, taken.facts["bytes"]),
        "作成日時": (clock.iso(footage.created), taken.facts["created"]),
    }
    if any(line.kind == EXAMINED for line in lines):  # before it, only the sender has spoken
        captured = clock.iso(footage.captured) if footage.captured else None
        wearer = str(footage.wearer_id) if footage.wearer_id else None
        now["撮影日時"] = (captured, _last(lines, "captured"))
        now["カメラ装着警察官"] = (wearer, _last(lines, "wearer"))
    return [name for name, (held, told) in now.items() if held != told]


def _last(lines: list[Act], fact: str) -> str | None:
    """What was found of it, or settled since; what a settling leaves open stays as it was."""
    told = None
    for line in lines:
        if line.kind == EXAMINED or (line.kind == SETTLED and line.facts.get(fact)):
            told = line.facts.get(fact)
    return told

"""A package for the browser: made in memory, gone when it has been sent.

A package holds footage in the clear, so it never lies on a disk of ours (I3): it is written into
the machine's memory (tmpfs), and its name is removed before the first byte is sent.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from hokanko.errors import Unavailable
from hokanko.people.models import Person
from hokanko.provision.clips import clips_of
from hokanko.provision.handover import deliver
from hokanko.provision.models import Provision
from hokanko.provision.taker import Taker
from hokanko.rules.actor import Actor

MEMORY = Path("/dev/shm")  # noqa: S108 memory, not a disk
ROOM_FOR_PAPERS = 64 << 20  # papers and stills beside the footage, with room to spare


def sealed_envelope(
    provision: Provision,
    *,
    hander: Person,
    receiver: Person | Taker,
    delivering: Sequence[str],
    medium: str,
    protected: str = "",
    by: Actor,
) -> BinaryIO:
    """Hand over, and give the package (a zip) as an open file without a name.

    Raises Unavailable where there is no such memory, or not enough of it.
    """
    _require_memory(provision)
    with TemporaryDirectory(dir=MEMORY, prefix="hokanko-") as folder:
        made = deliver(
            provision,
            hander=hander,
            receiver=receiver,
            delivering=delivering,
            medium=medium,
            target=Path(folder) / f"{provision.number}.zip",
            protected=protected,
            by=by,
        )
        return made.path.open("rb")


def _require_memory(provision: Provision) -> None:
    clipped = {clip.file_id: clip.bytes for clip in clips_of(provision)}
    files = provision.files.select_related("footage")
    needed = sum(clipped.get(file.pk) or file.footage.bytes for file in files) + ROOM_FOR_PAPERS
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > needed:
        return
    raise Unavailable(
        "この大きさの包みは、ブラウザーからは渡せません。まだ何も渡していません。",
        "A package of this size cannot be handed over by browser. Nothing has been handed over.",
        mend_ja="管理用パソコンで hokanko export を使い、媒体へ直接書き出してください。",
        mend_en="Use hokanko export on the management PC, which writes straight to the medium.",
    )

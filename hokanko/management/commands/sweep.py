"""hokanko sweep: what the timetable does at night: ends what is over, and certifies it."""

from __future__ import annotations

from typing import Any

from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.retention.erase import erase_due
from hokanko.retention.proof import certificate_path
from hokanko.rules.actor import HOME, machine


class Command(Base):
    help = "保存期間が満了した映像を消去し、証明書を出す"

    def run(self, given: dict[str, Any]) -> Report:
        erasures = erase_due(by=machine("sweep", HOME, via="cli" if given else "schedule"))
        publish()
        paths = [str(certificate_path(erasure)) for erasure in erasures]
        erased = [row["id"] for erasure in erasures for row in erasure.footage]
        days = sorted({erasure.day.isoformat() for erasure in erasures})
        lines = [f"{len(erased)} 本を消去し、証明書を {len(paths)} 通出しました。", *paths]
        return Report({"days": days, "erased": erased, "certificates": paths}, lines)

"""hokanko fsck: compare database, shelf, keyring and ledger; with --repair, mend what can be."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from hokanko import clock
from hokanko.intake.facts import LIVE
from hokanko.intake.models import Arrival
from hokanko.keyring import keys
from hokanko.ledger.files import COPY
from hokanko.ledger.prove import check
from hokanko.ledger.publish import publish, rewrite
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.recorder.jobs import recover_reels
from hokanko.retention.erase import days_over, unfinished
from hokanko.retention.mend import altered, mend
from hokanko.retention.models import Erasure
from hokanko.retention.proof import certificate_path
from hokanko.retention.queries import is_owed
from hokanko.retention.verify import misstated
from hokanko.rules.actor import HOME, machine
from hokanko.schedule import begin
from hokanko.timekeeping.queries import doubt
from hokanko.vault.disk import PART
from hokanko.vault.fsck import Finding, findings, unfiled
from hokanko.vault.models import SealedObject
from hokanko.vault.reel import KEPT, TAIL


class Command(Base):
    help = "データベース・棚・鍵束・台帳を突き合わせる"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="直せるものを直す")
        parser.add_argument(
            "--deep", action="store_true", help="全バイトと、映像の事項を台帳と照合する"
        )

    def run(self, given: dict[str, Any]) -> Report:
        if given["repair"]:
            begin()
            recover_reels()
            before = list(everything(deep=given["deep"]))
            for finding in before:
                mend(finding, by=machine("fsck", HOME, via="cli"))
            if {f.kind for f in before if f.kind.startswith("ledger-")} == {f"ledger-{COPY}"}:
                rewrite()  # only the files are wrong: the database proved itself
            publish()
        found = list(everything(deep=given["deep"]))
        problems = [{"kind": f.kind, "id": f.id, "what": f.what, "mend": f.mend} for f in found]
        lines = (
            ["異常はありません。"]
            if not found
            else [f"{f.kind}\t{f.id}\t{f.what}\t→ {f.mend}" for f in found]
        )
        return Report({"sound": not found, "problems": problems}, lines, 1 if found else 0)


def everything(*, deep: bool) -> Iterator[Finding]:
    """What does not fit, over all stores."""
    arrivals, ends = list(Arrival.objects.filter(state="copying")), unfinished()
    told_below = {arrival.pk.hex for arrival in arrivals} | _ending(ends)
    for finding in findings(deep=deep):
        if _stem(finding.id) in told_below:
            continue
        yield unfiled(finding.id) if finding.kind == "orphan" and is_owed(finding.id) else finding
    if deep:
        yield from misstated()
    yield from _half_way(arrivals, ends)
    for erasure in altered():
        yield Finding(
            "certificate",
            str(erasure.pk),
            f"消去証明書のファイル（{certificate_path(erasure).name}）が、発行したものと違います。",
            "もう一度発行します。",
        )
    for place in keys.keyring().late_places():
        yield Finding(
            "place",
            place,
            f"鍵束の保管場所（{place}）に届かないか、遅れています。",
            "媒体をつないでください。破棄はその後に完了します。理由は hokanko doctor が示します。",
        )
    for problem in check().problems:
        if problem.kind != "unsigned":  # the newest lines wait a second for their checkpoint
            yield Finding(
                f"ledger-{problem.kind}",
                str(problem.index),
                problem.ja,
                "データベースから書き直します。"
                if problem.kind == COPY
                else "控えの台帳と照合してください。台帳は書き直せません。",
            )


def _stem(name: str) -> str:
    """The transfer that a file on the shelf belongs to, if it is one of a recording's three."""
    return name.removesuffix(PART).removesuffix(TAIL).removesuffix(KEPT)


def _half_way(arrivals: list[Arrival], ends: list[Erasure]) -> Iterator[Finding]:
    """What has begun and is not done: the next start-up finishes it."""
    for arrival in arrivals:
        yield Finding(
            "arrival",
            str(arrival.pk),
            f"{arrival.source} の取込みが終わっていません。",
            "動いていなければ、届いた分を映像ファイルにします。"
            if arrival.origin.get("via") == LIVE
            else "動いていなければ片付けます。元の映像はカメラにあります。",
        )
    for erasure in ends:
        yield Finding(
            "erasure",
            str(erasure.pk),
            f"{erasure.day} の消去が途中です（{erasure.stage}）。",
            "残りの手順を行い、証明書を出します。",
        )
    waits = doubt()
    for org, day in days_over():
        yield Finding(
            "over",
            f"{org.pk}/{day}",
            f"{day} が満了していますが、まだ消去していません。",
            waits.mend_ja if waits else "消去します。もう読めません。",
        )


def _ending(erasures: list[Erasure]) -> set[str]:
    """Names of sealed objects on their way out: it is no fault that they are missing or keyless."""
    ids = [row["id"] for erasure in erasures for row in erasure.footage]
    going = SealedObject.objects.filter(subject__in=ids) | SealedObject.objects.filter(
        key_day__lt=clock.today()
    )
    return set(going.values_list("name", flat=True))

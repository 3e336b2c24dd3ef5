"""hokanko evidence: enter evidence in a register, list a register, withdraw an entry."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from hokanko import clock
from hokanko.audit.actions import enter, withdraw
from hokanko.audit.attaching import MOST_BYTES, Attachment, attached
from hokanko.audit.attest import attest
from hokanko.audit.models import Evidence
from hokanko.audit.queries import one, opened, rows
from hokanko.audit.registers import BY_CODE
from hokanko.errors import Conflict, Missing
from hokanko.ledger.announced import is_announced
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, thing_of_org
from hokanko.rules.decide import adopted_book, parameter, require

PUBLICATION = "publication"
PUBLICITY = ("publicity.before_start", "publicity.items", "publicity.consult")


class Command(Base):
    help = "証拠と簿冊（点検・廃棄・棚卸しなどの記録）"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="簿冊に記す")
        add.add_argument("--org", required=True)
        add.add_argument("--kind", default="evidence", choices=list(BY_CODE), help="簿冊")
        add.add_argument(
            "--clause", action="append", default=[], metavar="ID", help="どの条のためか"
        )
        add.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="いつのことか")
        add.add_argument("--expires", type=date.fromisoformat, metavar="DATE", help="期限")
        add.add_argument("--about", default="", metavar="KIND:ID", help="対象（camera:… など）")
        add.add_argument("--owner", default="", metavar="POST", help="次に求められる役職")
        add.add_argument("--file", type=Path, help="写真又は書類（10MBまで）")
        add.add_argument("--set", action="append", default=[], metavar="欄=値", help="簿冊の欄")
        by_option(add)
        listing = verbs.add_parser("list", help="一覧")
        listing.add_argument("--org", required=True)
        listing.add_argument("--kind", default="", choices=["", *BY_CODE])
        by_option(listing)
        back = verbs.add_parser("withdraw", help="取り下げる（線を引いて残る）")
        back.add_argument("id", type=UUID)
        back.add_argument("--reason", required=True)
        by_option(back)

        confirm = verbs.add_parser("confirm", help="廃棄を自分で確かめたと記す")
        confirm.add_argument("id", type=UUID)
        confirm.add_argument("--check", required=True, metavar="TEXT", help="確かめた方法")
        by_option(confirm)

    def run(self, given: dict[str, Any]) -> Report:
        report: Report = getattr(self, f"_{given['verb']}")(given)
        publish()
        return report

    def _add(self, given: dict[str, Any]) -> Report:
        org = organisation(given["org"])
        _insist_not_notice(org, given["clause"])
        made = enter(
            org,
            register=given["kind"],
            clauses=given["clause"],
            on=given["on"] or clock.today(),
            fields=dict(_pair(each) for each in given["set"]),
            about=given["about"],
            owner=given["owner"],
            expires_on=given["expires"],
            attachment=_attachment(given["file"]),
            by=asker(given),
        )
        lines = [f"{BY_CODE[made.kind].ja} 第{made.number}号に記しました。"]
        if made.waiting:
            lines.append(f"ほかの者の確認を待っています（hokanko evidence confirm {made.pk}）。")
        if made.kind == PUBLICATION and _waits_for_notice(org):
            lines.append(
                "これは報告と公表の記録です。カメラの持ち出しは、お知らせを公表するまでできません"
                f"（hokanko notice publish --org {org.pk}）。"
            )
        return Report(_as_json(made), lines)

    def _list(self, given: dict[str, Any]) -> Report:
        org = organisation(given["org"])
        require(asker(given), "evidence.read", thing_of_org(org))
        found = opened(rows(org.pk, given["kind"]))
        body = [_as_json(entry.row) | {"fields": entry.fields} for entry in found]
        lines = [f"{e.row.spoken_of}\t{e.number}\t{' '.join(e.row.clauses)}" for e in found]
        return Report({"org": org.pk, "evidence": body}, lines)

    def _confirm(self, given: dict[str, Any]) -> Report:
        row = one(given["id"])
        attest(row, given["check"], seen=True, by=asker(given))
        row = one(row.pk)
        told = "ほかの者の確認を待っています。" if row.waiting else "廃棄の記録が揃いました。"
        name = f"{BY_CODE[row.kind].ja} 第{row.number}号"
        return Report(_as_json(row), [f"{name}を確かめました。{told}"])

    def _withdraw(self, given: dict[str, Any]) -> Report:
        row = one(given["id"])
        withdraw(row, given["reason"], by=asker(given))
        return Report(_as_json(row), [f"{BY_CODE[row.kind].ja} 第{row.number}号を取り下げました。"])


def _insist_not_notice(org: Organisation, clauses: list[str]) -> None:
    """The publicity before the start is published, not entered. Raises Conflict."""
    known = {row.name: row for row in adopted_book(org.pk).parameters}
    notice = {clause for name in PUBLICITY if name in known for clause in known[name].clauses}
    if wrong := [clause for clause in clauses if clause in notice]:
        raise Conflict(
            f"条項 {'、'.join(wrong)} は、簿冊に記すのではなく、お知らせを公表して果たします。",
            f"{', '.join(wrong)} is met by publishing the notice, not by an entry.",
            mend_ja=f"hokanko notice consult、hokanko notice publish --org {org.pk}"
            "（画面では「お知らせ」）",
            mend_en=f"hokanko notice consult, hokanko notice publish --org {org.pk} "
            "(page: Notices)",
        )


def _waits_for_notice(org: Organisation) -> bool:
    """Whether the rulebook wants publicity before the start, and there is none."""
    return parameter(org.pk, PUBLICITY[0]) is True and not is_announced(
        {org.pk, org.parent_id or org.pk}
    )


def _pair(written: str) -> tuple[str, str]:
    name, mark, value = written.partition("=")
    if not mark:
        raise Conflict(
            f"「{written}」は 欄=値 の形ではありません。", f"{written!r} is not name=value."
        )
    return name.strip(), value


def _attachment(path: Path | None) -> Attachment | None:
    if path is None:
        return None
    if not path.is_file():
        raise Missing(f"ファイル「{path}」がありません。", f"There is no file {path}.")
    with path.open("rb") as file:
        return attached(path.name, file.read(MOST_BYTES + 1))


def _as_json(row: Evidence) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "org": row.org_id,
        "kind": row.kind,
        "number": row.number,
        "clauses": row.clauses,
        "about": row.about,
        "on": str(row.spoken_of),
        "expires_on": str(row.expires_on) if row.expires_on else None,
        "owner": row.owner,
        "file_sha256": row.file_sha256 or None,
        "withdrawn": row.withdrawn_at is not None,
        "waiting": row.waiting,
    }

"""hokanko ledger: verify it all, prove one line, show the signed head."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from hokanko.errors import Missing
from hokanko.ledger.models import Entry
from hokanko.ledger.prove import check, proof_of
from hokanko.ledger.publish import publish, signing_key
from hokanko.management.base import Command as Base
from hokanko.management.base import Report


class Command(Base):
    help = "台帳の検証と証明"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("verify", help="全行を検証する")
        verbs.add_parser("checkpoint", help="署名された頭を示す")
        proof = verbs.add_parser("proof", help="一行の証明を書き出す")
        proof.add_argument("index", type=int)
        proof.add_argument(
            "--to", type=Path, metavar="DIR", help="entry.json と proof.tlog-proof を置く場所"
        )

    def run(self, given: dict[str, Any]) -> Report:
        publish()
        report: Report = getattr(self, f"_{given['verb']}")(given)
        return report

    def _verify(self, given: dict[str, Any]) -> Report:
        del given
        verdict = check()
        problems = [
            {"kind": p.kind, "index": p.index, "what": p.ja, "what_en": p.en}
            for p in verdict.problems
        ]
        body = {
            "sound": verdict.sound,
            "size": verdict.size,
            "root": verdict.root,
            "checkpoint": verdict.checkpoint,
            "problems": problems,
        }
        lines = [f"{'健全' if verdict.sound else '異常あり'}: {verdict.size} 行、{verdict.root}"]
        return Report(body, lines + [p.ja for p in verdict.problems], 0 if verdict.sound else 1)

    def _checkpoint(self, given: dict[str, Any]) -> Report:
        del given
        head = publish()
        if head is None:
            raise Missing("台帳はまだ空です。", "The ledger is empty.")
        return Report(
            {"checkpoint": head.note, "size": head.size, "vkey": signing_key().vkey},
            [head.note, f"検証鍵: {signing_key().vkey}"],
        )

    def _proof(self, given: dict[str, Any]) -> Report:
        entry = Entry.objects.filter(place=given["index"]).first()
        if entry is None:
            raise Missing(
                f"{given['index']}行目はありません。", f"There is no line {given['index']}."
            )
        text, body = proof_of(entry.pk).text(), bytes(entry.body)
        if given["to"]:
            given["to"].mkdir(parents=True, exist_ok=True)
            (given["to"] / "proof.tlog-proof").write_text(text)
            (given["to"] / "entry.json").write_bytes(body)
            (given["to"] / "vkey").write_text(signing_key().vkey + "\n")
        return Report(
            {
                "index": given["index"],
                "entry": body.decode(),
                "proof": text,
                "vkey": signing_key().vkey,
            },
            [text],
        )

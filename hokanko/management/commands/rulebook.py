"""hokanko rulebook: list, check, show and print the rulebooks."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from hokanko.cameras import plan
from hokanko.cameras.signs import sites
from hokanko.editions.printing import TYPES, printed
from hokanko.editions.queries import outdated
from hokanko.errors import Missing
from hokanko.keyring import keys
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.papers.sign import SIZES_MM
from hokanko.people.handouts import briefing, for_contractor
from hokanko.people.models import Contractor, Organisation
from hokanko.people.queries import organisation
from hokanko.rules import book as books
from hokanko.rules.check import Problem, problems
from hokanko.rules.decide import adopted_book
from hokanko.rules.verbs import VERBS

PAPERS = ["text", "map", "sign", "vendor-briefing", "handout"]


class Command(Base):
    help = "規程の一覧・検査・表示・印刷"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="一覧")
        check = verbs.add_parser("check", help="誤りを、ファイルと行で示す")
        check.add_argument("codes", nargs="*", metavar="CODE")
        check.add_argument("--root", type=Path, help="規程の置き場所（既定は製品のもの）")
        verbs.add_parser("show", help="条文を示す").add_argument("code")
        printing = verbs.add_parser("print", help="要領・配置図・表示板・業者に渡す書面を印刷する")
        printing.add_argument("paper", nargs="?", default="text", choices=PAPERS)
        printing.add_argument("--org", required=True)
        printing.add_argument("--format", choices=list(TYPES), help="要領の形式（既定は md）")
        printing.add_argument("--size", default="a4", choices=list(SIZES_MM), help="表示板の大きさ")
        printing.add_argument("--site", help="設置場所の名前（表示板）")
        printing.add_argument("--contractor", help="委託先の名前（handout）")
        printing.add_argument("--to", type=Path)

    def run(self, given: dict[str, Any]) -> Report:
        report: Report = getattr(self, f"_{given['verb']}")(given)
        return report

    def _list(self, given: dict[str, Any]) -> Report:
        del given
        found = [books.load(code) for code in books.codes()]
        body = [
            {
                "code": b.code,
                "title": b.title_ja,
                "clauses": len(b.clauses),
                "fingerprint": b.fingerprint,
            }
            for b in found
        ]
        return Report({"rulebooks": body}, [f"{b.code}\t{b.title_ja}" for b in found])

    def _check(self, given: dict[str, Any]) -> Report:
        codes = given["codes"] or books.codes(given["root"])
        found, lines, bad = [], [], False
        for code in codes:
            wrong = problems(code, VERBS, given["root"])
            bad = bad or bool(wrong)
            clauses = 0 if wrong else len(books.load(code, given["root"]).clauses)
            before = [] if wrong or given["root"] else _adopted_before(code)
            told = [_told(problem) for problem in wrong]
            found.append(
                {"code": code, "clauses": clauses, "problems": told, "adopted_before": before}
            )
            lines += [f"{code}: {'誤りはありません' if not wrong else f'{len(wrong)} 件の誤り'}"]
            lines += [f"  {p.file}:{p.line}: {p.what_ja} — {p.hint}" for p in wrong]
            lines += _warning(before)
        return Report({"rulebooks": found}, lines, 1 if bad else 0)

    def _show(self, given: dict[str, Any]) -> Report:
        book = books.load(given["code"])
        clauses = [
            {"id": c.id, "article": c.article, "carried": c.carried, "ja": c.ja, "en": c.en}
            for c in book.clauses
        ]
        return Report(
            {"code": book.code, "title": book.title_ja, "clauses": clauses},
            [f"{c['id']}\t{c['article']}\t{c['carried']}\t{c['ja']}" for c in clauses],
        )

    def _print(self, given: dict[str, Any]) -> Report:
        org = organisation(given["org"])
        form, body = _printed(org, given)
        told = {"org": org.pk, "format": form, "fingerprint": adopted_book(org.pk).fingerprint}
        if given["to"]:
            given["to"].write_bytes(body)
        elif form != "md":
            raise Missing(
                "PDF と Word は、--to で書き出し先を指定してください。",
                "PDF and Word need --to FILE.",
            )
        page = body.decode() if form == "md" else str(given["to"])
        return Report(told | ({"text": page} if form == "md" else {"to": page}), [page])


def _told(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.file,
        "line": problem.line,
        "what": problem.what_ja,
        "what_en": problem.what_en,
        "hint": problem.hint,
    }


def _adopted_before(code: str) -> list[str]:
    """Who adopted this rulebook in this home as it was before its files were changed."""
    return outdated(code) if keys.home().exists else []


def _warning(orgs: list[str]) -> list[str]:
    """Sound files that nobody has adopted are not enforced: who is concerned, and what to do."""
    if not orgs:
        return []
    who, first = "、".join(orgs), orgs[0]
    return [
        f"  注意: {who} が採択したあとに、ファイルが変わりました。"
        "誰も採択していない規程は執行しないため、そこでは何もできません。",
        f"    ファイルを元に戻すか、いまのファイルで案を作り（hokanko org adopt --code {first}、"
        "又は画面の「規程の版」）、別の人が署名してください（hokanko org sign）。",
        f"  Warning: the files have changed since {', '.join(orgs)} adopted them. "
        "A text that nobody adopted is not enforced: nothing can be done there.",
        f"    Put the files back, or draft them as they are (hokanko org adopt --code {first}, or "
        "the page of editions) and have another person sign (hokanko org sign).",
    ]


def _printed(org: Organisation, given: dict[str, Any]) -> tuple[str, bytes]:
    """The form and the bytes of what is to be printed; all but the rules are PDF alone."""
    if given["paper"] == "text":
        form = given["format"] or "md"
        return form, printed(org, form)
    if given["paper"] == "map":
        return "pdf", plan.map_paper(org)
    if given["paper"] == "vendor-briefing":
        return "pdf", briefing(org)
    if given["paper"] == "handout":
        return "pdf", for_contractor(_contractor(org, given["contractor"]))
    found = sites(org.pk)
    site = found.filter(name=given["site"]).first() if given["site"] else found.first()
    if site is None:
        raise Missing("その設置場所は登録されていません。", "There is no such site.")
    return "pdf", plan.sign_paper(site, given["size"])


def _contractor(org: Organisation, name: str | None) -> Contractor:
    """The contractor of that name, or the only one. Raises Missing."""
    firms = Contractor.objects.filter(org=org)
    found = list(firms.filter(name=name) if name else firms)
    if len(found) != 1:
        raise Missing(
            "その委託先は登録されていないか、一つに決まりません。",
            "There is no such contractor, or not one alone.",
            mend_ja="--contractor に委託先の名前を書いてください。",
            mend_en="Name it with --contractor.",
        )
    return found[0]

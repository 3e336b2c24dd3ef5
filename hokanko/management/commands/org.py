"""hokanko org: units and headquarters, and the rulebook that each adopts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from hokanko import clock
from hokanko.editions.actions import draft, sign
from hokanko.editions.difference import difference
from hokanko.editions.queries import STATES, editions, effect, rules_of, state, to_sign
from hokanko.errors import Conflict
from hokanko.ledger.publish import publish
from hokanko.management.answers import answer_options, chosen, suggested
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.actions import add_organisation
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation
from hokanko.people.remote import close_remote, open_remote
from hokanko.rules.actor import HOME
from hokanko.rules.book import codes, load
from hokanko.rules.bounds import above
from hokanko.rules.decide import adoption
from hokanko.rules.models import Adoption
from hokanko.rules.text import blanks


class Command(Base):
    help = "所属を登録し、規程を採択する"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="登録して規程を採択する")
        add.add_argument(
            "--rulebook", metavar="CODE", help="--operator と --venue から選ばせることもできる"
        )
        answer_options(add)
        add.add_argument("--name", required=True)
        add.add_argument("--code", required=True, metavar="ORG")
        add.add_argument("--kind", help="規程の挙げる区分の一つ（書かなければ、その最初のもの）")
        add.add_argument("--parent", metavar="ORG", help="上に置く本部の記号")
        add.add_argument("--set", action="append", default=[], metavar="PARAM=VALUE")
        by_option(add)
        suggest = verbs.add_parser("suggest", help="誰が、どこでに答えて、当てはまる規程を知る")
        answer_options(suggest)
        again = verbs.add_parser("adopt", help="規程の次の版の案を作り、何が変わるかを示す")
        again.add_argument("--code", required=True, metavar="ORG")
        again.add_argument("--rulebook", metavar="CODE", help="既定はいまの規程")
        again.add_argument("--set", action="append", default=[], metavar="PARAM=VALUE")
        again.add_argument("--reason", default="", help="改める理由")
        by_option(again)
        signing = verbs.add_parser("sign", help="案か仮の版に署名して、施行する")
        signing.add_argument("--code", required=True, metavar="ORG")
        by_option(signing, required=True)
        remote = verbs.add_parser("remote", help="外からの利用を認める、又はやめる")
        remote.add_argument("turn", choices=["on", "off"])
        remote.add_argument("--code", required=True, metavar="ORG")
        by_option(remote)
        verbs.add_parser("editions", help="版の一覧").add_argument("--code", required=True)
        verbs.add_parser("list", help="一覧")

    def run(self, given: dict[str, Any]) -> Report:
        verbs = {
            "add": self._add,
            "suggest": suggested,
            "adopt": self._adopt,
            "sign": self._sign,
            "remote": self._remote,
            "editions": self._editions,
            "list": self._list,
        }
        return verbs[given["verb"]](given)

    def _remote(self, given: dict[str, Any]) -> Report:
        org, on = organisation(given["code"]), given["turn"] == "on"
        if on:
            open_remote(org, encrypted=settings.SESSION_COOKIE_SECURE, by=asker(given))
        else:
            close_remote(org, by=asker(given))
        publish()
        told = "外からの利用を認めました" if on else "外からの利用をやめました"
        return Report({"org": org.pk, "remote": on}, [f"{org.name}: {told}。"])

    def _adopt(self, given: dict[str, Any]) -> Report:
        org = organisation(given["code"])
        now = adoption(org.pk)
        code = given["rulebook"] or (now.book if now else "")
        drafted = draft(org, code, _pairs(given["set"]), given["reason"], by=asker(given))
        publish()
        return self._proposed(org, now, drafted)

    def _proposed(self, org: Organisation, now: Adoption | None, drafted: Adoption) -> Report:
        rules = rules_of(drafted)
        changes = difference(rules_of(now), rules) if now else None
        values = changes.values if changes else ()
        would, open_ = effect(drafted), blanks(rules.book, rules.values)
        ends = {
            kind: [{"number": m.footage.number, "last_day": m.day.isoformat()} for m in found]
            for kind, found in (("earlier", would.earlier), ("later", would.later))
        }
        lines = [
            f"{org.name}の規程「{drafted.book}」第{drafted.number}版の案を作りました。まだ効きません。",
            *(f"  {v.parameter.ja}（{v.parameter.name}）：{v.before} → {v.after}" for v in values),
            f"  文書の段落の変更: {len(changes.words) if changes else 0}",
            f"  早く終わる映像 {len(would.earlier)} 本、遅く終わる映像 {len(would.later)} 本",
            f"  施行: {'署名のとき' if not would.quiet_days else clock.iso(would.since)}",
            *(
                f"  注意: {row.ja}が、文書の示す{row.reason_above}{row.unit}を超えています。"
                f"理由: {drafted.values.get(row.reason_in)} [{row.clauses[0]}]"
                for row in above(rules.book, drafted.values)
            ),
            *(f"  埋めていない空欄: {rules.book.parameter(b).ja}（{b}）" for b in open_),
            f"署名: hokanko org sign --code {org.pk} --by LOGIN",
        ]
        words = [{"before": w.before, "after": w.after} for w in changes.words] if changes else []
        body = _told(drafted) | {
            "name": org.name,
            "blanks": list(open_),
            "values": {v.parameter.name: [v.before, v.after] for v in values},
            "words": words,
            "what_if": ends | {"quiet_days": would.quiet_days},
        }
        return Report(body, lines)

    def _sign(self, given: dict[str, Any]) -> Report:
        org = organisation(given["code"])
        waiting = to_sign(org.pk)
        if waiting is None:
            raise Conflict("署名を待っている版はありません。", "No edition waits for a signature.")
        signed = sign(org, waiting.pk, by=asker(given))
        publish()
        since = clock.iso(signed.since) if signed.since else ""
        lines = [
            f"{org.name}の規程「{signed.book}」第{signed.number}版に署名しました。施行: {since}",
            f"版の指紋: {signed.fingerprint}",
        ]
        return Report(_told(signed) | {"name": org.name}, lines)

    def _editions(self, given: dict[str, Any]) -> Report:
        org = organisation(given["code"])
        rows = [_told(row) for row in editions(org.pk)]
        lines = [
            f"第{r['number']}版\t{r['rulebook']}\t{STATES[r['state']]}\t{r['since'] or '—'}"
            for r in rows
        ]
        return Report({"org": org.pk, "editions": rows}, lines)

    def _add(self, given: dict[str, Any]) -> Report:
        by = asker(given)
        parent = organisation(given["parent"]) if given["parent"] else None
        rulebook, values = chosen(given)
        org = add_organisation(
            given["code"],
            given["name"],
            kind=_kind(rulebook, given["kind"]),
            parent=parent,
            rulebook=rulebook,
            values=values | _pairs(given["set"]),
            by=by,
        )
        adopted = adoption(org.pk)
        assert adopted is not None, "it was adopted with the organisation"
        publish()
        return Report(
            {
                "org": org.pk,
                "name": org.name,
                "rulebook": adopted.book,
                "fingerprint": adopted.fingerprint,
                "number": adopted.number,
                "state": state(adopted),
            },
            [
                f"{org.name}（{org.pk}）を登録し、規程「{adopted.book}」を採択しました。",
                f"版の指紋: {adopted.fingerprint}",
                "これは仮の版です。別の人の署名で制定してください: "
                f"hokanko org sign --code {org.pk} --by LOGIN",
            ],
        )

    def _list(self, given: dict[str, Any]) -> Report:
        del given
        rows = Organisation.objects.exclude(pk=HOME).order_by("pk")
        found = [{"org": o.pk, "name": o.name, "kind": o.kind, "parent": o.parent_id} for o in rows]
        return Report({"organisations": found}, [f"{o['org']}\t{o['name']}" for o in found])


def _told(row: Adoption) -> dict[str, Any]:
    """An edition for a machine."""
    return {
        "org": row.org,
        "rulebook": row.book,
        "fingerprint": row.fingerprint,
        "number": row.number,
        "state": state(row),
        "since": clock.iso(row.since) if row.since else None,
        "signed_at": clock.iso(row.signed_at) if row.signed_at else None,
    }


def _kind(rulebook: str, wanted: str | None) -> str:
    """The kind of organisation, as the rulebook knows kinds. Raises Conflict for another."""
    if rulebook not in codes():
        return wanted or ""  # adopting says which rulebooks there are
    kinds = [kind.id for kind in load(rulebook).kinds]
    if wanted is not None and wanted not in kinds:
        raise Conflict(
            f"規程「{rulebook}」に区分「{wanted}」はありません。",
            f"The rulebook {rulebook} knows no kind {wanted}.",
            mend_ja=f"次から選んでください: {'、'.join(kinds)}",
            mend_en=f"Choose one of: {', '.join(kinds)}",
        )
    return wanted or kinds[0]


def _pairs(words: list[str]) -> dict[str, str]:
    pairs = dict(word.partition("=")[::2] for word in words)
    if "" in pairs or any("=" not in word for word in words):
        raise Conflict("--set は 項目=値 の形で書いてください。", "Write --set as PARAM=VALUE.")
    return pairs

"""hokanko notice: the publicity: consulted on, published, withdrawn, shown."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from hokanko import clock
from hokanko.cameras.models import Site
from hokanko.errors import Missing
from hokanko.ledger.announced import consulted, is_announced
from hokanko.ledger.publish import publish as publish_ledger
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.people.models import Organisation
from hokanko.people.queries import organisation, person, thing_of_org
from hokanko.public import actions, queries
from hokanko.public.content import SENTENCE
from hokanko.public.models import Notice
from hokanko.rules.decide import require


class Command(Base):
    help = "お知らせ（広報）の協議・公表・取下げ・表示"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        asked = verbs.add_parser("consult", help="公表の前の協議を記録する")
        asked.add_argument("--org", required=True)
        asked.add_argument("--counterpart", required=True, metavar="POST", help="協議の相手の役職")
        asked.add_argument("--outcome", required=True, help="協議の結果")
        asked.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="既定は今日")
        by_option(asked, required=True)
        out = verbs.add_parser("publish", help="公表する")
        out.add_argument("--org", required=True)
        out.add_argument("--site", help="設置場所の名前（書かなければ、所属全体のページ）")
        out.add_argument("--contact", required=True, help="問い合わせ先（部署と電話番号）")
        out.add_argument("--words", default="", help="付け加えるひとこと")
        out.add_argument("--statement", default=SENTENCE, help="共同利用する旨の文（するときだけ）")
        by_option(out, required=True)
        down = verbs.add_parser("withdraw", help="公表を取り下げる")
        down.add_argument("--org", required=True)
        down.add_argument("--site", help="設置場所の名前（書かなければ、所属全体のページ）")
        by_option(down, required=True)
        shown = verbs.add_parser("show", help="何を公表しているかを見る")
        shown.add_argument("--org", required=True)
        by_option(shown)

    def run(self, given: dict[str, Any]) -> Report:
        report: Report = getattr(self, f"_{given['verb']}")(given, organisation(given["org"]))
        publish_ledger()
        return report

    def _consult(self, given: dict[str, Any], org: Organisation) -> Report:
        on = given["on"] or clock.today()
        actions.consult(
            org,
            on=on,
            counterpart=given["counterpart"],
            outcome=given["outcome"],
            by=asker(given),
        )
        return Report(
            {"org": org.pk, "consulted": on.isoformat()},
            [f"{on} の協議を記録しました。次に: hokanko notice publish --org {org.pk}"],
        )

    def _publish(self, given: dict[str, Any], org: Organisation) -> Report:
        site = _site(org, given["site"]) if given["site"] else None
        notice = actions.publish(
            org,
            site,
            contact=given["contact"],
            words=given["words"],
            statement=given["statement"],
            publisher=person(given["by"]),
            by=asker(given),
        )
        told = _as_json(notice.site, notice)
        return Report(told, [f"{notice.site.name}のお知らせを公表しました: {told['path']}"])

    def _withdraw(self, given: dict[str, Any], org: Organisation) -> Report:
        site = _site(org, given["site"]) if given["site"] else queries.whole(org)
        if site is None:
            raise Missing("公表しているページはありません。", "There is no page to withdraw.")
        actions.withdraw(site, by=asker(given))
        return Report(_as_json(site, None), [f"{site.name}のお知らせを取り下げました。"])

    def _show(self, given: dict[str, Any], org: Organisation) -> Report:
        require(asker(given), "notice.withdraw", thing_of_org(org))  # as the page does
        circle = {org.pk, org.parent_id or org.pk}
        agreed, rows = consulted(circle), [_as_json(*each) for each in queries.sites(org.pk)]
        body = {
            "org": org.pk,
            "announced": is_announced(circle),
            "consulted": clock.day_of(agreed.at).isoformat() if agreed else None,
            "notices": rows,
        }
        lines = [
            f"{row['site']}\t{row['published_at'] or '公表していません'}\t{row['path'] or '—'}"
            for row in rows
        ]
        return Report(
            body, lines or ["お知らせのページはまだありません（hokanko notice publish）。"]
        )


def _site(org: Organisation, name: str) -> Site:
    """The site in use of that name. Raises Missing."""
    found = Site.objects.filter(org=org, name=name, closed_at=None).select_related("org").first()
    if found is None:
        raise Missing(f"設置場所「{name}」は登録されていません。", f"There is no site {name}.")
    return found


def _as_json(site: Site, notice: Notice | None) -> dict[str, Any]:
    return {
        "org": site.org_id,
        "site": site.name,
        "path": f"/notice/{site.notice_code}/" if notice else None,
        "published_at": clock.iso(notice.published_at) if notice else None,
        "contact": notice.contact if notice else None,
    }

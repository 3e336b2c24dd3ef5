"""hokanko person: credentials, posts, oaths, training, cards."""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeAlias

from hokanko import clock
from hokanko.errors import Missing
from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.management.commands.init import first_password
from hokanko.people import actions, appointing, paperwork, proving, readying
from hokanko.people.attach import Scan
from hokanko.people.models import Person
from hokanko.people.queries import actor, organisation, person
from hokanko.people.standing import running


class Command(Base):
    help = "認証情報・役職・教育（教養）・二次元コード"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="認証情報を登録する")
        add.add_argument("--org", required=True)
        add.add_argument("--login", required=True)
        add.add_argument("--name", required=True)
        add.add_argument("--post", help="同時に指定する役職")
        add.add_argument("--section", default="", help="係")
        add.add_argument("--telephone", default="", help="電話（警察は警電）")
        add.add_argument("--password-file", type=Path)
        _posts(verbs)
        _deeds(verbs)
        _reviews(verbs)
        by_option(add)
        verbs.add_parser("list", help="一覧").add_argument("--org")

    def run(self, given: dict[str, Any]) -> Report:
        report: Report = getattr(self, f"_{given['verb']}")(given)
        publish()
        return report

    def _add(self, given: dict[str, Any]) -> Report:
        password, shown = first_password(given["password_file"])
        made = actions.register(
            organisation(given["org"]),
            login=given["login"],
            name=given["name"],
            password=password,
            post=given["post"],
            section=given["section"],
            telephone=given["telephone"],
            by=asker(given),
        )
        body = _as_json(made)
        lines = [f"{made.name}さん（{made.login}）を登録しました。"]
        if shown:
            body["password"] = password
            lines.append(f"合言葉（一度だけ表示します）: {password}")
        return Report(body, lines)

    def _appoint(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        org, since, until = organisation(given["org"]), given["since"], given["until"]
        appointing.appoint(
            who,
            org,
            given["post"],
            since=_morning(since) if since and since > clock.today() else None,
            until=datetime.combine(until, time.max, clock.TOKYO) if until else None,
            by=asker(given),
        )
        return Report(_as_json(who), [f"{who.name}さんを{given['post']}に指定しました。"])

    def _dismiss(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        held = running(clock.now()).filter(person=who, org=given["org"], post=given["post"]).first()
        if held is None:
            raise Missing("その役職には就いていません。", "That post is not held.")
        appointing.dismiss(held, by=asker(given))
        return Report(_as_json(who), [f"{who.name}さんの{given['post']}を解きました。"])

    def _oath(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        article = given["article"]
        form, path = "work-rules" if article else "oath", given["scan"]
        scan = Scan(path.read_bytes(), path.name) if path else None
        readying.swear(who, form=form, article=article, scan=scan, by=asker(given))
        return Report(_as_json(who), [f"{who.name}さんの誓約を記録しました。"])

    def _train(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        readying.train(
            who,
            given["topic"],
            content=given["content"],
            quizzed=given["quizzed"],
            held_on=given["on"],
            valid_until=given["valid_until"],
            trainer=given["trainer"],
            by=asker(given),
        )
        return Report(_as_json(who), [f"{who.name}さんの教育（教養）を記録しました。"])

    def _remind(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        path = given["scan"]
        scan = Scan(path.read_bytes(), path.name) if path else None
        paperwork.remind(who, scan=scan, by=asker(given))
        return Report(_as_json(who), [f"{who.name}さんに離任後の守秘を告げたと記しました。"])

    def _read(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        paperwork.acknowledge(who, by=asker(given))
        return Report(_as_json(who), [f"{who.name}さんが規程を読んだと記しました。"])

    def _review(self, given: dict[str, Any]) -> Report:
        count = paperwork.review(organisation(given["org"]), by=asker(given))
        return Report({"org": given["org"], "people": count}, [f"{count} 人の登録を点検しました。"])

    def _succeed(self, given: dict[str, Any]) -> Report:
        who, org = person(given["person"]), organisation(given["org"])
        made = paperwork.succeed(org, given["position"], who, given["on"], by=asker(given))
        posts = "、".join(row.post for row in made)
        return Report(_as_json(who), [f"{given['on']} から {who.name}さん: {posts}"])

    def _card(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        card = actions.issue_card(who, by=asker(given))
        return Report(
            {**_as_json(who), "code": card.code}, [f"{who.name}さんのカード: {card.code}"]
        )

    def _retire(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        actions.retire(who, by=asker(given))
        return Report(_as_json(who), [f"{who.name}さんの認証情報を抹消しました。"])

    def _password(self, given: dict[str, Any]) -> Report:
        who, (password, shown) = person(given["person"]), first_password(given["password_file"])
        actions.rekey(who, password, by=asker(given))
        lines = [f"{who.name}さんの合言葉を変えました。"]
        if shown:
            lines.append(f"合言葉（一度だけ表示します）: {password}")
        return Report(_as_json(who) | ({"password": password} if shown else {}), lines)

    def _factor(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        proving.clear_factor(who, by=asker(given))
        return Report(_as_json(who), [f"{who.name}さんの二段階認証を外しました。"])

    def _list(self, given: dict[str, Any]) -> Report:
        rows = Person.objects.order_by("org", "login")
        found = [_as_json(p) for p in (rows.filter(org=given["org"]) if given["org"] else rows)]
        return Report(
            {"people": found},
            [f"{p['org']}\t{p['login']}\t{p['name']}\t{'、'.join(p['posts'])}" for p in found],
        )


Verbs: TypeAlias = "_SubParsersAction[ArgumentParser]"


def _posts(verbs: Verbs) -> None:
    for verb, ja in (("appoint", "役職に指定する"), ("dismiss", "役職を解く")):
        one = verbs.add_parser(verb, help=ja)
        one.add_argument("person", metavar="LOGIN")
        one.add_argument("--org", required=True)
        one.add_argument("--post", required=True)
        if verb == "appoint":
            one.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="いつから")
            one.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="最後の日")
        by_option(one)


def _deeds(verbs: Verbs) -> None:
    for verb, ja in (
        ("oath", "誓約を受ける"),
        ("train", "教育（教養）を記録する"),
        ("card", "二次元コードを付与する"),
        ("retire", "認証情報を抹消する"),
        ("remind", "離任後の守秘を告げたと記す"),
        ("read", "本人が規程を読んだと記す"),
        ("password", "合言葉を変える"),
        ("factor", "二段階認証を外す（携帯電話をなくしたとき）"),
    ):
        one = verbs.add_parser(verb, help=ja)
        one.add_argument("person", metavar="LOGIN")
        by_option(one)
        if verb == "password":
            one.add_argument("--password-file", type=Path)
        if verb == "train":
            one.add_argument("--topic", default="", help="科目（既定は規程の求めるすべて）")
            one.add_argument("--content", default="", help="教えた中身")
            one.add_argument("--quizzed", action="store_true", help="確認票の問いに答えさせた")
            one.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="受けた日")
            one.add_argument("--valid-until", type=_day, metavar="YYYY-MM-DD", help="有効期限")
            one.add_argument("--trainer", default="", help="教えた人")
        if verb == "oath":
            one.add_argument("--article", default="", help="就業規則によるときは、その条")
        if verb in {"oath", "remind"}:
            one.add_argument("--scan", type=Path, help="署名した書面の写し（PDFか写真）")


def _reviews(verbs: Verbs) -> None:
    reviewed = verbs.add_parser("review", help="登録を点検したと記す")
    reviewed.add_argument("--org", required=True)
    by_option(reviewed)
    succeeded = verbs.add_parser("succeed", help="職の交代に役職を従わせる")
    succeeded.add_argument("person", metavar="LOGIN")
    succeeded.add_argument("--org", required=True)
    succeeded.add_argument("--position", required=True, help="職")
    succeeded.add_argument("--on", required=True, type=_day, metavar="YYYY-MM-DD")
    by_option(succeeded)


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), clock.TOKYO)


def _as_json(who: Person) -> dict[str, Any]:
    return {
        "id": str(who.pk),
        "login": who.login,
        "name": who.name,
        "org": who.org_id,
        "posts": list(actor(who).posts),
        "active": who.is_active,
    }

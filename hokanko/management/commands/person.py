"""hokanko person: credentials, posts, oaths, training, cards."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from hokanko.ledger.publish import publish
from hokanko.management.base import Command as Base
from hokanko.management.base import Report, asker, by_option
from hokanko.management.commands.init import first_password
from hokanko.people import actions
from hokanko.people.models import Person
from hokanko.people.queries import actor, organisation, person


class Command(Base):
    help = "認証情報・役職・教養・二次元コード"

    def arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="認証情報を登録する")
        add.add_argument("--org", required=True)
        add.add_argument("--login", required=True)
        add.add_argument("--name", required=True)
        add.add_argument("--post", help="同時に指定する役職")
        add.add_argument("--section", default="", help="係")
        add.add_argument("--telephone", default="", help="警電")
        add.add_argument("--password-file", type=Path)
        for verb, ja in (("appoint", "役職に指定する"), ("dismiss", "役職を解く")):
            one = verbs.add_parser(verb, help=ja)
            one.add_argument("person", metavar="LOGIN")
            one.add_argument("--org", required=True)
            one.add_argument("--post", required=True)
            by_option(one)
        for verb, ja in (
            ("oath", "誓約を受ける"),
            ("train", "教養を記録する"),
            ("card", "二次元コードを付与する"),
            ("retire", "認証情報を抹消する"),
            ("password", "合言葉を変える"),
        ):
            one = verbs.add_parser(verb, help=ja)
            one.add_argument("person", metavar="LOGIN")
            by_option(one)
            if verb == "password":
                one.add_argument("--password-file", type=Path)
            if verb == "train":
                one.add_argument("--topic", default="撮影・映像・機器の管理")
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
        actions.appoint(who, organisation(given["org"]), given["post"], by=asker(given))
        return Report(_as_json(who), [f"{who.name}さんを{given['post']}に指定しました。"])

    def _dismiss(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        held = who.appointments.get(org=given["org"], post=given["post"], until=None)
        actions.dismiss(held, by=asker(given))
        return Report(_as_json(who), [f"{who.name}さんの{given['post']}を解きました。"])

    def _oath(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        actions.swear(who, by=asker(given))
        return Report(_as_json(who), [f"{who.name}さんの誓約を記録しました。"])

    def _train(self, given: dict[str, Any]) -> Report:
        who = person(given["person"])
        actions.train(who, given["topic"], by=asker(given))
        return Report(_as_json(who), [f"{who.name}さんの教養を記録しました。"])

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

    def _list(self, given: dict[str, Any]) -> Report:
        rows = Person.objects.order_by("org", "login")
        found = [_as_json(p) for p in (rows.filter(org=given["org"]) if given["org"] else rows)]
        return Report(
            {"people": found},
            [f"{p['org']}\t{p['login']}\t{p['name']}\t{'、'.join(p['posts'])}" for p in found],
        )


def _as_json(who: Person) -> dict[str, Any]:
    return {
        "id": str(who.pk),
        "login": who.login,
        "name": who.name,
        "org": who.org_id,
        "posts": list(actor(who).posts),
        "active": who.is_active,
    }

"""Organisations under the rulebooks that provide to outsiders, and a request on its way there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.people.readying import swear, train
from hokanko.provision.actions import ask, enter, grant
from hokanko.provision.extent import Extent
from hokanko.provision.form import MEDIUM, Form
from hokanko.provision.handover import Delivered, deliver
from hokanko.provision.judging import Judged
from hokanko.provision.models import Provision
from hokanko.provision.taker import Taker
from hokanko.rules.decide import parameter
from tests.clauses import offices
from tests.clauses.founded import Founded, camera, found
from tests.fixtures import NOON

DAY = date(2026, 11, 20)
POLICE = "青葉警察署 刑事課"
WARD = {
    "org.name": "青葉区",
    "retention.days": "30",
    "storage.places": "青葉区役所 防災課の施錠した保管庫",
    "inspection.months": "6",
    "camera.count": "2",
}
STATED: dict[str, dict[str, str]] = {  # what each ground asks for, by its field
    "law": {"law": "刑事訴訟法第218条", "law_document": "令和8年（る）第12号"},
    "inquiry": {
        "body": POLICE,
        "officer": "佐川 巡査部長",
        "inquiry": "照会第34号",
        "matter": "crime",
    },
    "urgent": {"danger": "行方不明の児童の生命", "urgency": "今夜の気温が氷点下になるため"},
    "link": {"link": "自転車の盗難の防止"},
}
UNDIVIDED = Extent(breadth="前後の動きを続けて見る必要があるため")
WHY = "盗難の現場が写る20分だけで足り、ほかに確かめる方法がない。"


def ward() -> Founded:
    """青葉区: aoki is the installer, mori the manager, kishi an operator, hara nobody."""
    here = offices.ward(WARD)
    camera(here, "mori")
    return here


def house() -> Founded:
    """熊谷家: kumagai is the installer."""
    values = {
        "org.name": "熊谷 一郎",
        "camera.places": "玄関の軒下（門の向き。道路は映さない）",
        "storage.places": "書斎の鍵のかかる棚",
    }
    here = found("IE", "熊谷家", "home", values)
    here.register("kanri", "kumagai", "熊谷 一郎", "設置者")
    camera(here, "kumagai")
    return here


def shop() -> Founded:
    """みどり書店: midori is the manager, trained in data protection and leaks."""
    values = {
        "org.name": "みどり書店 本店",
        "retention.days": "30",
        "joint.parties": "みどり書店",
        "joint.items": "画像",
        "joint.responsible": "株式会社みどり書店",
    }
    here = found("MIDORI", "みどり書店 本店", "shop", values)
    here.register("kanri", "honbu", "本部 総務", "総務部長")
    here.register("kanri", "midori", "緑川 薫", "管理責任者")
    here.register("kanri", "fukuda", "福田 実", "管理副責任者")
    for login in ("midori", "fukuda"):
        for topic in parameter("MIDORI", "training.topics"):
            train(here.people[login], topic, by=here.by("honbu"))
        swear(here.people[login], by=here.by("honbu"))
    camera(here, "midori")
    return here


def form(**changes: object) -> Form:
    """What the police ask of an organisation, with nothing left out."""
    whole = Form(
        outline="自転車の盗難の捜査",
        happened_from=NOON - timedelta(minutes=10),
        happened_until=NOON + timedelta(minutes=10),
        wearer=None,
        wants=[MEDIUM],
        purposes=["防犯"],
        purpose_note="",
        telephone="",
        recipient=POLICE,
        body_kind="investigative",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def taken_down(here: Founded, login: str, **changes: object) -> Provision:
    """Taken down by somebody of the organisation."""
    return ask(here.org, form(**changes), here.people[login], by=here.by(login))


def judge(
    here: Founded,
    login: str,
    provision: Provision,
    ground: str,
    stated: dict[str, str],
    **more: str,
) -> None:
    """Granted on a ground, with the words it asks for."""
    told: dict[str, object] = {"necessity": WHY, **more}
    judged = Judged(conditions=stated, **told)  # type: ignore[arg-type]
    grant(provision, here.people[login], ground, judged=judged, by=here.by(login))


def choose(
    here: Founded, login: str, provision: Provision, *footage: Footage, extent: Extent = UNDIVIDED
) -> None:
    """The pieces of footage that it is about: whole ones, with the reason, unless told."""
    wanted = [(piece, ()) for piece in footage]
    enter(provision, here.people[login], wanted, extent=extent, by=here.by(login))


def taker(**changes: object) -> Taker:
    """佐川 of the police, identified and with everything signed."""
    whole = Taker(
        "佐川 一郎",
        recipient=POLICE,
        identity="身分証明書の提示：警察手帳",
        undertaking_on=clock.today(),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def hand(
    here: Founded,
    login: str,
    provision: Provision,
    target: Path,
    who: Taker | None = None,
    medium: str = "USB-1",
) -> Delivered:
    """Handed over at the desk."""
    return deliver(
        provision,
        hander=here.people[login],
        receiver=who or taker(),
        delivering=[MEDIUM],
        medium=medium,
        target=target,
        by=here.by(login),
    )

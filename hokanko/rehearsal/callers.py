"""Who comes to the neighbours of a rehearsal from outside: the police, and people next door."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hokanko import clock
from hokanko.cases.actions import open_case
from hokanko.footage.models import Footage
from hokanko.provision.actions import ask, enter, grant
from hokanko.provision.extent import Extent
from hokanko.provision.form import MEDIUM, Form
from hokanko.provision.handover import deliver
from hokanko.provision.judging import Judged
from hokanko.provision.models import Provision
from hokanko.provision.taker import Taker
from hokanko.rehearsal.settling import Settled
from hokanko.rehearsal.teller import Say
from hokanko.rules.decide import adopted_book

POLICE = "青葉警察署 刑事課"
INQUIRY = {
    "body": POLICE,
    "officer": "佐川 巡査部長",
    "inquiry": "照会第34号",
    "matter": "crime",
}
NECESSITY = "盗難の時刻の前後だけで足り、ほかに確かめる方法がない。"


def call(here: Settled, footage: Footage, work: Path, say: Say) -> None:
    """The outside request or enquiry that this neighbour has: done, or left on the desk."""
    if here.plan.code == "AOBA":
        done = _hand_over(here, _asked(here, footage), footage, work)
        say(f"   {here.org.name}: {POLICE}へ提供 {done.number}")
    elif here.plan.code == "KATEI":
        say(f"   {here.org.name}: 問い合わせ {_enquired(here)}")
    else:
        say(f"   {here.org.name}: {POLICE}から依頼 {_asked(here, footage).number}（決裁待ち）")


def _asked(here: Settled, footage: Footage) -> Provision:
    """Taken down at the counter, as the organisation's own form has it."""
    taken = footage.captured or footage.created
    keeper = here.plan.keeper
    form = Form(
        outline="自転車の盗難の捜査",
        happened_from=taken - timedelta(minutes=10),
        happened_until=taken + timedelta(minutes=10),
        wearer=None,
        wants=[MEDIUM],
        purposes=[adopted_book(here.org.pk).purposes[0].id],
        purpose_note="",
        telephone="",
        recipient=POLICE,
        body_kind="investigative",
    )
    return ask(here.org, form, here.people[keeper], [(footage, [])], by=here.by(keeper))


def _hand_over(here: Settled, asked: Provision, footage: Footage, work: Path) -> Provision:
    """Granted by the manager on the inquiry, and handed to the officer at the desk."""
    boss, clerk = here.plan.members[1].login, here.plan.keeper
    judged = Judged(conditions=INQUIRY, necessity=NECESSITY)
    grant(asked, here.people[boss], "イ", judged=judged, by=here.by(boss))
    extent = Extent(clip=True, reason="照会のあった時間の部分に限って渡すため")
    enter(asked, here.people[clerk], [(footage, [])], extent=extent, by=here.by(clerk))
    deliver(
        asked,
        hander=here.people[boss],
        receiver=Taker(
            "佐川 一郎",
            recipient=POLICE,
            identity="身分証明書の提示：警察手帳",
            undertaking_on=clock.today(),
        ),
        delivering=[MEDIUM],
        medium="USB-0001",
        target=work / f"提供-{asked.number}",
        by=here.by(boss),
    )
    return asked


def _enquired(here: Settled) -> str:
    """What somebody next door wants to know."""
    keeper = here.plan.keeper
    case = open_case(
        here.org,
        kind="enquiry",
        asks="siting",
        received_on=clock.today(),
        name="隣家の佐伯",
        reach="郵便受けへの書面",
        story="こちらの庭が写っていないか知りたい。",
        receiver=here.people[keeper],
        by=here.by(keeper),
    )
    return case.number

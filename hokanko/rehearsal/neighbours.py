"""The other organisations of a rehearsal: a ward, a facility, a household, a chain and its shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hokanko import clock
from hokanko.cameras.actions import register as register_camera
from hokanko.cameras.models import Camera
from hokanko.editions.actions import sign
from hokanko.editions.queries import to_sign
from hokanko.footage.models import Footage
from hokanko.intake.jobs import examine
from hokanko.intake.receive import receive
from hokanko.intake.sources import from_path
from hokanko.people import actions as people
from hokanko.people.models import Organisation, Person
from hokanko.people.paperwork import acknowledge
from hokanko.people.queries import actor, person
from hokanko.people.standing import topics_of
from hokanko.rehearsal.camera import film
from hokanko.rehearsal.looks import Scene
from hokanko.rehearsal.teller import Say
from hokanko.rules.actor import Actor

SECONDS = 4.0
SMALL = (960, 540)
TECHNICIAN = "kanri"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a neighbour; `boss` registers him and vouches for his oath and training."""

    login: str
    name: str
    post: str | None
    boss: str = TECHNICIAN
    section: str = ""
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An organisation as it is founded: who signs its rules, whose camera, who takes in."""

    code: str
    name: str
    kind: str
    rulebook: str
    values: Mapping[str, str]
    members: tuple[Member, ...]
    signer: str
    keeper: str
    camera: str = ""
    scene: Scene = Scene.SHOPPING
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A neighbour that is in the home."""

    plan: Neighbour
    org: Organisation
    people: dict[str, Person] = field(default_factory=dict)
    camera: Camera | None = None

    def by(self, login: str) -> Actor:
        """One of its people with the posts held now."""
        return actor(self.people[login], via="cli")


NEIGHBOURS = (
    Neighbour(
        code="AOBA",
        name="青葉区",
        kind="ward",
        rulebook="ward",
        values={
            "camera.count": "1",
            "posts.manager_name": "森 課長",
            "posts.operator_names": "岸 主事",
            "retention.days": "30",
            "storage.places": "青葉区役所 防災課の施錠した保管庫",
            "inspection.months": "6",
        },
        members=(
            Member("aoki", "青木 区長", "設置者"),
            Member("mori", "森 課長", "管理責任者", "aoki", "防災課", bound=True),
            Member("kishi", "岸 主事", "操作担当者", "aoki", "防災課", bound=True),
            Member("hara", "原 主事", None, "mori", "総務課"),
        ),
        signer="aoki",
        keeper="kishi",
        camera="駅前広場",
        scene=Scene.CROSSING,
    ),
    Neighbour(
        code="KOMINKAN",
        name="若葉台公民館",
        kind="facility",
        rulebook="pref",
        values={
            "org.kind": "other",
            "camera.count": "1",
            "camera.places": "玄関前の通り",
            "retention.days": "21",
            "storage.places": "公民館 事務室の施錠した収納庫",
            "inspection.months": "6",
        },
        members=(
            Member("wakasa", "若狭 館長", "設置者", bound=True),
            Member("otani", "大谷 主査", "管理責任者", "wakasa", "事務室", bound=True),
            Member("mita", "三田 係員", "操作取扱者", "otani", "事務室", bound=True),
        ),
        signer="wakasa",
        keeper="mita",
        camera="玄関",
        scene=Scene.RESIDENTIAL,
    ),
    Neighbour(
        code="KATEI",
        name="井上家",
        kind="household",
        rulebook="home",
        values={
            "camera.places": "玄関先",
            "retention.days": "14",
            "storage.places": "自宅の書斎の鍵のかかる引き出し",
        },
        members=(Member("inoue", "井上 薫", "設置者"),),
        signer="inoue",
        keeper="inoue",
        camera="玄関先",
        scene=Scene.RESIDENTIAL,
    ),
    Neighbour(
        code="HONSHA",
        name="株式会社みどり書店 本社",
        kind="chain",
        rulebook="shop",
        values={},
        members=(Member("shimizu", "清水 総務部長", "総務部長"),),
        signer="",
        keeper="",
    ),
    Neighbour(
        code="MIDORI",
        name="みどり書店 本店",
        kind="shop",
        rulebook="shop",
        parent="HONSHA",
        values={
            "org.contact": "みどり書店 本店 店長　電話 000-000-0000",
            "posts.manager_name": "緑川 葉",
            "posts.deputy_name": "桜井 実",
            "retention.days": "30",
            "retention.tolerance_days": "3",
            "disposal.methods": "破砕",
            "inspection.months": "6",
        },
        members=(
            Member("oka", "岡 店長", "店長"),
            Member("midori", "緑川 葉", "管理責任者", "oka", bound=True),
            Member("sakura", "桜井 実", "管理副責任者", "oka", bound=True),
            Member("tsuji", "辻 優", "従業員", "midori"),
        ),
        signer="oka",
        keeper="midori",
        camera="入口",
        scene=Scene.SHOPPING,
    ),
)


def settle_neighbours(password: str) -> list[Settled]:
    """Found the four, through the same verbs that everybody uses; the shop has its headquarters."""
    return [settle_one(plan, password) for plan in NEIGHBOURS]


def tell(settled: list[Settled], work: Path, say: Say, *, pieces: int = 1) -> list[Footage]:
    """Let each take in what its camera filmed within the last hours, and say under which rules."""
    found = []
    for here in settled:
        for number in range(pieces):
            if here.camera is None:
                continue
            taken = clock.now() - timedelta(hours=number + 1)
            footage = _take_in(here, here.camera, work, taken, number)
            found.append(footage)
            say(f"   {here.org.name}: {footage.number}  末日 {footage.last_day}")
    return found


def settle_one(plan: Neighbour, password: str) -> Settled:
    """Found one: its people, its edition signed into force and read, its camera."""
    technician = actor(person(TECHNICIAN), via="cli")
    org = people.add_organisation(
        plan.code,
        plan.name,
        kind=plan.kind,
        parent=Organisation.objects.get(pk=plan.parent) if plan.parent else None,
        rulebook=plan.rulebook,
        values=_filled(plan),
        by=technician,
    )
    here = Settled(plan, org)
    for member in plan.members:
        _join(here, member, password, technician)
    edition = to_sign(org.pk) if plan.signer else None
    if edition is not None:
        sign(org, edition.pk, by=here.by(plan.signer))
        for member in plan.members:
            if member.bound:
                acknowledge(here.people[member.login], by=here.by(member.login))
    if not plan.camera:
        return here
    serial = f"HKFIX-{plan.code}-0001"
    made = register_camera(
        org, number="1", serial=serial, kind="fixed", mount="own", by=here.by(_manager(plan))
    )
    return Settled(plan, org, here.people, made)


def _filled(plan: Neighbour) -> dict[str, str]:
    """The blanks as the neighbour fills them; a ward dates its rules on the day it makes them."""
    dated = {"doc.effective_from": str(clock.today())} if plan.rulebook == "ward" else {}
    return {"org.name": plan.name, **dated, **plan.values}


def _join(here: Settled, member: Member, password: str, technician: Actor) -> None:
    """Registered by whom the rulebook lets register; named to a post by whom it lets appoint."""
    by_position = member.boss == TECHNICIAN or (here.plan.rulebook == "shop" and member.bound)
    made = people.register(
        here.org,
        login=member.login,
        name=member.name,
        password=password,
        post=member.post,
        section=member.section,
        by=technician if by_position else here.by(member.boss),
    )
    here.people[member.login] = made
    if member.bound:
        head = here.by(here.plan.members[0].login)
        people.swear(made, by=head)
        if topics := topics_of(here.org.pk):
            people.train(made, "・".join(topics), by=head)


def _manager(plan: Neighbour) -> str:
    """Who registers cameras: the manager, or in a household the installer himself."""
    return plan.members[min(1, len(plan.members) - 1)].login


def _take_in(here: Settled, camera: Camera, work: Path, taken: datetime, number: int) -> Footage:
    path = work / f"{here.plan.code}-{number + 1}.mp4"
    film(
        path,
        start=taken,
        seconds=SECONDS,
        serial=camera.serial,
        wearer_code=None,
        scene=here.plan.scene,
        seed=sum(map(ord, camera.serial)) + number,
        width=SMALL[0],
        height=SMALL[1],
        fps=10,
    )
    with from_path(path, via="cli") as source:
        footage = receive(here.org, camera.number, source, by=here.by(here.plan.keeper))
    examine(str(footage.pk))
    return Footage.objects.select_related("org").get(pk=footage.pk)

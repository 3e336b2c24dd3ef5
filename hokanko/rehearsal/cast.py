"""The people of a rehearsal: one headquarters, two stations, and who holds which post."""

from __future__ import annotations

from dataclasses import dataclass, field

from hokanko import clock
from hokanko.cameras.actions import register as register_camera
from hokanko.cameras.models import Camera
from hokanko.editions.actions import sign
from hokanko.editions.queries import to_sign
from hokanko.ledger.publish import signing_key
from hokanko.people import actions as people
from hokanko.people.appointing import appoint
from hokanko.people.models import Organisation, Person
from hokanko.people.queries import actor
from hokanko.people.readying import train
from hokanko.public.actions import consult, publish
from hokanko.rules.actor import HOME, Actor, machine

BLANKS = {
    "night_duty.hours": "17:15-08:30",
    "project.start": "2025-08-01",
    "org.hq": "県警察本部",
    "login.second_factor": "false",  # whoever practises comes in by a password
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who, by login."""

    hq: Organisation
    station: Organisation
    other: Organisation
    people: dict[str, Person] = field(default_factory=dict)
    cameras: dict[str, Camera] = field(default_factory=dict)

    def as_actor(self, login: str) -> Actor:
        """The person with the posts held now, asking from a command."""
        return actor(self.people[login], via="cli")


def settle(password: str, *, rehearsal: bool = True) -> Cast:
    """Found the home and fill it, through the same verbs that everybody uses."""
    founder = people.found_home(
        login="kanri",
        name="管理 太郎",
        password=password,
        rehearsal=rehearsal,
        vkey=signing_key().vkey,
        by=machine("init", HOME, via="cli"),
    )
    by = actor(founder, via="cli")

    def unit(code: str, name: str, kind: str, parent: Organisation | None) -> Organisation:
        return people.add_organisation(
            code,
            name,
            kind=kind,
            parent=parent,
            rulebook="police",
            values=BLANKS | {"org.name": name},
            by=by,
        )

    hq = unit("HONBU", "県警察本部地域部", "hq", None)
    station = unit("CHUO", "中央警察署", "station", hq)
    other = unit("MINATO", "港警察署", "station", hq)
    cast = Cast(hq, station, other, {"kanri": founder})
    _heads(cast, password, by)
    _enact(cast)
    _announce(cast)
    _staff(cast, password)
    return cast


def _heads(cast: Cast, password: str, by: Actor) -> None:
    """Posts that go with a position are entered by the technical administrator."""
    for login, name, org, post in (
        ("watanabe", "渡辺 総一", cast.hq, "総括運用管理者"),
        ("kobayashi", "小林 恵", cast.hq, "副総括運用管理者"),
        ("suzuki", "鈴木 一郎", cast.station, "運用管理者"),
        ("yamada", "山田 花子", cast.other, "運用管理者"),
    ):
        cast.people[login] = people.register(
            org, login=login, name=name, password=password, post=post, by=by
        )


def _enact(cast: Cast) -> None:
    """What the technical administrator founded, the implementing officer signs into force."""
    officer = cast.people["watanabe"]
    appoint(officer, cast.hq, "実施責任者", by=cast.as_actor("kanri"))
    for org in (cast.hq, cast.station, cast.other):
        edition = to_sign(org.pk)
        assert edition is not None, "it was founded with its organisation"
        sign(org, edition.pk, by=cast.as_actor("watanabe"))


def _announce(cast: Cast) -> None:
    """The officer tells the public before any camera is used (police-notice-6)."""
    by = cast.as_actor("watanabe")
    consult(
        cast.hq,
        on=clock.today(),
        counterpart="総括責任者",
        outcome="案のとおりとする。",
        by=by,
    )
    publish(
        cast.hq,
        contact="地域部 地域企画係\n電話 000-000-0000（平日 午前9時から午後5時まで）",
        words="撮影中は、カメラの赤いランプが光ります。",
        publisher=cast.people["watanabe"],
        by=by,
    )


def _staff(cast: Cast, password: str) -> None:
    """The rest of each unit is registered and appointed by its operations manager."""
    for boss, login, name, section, telephone, post in (
        ("suzuki", "takahashi", "高橋 誠", "地域第一係", "2-1101", "運用主任者"),
        ("suzuki", "tanaka", "田中 美咲", "地域第一係", "2-1102", "運用担当者"),
        ("suzuki", "sato", "佐藤 健", "地域第二係", "2-1103", "カメラ装着警察官"),
        ("suzuki", "ito", "伊藤 玲", "刑事第一係", "2-3456", None),
        ("yamada", "nakamura", "中村 隆", "地域第一係", "3-1101", "運用主任者"),
    ):
        by = cast.as_actor(boss)
        org = cast.people[boss].org
        cast.people[login] = people.register(
            org,
            login=login,
            name=name,
            password=password,
            post=post,
            section=section,
            telephone=telephone,
            by=by,
        )
    train(cast.people["sato"], "撮影・映像・機器の管理", by=cast.as_actor("suzuki"))
    for boss, number in (("suzuki", "1"), ("suzuki", "2"), ("yamada", "1")):
        org = cast.people[boss].org
        cast.cameras[f"{org.pk}-{number}"] = register_camera(
            org,
            number=number,
            serial=f"HKBWC-{org.pk}-{int(number):04d}",
            kind="wearable",
            by=cast.as_actor(boss),
        )

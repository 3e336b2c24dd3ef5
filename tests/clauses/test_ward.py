"""Clauses of seed 000 at work: a ward's cameras under its own rulebook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client

from hokanko import clock
from hokanko.cameras.actions import decide_site
from hokanko.cameras.actions import register as register_camera
from hokanko.cameras.checkout import issue as take_out
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import thing as camera_thing
from hokanko.cameras.standing import Siting
from hokanko.errors import Missing, Refusal, Unsound
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing
from hokanko.formats.canon import JSON
from hokanko.home import Home
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.ledger import read
from hokanko.ledger.publish import signing_key
from hokanko.ledger.read import about
from hokanko.people import actions as people
from hokanko.people.appointing import appoint
from hokanko.people.enrol import prepare_terminal
from hokanko.people.models import Organisation, Person, Terminal
from hokanko.people.queries import actor, thing_of_org
from hokanko.people.readying import swear
from hokanko.retention.actions import extend, mark
from hokanko.rules import book as books
from hokanko.rules.actions import adopt as adopt_edition
from hokanko.rules.actor import HOME, Actor, machine
from hokanko.rules.decide import parameter, require
from hokanko.rules.duty import is_night
from hokanko.rules.text import markdown
from hokanko.vault import cabinet
from hokanko.vault.store import shelf
from hokanko.viewing import actions as viewing
from hokanko.viewing.weighing import purposes, standing
from tests.audit.desk import row as board_row
from tests.fixtures import PASSWORD, WORN
from tests.rules.matrix import adopt, answer, holder, program
from tests.web.visitors import BACKEND

FILM = b"a street at night" * 1000
CABINET = "青葉区役所 防災課の施錠した保管庫"
VALUES = {
    "org.name": "青葉区",
    "retention.days": "30",
    "storage.places": CABINET,
    "inspection.months": "6",
    "camera.count": "2",
}


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward office: 設置者 aoki, 管理責任者 mori, 操作担当者 kishi, and hara without a post."""

    org: Organisation
    people: dict[str, Person]

    def by(self, login: str) -> Actor:
        return actor(self.people[login], via="cli")


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Ward:
    """The ward, founded through the verbs."""
    del fresh_home, db
    founder = people.found_home(
        login="kanri",
        name="管理 太郎",
        password=PASSWORD,
        rehearsal=True,
        vkey=signing_key().vkey,
        by=machine("init", HOME, via="cli"),
    )
    org = people.add_organisation(
        "AOBA",
        "青葉区",
        kind="station",
        parent=None,
        rulebook="ward",
        values=VALUES,
        by=actor(founder, via="cli"),
    )
    here = Ward(org, {"kanri": founder})
    for boss, login, name, post in (
        ("kanri", "aoki", "青木 区長", "設置者"),
        ("aoki", "mori", "森 課長", "管理責任者"),
        ("aoki", "kishi", "岸 主事", "操作担当者"),
        ("aoki", "hara", "原 主事", None),
    ):
        here.people[login] = people.register(
            org, login=login, name=name, password=PASSWORD, post=post, by=here.by(boss)
        )
    for login in ("mori", "kishi"):
        swear(here.people[login], by=here.by("aoki"))
    for number in ("1", "2"):
        register_camera(org, number=number, serial=f"S{number}", kind="fixed", by=here.by("mori"))
    return here


def taken_in(ward: Ward, content: bytes = FILM, number: str = "1") -> Footage:
    """A recording of one of the cameras, taken in by the operator."""
    stated: dict[str, JSON] = {"via": "cli", "stated": clock.iso(clock.now())}
    source = Source("CAM.MP4", BytesIO(content).readinto, len(content), stated)
    return receive(ward.org, number, source, by=ward.by("kishi"))


def refused(login: str, ward: Ward, verb: str, footage: Footage, **context: object) -> str | None:
    """The clause with which one person is refused."""
    with pytest.raises(Refusal) as no:
        require(ward.by(login), verb, thing(footage), **context)
    return no.value.clause


EXTENDING = {
    "range_missing": False,
    "unfit_purpose": False,
    "until_missing": False,
    "reason_missing": False,
}
VIEW = {
    "purposes": ["防犯"],
    "unknown_purpose": False,
    "note_missing": False,
    "consent_lacking": "",
    "foreign_purpose": False,
    "seat_enrolled": True,
    "approved": False,
    "attended": False,
    "damaged": False,
}


def test_the_printed_purpose_is_the_only_one_that_can_be_chosen(ward: Ward) -> None:
    (only,) = purposes("AOBA")
    assert f"{only.ja}を目的として" in markdown(books.load("ward"), VALUES)
    footage = taken_in(ward)
    asked = viewing.ask(footage, ward.people["mori"], [only.id], "", by=ward.by("mori"))
    assert asked.purposes == ["防犯"]


@pytest.mark.clause("ward-6.1")
def test_no_other_purpose_is_accepted_from_the_manager_either(ward: Ward) -> None:
    footage = taken_in(ward)
    for chosen in (["その他（研修資料）"], []):
        with pytest.raises(Refusal) as no:
            viewing.ask(footage, ward.people["mori"], chosen, "", by=ward.by("mori"))
        assert no.value.clause == "ward-6.1"


def test_who_holds_no_post_gets_nothing_and_the_ledger_says_so(ward: Ward) -> None:
    footage = taken_in(ward)
    asked = viewing.ask(footage, ward.people["hara"], ["防犯"], "", by=ward.by("hara"))
    with pytest.raises(Refusal):
        viewing.open_room(asked, by=ward.by("hara"))
    last = read.about(thing(footage).name)[-1]
    assert (last.kind, last.clause) == ("refused", "ward-4")
    for verb in ("provision.ask", "footage.list"):
        with pytest.raises(Refusal):
            require(ward.by("hara"), verb, thing_of_org(ward.org), **_in_order(verb))


@pytest.mark.clause("ward-3.4")
def test_an_operator_who_has_not_sworn_sees_nothing(ward: Ward) -> None:
    footage = taken_in(ward)
    appoint(ward.people["hara"], ward.org, "操作担当者", by=ward.by("aoki"))
    assert refused("hara", ward, "viewing.open", footage, **VIEW) == "ward-3.4"
    assert refused("hara", ward, "retention.extend", footage, **EXTENDING) == "ward-3.4"
    swear(ward.people["hara"], by=ward.by("mori"))
    assert require(ward.by("hara"), "viewing.open", thing(footage), **VIEW).clause == "ward-4"


@pytest.mark.clause("ward-4")
def test_manager_and_operator_view_and_nobody_else(ward: Ward) -> None:
    footage = taken_in(ward)
    for login in ("mori", "kishi"):
        permit = require(ward.by(login), "viewing.open", thing(footage), **VIEW)
        assert (permit.clause, permit.article) == ("ward-4", "４")
    assert refused("hara", ward, "viewing.open", footage, **VIEW) == "ward-4"
    assert refused("aoki", ward, "viewing.open", footage, **VIEW) == "ward-4"
    assert refused("kanri", ward, "viewing.open", footage, **VIEW) is None  # software default


@pytest.mark.clause("ward-4-operate")
def test_the_technician_does_not_touch_the_cameras(ward: Ward) -> None:
    with pytest.raises(Refusal) as no:
        register_camera(ward.org, number="3", serial="S3", kind="fixed", by=ward.by("kanri"))
    assert no.value.clause == "ward-4-operate"
    assert no.value.who_may == ("管理責任者", "操作担当者")


@pytest.mark.clause("ward-4-operate")
def test_only_the_manager_and_operators_change_a_cameras_settings(ward: Ward) -> None:
    camera = Camera.objects.get(number="1")
    now, secret = Siting.of(camera), "かもめが12羽とぶ"
    wide, wireless = replace(now, lens="広角"), replace(now, connection="wireless")
    for login in ("kanri", "hara", "aoki"):
        for siting in (wide, wireless):
            with pytest.raises(Refusal) as no:
                decide_site(camera, siting, by=ward.by(login))
            assert (no.value.clause, no.value.article) == ("ward-4-operate", "４")
        with pytest.raises(Refusal) as no:
            decide_site(camera, now, password=secret, by=ward.by(login))
        assert no.value.clause == "ward-4-operate"
        camera.refresh_from_db()
    assert (camera.lens, camera.connection) == ("", "")
    decide_site(camera, replace(now, place="公園 北"), by=ward.by("aoki"))
    decide_site(camera, replace(wide, connection="wireless"), by=ward.by("mori"))
    decide_site(camera, replace(wireless, lens="望遠"), by=ward.by("kishi"))
    sited = [a for a in read.about(camera_thing(camera).name) if a.kind == "camera.sited"]
    changes = [a.facts["changed"] for a in sorted(sited, key=lambda act: act.at)]
    assert changes[-1]["lens"] == ["広角", "望遠"]
    assert "connection" not in changes[-1]


@pytest.mark.clause("ward-4-operate")
def test_the_technician_does_not_open_the_settings_of_a_camera(ward: Ward) -> None:
    page = Client()
    page.force_login(ward.people["kanri"], backend=BACKEND)
    answer = page.get(f"/cameras/{Camera.objects.get(number='1').pk}/site/")
    assert answer.status_code == 403
    assert "[ward-4-operate]" in answer.content.decode()


@pytest.mark.clause("ward-4-others")
def test_others_view_what_was_consented_to_and_only_until_then(ward: Ward) -> None:
    footage, other = taken_in(ward), taken_in(ward, FILM[:-1], "2")
    asked = viewing.ask(footage, ward.people["hara"], ["防犯"], "", by=ward.by("hara"))
    until = clock.now() + timedelta(hours=5)
    viewing.approve(asked, ward.people["kishi"], not_after=until, by=ward.by("kishi"))
    hara = ward.by("hara")

    def facts() -> dict[str, object]:
        return standing(asked, hara, clock.now()) | {"seat_enrolled": True}

    clock.fix(until - timedelta(hours=1))
    assert require(hara, "viewing.open", thing(footage), **facts()).clause == "ward-4-others"
    unasked = viewing.ask(other, ward.people["hara"], ["防犯"], "", by=hara)
    told = standing(unasked, hara, clock.now()) | {"seat_enrolled": True}
    assert refused("hara", ward, "viewing.open", other, **told) == "ward-4"
    clock.fix(until + timedelta(minutes=1))
    assert refused("hara", ward, "viewing.open", footage, **facts()) == "ward-4"


def test_consent_is_not_for_the_installer_or_the_technician_to_give(ward: Ward) -> None:
    footage = taken_in(ward)
    assert refused("aoki", ward, "viewing.decide", footage) == "ward-4-others"
    assert refused("kanri", ward, "viewing.decide", footage) == "ward-4-others"


def test_no_byte_of_a_recording_lies_open_in_the_home(ward: Ward, fresh_home: Home) -> None:
    taken_in(ward)
    files = [path for path in fresh_home.path.rglob("*") if path.is_file()]
    assert list(shelf().names())
    assert not [path.name for path in files if FILM[:17] in path.read_bytes()]


@pytest.mark.clause("ward-5-tamper")
def test_a_recording_changed_on_the_shelf_is_not_read(ward: Ward, fresh_home: Home) -> None:
    footage = taken_in(ward)
    sealed = cabinet.original(str(footage.pk))
    (path,) = [p for p in fresh_home.path.rglob(f"*{sealed.name}*") if p.is_file()]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    with pytest.raises(Unsound), cabinet.opened(sealed) as reader:
        reader.read_at(0, len(FILM))


@pytest.mark.clause("ward-5-loss")
@pytest.mark.usefixtures("fresh_home", "db")
def test_the_cameras_copy_stays_until_the_sealed_one_is_verified() -> None:
    adopt("ward")
    for who in (program(), holder("管理責任者")):
        assert answer("ward", who, "intake.release") == "○5-loss"
        assert answer("ward", who, "intake.release", {"verified": False}) == "×5-loss"


def test_there_is_no_night_duty_not_even_on_a_sunday(ward: Ward) -> None:
    assert clock.now().weekday() == 4
    assert not is_night(ward.org.pk, clock.now() + timedelta(days=2))
    assert not is_night(ward.org.pk, clock.now() + timedelta(hours=12))


def test_nothing_is_taken_out(ward: Ward) -> None:
    camera = taken_in(ward).camera
    for login in ward.people:
        with pytest.raises(Refusal, match="提供と、確認の上での処分だけ") as no:
            take_out(camera, ward.people["mori"], WORN, by=ward.by(login))
        assert no.value.clause == "ward-5.1-carry"


@pytest.mark.clause("ward-5.3")
def test_the_period_is_what_the_ward_filled_in(ward: Ward) -> None:
    assert parameter("AOBA", "retention.days") == 30
    footage = taken_in(ward)
    assert footage.last_day == clock.today() + timedelta(days=30)
    assert "保存期間は30日間とする。" in markdown(
        books.load("ward"), VALUES | {"retention.days": 30}
    )


@pytest.mark.clause("ward-5.3")
def test_more_than_a_month_needs_its_reason(ward: Ward) -> None:
    longer = VALUES | {"retention.days": "45"}
    with pytest.raises(Refusal) as no:
        adopt_edition(thing_of_org(ward.org), "ward", longer, by=ward.by("aoki"))
    assert no.value.clause == "ward-5.3"
    longer["retention.reason"] = "地区の行事の期間を含めるため"
    adopt_edition(thing_of_org(ward.org), "ward", longer, by=ward.by("aoki"))
    assert parameter("AOBA", "retention.days") == 45


@pytest.mark.clause("ward-5.3-extend")
def test_the_operator_extends_and_nobody_without_the_post(ward: Ward) -> None:
    footage = taken_in(ward)
    first, later = footage.last_day, footage.last_day + timedelta(days=7)
    for login in ("hara", "aoki", "kanri"):
        with pytest.raises(Refusal) as no:
            extend(footage, later, "裁判所の照会を待つため", ["防犯"], by=ward.by(login))
        assert no.value.clause == "ward-5.3-extend"
        footage.refresh_from_db()
        assert footage.last_day == first
    extend(footage, later, "裁判所の照会を待つため", ["防犯"], by=ward.by("kishi"))
    footage.refresh_from_db()
    assert footage.last_day == later
    assert read.about(thing(footage).name)[-1].clause == "ward-5.3-extend"


def test_what_is_over_opens_no_more_and_ends_by_itself_alone(ward: Ward) -> None:
    footage = taken_in(ward)
    clock.fix(clock.now() + timedelta(days=31))
    with pytest.raises(Missing), cabinet.opened(cabinet.original(str(footage.pk))):
        pass
    with pytest.raises(Refusal) as no:
        mark(ward.org, footage.last_day, by=ward.by("mori"))
    assert no.value.clause == "ward-5.4"
    mark(ward.org, footage.last_day, by=machine("sweep", "AOBA", via="schedule"))
    footage.state = "erased"
    assert refused("mori", ward, "viewing.open", footage, **VIEW) == "ward-5.4"


@pytest.mark.clause("ward-6.1-third")
@pytest.mark.usefixtures("fresh_home", "db")
def test_a_third_party_is_given_images_on_a_ground_only() -> None:
    adopt("ward")
    operator = holder("操作担当者")
    assert answer("ward", operator, "provision.decide") == "○6.1-third"
    assert answer("ward", operator, "provision.decide", {"ground_missing": True}) == "×6.1-third"
    without_reasons = {"ground_text_missing": True}
    assert answer("ward", operator, "provision.decide", without_reasons) == "×6.1-third"
    declining = {"ground_missing": True, "granting": False}
    assert answer("ward", operator, "provision.decide", declining) == "○6.1-third"
    assert answer("ward", operator, "provision.hand_over", {"decided": False}) == "×6.1-third"


@pytest.mark.parametrize(
    ("verb", "field", "value", "clause"),
    [
        ("provision.ask", "empty_fields", ["outline"], "6.2-record"),
        ("provision.ask", "times_reversed", True, "6.1-minimum"),
        ("provision.ask", "nothing_wanted", True, "6.1-minimum"),
        ("provision.hand_over", "entered", False, "6.2-record"),
        ("provision.hand_over", "to_requester", False, "6.2"),
        ("provision.hand_over", "outside_wants", True, "6.1-minimum"),
    ],
)
@pytest.mark.usefixtures("fresh_home", "db")
def test_only_the_recorded_part_goes_to_the_recorded_recipient(
    verb: str, field: str, value: object, clause: str
) -> None:
    adopt("ward")
    told = {"purposes": ["防犯"], field: value}
    assert answer("ward", holder("操作担当者"), verb, told) == f"×{clause}"


@pytest.mark.clause("ward-3.1", "ward-3.2")
def test_the_installer_names_manager_and_operators_and_they_are_printed(ward: Ward) -> None:
    for post, clause in (("管理責任者", "ward-3.1"), ("操作担当者", "ward-3.2")):
        for login in ("mori", "kishi", "kanri"):
            with pytest.raises(Refusal) as no:
                appoint(ward.people["hara"], ward.org, post, by=ward.by(login))
            assert no.value.clause == clause
        appoint(ward.people["hara"], ward.org, post, by=ward.by("aoki"))
    names = {"posts.manager_name": "森 課長", "posts.operator_names": ("岸 主事", "原 主事")}
    printed = markdown(books.load("ward"), names)
    assert "管理責任者は森 課長とする。" in printed
    assert "操作担当者は岸 主事、原 主事とする。" in printed


def test_who_holds_both_posts_has_the_powers_of_both(ward: Ward) -> None:
    appoint(ward.people["mori"], ward.org, "操作担当者", by=ward.by("aoki"))
    assert ward.by("mori").posts == ("操作担当者@AOBA", "管理責任者@AOBA")
    assert not books.load("ward").post("操作担当者").required


@pytest.mark.clause("ward-5.1")
def test_the_recorder_stands_where_the_rules_say(ward: Ward) -> None:
    assert f"録画装置の保管場所は、{CABINET}とする。" in markdown(
        books.load("ward"), {"storage.places": (CABINET,)}
    )

    def prepare(place: str) -> Terminal:
        by, today = ward.by("kishi"), clock.today()
        return prepare_terminal(
            ward.org, name="録画装置", place=place, wire_checked_on=today, by=by
        )[0]

    assert prepare(CABINET).place == CABINET
    assert board_row(ward.org, "ward-5.1").owed == ()
    annex = VALUES | {"storage.places": "区役所 別館の保管庫"}
    adopt_edition(thing_of_org(ward.org), "ward", annex, by=ward.by("aoki"))
    moved = board_row(ward.org, "ward-5.1")
    assert (moved.clause.article, moved.state) == ("５(1)", "overdue")
    (mismatch,) = moved.owed
    assert mismatch.ja == (
        f"録画装置 の保管場所は {CABINET}、５(1)に定めた場所は 区役所 別館の保管庫"
    )


@pytest.mark.clause("ward-5.1")
def test_a_recorder_put_elsewhere_is_recorded_and_the_board_tells(ward: Ward) -> None:
    page = f"/terminals/at/{ward.org.pk}/"
    kishi = Client()
    kishi.force_login(ward.people["kishi"])
    told = {"name": "録画装置", "place": "elsewhere", "wire_checked_on": "2026-11-20"}
    assert "実際に置く場所を書いてください" in kishi.post(page, told).content.decode()
    answer = kishi.post(page, told | {"elsewhere": "区役所の廊下"})
    assert "規程の場所ではありません" in answer.content.decode()
    assert Terminal.objects.get().place == "区役所の廊下"
    row = board_row(ward.org, "ward-5.1")
    assert row.state == "overdue"
    assert [owed.ja for owed in row.owed] == [
        f"録画装置 の保管場所は 区役所の廊下、５(1)に定めた場所は {CABINET}"
    ]
    (line,) = about(f"terminal:{Terminal.objects.get().pk}")
    assert line.facts["place"] == "区役所の廊下"


def _in_order(verb: str) -> dict[str, object]:
    if verb == "footage.list":
        return {}
    asked = ("purposes", "unknown_purpose", "note_missing", "consent_lacking", "foreign_purpose")
    known = {name: VIEW[name] for name in asked}
    return known | {"nothing_wanted": False, "empty_fields": [], "times_reversed": False}

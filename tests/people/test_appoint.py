"""Posts, credentials, cards and terminals: who may give what to whom, under seed 004."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY

from hokanko import clock
from hokanko.cameras.checkout import issue as _issue
from hokanko.cameras.models import Camera
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.ledger import read
from hokanko.ledger.models import Entry
from hokanko.people import actions, enrol
from hokanko.people.appointing import appoint, dismiss
from hokanko.people.login import authenticate
from hokanko.people.models import Appointment, Person
from hokanko.people.queries import actor, card_holder, holders, seat
from hokanko.people.readying import train
from hokanko.rehearsal.cast import Cast
from hokanko.retention.asking import Request
from hokanko.retention.early import ask_erasure, grant_erasure, second_erasure
from hokanko.retention.models import ErasureCase
from hokanko.retention.texts import Said
from hokanko.rules.actor import Actor
from hokanko.viewing.actions import ask, open_room
from tests.fixtures import NOON, PASSWORD, WORN
from tests.web.visitors import WIRE, browser


def register(cast: Cast, login: str, by: str, post: str | None = None) -> Person:
    return actions.register(
        cast.station, login=login, name=login, password=PASSWORD, post=post, by=cast.as_actor(by)
    )


def issue(camera: Camera, holder: Person, by: Actor) -> None:
    _issue(camera, holder, WORN, by=by)


def seated(cast: Cast, login: str) -> Actor:
    """A person at the station's own enrolled management PC."""
    terminal, code = enrol.prepare_terminal(
        cast.station,
        name="PC",
        place="警察署地域課執務室",
        wire_checked_on=NOON.date(),
        photo=WIRE,
        by=cast.as_actor("suzuki"),
    )
    secret = enrol.enrol_terminal(terminal, code, by=cast.as_actor("suzuki"))
    return actor(cast.people[login], seat=seat(secret))


@pytest.mark.clause("police-3.2.2", "police-3.2.3")
def test_the_manager_designates_and_it_is_written(cast: Cast) -> None:
    for login, post, clause in (
        ("inoue", "運用主任者", "police-3.2.2"),
        ("kimura", "運用担当者", "police-3.2.3"),
    ):
        person = register(cast, login, "suzuki", post)
        assert person in holders("CHUO", post)
        act = [a for a in read.about(f"person:{person.pk}") if a.kind == "post.appointed"][-1]
        assert act.person == "鈴木 一郎"
        other = register(cast, login + "2", "suzuki")
        with pytest.raises(Refusal) as refused:
            appoint(other, cast.station, post, by=cast.as_actor("kanri"))
        assert refused.value.clause == clause
        assert refused.value.who_may == ("運用管理者",)


@pytest.mark.clause("police-5.1.1")
@pytest.mark.parametrize("login", ["tanaka", "takahashi", "sato", "kanri", "watanabe"])
def test_only_the_manager_registers_credentials(cast: Cast, login: str) -> None:
    with pytest.raises(Refusal) as refused:
        register(cast, "new", login)
    assert "police-5.1.1" in refused.value.clauses
    assert not Person.objects.filter(login="new").exists()
    assert register(cast, "new", "suzuki").pk


@pytest.mark.clause("police-5.1.1-grant")
def test_nobody_grants_beyond_the_posts_ceiling(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        appoint(
            cast.people["takahashi"], cast.station, "総括運用管理者", by=cast.as_actor("suzuki")
        )
    assert refused.value.clause == "police-5.1.1-grant"


@pytest.mark.clause("police-5.1.2-revoke")
def test_what_is_no_longer_needed_ends_at_once(cast: Cast) -> None:
    sato = cast.people["sato"]
    card = actions.issue_card(sato, by=cast.as_actor("suzuki"))
    assert card_holder(card.code) == sato
    actions.retire(sato, by=cast.as_actor("suzuki"))
    assert authenticate("sato", PASSWORD) is None
    assert card_holder(card.code) is None
    assert not Appointment.objects.filter(person=sato, until=None).exists()
    assert "person.retired" in [a.kind for a in read.about(f"person:{sato.pk}")]


@pytest.mark.clause("police-5.1.2-revoke")
@pytest.mark.parametrize("how", ["dismissed", "the day has come"])
def test_credentials_stop_with_the_last_post_and_are_owed_for_deletion(
    cast: Cast, how: str
) -> None:
    suzuki, sato = cast.as_actor("suzuki"), cast.people["sato"]
    card = actions.issue_card(sato, by=suzuki)
    client = browser(cast, "sato")
    assert client.get("/").status_code == 200
    if how == "dismissed":
        dismiss(sato.appointments.get(), by=suzuki)
        assert client.get("/").status_code == 302
    else:
        sato.appointments.all().delete()
        last = clock.now() + timedelta(days=2)
        appoint(sato, cast.station, "カメラ装着警察官", until=last, by=suzuki)
        assert card_holder(card.code) == sato
        assert client.get("/").status_code == 200
        clock.fix(last)
        answer = client.get("/shifts/")  # open still, and closed at its next request
        assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=/shifts/")
        assert SESSION_KEY not in client.session
    assert authenticate("sato", PASSWORD) is None
    assert card_holder(card.code) is None
    assert authenticate("ito", PASSWORD)  # staff who never held a post
    board = "/board/at/CHUO/police-5.1.2-revoke/"
    owed = "佐藤 健：役職がなくなった者の認証情報が抹消されていません"
    assert owed in browser(cast, "suzuki").get(board).content.decode()
    assert browser(cast, "suzuki").post(f"/people/{sato.pk}/retire/").status_code == 302
    assert read.about(f"person:{sato.pk}")[-1].kind == "person.retired"
    assert owed not in browser(cast, "suzuki").get(board).content.decode()


@pytest.mark.clause("police-5.1.2-revoke")
def test_another_post_wakes_the_credentials(cast: Cast) -> None:
    sato, by = cast.people["sato"], cast.as_actor("suzuki")
    dismiss(sato.appointments.get(), by=by)
    assert authenticate("sato", PASSWORD) is None
    appoint(sato, cast.station, "カメラ装着警察官", by=by)
    assert authenticate("sato", PASSWORD) == sato


@pytest.mark.clause("police-5.2.1")
def test_a_new_card_stops_the_old_one(cast: Cast) -> None:
    sato, by = cast.people["sato"], cast.as_actor("suzuki")
    old = actions.issue_card(sato, by=by)
    new = actions.issue_card(sato, by=by)
    assert card_holder(old.code) is None
    assert card_holder(new.code) == sato
    assert sato.name not in new.code
    with pytest.raises(Refusal) as refused:
        actions.issue_card(sato, by=cast.as_actor("takahashi"))
    assert refused.value.clause == "police-5.2.1"


@pytest.mark.clause("police-3.1.1")
def test_the_general_manager_decides_erasure_and_sees_nothing(cast: Cast, footage: Footage) -> None:
    watanabe = seated(cast, "watanabe")
    with pytest.raises(Refusal) as refused:
        ask(footage, cast.people["watanabe"], ["ア"], "", by=watanabe)
    assert refused.value.clause == "police-7.2.2"
    case = ask_erasure(
        footage,
        limb="special",
        request=Request(said=Said(circumstances="事情", needs="ない")),
        asker=cast.people["suzuki"],
        by=cast.as_actor("suzuki"),
    )
    second_erasure(case, "見た", cast.people["takahashi"], by=cast.as_actor("takahashi"))
    decider = cast.people["watanabe"]
    erasure = grant_erasure(case, decider, confirmed=True, reason="事情", by=watanabe)
    assert erasure.single == footage


@pytest.mark.clause("police-3.1.2")
def test_the_deputy_drafts_but_does_not_decide(cast: Cast, footage: Footage) -> None:
    case = ask_erasure(
        footage,
        limb="special",
        request=Request(said=Said(circumstances="事情", needs="ない")),
        asker=cast.people["suzuki"],
        by=cast.as_actor("suzuki"),
    )
    with pytest.raises(Refusal) as refused:
        grant(case, cast, "kobayashi")
    assert refused.value.clause == "police-7.2.6-exception"


@pytest.mark.clause("police-3.2.1")
def test_a_manager_has_no_power_in_another_unit(cast: Cast, footage: Footage) -> None:
    yamada = cast.as_actor("yamada")
    with pytest.raises(Refusal) as refused:
        ask(footage, cast.people["yamada"], ["ア"], "", by=yamada)
    assert "police-3.2.1" in refused.value.clauses
    with pytest.raises(Refusal):
        register(cast, "spy", "yamada")


@pytest.mark.clause("police-3.2.2-power", "police-3.2.3-power")
def test_supervisor_and_clerk_have_their_own_powers_only(cast: Cast, footage: Footage) -> None:
    for login in ("takahashi", "tanaka"):
        room = ask(footage, cast.people[login], ["ア"], "", by=seated(cast, login))
        open_room(room, by=seated(cast, login))
    for login in ("takahashi", "tanaka"):
        with pytest.raises(Refusal):
            ask_erasure_by_clerk(cast, footage, login)


def ask_erasure_by_clerk(cast: Cast, footage: Footage, login: str) -> None:
    """Neither may decide an erasure, and the clerk may not even ask for one."""
    case = ask_erasure(
        footage,
        limb="special",
        request=Request(said=Said(circumstances="事情", needs="ない")),
        asker=cast.people[login],
        by=cast.as_actor(login),
    )
    grant(case, cast, login)


def grant(case: ErasureCase, cast: Cast, login: str) -> None:
    """Somebody tries to grant it."""
    by = cast.as_actor(login)
    grant_erasure(case, cast.people[login], confirmed=True, reason="事情", by=by)


@pytest.mark.clause("police-4.2", "police-4.2-wire")
def test_a_management_pc_stands_where_the_rules_say(cast: Cast) -> None:
    def prepare(place: str, *, wire: bool, by: str = "suzuki", photo: bool = True) -> None:
        enrol.prepare_terminal(
            cast.station,
            name="PC",
            place=place,
            wire_checked_on=NOON.date() if wire else None,
            photo=WIRE if photo else None,
            by=cast.as_actor(by),
        )

    prepare("警察署地域課執務室", wire=True)
    for place, wire, by, clause in (
        ("会議室", True, "suzuki", "police-4.2"),
        ("自動車警ら隊隊務室", False, "suzuki", "police-4.2-wire"),
        ("警察署地域課執務室", True, "tanaka", "police-2.3"),
    ):
        with pytest.raises(Refusal) as refused:
            prepare(place, wire=wire, by=by)
        assert refused.value.clause == clause
    with pytest.raises(Refusal) as refused:
        prepare("警察署地域課執務室", wire=True, photo=False)
    assert refused.value.clause == "police-4.2-wire"


def test_an_enrolment_code_works_once_and_for_a_day(cast: Cast) -> None:
    by = cast.as_actor("suzuki")
    terminal, code = enrol.prepare_terminal(
        cast.station,
        name="PC",
        place="警察署地域課執務室",
        wire_checked_on=NOON.date(),
        photo=WIRE,
        by=by,
    )
    secret = enrol.enrol_terminal(terminal, code, by=by)
    assert seat(secret) is not None
    with pytest.raises(Refusal):
        enrol.enrol_terminal(terminal, code, by=by)
    late, code = enrol.prepare_terminal(
        cast.station,
        name="PC2",
        place="警察署地域課執務室",
        wire_checked_on=NOON.date(),
        photo=WIRE,
        by=by,
    )
    clock.fix(NOON + timedelta(hours=25))
    with pytest.raises(Refusal):
        enrol.enrol_terminal(late, code, by=by)
    enrol.retire_terminal(terminal, by=by)
    assert seat(secret) is None


@pytest.mark.clause("police-10")
@pytest.mark.usefixtures("in_validity")
def test_a_camera_goes_out_only_to_the_trained(cast: Cast) -> None:
    from_rack = cast.cameras["CHUO-1"]
    clerk = cast.as_actor("tanaka")
    untrained = register(cast, "abe", "suzuki", "カメラ装着警察官")
    with pytest.raises(Refusal) as refused:
        issue(from_rack, untrained, clerk)
    assert refused.value.clause == "police-10"
    train(untrained, "撮影", by=cast.as_actor("suzuki"))
    with pytest.raises(Refusal):  # filming alone: 第10 names footage and devices as well
        issue(from_rack, untrained, clerk)
    train(untrained, by=cast.as_actor("suzuki"))
    assert untrained.trainings.latest("id").topic == "撮影・映像・機器の管理"
    issue(from_rack, untrained, clerk)


@pytest.mark.clause("police-4.1-log")
@pytest.mark.usefixtures("in_validity")
def test_taking_a_camera_out_is_written(cast: Cast) -> None:
    camera = cast.cameras["CHUO-1"]
    issue(camera, cast.people["sato"], cast.as_actor("tanaka"))
    acts = read.about(f"camera:{camera.pk}")
    assert acts[-1].kind == "camera.issued"
    assert acts[-1].facts["holder"] == str(cast.people["sato"].pk)
    with pytest.raises(Refusal) as refused:
        issue(camera, cast.people["sato"], cast.as_actor("sato"))
    assert refused.value.clause == "police-4.1-log"


def test_a_refusal_is_on_the_ledger_with_who_what_and_article(cast: Cast) -> None:
    with pytest.raises(Refusal):
        register(cast, "new", "tanaka")
    line = read.acts(Entry.objects.filter(kind="refused").order_by("-id")[:1])[0]
    assert (line.person, line.clause) == ("田中 美咲", "police-5.1.1")
    assert line.facts["verb"] == "person.register"


def test_a_password_is_changed_by_its_owner_or_the_manager(cast: Cast) -> None:
    sato = cast.people["sato"]
    for by in ("sato", "suzuki"):
        actions.rekey(sato, f"新しい合言葉-{by}", by=cast.as_actor(by))
        assert authenticate("sato", f"新しい合言葉-{by}") == sato
    with pytest.raises(Refusal) as refused:
        actions.rekey(sato, "盗んだ", by=cast.as_actor("tanaka"))
    assert refused.value.clause == "police-5.1.1"
    with pytest.raises(Refusal):
        actions.rekey(cast.people["watanabe"], "盗んだ", by=cast.as_actor("suzuki"))


def test_a_name_is_taken_once(cast: Cast) -> None:
    with pytest.raises(Conflict):
        register(cast, "sato", "suzuki")

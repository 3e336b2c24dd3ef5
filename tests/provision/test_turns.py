"""A request goes back with a question, is answered and resubmitted, or is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.footage.turns import history
from hokanko.ledger import read
from hokanko.people.actions import register
from hokanko.people.appointing import dismiss
from hokanko.people.models import Appointment
from hokanko.provision.actions import decline, enter, grant
from hokanko.provision.jobs import lapse_gone
from hokanko.provision.models import Clip, Provision, ProvisionTurn
from hokanko.provision.queries import thing
from hokanko.provision.turning import resubmit, send_back, withdraw
from hokanko.rehearsal.cast import Cast
from tests.clauses.founded import Founded
from tests.fixtures import NOON, PASSWORD
from tests.provision.requests import MORNING, NIGHT, asked, entered, form, granted
from tests.provision.test_counter import ASKED
from tests.provision.test_pages import enter_as, filled

WHEN = "何時ごろの場面ですか。"
NO = "この場面は求めの時間に映っていない。"
WHEN_TOLD = "十二時十分ごろです。"


def tasks(visitor: Client) -> str:
    """The home page."""
    return visitor.get("/").content.decode()


def back(cast: Cast) -> Provision:
    """Sent back by 鈴木."""
    provision = asked(cast)
    send_back(provision, cast.people["suzuki"], WHEN, by=cast.as_actor("suzuki"))
    return provision


def again(cast: Cast, provision: Provision, answer: str = WHEN_TOLD, **changes: object) -> None:
    """Resubmitted by 伊藤."""
    changed = form(cast, **changes)
    resubmit(provision, changed, cast.people["ito"], answer, by=cast.as_actor("ito"))


def test_a_question_an_answer_and_the_grant(cast: Cast) -> None:
    provision = back(cast)
    assert provision.state == "returned"
    assert provision.answer_due == clock.today() + timedelta(days=7)
    again(cast, provision, outline="十二時十分ごろの接触事案")
    assert provision.state == "asked"
    assert provision.answer_due is None
    grant(provision, cast.people["suzuki"], "ウ", by=cast.as_actor("suzuki"))
    first, second = history(provision.turns, provision.pk, {}, lambda *_: [])
    assert (first.kind, first.said, first.person) == ("sent_back", WHEN, cast.people["suzuki"])
    assert (second.kind, second.said) == ("resubmitted", WHEN_TOLD)
    kept = ProvisionTurn.objects.get(kind="resubmitted")
    assert kept.before["outline"] == form(cast).outline
    assert WHEN_TOLD.encode() not in bytes(kept.said), "sealed"
    acts = list(read.about(thing(provision).name))
    assert [act.kind for act in acts] == [
        "provision.asked",
        "provision.sent_back",
        "provision.resubmitted",
        "provision.decided",
    ]
    assert acts[2].facts["amended"] == ["outline"]


def test_what_was_sent_back_is_not_decided_and_what_was_decided_not_sent_back(cast: Cast) -> None:
    boss, by = cast.people["suzuki"], cast.as_actor("suzuki")
    provision = back(cast)
    with pytest.raises(Conflict, match="出し直されるまで"):
        grant(provision, boss, "ウ", by=by)
    with pytest.raises(Conflict, match="出し直されるまで"):
        decline(provision, boss, NO, by=by)
    with pytest.raises(Conflict, match="出し直されるまで"):
        send_back(provision, boss, WHEN, by=by)
    for decided in (granted(cast), asked(cast)):
        if decided.state == "asked":
            decline(decided, boss, NO, by=by)
        with pytest.raises(Conflict):
            send_back(decided, boss, WHEN, by=by)
        with pytest.raises(Conflict):
            again(cast, decided)
    with pytest.raises(Conflict):
        withdraw(decided, cast.people["ito"], "不要", by=cast.as_actor("ito"))


def test_it_is_withdrawn_as_long_as_nothing_has_left(cast: Cast, footage: Footage) -> None:
    ito, by = cast.people["ito"], cast.as_actor("ito")
    for provision in (granted(cast), entered(cast, footage)):
        withdraw(provision, ito, "示談が成立したため", by=by)
        assert provision.state == "withdrawn"
        assert not Clip.objects.filter(file__provision=provision).exists()
        with pytest.raises(Conflict, match="取り下げ"):
            enter(provision, cast.people["tanaka"], [(footage, [])], by=cast.as_actor("tanaka"))


def test_it_ends_when_all_its_footage_has_been_erased(cast: Cast, footage: Footage) -> None:
    named, around = entered(cast, footage), back(cast)
    elsewhere = asked(cast)
    apart = NOON - timedelta(days=3)
    Provision.objects.filter(pk=elsewhere.pk).update(happened_from=apart, happened_until=apart)
    Footage.objects.update(captured=around.happened_from, duration_ms=60_000, wearer=None)
    lapse_gone()
    for provision, state in ((named, "entered"), (around, "returned")):
        provision.refresh_from_db()
        assert provision.state == state
    Footage.objects.update(state="erased")
    for _twice in range(2):
        lapse_gone()
    for provision in (named, around):
        provision.refresh_from_db()
        kinds = [act.kind for act in read.about(thing(provision).name)]
        assert (provision.state, kinds.count("provision.lapsed")) == ("lapsed", 1)
        with pytest.raises(Conflict, match="消去"):
            withdraw(provision, cast.people["ito"], "不要", by=cast.as_actor("ito"))
    elsewhere.refresh_from_db()
    assert elsewhere.state == "asked", "what it asks for may still come"


def test_handed_over_is_final(cast: Cast, footage: Footage) -> None:
    provision = entered(cast, footage)
    with pytest.raises(Conflict):
        send_back(provision, cast.people["suzuki"], WHEN, by=cast.as_actor("suzuki"))


def test_only_the_decider_asks_and_only_the_requester_answers(cast: Cast) -> None:
    provision = asked(cast)
    for login in ("tanaka", "takahashi", "ito", "kanri"):
        with pytest.raises(Refusal):
            send_back(provision, cast.people[login], WHEN, by=cast.as_actor(login))
    with pytest.raises(Refusal, match="何を尋ねるのか"):
        send_back(provision, cast.people["suzuki"], " ", by=cast.as_actor("suzuki"))
    clock.fix(NIGHT)
    send_back(provision, cast.people["takahashi"], WHEN, by=cast.as_actor("takahashi"))
    for login in ("suzuki", "tanaka", "sato"):
        with pytest.raises(Refusal, match="依頼者本人"):
            resubmit(provision, form(cast), cast.people[login], "はい", by=cast.as_actor(login))
        with pytest.raises(Refusal, match="依頼者本人"):
            withdraw(provision, cast.people[login], "不要", by=cast.as_actor(login))
    with pytest.raises(Refusal, match="答え"):
        again(cast, provision, answer="")
    assert provision.report_due is None  # a question is no provision: nothing to report


def test_an_amended_form_is_weighed_as_a_new_one(cast: Cast) -> None:
    provision = back(cast)
    for lacking, clause in (
        ({"outline": ""}, "police-form-outline"),
        ({"purposes": []}, "police-7.2.3-purpose"),
        ({"wants": []}, "police-form-check"),
        ({"happened_until": NOON - timedelta(hours=1)}, "police-form-time"),
    ):
        with pytest.raises(Refusal) as no:
            again(cast, provision, **lacking)
        assert no.value.clause == clause
    provision.refresh_from_db()
    assert provision.state == "returned"
    assert provision.outline == form(cast).outline


def test_a_due_day_gone_by_is_no_due_day(cast: Cast) -> None:
    day = clock.today() - timedelta(days=1)
    with pytest.raises(Conflict):
        send_back(asked(cast), cast.people["suzuki"], WHEN, day, by=cast.as_actor("suzuki"))


def test_withdrawn_before_it_is_decided(cast: Cast) -> None:
    ito, by = cast.people["ito"], cast.as_actor("ito")
    for provision in (asked(cast), back(cast)):
        with pytest.raises(Refusal, match="理由"):
            withdraw(provision, ito, "", by=by)
        withdraw(provision, ito, "見つかったため", by=by)
        assert provision.state == "withdrawn"
        assert provision.answer_due is None
        with pytest.raises(Conflict, match="取り下げ"):
            grant(provision, cast.people["suzuki"], "ウ", by=cast.as_actor("suzuki"))


def test_on_two_screens(client: Client, cast: Cast) -> None:
    provision = asked(cast)
    here = f"/provision/{provision.number}/"
    manager = enter_as(Client(), cast, "suzuki")
    assert "差し戻して尋ねる" in manager.get(here).content.decode()
    sent = manager.post(here + "send-back/", {"question": WHEN, "due": "2026-11-22"})
    assert sent.status_code == 302
    page = manager.get(here).content.decode()
    assert "差し戻しています" in page
    assert "提供を認める" not in page
    assert "依頼者の答え・確認を待っている依頼書" in manager.get("/provision/").content.decode()
    asker = enter_as(client, cast, "ito")
    waiting, late = (
        "あなたの答え・確認を待っている依頼",
        "答え・確認の期限を過ぎた依頼",
    )
    assert waiting in tasks(asker)
    clock.fix(NOON + timedelta(days=3))
    asker = enter_as(Client(), cast, "ito")
    assert late in tasks(asker)
    assert "期限切れ" in asker.get("/provision/").content.decode()
    page = asker.get(here + "revise/").content.decode()
    assert WHEN in page
    assert form(cast).outline in page
    assert asker.post(here + "revise/", filled(cast)).status_code == 403
    told = filled(cast, answer=WHEN_TOLD, outline="十分ごろの接触事案")
    assert asker.post(here + "revise/", told).status_code == 302
    manager = enter_as(Client(), cast, "suzuki")
    page = manager.get(here).content.decode()
    assert WHEN_TOLD in page
    assert form(cast).outline in page  # the earlier version stays
    assert "提供を認める" in page
    assert asker.get(here + "revise/").status_code == 302


def test_a_question_sent_back_wrongly_stays_on_the_screen(client: Client, cast: Cast) -> None:
    provision = asked(cast)
    here = f"/provision/{provision.number}/"
    manager = enter_as(client, cast, "suzuki")
    for day, status in (("2026-11-01", 409), ("soon", 200)):
        page = manager.post(here + "send-back/", {"question": WHEN, "due": day})
        assert page.status_code == status
        assert WHEN in page.content.decode()
    page = manager.post(here + "send-back/", {"question": " ", "due": "2026-11-22"})
    assert page.status_code == 403
    assert "2026-11-22" in page.content.decode()
    provision.refresh_from_db()
    assert provision.state == "asked"


def test_withdrawn_on_the_screen(client: Client, cast: Cast) -> None:
    provision = asked(cast)
    here = f"/provision/{provision.number}/"
    asker = enter_as(client, cast, "ito")
    assert asker.post(here + "withdraw/", {"reason": "見つかったため"}).status_code == 302
    page = asker.get(here).content.decode()
    assert "取下げ" in page
    assert "見つかったため" in page


def test_a_request_from_outside_takes_its_turns_too(client: Client, ward: Founded) -> None:
    client.force_login(ward.people["kishi"])
    client.post("/provision/ask/", ASKED)
    provision = Provision.objects.get()
    here = f"/provision/{provision.number}/"
    assert client.post(here + "send-back/", {"question": "照会書の番号は。"}).status_code == 302
    assert "照会書の番号は。" in client.get(here + "revise/").content.decode()
    told = ASKED | {"answer": "第12号です。"}
    assert client.post(here + "revise/", told).status_code == 302
    assert "第12号です。" in client.get(here).content.decode()
    assert client.post(here + "withdraw/", {"reason": "求めが取り下げられた"}).status_code == 302
    provision.refresh_from_db()
    assert provision.state == "withdrawn"


def test_a_question_of_the_night_is_decided_by_day_by_the_manager(cast: Cast) -> None:
    """The substitute asks at night; in the morning the request is the manager's again."""
    provision, substitute = asked(cast), cast.people["takahashi"]
    clock.fix(NIGHT)
    send_back(provision, substitute, WHEN, by=cast.as_actor("takahashi"))
    clock.fix(MORNING)
    again(cast, provision)
    with pytest.raises(Refusal) as by_day:
        grant(provision, substitute, "ウ", by=cast.as_actor("takahashi"))
    assert by_day.value.clause == "police-7.2.4"
    grant(provision, cast.people["suzuki"], "ウ", by=cast.as_actor("suzuki"))
    assert (provision.state, provision.night, provision.report_due) == ("approved", False, None)


def test_a_question_of_the_day_answered_at_night_is_the_substitute_s_to_decide(cast: Cast) -> None:
    provision = back(cast)
    clock.fix(NIGHT)
    again(cast, provision)
    grant(provision, cast.people["takahashi"], "ウ", by=cast.as_actor("takahashi"))
    assert provision.night
    assert provision.report_due is not None


def test_who_comes_after_the_decider_decides_on_the_answer(client: Client, cast: Cast) -> None:
    provision = back(cast)
    held = Appointment.objects.get(person=cast.people["suzuki"], post="運用管理者", until=None)
    dismiss(held, by=cast.as_actor("kanri"))
    again(cast, provision)
    with pytest.raises(Refusal):
        grant(provision, cast.people["suzuki"], "ウ", by=cast.as_actor("suzuki"))
    cast.people["next"] = register(
        cast.station,
        login="next",
        name="後任 課長",
        password=PASSWORD,
        post="運用管理者",
        by=cast.as_actor("kanri"),
    )
    page = enter_as(client, cast, "next").get(f"/provision/{provision.number}/").content.decode()
    assert WHEN in page
    assert WHEN_TOLD in page
    grant(provision, cast.people["next"], "ウ", by=cast.as_actor("next"))
    assert provision.state == "approved"

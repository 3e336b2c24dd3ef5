"""A request for viewing is sent back, answered, withdrawn, or ends with its footage."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hokanko import clock
from hokanko.errors import Conflict, Refusal, Unsound
from hokanko.footage.turns import history
from hokanko.home import Home
from hokanko.ledger.models import Opening
from hokanko.ledger.read import about
from hokanko.people.actions import register, retire
from hokanko.people.appointing import dismiss
from hokanko.people.models import Appointment
from hokanko.retention.erase import erase_due
from hokanko.rules.actor import machine
from hokanko.viewing import actions
from hokanko.viewing.jobs import lapse_erased
from hokanko.viewing.models import Viewing, ViewingTurn
from hokanko.viewing.turning import lapse, resubmit, send_back, withdraw
from tests.clauses.founded import Founded
from tests.fixtures import NOON, PASSWORD
from tests.provision.outside import ward as found_ward
from tests.provision.requests import MORNING, NIGHT
from tests.viewing.conftest import Desk
from tests.web.visitors import browser

WHY = "どの場面を確かめるのですか。"
ANSWER = "十二時十分ごろの声掛けです。"
SWEEP = machine("sweep", "CHUO", via="schedule")


def back(desk: Desk, login: str = "ito") -> Viewing:
    """Asked, and sent back by 高橋."""
    viewing = desk.asked(login)
    send_back(viewing, desk.cast.people["takahashi"], WHY, by=desk.at("takahashi"))
    return viewing


def again(desk: Desk, viewing: Viewing, answer: str = ANSWER, note: str = "") -> None:
    """Answered by 伊藤."""
    resubmit(viewing, ["ア"], note, answer, by=desk.at("ito"))


def approve(desk: Desk, viewing: Viewing, login: str = "takahashi") -> None:
    """Approved by 高橋, or somebody else."""
    actions.approve(viewing, desk.cast.people[login], by=desk.at(login))


def acts(viewing: Viewing) -> list[str]:
    """What the ledger says of a viewing."""
    lines = about(f"footage:{viewing.footage_id}")
    return [act.kind for act in lines if act.facts.get("viewing") == str(viewing.pk)]


def test_a_question_an_answer_and_the_approval(desk: Desk) -> None:
    viewing = back(desk)
    assert (viewing.state, viewing.answer_due) == ("returned", clock.today() + timedelta(days=7))
    again(desk, viewing, note="声掛けの場面")
    assert (viewing.state, viewing.answer_due, viewing.note) == ("asked", None, "声掛けの場面")
    approve(desk, viewing)
    told = history(viewing.turns, viewing.pk, {}, lambda *_: [])
    assert [(turn.kind, turn.said, turn.person.login) for turn in told] == [
        ("sent_back", WHY, "takahashi"),
        ("resubmitted", ANSWER, "ito"),
    ]
    assert acts(viewing) == [
        "viewing.asked",
        "viewing.sent_back",
        "viewing.resubmitted",
        "viewing.approved",
    ]
    (line,) = (a for a in about(f"footage:{viewing.footage_id}") if a.kind == "viewing.resubmitted")
    assert line.facts["amended"] == ["note"]
    assert line.private["answer"] == ANSWER


def test_both_texts_lie_sealed_and_open_only_in_their_place(desk: Desk) -> None:
    viewing = back(desk)
    again(desk, viewing)
    first, second = viewing.turns.order_by("number")
    for row, said in ((first, WHY), (second, ANSWER)):
        assert said.encode() not in bytes(row.said)
    for opening in Opening.objects.all():
        assert WHY.encode() not in bytes(opening.sealed)
    ViewingTurn.objects.filter(pk=second.pk).update(said=first.said)
    with pytest.raises(Unsound):
        history(viewing.turns, viewing.pk, {}, lambda *_: [])


def test_only_the_decider_asks_and_only_the_asker_answers(desk: Desk) -> None:
    viewing, people = desk.asked("ito"), desk.cast.people
    for login in ("suzuki", "tanaka", "sato", "ito", "kanri", "watanabe"):
        with pytest.raises(Refusal):
            send_back(viewing, people[login], WHY, by=desk.at(login))
    with pytest.raises(Refusal) as outsider:
        send_back(viewing, people["nakamura"], WHY, by=desk.at("nakamura"))
    assert outsider.value.clause == "police-3.2.1"
    with pytest.raises(Refusal, match="何を尋ねるのか"):
        send_back(viewing, people["takahashi"], " ", by=desk.at("takahashi"))
    with pytest.raises(Conflict):
        again(desk, viewing)
    viewing = back(desk)
    for login in ("takahashi", "suzuki", "tanaka", "sato"):
        with pytest.raises(Refusal, match="申し出た本人"):
            resubmit(viewing, ["ア"], "", "はい", by=desk.at(login))
        with pytest.raises(Refusal, match="申し出た本人"):
            withdraw(viewing, "不要", by=desk.at(login))
    with pytest.raises(Refusal, match="答え"):
        again(desk, viewing, answer=" ")
    with pytest.raises(Refusal) as unknown:
        resubmit(viewing, ["エ"], "", ANSWER, by=desk.at("ito"))
    assert unknown.value.clause == "police-7.2.1", "it is weighed as a new request"
    viewing.refresh_from_db()
    assert viewing.state == "returned"


def test_what_was_sent_back_is_not_decided_and_what_was_decided_not_sent_back(desk: Desk) -> None:
    boss, by = desk.cast.people["takahashi"], desk.at("takahashi")
    viewing = back(desk)
    with pytest.raises(Conflict, match="答えを待っています"):
        approve(desk, viewing)
    with pytest.raises(Conflict, match="答えを待っています"):
        actions.decline(viewing, boss, WHY, by=by)
    with pytest.raises(Conflict, match="答えを待っています"):
        send_back(viewing, boss, WHY, by=by)
    with pytest.raises(Refusal):
        actions.open_room(viewing, by=desk.at("ito"))
    approved = desk.approved("sato")
    with pytest.raises(Conflict):
        send_back(approved, boss, WHY, by=by)


def test_who_needs_no_approval_is_not_held_up_by_a_question(desk: Desk) -> None:
    viewing = desk.asked("tanaka")
    with pytest.raises(Conflict, match="承認は要りません"):
        send_back(viewing, desk.cast.people["takahashi"], WHY, by=desk.at("takahashi"))
    actions.open_room(viewing, by=desk.at("tanaka"))


def test_withdrawn_before_the_picture_is_opened(desk: Desk) -> None:
    for viewing in (desk.asked("ito"), back(desk), desk.approved("ito")):
        with pytest.raises(Refusal, match="理由"):
            withdraw(viewing, " ", by=desk.at("ito"))
        withdraw(viewing, "見つかったため", by=desk.at("ito"))
        assert (viewing.state, viewing.answer_due) == ("withdrawn", None)
        with pytest.raises(Conflict, match="取り下げ"):
            approve(desk, viewing)
    opened = desk.opened("tanaka")
    with pytest.raises(Conflict):
        withdraw(opened, "不要", by=desk.at("tanaka"))


def test_an_answer_is_due_before_the_footage_ends(desk: Desk) -> None:
    boss, by = desk.cast.people["takahashi"], desk.at("takahashi")
    last = desk.footage.last_day
    for day in (clock.today() - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(Conflict):
            send_back(desk.asked("ito"), boss, WHY, day, by=by)
    clock.fix(NOON + timedelta(days=87))
    viewing = desk.asked("ito")
    send_back(viewing, boss, WHY, by=by)
    assert viewing.answer_due == last < clock.today() + timedelta(days=7)


def test_a_question_of_the_night_is_answered_by_day_and_decided_by_either(desk: Desk) -> None:
    """Approving a viewing is the supervisor's at every hour: night duty changes nothing in it."""
    clock.fix(NIGHT)
    viewing = back(desk)
    clock.fix(MORNING)
    with pytest.raises(Refusal) as manager:
        approve(desk, viewing, "suzuki")
    assert manager.value.clause == "police-7.2.2-approve"
    again(desk, viewing)
    approve(desk, viewing)
    assert viewing.state == "approved"


def test_who_comes_after_the_decider_finds_the_question_and_decides(desk: Desk) -> None:
    cast = desk.cast
    viewing = back(desk)
    held = Appointment.objects.get(person=cast.people["takahashi"], post="運用主任者", until=None)
    dismiss(held, by=cast.as_actor("suzuki"))
    ito, boss = desk.client("ito"), desk.client("takahashi")
    room = f"/viewing/{viewing.pk}/"
    assert "承認できる役職の人が、いまいません" in ito.get(room).content.decode()
    again(desk, viewing)
    with pytest.raises(Refusal):
        approve(desk, viewing)
    assert "伊藤" not in boss.get("/viewing/").content.decode(), "it went with the post"
    cast.people["next"] = register(
        cast.station,
        login="next",
        name="後任 主任",
        password=PASSWORD,
        post="運用主任者",
        by=cast.as_actor("suzuki"),
    )
    page = desk.client("next").get(f"{room}decide/").content.decode()
    assert WHY in page
    assert ANSWER in page
    approve(desk, viewing, "next")
    assert viewing.state == "approved"


def test_an_asker_who_has_left_answers_no_more(desk: Desk) -> None:
    viewing, asker = back(desk), desk.client("ito")
    retire(desk.cast.people["ito"], by=desk.cast.as_actor("suzuki"))
    told = {"purposes": ["ア"], "note": "", "answer": ANSWER}
    sent = asker.post(f"/viewing/{viewing.pk}/revise/", told)
    assert sent.headers["Location"].startswith("/login/")
    clock.fix(NOON + timedelta(days=90))
    erase_due(by=SWEEP)
    lapse_erased()
    viewing.refresh_from_db()
    assert viewing.state == "lapsed", "it does not stand open for ever"


def test_a_request_ends_with_its_footage(desk: Desk) -> None:
    waiting = [desk.asked("ito"), back(desk), desk.approved("sato")]
    done = desk.asked("ito")
    withdraw(done, "不要", by=desk.at("ito"))
    lapse_erased()
    assert {each.state for each in Viewing.objects.filter(pk__in=[w.pk for w in waiting])} == {
        "asked",
        "returned",
        "approved",
    }
    clock.fix(NOON + timedelta(days=90))
    erase_due(by=SWEEP)
    dead = Viewing.objects.get(pk=waiting[1].pk)
    with pytest.raises(Refusal) as gone:
        again(desk, dead)
    assert gone.value.clause == "police-7.1.2"
    lapse_erased()
    lapse_erased()
    for each in waiting:
        each.refresh_from_db()
        assert (each.state, acts(each)[-1]) == ("lapsed", "viewing.lapsed")
    done.refresh_from_db()
    assert done.state == "withdrawn"
    with pytest.raises(Conflict, match="消去"):
        lapse(waiting[0], by=machine("viewing", "CHUO"))
    page = desk.client("ito").get(f"/viewing/{waiting[1].pk}/").content.decode()
    assert "映像が消去されたため" in page
    assert WHY in page
    assert "もう一度閲覧を申し出る" not in page
    assert "映像の消去により終了" in desk.client("takahashi").get("/viewing/").content.decode()


def test_on_two_screens(desk: Desk) -> None:
    viewing = desk.asked("ito")
    room = f"/viewing/{viewing.pk}/"
    boss, asker = desk.client("takahashi"), desk.client("ito", seated=False)
    assert "差し戻して尋ねる" in boss.get(f"{room}decide/").content.decode()
    wrong = boss.post(f"{room}send-back/", {"question": WHY, "due": "2027-11-22"})
    assert wrong.status_code == 400
    assert f"{WHY}</textarea>" in wrong.content.decode(), "what was typed stays"
    sent = boss.post(f"{room}send-back/", {"question": WHY, "due": "2026-11-22"})
    assert sent.status_code == 302
    page = boss.get(f"{room}decide/").content.decode()
    assert WHY in page
    assert "承認する" not in page
    assert "申し出た人の答えを待っている申出" in boss.get("/viewing/").content.decode()
    waiting, late = "あなたの答えを待っている閲覧の申出", "答えの期限を過ぎた閲覧の申出"
    assert waiting in asker.get("/").content.decode()
    assert waiting not in boss.get("/").content.decode()
    clock.fix(NOON + timedelta(days=3))
    assert late in asker.get("/").content.decode()
    listed = asker.get("/viewing/").content.decode()
    assert "差し戻しています" in listed
    assert "期限切れ" in listed
    page = asker.get(room).content.decode()
    assert WHY in page
    assert f'href="{room}revise/"' in page
    assert "映像を開く</button>" not in page
    assert WHY in asker.get(f"{room}revise/").content.decode()
    empty = asker.post(f"{room}revise/", {"purposes": ["ウ"], "note": "事案", "answer": ""})
    assert empty.status_code == 403
    assert "事案</textarea>" in empty.content.decode(), "what was typed stays"
    told = {"purposes": ["ウ"], "note": "声掛けの事案", "answer": ANSWER}
    assert asker.post(f"{room}revise/", told).status_code == 302
    assert asker.get(f"{room}revise/").status_code == 302
    page = boss.get(f"{room}decide/").content.decode()
    assert ANSWER in page
    assert "直したところ" in page
    assert "承認する" in page
    assert asker.post(f"{room}withdraw/", {"reason": "見つかったため"}).status_code == 302
    page = boss.get(f"{room}decide/").content.decode()
    assert "取り下げ" in page
    assert "見つかったため" in page
    assert "取下げ" in boss.get("/viewing/").content.decode()


def test_the_checklist_says_whose_turn_it_is(desk: Desk) -> None:
    viewing = desk.asked("ito")
    room, asker = f"/viewing/{viewing.pk}/", desk.client("ito")
    assert "承認を待っています" in asker.get(room).content.decode()
    send_back(viewing, desk.cast.people["takahashi"], WHY, by=desk.at("takahashi"))
    page = asker.get(room).content.decode()
    assert "尋ねられたことに答えて出し直すと、承認に進みます" in page
    assert "を待っています：" not in page
    again(desk, viewing)
    assert "承認を待っています" in asker.get(room).content.decode()


def test_somebody_else_s_question_is_nobody_s_business(desk: Desk) -> None:
    viewing = back(desk)
    room = f"/viewing/{viewing.pk}/"
    for login in ("sato", "yamada", "watanabe"):
        other = desk.client(login)
        for answer in (
            other.get(f"{room}revise/"),
            other.post(f"{room}revise/", {"purposes": ["ア"], "answer": ANSWER}),
            other.post(f"{room}withdraw/", {"reason": "不要"}),
            other.post(f"{room}send-back/", {"question": WHY}),
        ):
            assert answer.status_code in (403, 404)
            assert WHY not in answer.content.decode()
    viewing.refresh_from_db()
    assert viewing.state == "returned"


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    """青葉区: mori and kishi consent, hara asks."""
    del fresh_home, db
    return found_ward()


def test_a_ward_asks_back_before_it_consents(ward: Founded) -> None:
    footage = ward.take_in("kishi")
    footage.captured = clock.now()
    footage.save()
    hara, mori = browser(ward, "hara"), browser(ward, "mori")
    asked = {"purposes": ["防犯"], "note": ""}
    assert hara.post(f"/viewing/ask/?footage={footage.number}", asked).status_code == 302
    room = f"/viewing/{Viewing.objects.get().pk}/"
    assert mori.post(f"{room}send-back/", {"question": WHY}).status_code == 302
    assert hara.post(f"{room}revise/", asked | {"answer": ANSWER}).status_code == 302
    assert ANSWER in mori.get(f"{room}decide/").content.decode()
    assert hara.post(f"{room}withdraw/", {"reason": "不要"}).status_code == 302
    assert Viewing.objects.get().state == "withdrawn"

"""A request that came on paper or by telephone, entered by the supervisor or the clerk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.ledger import read
from hokanko.people.attach import Scan
from hokanko.people.models import Person
from hokanko.provision.actions import enter, grant
from hokanko.provision.models import CALL, PAPER, Provision
from hokanko.provision.queries import thing
from hokanko.provision.standing_in import ask_for
from hokanko.provision.turning import resubmit, send_back, withdraw
from hokanko.rehearsal.cast import Cast
from tests.provision.requests import form
from tests.provision.test_pages import enter_as, filled

SCAN = Scan(b"%PDF-1.4\n%%EOF\n", "依頼書.pdf")


def taken(cast: Cast, arrived: str, scan: Scan | None = None, login: str = "tanaka") -> Provision:
    """伊藤's request, entered by somebody else."""
    whole = form(cast, paper=scan, paper_title="依頼書" if scan else "")
    clerk, ito = cast.people[login], cast.people["ito"]
    return ask_for(cast.station, whole, ito, clerk, arrived, by=cast.as_actor(login))


@pytest.mark.clause("police-7.2.5")
def test_a_form_on_paper_is_entered_with_its_scan(cast: Cast, footage: Footage) -> None:
    with pytest.raises(Refusal) as no:
        taken(cast, PAPER)
    assert no.value.clause == "police-7.2.5"
    assert not Provision.objects.exists()
    provision = taken(cast, PAPER, SCAN)
    assert (provision.state, provision.requester, provision.taken_by) == (
        "asked",
        cast.people["ito"],
        cast.people["tanaka"],
    )
    kinds = [act.kind for act in read.about(thing(provision).name)]
    assert kinds == ["provision.asked", "provision.taken_down"]
    grant(provision, cast.people["suzuki"], "ウ", by=cast.as_actor("suzuki"))
    with pytest.raises(Refusal) as no:  # the requester, whoever typed it
        enter(provision, cast.people["ito"], [(footage, ())], by=cast.as_actor("ito"))
    assert no.value.clause == "police-7.2.5"
    enter(provision, cast.people["tanaka"], [(footage, ())], by=cast.as_actor("tanaka"))
    assert provision.state == "entered"


@pytest.mark.parametrize("login", ["suzuki", "ito", "sato", "kanri"])
def test_nobody_else_enters_it(cast: Cast, login: str) -> None:
    other = cast.people["sato" if login == "ito" else "ito"]
    by = cast.as_actor(login)
    with pytest.raises(Refusal) as no:
        ask_for(cast.station, form(cast, paper=SCAN), other, cast.people[login], PAPER, by=by)
    assert no.value.clause == "police-7.2.5"


def test_one_does_not_stand_in_for_oneself(cast: Cast) -> None:
    me, by = cast.people["tanaka"], cast.as_actor("tanaka")
    with pytest.raises(Conflict):
        ask_for(cast.station, form(cast, paper=SCAN), me, me, PAPER, by=by)


@pytest.mark.clause("police-7.2.3")
def test_what_was_told_by_telephone_is_submitted_by_the_requester_himself(cast: Cast) -> None:
    provision = taken(cast, CALL, login="takahashi")
    assert provision.state == "returned"
    with pytest.raises(Conflict, match="出し直されるまで"):
        grant(provision, cast.people["suzuki"], "ウ", by=cast.as_actor("suzuki"))
    clerk, by = cast.people["takahashi"], cast.as_actor("takahashi")
    with pytest.raises(Refusal) as no:
        resubmit(provision, form(cast), clerk, "本人が確かめた", by=by)
    assert no.value.clause == "police-7.2.3"
    resubmit(
        provision, form(cast, paper=SCAN, paper_title="依頼書"), clerk, "依頼書を受けた", by=by
    )
    assert provision.state == "asked"
    other = taken(cast, CALL)
    resubmit(other, form(cast), cast.people["ito"], "確かめました", by=cast.as_actor("ito"))
    assert other.state == "asked"
    send_back(other, cast.people["suzuki"], "いつですか。", by=cast.as_actor("suzuki"))
    resubmit(other, form(cast), cast.people["tanaka"], "昼です", by=cast.as_actor("tanaka"))
    assert other.state == "asked"  # he has submitted it once: the clerk may answer for him
    third = taken(cast, CALL)
    withdraw(third, cast.people["tanaka"], "電話で取下げ", by=cast.as_actor("tanaka"))
    assert third.state == "withdrawn"


def test_on_the_screen(client: Client, cast: Cast) -> None:
    ito = cast.people["ito"]
    assert (
        "代わって入力する依頼者"
        not in enter_as(client, cast, "ito").get("/provision/ask/").content.decode()
    )
    clerk = enter_as(client, cast, "tanaka")
    assert "代わって入力する依頼者" in clerk.get("/provision/ask/").content.decode()
    told = filled(cast, for_colleague=str(ito.pk), arrived="paper", telephone="")
    assert clerk.post("/provision/ask/", told).status_code == 403
    scan = SimpleUploadedFile("f.pdf", SCAN.content, "application/pdf")
    assert clerk.post("/provision/ask/", told | {"paper": scan}).status_code == 302
    provision = Provision.objects.get()
    assert (provision.requester, provision.telephone) == (ito, ito.telephone)
    assert clerk.post("/provision/ask/", told | {"arrived": "telephone"}).status_code == 302
    spoken = Provision.objects.exclude(pk=provision.pk).get()
    here = f"/provision/{spoken.number}/"
    assert "依頼者本人が確かめて" in clerk.get(here).content.decode()
    asker = enter_as(client, cast, "ito")
    assert "確かめて提出する" in asker.get(here).content.decode()
    assert asker.post(here + "revise/", filled(cast, answer="そのとおり")).status_code == 302
    spoken.refresh_from_db()
    assert spoken.state == "asked"


def test_lists_say_that_it_waits_for_its_requester_and_was_not_sent_back(
    client: Client, cast: Cast
) -> None:
    taken(cast, CALL)
    for login in ("suzuki", "ito"):
        page = enter_as(client, cast, login).get("/provision/").content.decode()
        assert "本人の確認待ち" in page
        assert "差し戻しています" not in page


def test_two_colleagues_of_one_name_are_told_apart(client: Client, cast: Cast) -> None:
    ito, sato = cast.people["ito"], cast.people["sato"]
    Person.objects.filter(pk=sato.pk).update(name=ito.name, section=ito.section)
    page = enter_as(client, cast, "tanaka").get("/provision/ask/").content.decode()
    assert f"{ito.name}（ito）" in page
    assert f"{ito.name}（sato）" in page

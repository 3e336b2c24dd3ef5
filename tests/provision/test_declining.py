"""A request that is not granted says why, and a paper named without its scan is not lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hokanko.errors import Conflict
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.people.attach import Scan
from hokanko.provision.actions import decline
from hokanko.provision.consenting import REFUSED, Said, record_consent
from hokanko.provision.models import Provision
from hokanko.provision.papers import request_pdf
from hokanko.provision.queries import thing
from hokanko.provision.turning import resubmit, send_back
from hokanko.provision.versions import form_of
from hokanko.rehearsal.cast import Cast
from tests.clauses.founded import Founded
from tests.papers.samples import words
from tests.provision.outside import STATED, choose, hand, judge, taken_down, taker
from tests.provision.outside import form as outside_form
from tests.provision.outside import shop as found_shop
from tests.provision.requests import asked
from tests.provision.requests import form as police_form
from tests.provision.test_counter import ASKED, at
from tests.web.visitors import browser

WHY_NOT = "規程の挙げるどの場合にも当たらないため。"
ENQUIRY = "捜査関係事項照会書（青刑発第12号）"
DECLINE = {"decision": "decline"}


def last(provision: Provision) -> read.Act:
    """The last line of the ledger about it."""
    return list(read.about(thing(provision).name))[-1]


def test_declining_takes_the_reason_and_the_page_tells_it(client: Client, ward: Founded) -> None:
    provision = taken_down(ward, "kishi")
    here = f"/provision/{provision.number}/"
    at(client, ward, "mori")
    assert "認めない理由" in client.get(here).content.decode()
    for reason in ("", "  "):
        bare = client.post(here + "decide/", DECLINE | {"reason": reason})
        assert 'class="errorlist"' in bare.content.decode()
        assert "<details open>" in bare.content.decode()
    provision.refresh_from_db()
    assert provision.state == "asked"
    told = DECLINE | {"reason": WHY_NOT}
    assert client.post(here + "decide/", told).status_code == 302
    page = client.get(here).content.decode()
    assert page.count(WHY_NOT) == 1
    assert "提供しない" in page
    line = last(provision)
    assert (line.kind, line.private["reason"]) == ("provision.declined", WHY_NOT)
    assert WHY_NOT not in str(line.facts)
    assert client.post(here + "decide/", told).status_code == 409


def test_whoever_may_not_decide_does_not_decline(client: Client, ward: Founded) -> None:
    provision = taken_down(ward, "kishi")
    here = f"/provision/{provision.number}/decide/"
    for reason in ("", WHY_NOT):
        answer = at(client, ward, "hara").post(here, DECLINE | {"reason": reason})
        assert answer.status_code == 403
    provision.refresh_from_db()
    assert provision.state == "asked"


def test_the_police_decline_with_a_reason_on_page_and_paper(cast: Cast) -> None:
    provision = asked(cast)
    here, boss = f"/provision/{provision.number}/", browser(cast, "suzuki")
    assert 'class="errorlist"' in boss.post(here + "decide/", DECLINE).content.decode()
    assert boss.post(here + "decide/", DECLINE | {"reason": WHY_NOT}).status_code == 302
    provision.refresh_from_db()
    assert provision.state == "declined"
    assert WHY_NOT in browser(cast, "ito").get(here).content.decode(), "the requester reads it"
    assert WHY_NOT in words(request_pdf(provision))


def test_the_verb_wants_the_reason_too(cast: Cast) -> None:
    provision, by = asked(cast), cast.as_actor("suzuki")
    with pytest.raises(Conflict, match="認めない理由"):
        decline(provision, cast.people["suzuki"], " ", by=by)
    provision.refresh_from_db()
    assert provision.state == "asked"


def test_a_refusal_of_who_is_filmed_is_told_as_the_end(fresh_home: Home, db: None) -> None:
    del fresh_home, db
    shop = found_shop()
    provision = taken_down(shop, "midori", purposes=["盗難防止"], body_kind="other")
    said = Said("山本 健", given=False, on=date(2026, 11, 20))
    record_consent(provision, said, shop.people["midori"], by=shop.by("midori"))
    page = browser(shop, "midori").get(f"/provision/{provision.number}/").content.decode()
    assert "写っている人（山本 健）が" in page
    assert "に同意しなかったため、終わりました。" in page
    assert last(provision).private["reason"] == REFUSED
    other = taken_down(shop, "midori", purposes=["盗難防止"], body_kind="other")
    decline(other, shop.people["midori"], WHY_NOT, by=shop.by("midori"))
    page = browser(shop, "midori").get(f"/provision/{other.number}/").content.decode()
    assert WHY_NOT in page
    assert "同意しなかったため" not in page


def test_a_paper_named_without_its_scan_is_shown(client: Client, ward: Founded) -> None:
    at(client, ward, "kishi")
    assert client.post("/provision/ask/", ASKED | {"paper_title": ENQUIRY}).status_code == 302
    provision = Provision.objects.get()
    page = client.get(f"/provision/{provision.number}/").content.decode()
    assert ENQUIRY in page
    assert "写しはまだありません" in page
    assert last(provision).private["paper_named"] == ENQUIRY
    scan = SimpleUploadedFile("照会書.pdf", b"%PDF-1.7 enquiry", "application/pdf")
    with_scan = ASKED | {"paper_title": ENQUIRY, "paper": scan}
    assert client.post("/provision/ask/", with_scan).status_code == 302
    filed = Provision.objects.exclude(pk=provision.pk).get()
    page = client.get(f"/provision/{filed.number}/").content.decode()
    assert ENQUIRY in page
    assert "写しはまだありません" not in page


def test_the_record_names_the_paper_that_has_not_come(ward: Founded, tmp_path: Path) -> None:
    footage = ward.take_in("kishi")
    provision = taken_down(ward, "kishi", paper_title=ENQUIRY)
    judge(ward, "mori", provision, "イ", STATED["inquiry"])
    choose(ward, "kishi", provision, footage)
    done = hand(ward, "kishi", provision, tmp_path / "package", taker())
    printed = words((done.path / "provision.pdf").read_bytes())
    assert f"{ENQUIRY}（写しなし）" in printed


def test_what_comes_with_the_answer_takes_the_place_of_the_name(ward: Founded) -> None:
    provision = taken_down(ward, "kishi", paper_title=ENQUIRY)
    kishi, by = ward.people["kishi"], ward.by("kishi")

    def again(form: object) -> str:
        send_back(provision, ward.people["mori"], "写しは。", by=ward.by("mori"))
        resubmit(provision, form, kishi, "このとおり。", by=by)  # type: ignore[arg-type]
        return provision.paper_named

    assert again(form_of(provision)) == ENQUIRY, "kept, where nothing was changed"
    scan = Scan(b"%PDF-1.7 enquiry", "a.pdf")
    assert again(outside_form(paper_title=ENQUIRY, paper=scan)) == ""
    assert [paper.title for paper in provision.papers.all()] == [ENQUIRY]


def test_the_form_of_the_police_keeps_it_too(cast: Cast) -> None:
    provision = asked(cast)
    send_back(provision, cast.people["suzuki"], "文書は。", by=cast.as_actor("suzuki"))
    named = police_form(cast, paper_title=ENQUIRY)
    resubmit(provision, named, cast.people["ito"], "このとおり。", by=cast.as_actor("ito"))
    here = f"/provision/{provision.number}/"
    assert ENQUIRY in browser(cast, "ito").get(here).content.decode()
    assert f"{ENQUIRY}（写しなし）" in words(request_pdf(provision))
    send_back(provision, cast.people["suzuki"], "ほかには。", by=cast.as_actor("suzuki"))
    assert ENQUIRY in browser(cast, "ito").get(here + "revise/").content.decode()

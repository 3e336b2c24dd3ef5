"""A shop's and a shopping street's clauses carried out as their checks say, at their pages."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.cameras.models import Site
from hokanko.editions import matrix
from hokanko.editions.matrix_pages import NOUNS
from hokanko.errors import Missing
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.ledger.models import Entry
from hokanko.public import content
from hokanko.public.models import Notice
from hokanko.retention.erase import erase_due
from hokanko.rules.actor import machine
from hokanko.rules.decide import Rules, parameter, rules_at
from hokanko.rules.models import Adoption
from hokanko.rules.verbs import VERBS
from hokanko.vault import cabinet
from tests.cases.bodies import body
from tests.clauses.doors import refusals, refused, said
from tests.clauses.founded import FILM
from tests.clauses.offices import street
from tests.provision.outside import (
    hand,
    shop,
    taken_down,
)
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


def without_purpose(org: str) -> Rules:
    """The rules in force there, as if their own purposes were left blank."""
    rules = rules_at(org)
    rows = tuple(
        replace(row, value=()) if row.name in ("purpose.list", "purpose.watch") else row
        for row in rules.book.parameters
    )
    return replace(rules, book=replace(rules.book, parameters=rows))


def _line(page: str, verb: str) -> str:
    """The row of a verb in the table of powers."""
    (found,) = [part for part in page.split("<tr") if f">{verb}<" in part]
    return found


@pytest.mark.clause("pref-img-copy")
def test_without_a_granted_request_no_copy_is_made(tmp_path: Path) -> None:
    here = street()
    footage = here.take_in("kishi")
    asked = taken_down(here, "kishi")
    target = tmp_path / "package"
    assert refused(lambda: hand(here, "kishi", asked, target))[0] == "pref-img-copy"
    assert not target.exists()
    assert footage.state == "held"
    last = Entry.objects.order_by("-pk")[0]
    body = json.loads(bytes(last.body))
    assert (last.kind, body["clause"]) == ("refused", "pref-img-copy")


@pytest.mark.clause("pref-img-erase")
def test_a_copy_put_back_after_the_expiry_is_not_read(fresh_home: Home, tmp_path: Path) -> None:
    here = street()
    footage = here.take_in("kishi")
    name = cabinet.original(str(footage.pk))
    (place,) = (path for path in fresh_home.path.rglob(f"*{name.name}*") if path.is_file())
    kept = Path(shutil.copy(place, tmp_path / "copy"))  # all of a piece that a backup holds
    with cabinet.opened(name) as reader:
        assert reader.read_at(0, len(FILM)) == FILM
    clock.fix(clock.now() + timedelta(days=parameter("WAKASA", "retention.days") + 1))
    (erasure,) = erase_due(by=machine("sweep", "WAKASA", via="schedule"))
    assert not place.exists()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(kept.read_bytes())
    Footage.objects.filter(pk=footage.pk).update(state="held", erased_at=None)
    with pytest.raises(Missing), cabinet.opened(name):
        pass
    assert erasure.clause == "pref-img-erase"


@pytest.mark.clause("shop-mgmt-5")
def test_staff_do_not_come_to_the_search_for_a_viewing() -> None:
    here = shop()
    here.register("midori", "tsuji", "辻 優", "従業員")
    footage = here.take_in("midori")
    ask = f"/viewing/ask/?footage={footage.number}"
    for address in ("/footage/", ask):
        before = refusals()
        status, page = said(browser(here, "tsuji").get(address))
        assert (status, "[shop-mgmt-5]" in page, refusals()) == (403, True, before + 1), address
    assert browser(here, "tsuji").post(ask, {"purposes": ["盗難防止"]}).status_code == 403
    for manager in ("midori", "fukuda"):
        assert browser(here, manager).get(ask).status_code == 200


@pytest.mark.clause("shop-qa-1-11-within")
def test_a_use_outside_the_purposes_is_refused_on_its_own_article() -> None:
    here = shop()
    footage, client = here.take_in("midori"), browser(here, "midori")
    ask = f"/viewing/ask/?footage={footage.number}"
    status, page = said(client.post(ask, {"purposes": ["勤怠管理"], "note": ""}))
    assert status == 403
    for cited in ("[shop-mgmt-1-limit]", "[shop-qa-1-11-within]"):
        assert cited in page
    request = refused(lambda: taken_down(here, "midori", purposes=["勤怠管理"]))
    assert "shop-qa-1-11-within" in request
    assert client.post(ask, {"purposes": ["盗難防止"], "note": ""}).status_code == 302


@pytest.mark.clause("shop-joint-4")
def test_joint_use_without_its_purpose_is_not_published(monkeypatch: pytest.MonkeyPatch) -> None:
    parties = {"joint_parties": "みどり書店,あおば薬局", "joint_items": "画像,事案の日"}
    here = body("shop", joint_enabled="true", joint_responsible="緑川 薫", **parties)
    site = Site.objects.create(
        org=here.org, name="正面入口", notice_code="abc", opened_at=clock.now()
    )
    told = {"contact": "総務課", "words": "", "statement": "あおば薬局と共同で利用します。"}
    client, address = browser(here, "boss"), f"/notices/{site.pk}/"
    with monkeypatch.context() as within:
        within.setattr(content, "rules_at", without_purpose)
        status, page = said(client.post(address, told))
    assert (status, "[shop-joint-4]" in page, Notice.objects.count()) == (403, True, 0)
    assert client.post(address, told).status_code == 302


@pytest.mark.clause("shop-ops-4")
def test_the_table_of_powers_follows_the_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {name: verb for name, verb in VERBS.items() if name.startswith("retention.")}
    monkeypatch.setattr(matrix, "VERBS", asked)  # some thousand questions fewer
    monkeypatch.setattr(matrix, "_matrix", matrix._matrix.__wrapped__)
    here = shop()
    client, address = browser(here, "midori"), "/editions/at/MIDORI/matrix/?about=retention&post=*"
    before = client.get(address).content.decode()
    assert "retention.erase_by_hand" in before
    adopted = Adoption.objects.get()
    adopted.values = {**adopted.values, "erase.manual": True}
    adopted.save()
    after = client.get(address).content.decode()
    (one, two) = (_line(page, "retention.erase_by_hand") for page in (before, after))
    assert (one.count("○"), two.count("○")) == (0, 2)
    assert _line(before, "retention.expire") == _line(after, "retention.expire")


def test_the_table_of_powers_is_narrowed_in_words_not_in_codes() -> None:
    here = shop()
    page = browser(here, "midori").get("/editions/at/MIDORI/matrix/?about=clock&post=*")
    options = page.content.decode().partition('<select name="about">')[2].partition("</select>")[0]
    assert set(NOUNS) == {name.partition(".")[0] for name in VERBS}
    assert '<option value="clock" selected>時計</option>' in options
    assert not re.findall(r">[a-z]+</option>", options)

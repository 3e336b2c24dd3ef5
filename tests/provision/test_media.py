"""What was handed out: numbered, with a holder and a last day, until it has ended."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from hokanko import clock
from hokanko.audit.board import rows
from hokanko.errors import Conflict, Missing, Refusal
from hokanko.footage.models import Footage
from hokanko.ledger import read
from hokanko.provision import media
from hokanko.provision.actions import enter
from hokanko.provision.ending import Ending, end
from hokanko.provision.form import MEDIUM
from hokanko.provision.handover import deliver
from hokanko.provision.models import ProvidedMedium, Provision
from hokanko.provision.queries import thing
from hokanko.rehearsal.cast import Cast
from hokanko.web.registers import paper
from tests.provision.requests import asked, entered
from tests.web.visitors import browser

DAY = timedelta(days=1)
FIVE_YEARS = 60


@pytest.fixture
def given(cast: Cast, footage: Footage, tmp_path: Path) -> ProvidedMedium:
    """A medium that 田中 handed to 伊藤."""
    return handed(cast, entered(cast, footage), tmp_path)


def handed(cast: Cast, provision: Provision, tmp_path: Path) -> ProvidedMedium:
    """What was entered, on a medium."""
    deliver(
        provision,
        hander=cast.people["tanaka"],
        receiver=cast.people["ito"],
        delivering=[MEDIUM],
        medium="USB-012",
        target=tmp_path / "package.zip",
        by=cast.as_actor("tanaka"),
    )
    return ProvidedMedium.objects.get()


def returned(cast: Cast, given: ProvidedMedium, **changes: object) -> None:
    """田中 takes it back at the desk today."""
    ending = Ending(**({"kind": "returned", "on": clock.today(), "how": "窓口で"} | changes))  # type: ignore[arg-type]
    end(given, ending, cast.people["tanaka"], by=cast.as_actor("tanaka"))


def owed(cast: Cast) -> list[str]:
    """What the board says is owed for the clause."""
    (row,) = (each for each in rows(cast.station) if each.clause.id == "police-7.2.7")
    return [each.ja for each in row.owed]


@pytest.mark.clause("police-7.2.7")
def test_past_its_last_day_the_board_says_so(cast: Cast, given: ProvidedMedium) -> None:
    assert given.keep_until is not None
    assert given.keep_until == clock.add_months(clock.today(), FIVE_YEARS)
    at = clock.now()
    clock.fix(at + (given.keep_until - clock.today()))
    assert owed(cast) == []
    assert list(media.overdue("CHUO")) == []
    clock.fix(clock.now() + DAY)
    (words,) = owed(cast)
    assert given.number in words
    assert list(media.overdue("CHUO")) == [given]
    returned(cast, given)
    assert owed(cast) == []
    assert list(media.overdue("CHUO")) == []


@pytest.mark.clause("police-7.2.4-b")
def test_what_went_to_an_education_is_owed_back_on_the_day_that_was_set(
    cast: Cast, footage: Footage, tmp_path: Path
) -> None:
    provision, day = asked(cast), clock.today() + 3 * DAY
    said = {"ground": "イ", "ground_note": "受傷事故防止の教養", "decision": "grant"}
    manager, url = browser(cast, "suzuki"), f"/provision/{provision.number}/decide/"
    refused = manager.post(url, said)
    assert refused.status_code == 403
    page = refused.content.decode()
    assert "第7 2(4)イ" in page
    assert "受傷事故防止の教養</textarea>" in page, "what was typed still stands"
    assert re.search(r'value="イ"[^>]*checked', page)
    outsider = browser(cast, "ito").post(url, said)
    assert (outsider.status_code, "</textarea>" in outsider.content.decode()) == (403, False)
    assert manager.post(url, said | {"return_on": day.isoformat()}).status_code == 302
    provision.refresh_from_db()
    assert "返却又は廃棄の期限：" in provision.ground_note
    enter(provision, cast.people["tanaka"], [(footage, ())], by=cast.as_actor("tanaka"))
    given = handed(cast, provision, tmp_path)
    assert given.keep_until == day
    clock.fix(clock.now() + 4 * DAY)
    (words,) = owed(cast)
    assert given.number in words
    returned(cast, given, kind="destroyed", how="教養のあと裁断した")
    assert owed(cast) == []


def test_a_medium_has_a_number_a_holder_and_a_class(given: ProvidedMedium) -> None:
    assert given.number == f"{given.provision.number}-1"
    assert (given.kind, given.medium) == ("medium", "USB-012")
    assert (given.holder, given.document_class) == ("伊藤 玲", "機密性2・完全性2・可用性1")
    kinds = [act.kind for act in read.about(thing(given.provision).name)]
    assert kinds[-1] == "provision.issued"


def test_the_end_is_told_once(cast: Cast, given: ProvidedMedium) -> None:
    returned(cast, given, kind="destroyed", how="裁断した")
    line = read.about(thing(given.provision).name)[-1]
    assert (line.kind, line.private["manner"]) == ("provision.destroyed", "裁断した")
    with pytest.raises(Conflict):
        returned(cast, given)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_before_the_handing_out_or_ahead_is_none(
    cast: Cast, given: ProvidedMedium, days: int
) -> None:
    with pytest.raises(Conflict):
        returned(cast, given, on=clock.today() + days * DAY)
    with pytest.raises(Conflict):
        returned(cast, given, how=" ")


def test_its_holder_records_nothing(cast: Cast, given: ProvidedMedium) -> None:
    ending = Ending("returned", clock.today(), "返した")
    with pytest.raises(Refusal) as refused:
        end(given, ending, cast.people["ito"], by=cast.as_actor("ito"))
    assert refused.value.clause == "police-7.2.7"


def test_the_register_has_it(cast: Cast, given: ProvidedMedium) -> None:
    made = paper(cast.station, "media", clock.today(), clock.today())
    (row,) = made.rows
    assert row[:3] == (given.number, "外部記録媒体", "USB-012")
    assert len(row) == len(made.columns)
    assert paper(cast.station, "media", clock.today() - DAY, clock.today() - DAY).rows == ()


def test_on_the_page(cast: Cast, given: ProvidedMedium) -> None:
    desk = browser(cast, "tanaka")
    assert given.number in desk.get("/provision/media/").content.decode()
    address = f"/provision/media/{given.pk}/"
    assert "返却・廃棄を記録する" in desk.get(address).content.decode()
    missing = desk.post(address, {"kind": "returned", "on": str(clock.today()), "how": ""})
    assert missing.status_code != 302
    told = {"kind": "returned", "on": str(clock.today()), "how": "窓口で受け取った"}
    assert desk.post(address, told).status_code == 302
    given.refresh_from_db()
    assert given.ended_on == clock.today()
    assert "窓口で受け取った" in desk.get("/provision/media/").content.decode()


@pytest.mark.parametrize("login", ["ito", "sato"])
def test_outsiders_see_nothing(cast: Cast, given: ProvidedMedium, login: str) -> None:
    visitor = browser(cast, login)
    assert visitor.get("/provision/media/").status_code == 403
    assert visitor.get(f"/provision/media/{given.pk}/").status_code == 403
    told = {"kind": "returned", "on": str(clock.today()), "how": "返した"}
    assert visitor.post(f"/provision/media/{given.pk}/", told).status_code == 403
    assert ProvidedMedium.objects.get().ended_on is None


def test_by_command(cast: Cast, given: ProvidedMedium) -> None:
    def said(*words: str) -> dict[str, object]:
        out = StringIO()
        call_command("medium", "--json", *words, "--by", "tanaka", stdout=out)
        told: dict[str, object] = json.loads(out.getvalue())
        return told

    assert said("list", "--org", "CHUO", "--overdue") == {"media": []}
    assert said("destroyed", given.number, "--how", "裁断")["ending"] == "destroyed"
    with pytest.raises(Missing):
        media.medium_of("CHUO-R-0000-0000-1")

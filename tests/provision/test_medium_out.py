"""A medium that is still with whom it was handed to is not handed out again."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from hokanko import clock
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.formats.canon import JSON
from hokanko.ledger.append import append
from hokanko.provision.ending import Ending, end
from hokanko.provision.form import MEDIUM, STILL
from hokanko.provision.handover import deliver
from hokanko.provision.leaving import hand_over
from hokanko.provision.media import insist_back
from hokanko.provision.models import ProvidedMedium, Provision
from hokanko.provision.taker import as_taker
from hokanko.rehearsal.cast import Cast
from tests.clauses.founded import Founded
from tests.fixtures import PASSWORD
from tests.provision.outside import STATED, choose, hand, judge, taken_down
from tests.provision.requests import entered
from tests.provision.test_counter import AT_DESK
from tests.web.visitors import browser


def given(cast: Cast, footage: Footage, target: Path, medium: str = "USB-012") -> Provision:
    """Handed to 伊藤 on this medium."""
    provision = entered(cast, footage)
    deliver(
        provision,
        hander=cast.people["tanaka"],
        receiver=cast.people["ito"],
        delivering=[MEDIUM],
        medium=medium,
        target=target,
        by=cast.as_actor("tanaka"),
    )
    return provision


def back(cast: Cast, *things: ProvidedMedium) -> None:
    """田中 takes them back at the desk."""
    for thing in things:
        ending = Ending("returned", clock.today(), "窓口で")
        end(thing, ending, cast.people["tanaka"], by=cast.as_actor("tanaka"))


@pytest.mark.parametrize("again", ["USB-012", " usb-012", "ＵＳＢ－０１２"])
def test_it_is_refused_until_its_return_is_on_record(
    cast: Cast, footage: Footage, tmp_path: Path, again: str
) -> None:
    first = given(cast, footage, tmp_path / "first.zip")
    with pytest.raises(Conflict, match=first.number) as out:
        given(cast, footage, tmp_path / "again.zip", again)
    assert f"hokanko medium returned {first.media.get().number}" in str(out.value)
    assert not (tmp_path / "again.zip").exists()
    given(cast, footage, tmp_path / "other.zip", "USB-013")
    back(cast, first.media.get())
    given(cast, footage, tmp_path / "again.zip", again)


def test_two_desks_do_not_hand_it_out_at_once(cast: Cast, footage: Footage, tmp_path: Path) -> None:
    late = entered(cast, footage)
    first = given(cast, footage, tmp_path / "first.zip")
    with pytest.raises(Conflict, match=first.number):
        hand_over(
            late,
            cast.people["tanaka"],
            as_taker(cast.people["ito"]),
            delivering=[MEDIUM],
            medium="USB-012",
            manifest_sha256="0" * 64,
            at=clock.now(),
            by=cast.as_actor("tanaka"),
        )
    late.refresh_from_db()
    assert late.state == "entered"


def test_the_form_says_so_before_anybody_signs(
    cast: Cast, footage: Footage, tmp_path: Path
) -> None:
    first = given(cast, footage, tmp_path / "first.zip")
    provision = entered(cast, footage)
    told = {"login": "ito", "password": PASSWORD, "medium": "USB-012", "delivering": ["medium"]}
    here = f"/provision/{provision.number}/hand-over/"
    answer = browser(cast, "tanaka").post(here, told)
    page = answer.content.decode()
    assert (answer.status_code, first.number in page) == (409, True)
    assert 'value="USB-012"' in page, "what was typed still stands"
    provision.refresh_from_db()
    assert provision.state == "entered"


def test_the_counter_says_so_too(ward: Founded, tmp_path: Path) -> None:
    footage, numbers = ward.take_in("kishi"), []
    for _request in range(2):
        provision = taken_down(ward, "kishi")
        judge(ward, "mori", provision, "イ", STATED["inquiry"])
        choose(ward, "kishi", provision, footage)
        numbers.append(provision.number)
    hand(ward, "kishi", Provision.objects.get(number=numbers[0]), tmp_path / "package")
    visitor = browser(ward, "kishi")
    answer = visitor.post(f"/provision/{numbers[1]}/hand-over/", AT_DESK)
    page = answer.content.decode()
    assert (answer.status_code, f"{numbers[0]}-1" in page) == (409, True)
    assert 'value="佐川 一郎"' in page


def test_it_is_out_as_long_as_one_thing_on_it_is(
    cast: Cast, footage: Footage, tmp_path: Path
) -> None:
    first = given(cast, footage, tmp_path / "first.zip")
    medium = first.media.get()
    still = ProvidedMedium.objects.get(pk=medium.pk)
    still.pk, still.number, still.kind = None, f"{first.number}-2", STILL
    still.save(force_insert=True)
    with pytest.raises(Conflict, match=medium.number):
        insist_back(first.org_id, medium.medium)
    back(cast, medium)
    with pytest.raises(Conflict, match=still.number):
        insist_back(first.org_id, medium.medium)
    insist_back("MINATO", "USB-012")
    insist_back(first.org_id, "")
    back(cast, ProvidedMedium.objects.get(number=still.number))
    insist_back(first.org_id, medium.medium)


def test_what_its_holder_destroyed_is_gone(cast: Cast, footage: Footage, tmp_path: Path) -> None:
    (medium,) = given(cast, footage, tmp_path / "first.zip").media.all()
    gone = Ending("destroyed", clock.today(), "裁断した")
    end(medium, gone, cast.people["tanaka"], by=cast.as_actor("tanaka"))
    with pytest.raises(Conflict, match="廃棄の記録があります"):
        given(cast, footage, tmp_path / "again.zip", "ｕｓｂ-012")


def test_what_the_register_of_disposals_has_is_not_handed_out_again(
    ward: Founded, tmp_path: Path
) -> None:
    provision = taken_down(ward, "kishi")
    judge(ward, "mori", provision, "イ", STATED["inquiry"])
    choose(ward, "kishi", provision, ward.take_in("kishi"))
    hand(ward, "kishi", provision, tmp_path / "package")
    ending = Ending("returned", clock.today(), "窓口で")
    end(provision.media.get(), ending, ward.people["mori"], by=ward.by("mori"))
    insist_back(ward.org.pk, "USB-1")
    about: dict[str, JSON] = {"register": "disposal", "number": 1, "about": "medium:USB-1"}
    entry = f"evidence:{uuid4()}"
    append("evidence.entered", by=ward.by("mori"), org=ward.org.pk, about=entry, facts=about)
    with pytest.raises(Conflict, match="廃棄の記録があります"):
        insist_back(ward.org.pk, "ｕｓｂ-1")
    insist_back(ward.org.pk, "USB-2")
    withdrawn: dict[str, JSON] = {"register": "disposal", "number": 1}
    append("evidence.withdrawn", by=ward.by("mori"), org=ward.org.pk, about=entry, facts=withdrawn)
    insist_back(ward.org.pk, "USB-1")

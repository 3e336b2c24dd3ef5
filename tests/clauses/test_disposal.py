"""Disposal of media in each book: each person by an own login, how, and never living footage."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from hokanko import clock
from hokanko.audit.models import Evidence
from hokanko.audit.queries import media
from hokanko.audit.weigh import WIPED
from hokanko.cameras.models import Camera
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.ledger.append import append
from hokanko.ledger.publish import publish
from hokanko.ledger.read import about
from hokanko.people.models import Appointment, Person
from hokanko.web.registers import paper
from tests.audit.desk import PHOTO, days_pass, give, row, settled
from tests.clauses.founded import Founded
from tests.papers.samples import words
from tests.web.visitors import browser, kinds_written

pytestmark = pytest.mark.usefixtures("fresh_home", "db")

BOSS, OTHER, THIRD = "森 課長", "岸 主事", "原 主事"
PAGE, REGISTER = "/registers/at/HERE/disposal/enter/", "/registers/at/HERE/disposal/"
POSTS = {
    "ward": ("管理責任者", "操作担当者"),
    "pref": ("管理責任者", "操作取扱者"),
    "home": ("設置者", "設置者"),
    "shop": ("管理責任者", "管理副責任者"),
}
METHODS = {
    "ward": (
        "完全に消去されたことを確認できる方法",
        "3回上書きし、読めないことを確かめた",
    ),
    "pref": ("破砕", ""),
    "home": ("破砕", ""),
    "shop": ("破砕", ""),
}


def with_people(code: str) -> Founded:
    """The organisation with its manager mori and two others in its posts, all sworn."""
    here, now = settled(code), clock.now()
    first, other = POSTS[code]
    held = {"mori": first, "kishi": other, "hara": other}
    for login, name in (("mori", BOSS), ("kishi", OTHER), ("hara", THIRD)):
        person = Person.objects.create(login=login, name=name, org=here.org, registered_at=now)
        Appointment.objects.create(org=here.org, post=held[login], person=person, since=now)
        person.oaths.create(signed_at=now)
        here.people[login] = person
    return here


def sent(code: str, **differs: object) -> dict[str, object]:
    """A disposal with everything in order as the page sends it, but for what differs."""
    method, detail = METHODS[code]
    full: dict[str, object] = {
        "on": str(clock.today()),
        "time": "15:20",
        "serial": "HDD-1",
        "place": "庁舎の作業室",
        "method": method,
        "method_detail": detail,
        "check": "読み出せないことを確かめた",
        "file": SimpleUploadedFile("proof.png", PHOTO),
    }
    return {name: value for name, value in (full | differs).items() if value is not None}


def dispose(here: Founded, login: str, code: str, **differs: object) -> Any:
    """Somebody enters a disposal on its page, in a browser of his own."""
    return browser(here, login).post(PAGE, sent(code, **differs))


def confirm(here: Founded, login: str, **differs: object) -> Any:
    """Somebody confirms the only disposal on its own page, in a browser of his own."""
    told = {"check": "機器につないで読めないことを確かめた", "seen": "on"} | differs
    row = Evidence.objects.get(kind="disposal")
    return browser(here, login).post(f"/evidence/{row.pk}/confirm/", told)


def refused(answer: Any, clause: str) -> bool:
    """Whether a page was refused with that clause."""
    return answer.status_code == 403 and f"[{clause}]" in answer.content.decode()


def stands() -> bool:
    """Whether the only disposal counts as done."""
    return not Evidence.objects.get(kind="disposal").waiting


@pytest.mark.parametrize("code", ["pref", "home", "shop"])
def test_where_one_person_is_enough_a_disposal_stands_at_once(code: str) -> None:
    here = with_people(code)
    assert dispose(here, "mori", code).status_code == 302
    assert stands()
    assert kinds_written()[-2:] == ["evidence.attested", "evidence.completed"]


@pytest.mark.clause("ward-5.4-confirm")
def test_a_registered_medium_is_known_by_its_typed_serial() -> None:
    here = with_people("ward")
    give(here, "medium", [], name="ＨＤＤ-1", cameras="1")
    alive = living(here)
    page = dispose(here, "mori", "ward", serial="hdd-1 ")
    assert refused(page, "ward-5.4-confirm")
    assert alive.number in page.content.decode()


@pytest.mark.clause("ward-5.4-disposal")
@pytest.mark.parametrize(("first", "second"), [("kishi", "mori"), ("mori", "hara")])
def test_a_ward_disposes_by_two_logins_with_the_manager_among_them(first: str, second: str) -> None:
    here = with_people("ward")
    dispose(here, first, "ward")
    assert not stands()
    assert "evidence.completed" not in kinds_written()
    assert confirm(here, second).status_code == 302
    assert stands()
    assert kinds_written()[-2:] == ["evidence.attested", "evidence.completed"]


@pytest.mark.clause("ward-5.4-record")
def test_the_certificate_of_a_disposal_is_printed_and_its_hash_is_on_the_ledger() -> None:
    here = with_people("ward")
    dispose(here, "kishi", "ward")
    row, reader = Evidence.objects.get(kind="disposal"), browser(here, "mori")
    address = f"/evidence/{row.pk}/certificate"
    assert reader.get(f"{address}.pdf").status_code == 404, "one word is not enough"
    assert "廃棄証明書" not in reader.get(f"/evidence/{row.pk}/").content.decode()
    confirm(here, "mori")
    publish()
    original = reader.get(f"{address}.json").content
    line = about(f"evidence:{row.pk}")[-1]
    assert line.kind == "evidence.completed"
    assert line.facts["certificate_sha256"] == sha256(original).hexdigest()
    said = json.loads(original)
    assert [each["person"] for each in said["confirmed"]] == ["kishi", "mori"]
    assert said["fields"]["serial"] == "HDD-1"
    pdf = reader.get(f"{address}.pdf").content
    paper = words(pdf)
    for part in ("廃棄証明書", "HDD-1", "５(4)", sha256(original).hexdigest(), str(line.index)):
        assert part in paper
    assert "廃棄証明書" in reader.get(f"/evidence/{row.pk}/").content.decode()
    assert reader.get(f"{address}.doc").status_code == 404
    browser(here, "kishi").post(f"/evidence/{row.pk}/withdraw/", {"reason": "番号の誤り"})
    assert reader.get(f"{address}.pdf").status_code == 404


@pytest.mark.clause("ward-5.4-disposal")
def test_two_operators_without_the_manager_do_not_dispose() -> None:
    here = with_people("ward")
    dispose(here, "kishi", "ward")
    assert refused(confirm(here, "hara"), "ward-5.4-disposal")
    assert not stands()


@pytest.mark.clause("ward-5.4-disposal")
def test_the_manager_alone_does_not_dispose() -> None:
    here = with_people("ward")
    dispose(here, "mori", "ward")
    assert refused(confirm(here, "mori"), "ward-5.4-disposal")
    assert not stands()
    assert Evidence.objects.get().attestations.count() == 1


@pytest.mark.clause("ward-5.4-record")
def test_the_paper_carries_each_ones_time_and_own_words() -> None:
    here = with_people("ward")
    dispose(here, "kishi", "ward")
    confirm(here, "mori")
    day = clock.today()
    (row_,) = paper(here.org, "disposal", day, day).rows
    told = next(cell for cell in row_ if OTHER in cell).split("\n")
    assert [line.split("（")[0] for line in told] == [OTHER, BOSS]
    assert told[0].endswith("「読み出せないことを確かめた」")
    assert told[1].endswith("「機器につないで読めないことを確かめた」")
    assert all("令和" in line and "時" in line for line in told)
    assert "午後3時20分" in row_


@pytest.mark.clause("ward-5.4-record")
def test_a_ward_records_the_time_of_disposal_and_others_may() -> None:
    assert refused(dispose(with_people("ward"), "mori", "ward", time=""), "ward-5.4-record")


def test_where_the_rules_record_no_time_a_disposal_may_lack_it() -> None:
    assert dispose(with_people("pref"), "mori", "pref", time="").status_code == 302


def test_what_is_confirmed_or_withdrawn_waits_for_nobody() -> None:
    here = with_people("ward")
    dispose(here, "kishi", "ward")
    Evidence.objects.update(withdrawn_at=clock.now())
    assert "確認を待っていません" in confirm(here, "mori").content.decode()
    Evidence.objects.update(withdrawn_at=None)
    confirm(here, "mori")
    assert "確認を待っていません" in confirm(here, "hara").content.decode()
    assert Evidence.objects.get().attestations.count() == 2


def test_who_can_complete_it_is_led_there_from_his_work_of_today() -> None:
    here = with_people("ward")
    dispose(here, "kishi", "ward")
    page = f"/evidence/{Evidence.objects.get().pk}/confirm/"
    led = {login: page in browser(here, login).get("/").content.decode() for login in here.people}
    assert led == {"kanri": False, "mori": True, "kishi": False, "hara": False}
    assert "確認待ち" in browser(here, "mori").get(REGISTER).content.decode()
    confirm(here, "mori")
    assert page not in browser(here, "mori").get("/").content.decode()


def test_the_second_confirms_on_the_command_line_too() -> None:
    here = with_people("ward")
    dispose(here, "kishi", "ward")
    out, name = StringIO(), str(Evidence.objects.get().pk)
    said = ("evidence", "confirm", name, "--check", "機器につないだ")
    with pytest.raises(SystemExit):
        call_command(*said, "--by", "kishi", stdout=StringIO(), stderr=out)
    assert "[ward-5.4-disposal]" in out.getvalue()
    call_command(*said, "--by", "mori", stdout=out)
    assert "廃棄の記録が揃いました" in out.getvalue()
    assert stands()


def test_the_paper_has_both_persons_with_their_times() -> None:
    here = with_people("ward")
    dispose(here, "kishi", "ward")
    (waiting,) = paper(here.org, "disposal", clock.today(), clock.today()).rows
    assert waiting[0] == "1（確認待ち）"
    clock.fix(clock.now() + timedelta(hours=2))
    confirm(here, "mori")
    (done,) = paper(here.org, "disposal", clock.today(), clock.today()).rows
    assert done[0] == "1"
    both = next(cell for cell in done if OTHER in cell and BOSS in cell)
    assert "操作担当者）令和8年11月20日 午後0時0分" in both
    assert "管理責任者）令和8年11月20日 午後2時0分" in both


@pytest.mark.clause("ward-5.4-record")
@pytest.mark.parametrize("column", ["method", "serial", "place"])
def test_a_disposal_without_its_particulars_is_refused(column: str) -> None:
    assert refused(dispose(with_people("ward"), "mori", "ward", **{column: ""}), "ward-5.4-record")


@pytest.mark.clause("ward-5.4-confirm")
@pytest.mark.parametrize("missing", [{"check": ""}, {"file": None}])
def test_who_enters_it_says_how_he_checked_and_attaches_the_proof(missing: dict[str, Any]) -> None:
    here = with_people("ward")
    assert refused(dispose(here, "mori", "ward", **missing), "ward-5.4-confirm")
    assert not Evidence.objects.exists()


@pytest.mark.clause("ward-5.4-confirm")
@pytest.mark.parametrize("missing", [{"check": " "}, {"seen": ""}])
def test_the_second_attests_to_complete_erasure_himself(missing: dict[str, str]) -> None:
    here = with_people("ward")
    dispose(here, "kishi", "ward")
    assert refused(confirm(here, "mori", **missing), "ward-5.4-confirm")
    assert not stands()
    assert row(here.org, "ward-5.4-confirm").evidence == ()


@pytest.mark.parametrize(
    ("missing", "told"),
    [({"check": " "}, "確かめた方法が書かれていません"), ({"seen": ""}, "という印がありません")],
)
def test_the_second_is_told_which_of_the_two_is_missing(missing: dict[str, str], told: str) -> None:
    here = with_people("ward")
    dispose(here, "kishi", "ward")
    answer = confirm(here, "mori", **missing).content.decode()
    assert told in answer
    assert "裏付け" not in answer


def test_a_method_that_needs_words_says_so_before_and_after() -> None:
    here = with_people("ward")
    method, _words = METHODS["ward"]
    form = browser(here, "kishi").get(PAGE).content.decode()
    assert f"「{method}」のときは、必ず書きます。" in form
    answer = dispose(here, "kishi", "ward", method_detail="")
    assert refused(answer, "ward-5.4-confirm")
    assert "書いてください：方法の内容" in answer.content.decode()
    assert "定める廃棄の方法ではありません" not in answer.content.decode()


@pytest.mark.clause("ward-5.4-confirm")
def test_a_medium_with_living_footage_is_kept_and_the_footage_listed() -> None:
    here = with_people("ward")
    medium = give(here, "medium", [], name="HDD-1", cameras="1")
    about = f"medium:{medium.pk}"
    alive = living(here)
    answer = dispose(here, "kishi", "ward", about=about)
    assert refused(answer, "ward-5.4-confirm")
    assert alive.number in answer.content.decode()
    Footage.objects.update(state="erased")
    dispose(here, "kishi", "ward", about=about)
    Footage.objects.update(state="held")
    answer = confirm(here, "mori")
    assert refused(answer, "ward-5.4-confirm")
    assert alive.number in answer.content.decode()
    Footage.objects.update(state="erased")
    assert len(media(here.org.pk)) == 1
    confirm(here, "mori")
    assert media(here.org.pk) == []
    assert "媒体 HDD-1" in browser(here, "mori").get(REGISTER).content.decode()
    assert "廃棄済み" in browser(here, "mori").get("/registers/at/HERE/medium/").content.decode()
    days_pass(1)
    assert row(here.org, "ward-5.4-confirm").state == "evidenced"


def living(here: Founded) -> Footage:
    """Footage of camera 1 whose days are not over."""
    camera = Camera.objects.create(
        org=here.org, number="1", kind="fixed", registered_at=clock.now()
    )
    return Footage.objects.create(
        number="HERE-2026-000001",
        org=here.org,
        camera=camera,
        source="a.mp4",
        sha256="0" * 64,
        bytes=1,
        created=clock.now(),
        last_day=clock.today(),
        key_day=clock.today(),
        edition="x",
    )


@pytest.mark.clause("pref-img-scrap")
@pytest.mark.parametrize("method", ["初期化", "その他画像が読み取れない状態にする方法"])
def test_formatting_alone_does_not_scrap_a_medium_and_another_method_needs_words(
    method: str,
) -> None:
    here = with_people("pref")
    with pytest.raises(Refusal) as no:
        give(here, "disposal", [], method=method, method_detail="")
    assert no.value.clause == "pref-img-scrap"


@pytest.mark.clause("home-2.5-e")
def test_overwriting_alone_is_not_physical() -> None:
    here = with_people("home")
    with pytest.raises(Refusal) as no:
        give(here, "disposal", [], method="上書き")
    assert no.value.clause == "home-2.5-e"


@pytest.mark.parametrize(
    ("code", "clause"),
    [
        pytest.param("home", "home-2.5-e", marks=pytest.mark.clause("home-2.5-e")),
        pytest.param("pref", "pref-img-scrap", marks=pytest.mark.clause("pref-img-scrap")),
        pytest.param("shop", "shop-mgmt-9-disk", marks=pytest.mark.clause("shop-mgmt-9-disk")),
    ],
)
def test_who_only_overwrote_can_say_so_and_is_told_that_it_is_no_disposal(
    code: str, clause: str
) -> None:
    client = browser(with_people(code), "mori")
    assert f'<option value="{WIPED}">' in client.get(PAGE).content.decode()
    assert refused(client.post(PAGE, sent(code, method=WIPED, method_detail="")), clause)
    assert not Evidence.objects.exists()


def replace(here: Founded, **differs: object) -> Any:
    """kishi enters that a disk was taken out, in a browser of his own."""
    full = {"on": str(clock.today()), "serial": "HDD-1", "method": "破砕", "responsible": "mori"}
    return browser(here, "kishi").post("/registers/at/HERE/replacement/enter/", full | differs)


@pytest.mark.clause("shop-mgmt-9-disk")
@pytest.mark.parametrize("column", ["method", "serial"])
def test_a_replaced_disk_needs_its_number_and_its_method(column: str) -> None:
    assert refused(replace(with_people("shop"), **{column: ""}), "shop-mgmt-9-disk")


@pytest.mark.clause("shop-mgmt-9-person")
def test_a_replaced_disk_needs_the_person_responsible() -> None:
    here = with_people("shop")
    assert refused(replace(here, responsible=""), "shop-mgmt-9-person")
    with pytest.raises(Refusal) as no:
        give(here, "replacement", [], method="破砕", responsible=OTHER)
    assert no.value.clause == "shop-mgmt-9-person"


@pytest.mark.clause("shop-mgmt-9-person")
def test_a_replaced_disk_stays_with_the_person_responsible_until_it_is_disposed_of() -> None:
    here = with_people("shop")
    replace(here)
    entry = Evidence.objects.get()
    (owed,) = row(here.org, "shop-mgmt-9-person").owed
    assert "HDD-1" in owed.ja
    assert BOSS in owed.ja
    board = browser(here, "mori").get("/board/at/HERE/shop-mgmt-9-person/").content.decode()
    assert (
        f"/registers/at/HERE/disposal/enter/?clause=shop-mgmt-9-person&amp;about=evidence%3A{entry.pk}"
        in board
    )
    task = f"/evidence/{entry.pk}/"
    assert task in browser(here, "mori").get("/").content.decode()
    assert task not in browser(here, "kishi").get("/").content.decode()
    dispose(here, "kishi", "shop", about=f"evidence:{entry.pk}")
    assert row(here.org, "shop-mgmt-9-person").owed != ()
    assert confirm(here, "mori").status_code == 302
    assert row(here.org, "shop-mgmt-9-person").owed == ()
    assert task not in browser(here, "mori").get("/").content.decode()


def test_the_new_disk_stands_in_the_register_of_media_in_the_place_of_the_old() -> None:
    here = with_people("shop")
    old = give(here, "medium", [], name="HDD-1", cabinet="事務室の棚", cameras="1、2")
    assert replace(here, about=f"medium:{old.pk}", new="HDD-2").status_code == 302
    names = {entry.fields["name"]: entry.fields for entry in media(here.org.pk)}
    assert names.keys() == {"HDD-1", "HDD-2"}  # the old one until it is disposed of
    assert (names["HDD-2"]["cabinet"], names["HDD-2"]["cameras"]) == ("事務室の棚", "1、2")


@pytest.mark.clause("shop-mgmt-9-person")
def test_two_of_one_name_are_told_apart_by_login() -> None:
    here = with_people("shop")
    hara = here.people["hara"]
    Person.objects.filter(pk=hara.pk).update(name=BOSS)
    Appointment.objects.create(org=here.org, post=POSTS["shop"][0], person=hara, since=clock.now())
    page = browser(here, "kishi").get("/registers/at/HERE/replacement/enter/").content.decode()
    for login in ("mori", "hara"):
        assert f'<option value="{login}">{BOSS}（{login}）</option>' in page
    assert replace(here, responsible=BOSS).status_code == 200  # the form again: no such choice
    assert not Evidence.objects.exists()
    with pytest.raises(Refusal) as no:  # which of the two?
        give(here, "replacement", [], method="破砕", responsible=BOSS)
    assert no.value.clause == "shop-mgmt-9-person"
    assert replace(here, responsible="hara").status_code == 302
    assert Evidence.objects.get().charged == hara


def taken_out(**differs: object) -> tuple[Founded, Evidence]:
    """A shop with a disk that kishi took out, and the entry that says so."""
    here = with_people("shop")
    assert replace(here, serial="WD-0001", **differs).status_code == 302
    return here, Evidence.objects.get(kind="replacement")


def owing(here: Founded) -> tuple[object, ...]:
    """What the board says of disks that were taken out."""
    return row(here.org, "shop-mgmt-9-person").owed


@pytest.mark.clause("shop-mgmt-9-person")
def test_a_typed_number_is_the_disk_that_was_taken_out() -> None:
    here, entry = taken_out()
    assert owing(here) != ()
    dispose(here, "mori", "shop", serial="ｗｄ-0001 ")
    assert Evidence.objects.get(kind="disposal").about == f"evidence:{entry.pk}"
    assert owing(here) == ()


def test_a_disk_is_not_disposed_of_twice() -> None:
    here, entry = taken_out()
    dispose(here, "kishi", "shop", serial="WD-0001")  # waits for the manager
    waits = dispose(here, "mori", "shop", about=f"evidence:{entry.pk}", serial="WD-0001")
    assert "記録媒体廃棄記録 第1号に記され、ほかの者の確認を待っています" in waits.content.decode()
    confirm(here, "mori")
    again = dispose(here, "mori", "shop", serial="WD-0001").content.decode()
    assert "もう記録媒体廃棄記録 第1号に記されています" in again
    assert "先にその記載を取り下げてください" in again
    assert Evidence.objects.filter(kind="disposal").count() == 1
    Evidence.objects.filter(kind="disposal").update(withdrawn_at=clock.now())
    assert owing(here) != ()
    dispose(here, "mori", "shop", serial="WD-0001")
    assert owing(here) == ()


def test_one_that_was_not_told_apart_is_withdrawn_before_the_disk_is_named() -> None:
    here, entry = taken_out()
    about = f"evidence:{entry.pk}"
    dispose(here, "mori", "shop", serial="WD-0001")
    Evidence.objects.filter(kind="disposal").update(about="")
    told = dispose(here, "mori", "shop", about=about, serial="WD-0001").content.decode()
    assert "第1号に記されています" in told
    Evidence.objects.filter(kind="disposal").update(spoken_of=entry.spoken_of - timedelta(days=1))
    assert dispose(here, "mori", "shop", about=about, serial="WD-0001").status_code == 302


def test_a_registered_disk_that_was_taken_out_is_one_disk() -> None:
    here = with_people("shop")
    medium = give(here, "medium", [], name="WD-0001")
    assert replace(here, serial="WD-0001").status_code == 302
    entry = Evidence.objects.get(kind="replacement")
    assert entry.about == f"medium:{medium.pk}"
    dispose(here, "mori", "shop", serial="WD-0001")
    assert owing(here) == ()
    about = f"evidence:{entry.pk}"
    with pytest.raises(Conflict, match="第1号"):
        give(here, "disposal", [], about=about, serial="別の番号", method="破砕")


def test_the_link_fills_in_the_number_and_what_was_handed_out_is_no_recorders_disk() -> None:
    here, entry = taken_out()
    given = {"number": "M-1", "medium": "SD-01"}
    append(
        "provision.handed", by=here.by("mori"), org=here.org.pk, about="provision:1", facts=given
    )
    client = browser(here, "mori")
    page = client.get(f"{PAGE}?about=evidence%3A{entry.pk}").content.decode()
    assert 'name="serial" value="WD-0001"' in page
    assert 'value="medium:SD-01"' in page
    replacing = client.get("/registers/at/HERE/replacement/enter/").content.decode()
    assert "SD-01" not in replacing


def test_a_medium_that_was_handed_out_is_told_by_its_typed_number() -> None:
    here = with_people("shop")
    client, by = browser(here, "mori"), here.by("mori")
    about, facts = "provision:1", {"number": "提2026-1", "medium": "SD-01"}
    issued = {"number": "提2026-1-1", "thing": "medium", "medium": "SD-01", "keep_until": None}

    def left() -> None:
        append("provision.handed", by=by, org=here.org.pk, about=about, facts=facts)
        append("provision.issued", by=by, org=here.org.pk, about=about, facts=issued)

    left()
    page = dispose(here, "mori", "shop", serial="ｓｄ-01").url
    assert Evidence.objects.get().about == "medium:SD-01"
    shown = client.get(page).content.decode()
    assert "提供で渡した記録媒体です" in shown
    assert 'href="/provision/%E6%8F%902026-1/"' in shown
    assert "返却を受けた記録が、まだありません" in shown
    assert "記録媒体台帳にも交換の記録にもありません" not in shown
    append(
        "provision.returned", by=by, org=here.org.pk, about=about, facts={"number": "提2026-1-1"}
    )
    assert "返却を受けた記録が、まだありません" not in client.get(page).content.decode()
    assert dispose(here, "mori", "shop", serial="SD-01").status_code == 409
    days_pass(1)
    left()  # the number is used again
    assert dispose(here, "mori", "shop", serial="SD-01").status_code == 302


def test_a_number_in_no_register_is_told_to_be_in_none() -> None:
    here = with_people("shop")
    told = "記録媒体台帳にも交換の記録にもありません"
    client = browser(here, "mori")
    assert told in client.get(dispose(here, "mori", "shop").url).content.decode()
    give(here, "medium", [], name="HDD-2")
    known = dispose(here, "mori", "shop", serial="HDD-2")
    assert told not in client.get(known.url).content.decode()

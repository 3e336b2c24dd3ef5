"""The end of footage under each rulebook: its own article and words on the certificate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hokanko import clock
from hokanko.errors import Conflict, Missing, Refusal
from hokanko.footage.queries import thing
from hokanko.formats import certificate as paper
from hokanko.ledger import read
from hokanko.ledger.models import Entry
from hokanko.papers import certificate as print_
from hokanko.papers.certificate import Certificate
from hokanko.people.readying import swear, train
from hokanko.people.standing import topics_of
from hokanko.retention import proof
from hokanko.retention.actions import extend
from hokanko.retention.erase import erase_due, erase_now
from hokanko.retention.models import Erasure
from hokanko.retention.proof import certificate_path, paper_of
from hokanko.retention.queries import days_late, extended, rule
from hokanko.rules.actor import machine
from hokanko.rules.decide import parameter
from hokanko.rules.marking import class_mark
from hokanko.vault import cabinet
from tests.clauses.founded import Founded, camera, found

SHOP = {"org.name": "駅前店", "retention.days": "30", "retention.tolerance_days": "3"}


def founded(book: str) -> tuple[Founded, str]:
    """An organisation under that book, and who takes in and views there."""
    here = found("HERE", "ここ", book, SHOP if book == "shop" else {"org.name": "ここ"})
    if book == "shop":
        here.register("kanri", "ten", "店", "店長")
        for login, name, post in (("mori", "森", "管理責任者"), ("soe", "添", "管理副責任者")):
            here.register("kanri", login, name, post)
            for topic in topics_of("HERE"):
                train(here.people[login], topic, by=here.by("ten"))
            swear(here.people[login], by=here.by("ten"))
        keeper = "mori"
    else:
        here.register("kanri", "aoki", "青木", "設置者")
        keeper = "aoki"
        if book != "home":
            here.register("aoki", "mori", "森", "管理責任者")
            swear(here.people["mori"], by=here.by("aoki"))
            keeper = "mori"
        if book == "pref":
            here.register("mori", "kishi", "岸", "操作取扱者")
            swear(here.people["kishi"], by=here.by("mori"))
    camera(here, "mori" if book != "home" else "aoki")
    return here, "kishi" if book == "pref" else keeper


@pytest.mark.clause("ward-5.4", "pref-img-erase", "home-2.5-d", "shop-mgmt-4-overwrite")
@pytest.mark.parametrize(
    ("book", "clause", "words"),
    [
        ("ward", "ward-5.4", "上書き等に当たる消去"),
        ("pref", "pref-img-erase", "復元できない方法による消去"),
        ("home", "home-2.5-d", "上書き又は初期化等に当たる消去"),
        ("shop", "shop-mgmt-4-overwrite", "上書き等に当たる消去"),
    ],
)
@pytest.mark.usefixtures("fresh_home", "db")
def test_its_day_ends_and_the_certificate_speaks_the_books_words(
    book: str, clause: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[Certificate] = []
    render = print_.render

    def noted(one: Certificate) -> bytes:
        printed.append(one)
        return render(one)

    monkeypatch.setattr(print_, "render", noted)
    here, keeper = founded(book)
    footage = here.take_in(keeper)
    sealed = cabinet.original(str(footage.pk))
    clock.fix(clock.now() + timedelta(days=parameter("HERE", "retention.days") + 1))
    (erasure,) = erase_due(by=machine("sweep", "HERE", via="schedule"))
    with pytest.raises(Missing), cabinet.opened(sealed):
        pass
    assert (erasure.stage, erasure.clause) == ("certified", clause)
    told = paper.read(certificate_path(erasure).read_text())
    assert all(check.ok for check in paper.verify(erasure.certificate))
    assert words in told.method_ja
    assert told.article == erasure.article != ""
    assert read.about(thing(footage).name)[-1].clause == clause
    assert paper_of(erasure).startswith(b"%PDF")
    assert (printed[0].article, printed[0].sheet.class_mark) == (told.article, "")
    client = Client()
    client.force_login(here.people[keeper])
    for page in ("", "certificates/"):
        text = client.get(f"/retention/{page}").content.decode()
        assert "運用主任者" not in text
        assert "総括運用管理者" not in text
    assert str(erasure.pk) in text


@pytest.mark.usefixtures("fresh_home", "db")
def test_a_certificate_is_written_again_word_for_word(monkeypatch: pytest.MonkeyPatch) -> None:
    here, keeper = founded("ward")
    here.take_in(keeper)
    clock.fix(clock.now() + timedelta(days=31))
    (erasure,) = erase_due(by=machine("sweep", "HERE", via="schedule"))
    monkeypatch.setattr(proof, "METHODS", {})  # as if the words had changed meanwhile
    certificate_path(erasure).unlink()
    erase_due(by=machine("sweep", "HERE", via="schedule"))
    again = paper.read(certificate_path(erasure).read_text())
    assert again == paper.read(erasure.certificate)


@pytest.mark.clause("ward-5.3-minimal", "ward-5.3-reason", "ward-5.3-extend")
@pytest.mark.usefixtures("fresh_home", "db")
def test_an_extension_has_an_end_a_purpose_and_a_reason() -> None:
    here, keeper = founded("ward")
    footage, by = here.take_in(keeper), here.by("mori")
    later = footage.last_day + timedelta(days=7)
    for until, purposes, reason, clause in (
        (None, ["防犯"], "照会を待つため", "ward-5.3-minimal"),
        (later, [], "照会を待つため", "ward-5.3-minimal"),
        (later, ["研修"], "照会を待つため", "ward-5.3-minimal"),
        (later, ["防犯"], "　 ", "ward-5.3-reason"),
    ):
        with pytest.raises(Refusal) as no:
            extend(footage, until, reason, purposes, by=by)
        assert no.value.clause == clause
    for until in (footage.last_day, later.replace(year=9999)):
        with pytest.raises(Conflict):
            extend(footage, until, "照会を待つため", ["防犯"], by=by)
    assert not extended("HERE", clock.today())
    extend(footage, later, "照会を待つため", ["防犯"], by=by)
    (one,) = extended("HERE", clock.today())
    assert (one.before, one.until) == (later - timedelta(days=7), later)
    assert (one.act.person, one.act.private["reason"]) == ("森", "照会を待つため")
    assert "照会" not in bytes(Entry.objects.get(pk=one.act.id).body).decode()


@pytest.mark.clause("ward-5.3-extend")
@pytest.mark.usefixtures("fresh_home", "db")
def test_extending_on_screen_and_its_place_on_the_calendar() -> None:
    here, keeper = founded("ward")
    footage, client = here.take_in(keeper), Client()
    client.force_login(here.people["mori"])
    life = client.get(f"/footage/{footage.pk}/").content.decode()
    assert "保存期間を延ばす" in life
    assert "期間より早く消去する" not in life
    said = {"numbers": footage.number, "until": "2027-01-05", "purposes": ["防犯"], "reason": ""}
    refused = client.post("/retention/extend/", said)
    assert (refused.status_code, "[ward-5.3-reason]" in refused.content.decode()) == (403, True)
    said["reason"] = "裁判所の照会を待つため"
    assert client.post("/retention/extend/", said).status_code == 302
    page = client.get("/retention/").content.decode()
    assert "延長した映像" in page
    assert "裁判所の照会を待つため" in page
    assert "令和9年1月5日" in page
    assert "前の末日" in client.get(f"/footage/{footage.pk}/").content.decode()
    client.force_login(here.people["aoki"])
    assert client.post("/retention/extend/", said).status_code == 403


@pytest.mark.parametrize("book", ["pref", "home", "shop"])
@pytest.mark.usefixtures("fresh_home", "db")
def test_other_books_know_no_extension(book: str) -> None:
    here, keeper = founded(book)
    footage, client = here.take_in(keeper), Client()
    with pytest.raises(Refusal) as no:
        extend(
            footage,
            footage.last_day + timedelta(days=1),
            "念のため",
            [next(iter(footage_purposes(book)))],
            by=here.by(keeper),
        )
    assert no.value.clause is None
    client.force_login(here.people[keeper])
    assert client.get("/retention/extend/").status_code == 403
    assert "/retention/extend/" not in client.get("/retention/").content.decode()


def footage_purposes(book: str) -> list[str]:
    """The first purpose of a book."""
    return ["安全管理"] if book == "shop" else ["防犯"]


@pytest.mark.usefixtures("fresh_home", "db")
def test_the_owner_of_a_home_erases_by_hand_with_a_reason_typed_number_and_proof() -> None:
    here, owner = founded("home")
    footage, kept = here.take_in(owner), here.take_in(owner, b"another street" * 500)
    client = Client()
    client.force_login(here.people[owner])
    page = f"/retention/erase/{footage.number}/"
    assert page in client.get(f"/footage/{footage.pk}/").content.decode()
    wrong = client.post(page, {"reason": "隣家が写った", "confirmation": kept.number})
    assert "番号が違います" in wrong.content.decode()
    silent = client.post(page, {"reason": " ", "confirmation": footage.number})
    assert (silent.status_code, Erasure.objects.exists()) == (403, False)
    done = client.post(page, {"reason": "隣家が写った", "confirmation": footage.number})
    assert done.status_code == 302
    erasure = Erasure.objects.get()
    told = paper.read(erasure.certificate)
    assert all(check.ok for check in paper.verify(erasure.certificate))
    assert (told.kind, told.decided_by, told.reason) == ("exceptional", "青木", "隣家が写った")
    assert (told.article, told.method_ja) == ("ソフトウェアの既定", paper.BY_HAND)
    assert read.about(thing(footage).name)[-1].clause is None
    assert paper_of(erasure).startswith(b"%PDF")
    assert "手動の消去" in client.get("/retention/certificates/").content.decode()
    with cabinet.opened(cabinet.original(str(kept.pk))) as reader:
        assert reader.read_at(0, 7) == b"another"
    assert client.get("/retention/cases/ask/").status_code == 403
    assert "消去の申請" not in client.get("/retention/").content.decode()


@pytest.mark.parametrize("book", ["ward", "pref", "shop"])
@pytest.mark.usefixtures("fresh_home", "db")
def test_nobody_else_erases_by_hand(book: str) -> None:
    here, keeper = founded(book)
    footage, client = here.take_in(keeper), Client()
    for login, person in here.people.items():
        with pytest.raises(Refusal):
            erase_now(footage, "不要", person, by=here.by(login))
    client.force_login(here.people[keeper])
    assert client.get(f"/retention/erase/{footage.number}/").status_code == 403
    assert "/retention/erase/" not in client.get(f"/footage/{footage.pk}/").content.decode()


@pytest.mark.usefixtures("fresh_home", "db")
def test_a_tolerance_excuses_a_late_end_and_prolongs_nothing() -> None:
    here, keeper = founded("shop")
    footage = here.take_in(keeper)
    assert (rule("HERE").tolerance, footage.last_day) == (3, clock.today() + timedelta(days=30))
    clock.fix(clock.now() + timedelta(days=34))
    with pytest.raises(Missing), cabinet.opened(cabinet.original(str(footage.pk))):
        pass
    (erasure,) = erase_due(by=machine("sweep", "HERE", via="schedule"))
    assert days_late(erasure) == 0
    erasure.certified_at = clock.now() + timedelta(days=2)
    assert days_late(erasure) == 2
    client = Client()
    client.force_login(here.people[keeper])
    page = client.get("/retention/").content.decode()
    assert "前後3日は、録画装置の上書きのため" in page


@pytest.mark.parametrize("book", ["ward", "pref", "home", "shop"])
@pytest.mark.usefixtures("fresh_home", "db")
def test_there_is_no_class_and_no_wearer_where_the_book_has_none(book: str) -> None:
    here, keeper = founded(book)
    footage, client = here.take_in(keeper), Client()
    client.force_login(here.people[keeper])
    assert class_mark("HERE") == ""
    for page in ("/intake/upload/", "/intake/", "/footage/", f"/footage/{footage.pk}/"):
        text = client.get(page).content.decode()
        for word in ("機密性", "装着者", "カメラ装着警察官", "管理用パソコン", "運用担当者"):
            assert word not in text, (page, word)
    settling = client.get(f"/intake/settle/{footage.number}/").content.decode()
    assert "装着者" not in settling
    assert footage.flags == []

"""The paper that a request rests on, and the words of pages that each rulebook chooses."""

from __future__ import annotations

import hashlib
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from hokanko.home import Home
from hokanko.ledger import read
from hokanko.people.attach import unsealed
from hokanko.provision.columns import headings, label
from hokanko.provision.models import Provision, ProvisionPaper
from hokanko.rehearsal.cast import Cast
from tests.provision.outside import POLICE
from tests.provision.outside import ward as found_ward
from tests.provision.test_counter import ASKED, at
from tests.web.visitors import browser

ENQUIRY = b"%PDF-1.7 enquiry under article 197"
KANA = re.compile("[぀-ヿ㐀-鿿]")


def sent(content: bytes = ENQUIRY) -> dict[str, object]:
    """A request with its paper."""
    paper = SimpleUploadedFile("照会書.pdf", content, "application/pdf")
    return ASKED | {"paper_title": "捜査関係事項照会書", "paper": paper}


def test_the_paper_is_filed_sealed_shown_and_on_the_ledger(
    client: Client, fresh_home: Home, db: None
) -> None:
    del db
    ward = found_ward()
    assert at(client, ward, "kishi").post("/provision/ask/", sent()).status_code == 302
    provision, paper = Provision.objects.get(), ProvisionPaper.objects.get()
    assert ENQUIRY not in bytes(paper.file or b"")
    assert unsealed(paper) == ENQUIRY
    asked = read.about(f"provision:{provision.pk}")[0].facts
    assert asked["papers"] == [hashlib.sha256(ENQUIRY).hexdigest()]
    for path in fresh_home.path.rglob("*"):
        assert not path.is_file() or ENQUIRY not in path.read_bytes()
    address = f"/provision/papers/{paper.pk}/"
    page = at(client, ward, "mori").get(f"/provision/{provision.number}/").content.decode()
    assert address in page
    assert "捜査関係事項照会書" in page
    answer = client.get(address)
    assert answer.content == ENQUIRY
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert at(client, ward, "hara").get(address).status_code == 403


def test_what_is_no_paper_is_said_on_the_form(client: Client, fresh_home: Home, db: None) -> None:
    del fresh_home, db
    answer = at(client, found_ward(), "kishi").post("/provision/ask/", sent(b"<html>"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "PDFか写真" in page
    assert POLICE in page, "what was typed stays"
    assert not Provision.objects.exists()


def test_the_police_have_a_telephone_of_their_own(cast: Cast) -> None:
    page = browser(cast, "suzuki").get("/people/at/CHUO/register/").content.decode()
    assert "警電" in page


def test_elsewhere_a_telephone_is_a_telephone_and_training_training(
    client: Client, fresh_home: Home, db: None
) -> None:
    del fresh_home, db
    ward = found_ward()
    words = {
        "/people/": "原",  # the ward's rules ask for no training: its list has no column for it
        "/people/at/AOBA/register/": "電話番号",
        f"/people/{ward.people['hara'].pk}/": "教育",
    }
    for path, word in words.items():
        page = at(client, ward, "aoki").get(path).content.decode()
        assert word in page
        assert "警電" not in page
        assert "教養" not in page


def test_the_register_is_english_to_who_reads_english(
    client: Client, fresh_home: Home, db: None
) -> None:
    del fresh_home, db
    ward = found_ward()
    client.cookies["django_language"] = "en"
    page = at(client, ward, "mori").get("/provision/register/").content.decode()
    assert "Register of" in page or "register" in page.lower()
    with override("en"):
        told = [label("AOBA", name) for name in headings("AOBA")]
    assert not [each for each in told if KANA.search(each)], told
    assert told[2:4] == ["Date and time", "Shown or provided to"]

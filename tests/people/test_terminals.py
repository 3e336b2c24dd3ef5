"""A management PC: prepared by the manager, enrolled once by the link, known by its cookie."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from hokanko import clock
from hokanko.ledger.read import about
from hokanko.people.door import SEAT_COOKIE
from hokanko.people.models import Terminal
from hokanko.people.queries import seat
from hokanko.rehearsal.cast import Cast
from tests.fixtures import NOON
from tests.web.visitors import WIRE, browser, kinds_written

PC = {"name": "管理用パソコン1", "place": "警察署地域課執務室", "wire_checked_on": "2026-11-20"}
LINK = re.compile(r"http://testserver(/terminal/enrol/[^/<]+/[^/<]+/)")


def prepared(cast: Cast) -> str:
    """The one-time address of a management PC of 中央警察署."""
    page = (
        browser(cast, "suzuki")
        .post("/terminals/at/CHUO/", PC | {"photo": BytesIO(WIRE.content)})
        .content.decode()
    )
    found = LINK.search(page)
    assert found
    return found[1]


def test_the_link_is_shown_once(cast: Cast) -> None:
    link = prepared(cast)
    page = browser(cast, "suzuki").get("/terminals/").content.decode()
    assert "登録待ち" in page
    assert link not in page


def test_the_link_makes_a_browser_the_management_pc(cast: Cast) -> None:
    link, nobody = prepared(cast), Client()
    assert "この端末を管理用パソコンにする" in nobody.get(link).content.decode()
    assert SEAT_COOKIE not in nobody.cookies, "looking is not enrolling"
    assert nobody.post(link).status_code == 200
    cookie = nobody.cookies[SEAT_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert int(cookie["max-age"]) > 365 * 24 * 3600
    found = seat(cookie.value)
    assert found
    assert found.org == "CHUO"
    assert kinds_written()[-1] == "terminal.enrolled"


def test_the_frame_names_the_terminal(cast: Cast) -> None:
    client = browser(cast, "tanaka")
    client.post(prepared(cast))
    assert "管理用パソコン：管理用パソコン1" in client.get("/").content.decode()


def test_a_link_works_once(cast: Cast) -> None:
    link = prepared(cast)
    Client().post(link)
    again = Client().post(link)
    assert again.status_code == 403
    assert "police-2.3" in again.content.decode()
    assert SEAT_COOKIE not in again.cookies


def test_a_link_grows_old(cast: Cast) -> None:
    link = prepared(cast)
    clock.fix(NOON + timedelta(hours=25))
    assert Client().post(link).status_code == 403


def test_a_wrong_code_is_refused_and_written(cast: Cast) -> None:
    link = prepared(cast).rsplit("/", 2)[0] + "/guess/"
    assert Client().post(link).status_code == 403
    assert kinds_written()[-1] == "refused"


def test_the_form_needs_its_token(cast: Cast) -> None:
    assert Client(enforce_csrf_checks=True).post(prepared(cast)).status_code == 403


def test_without_the_wire_the_article_is_cited(cast: Cast) -> None:
    said = PC | {"wire_checked_on": "", "photo": BytesIO(WIRE.content)}
    answer = browser(cast, "suzuki").post("/terminals/at/CHUO/", said)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "police-4.2-wire" in page
    assert 'value="管理用パソコン1"' in page, "what was typed stays"
    assert "写真は、もう一度選んでください" in page, "no browser sends a chosen file twice"
    assert kinds_written()[-1] == "refused"
    assert not Terminal.objects.exists()


def test_each_thing_lacking_is_told_at_its_field(cast: Cast) -> None:
    manager = browser(cast, "suzuki")
    page = manager.post("/terminals/at/CHUO/", PC | {"wire_checked_on": ""}).content.decode()
    day, _, photo = page.partition('name="photo"')
    assert "固定したことを確かめてください" in day.rpartition('name="wire_checked_on"')[2]
    assert "固定したところの写真を添えてください" in photo
    assert "もう一度選んで" not in page


@pytest.mark.clause("police-4.2-wire")
def test_without_a_photograph_of_the_wire_no_pc_is_prepared(cast: Cast) -> None:
    manager = browser(cast, "suzuki")
    answer = manager.post("/terminals/at/CHUO/", PC)
    assert (answer.status_code, "police-4.2-wire" in answer.content.decode()) == (403, True)
    paper = BytesIO(b"%PDF-1.7")
    assert manager.post("/terminals/at/CHUO/", PC | {"photo": paper}).status_code == 409
    assert not Terminal.objects.exists()


@pytest.mark.clause("police-4.2-wire", "police-4.2")
def test_the_photograph_is_sealed_and_shown_with_the_place_of_the_charger(cast: Cast) -> None:
    manager = browser(cast, "suzuki")
    said = PC | {"photo": BytesIO(WIRE.content), "charger": "充電器A"}
    assert manager.post("/terminals/at/CHUO/", said).status_code == 200
    made = Terminal.objects.get()
    assert made.file is not None
    assert WIRE.content not in bytes(made.file)
    shown = manager.get(f"/terminals/{made.pk}/wire/")
    assert (shown.content, shown["Content-Type"]) == (WIRE.content, "image/jpeg")
    assert browser(cast, "sato").get(f"/terminals/{made.pk}/wire/").status_code == 403
    page = manager.get("/terminals/at/CHUO/").content.decode()
    assert "警察署地域課執務室" in page
    assert "充電器A" in page
    board = "/board/at/CHUO/police-4.2-wire/"
    owed = "管理用パソコン1："
    assert owed not in manager.get(board).content.decode()
    Terminal.objects.update(file=None, file_sha256="")  # as one that was prepared before
    assert owed in manager.get(board).content.decode()


def test_a_retired_terminal_is_no_seat(cast: Cast) -> None:
    client, link = Client(), prepared(cast)
    client.post(link)
    made = Terminal.objects.get()
    assert browser(cast, "suzuki").post(f"/terminals/{made.pk}/retire/").status_code == 302
    assert seat(client.cookies[SEAT_COOKIE].value) is None
    assert client.get(link).status_code == 404


MOVED = {"place": "自動車警ら隊隊務室", "wire_checked_on": "2026-11-20", "charger": "充電器B"}


@pytest.mark.clause("police-4.2-wire", "police-4.2")
def test_a_pc_moved_stays_enrolled_and_its_wire_is_shown_anew(cast: Cast) -> None:
    client, link, manager = Client(), prepared(cast), browser(cast, "suzuki")
    client.post(link)
    made = Terminal.objects.get()
    old, here = made.file_sha256, f"/terminals/{made.pk}/move/"
    assert "いまのセキュリティワイヤーの写真は、移した先では使えません" in (
        manager.get(here).content.decode()
    )
    answer = manager.post(here, MOVED)
    assert answer.status_code == 403
    assert "固定したところの写真を添えてください" in answer.content.decode()
    assert 'value="充電器B"' in answer.content.decode()
    made.refresh_from_db()
    assert (made.place, made.file_sha256) == ("警察署地域課執務室", old)
    told = MOVED | {"photo": BytesIO(WIRE.content + b" at the new desk")}
    assert manager.post(here, told).status_code == 302
    made.refresh_from_db()
    assert (made.place, made.charger) == ("自動車警ら隊隊務室", "充電器B")
    assert made.file_sha256 != old
    assert manager.get(f"/terminals/{made.pk}/wire/").content.endswith(b"at the new desk")
    (line,) = (act for act in about(f"terminal:{made.pk}") if act.kind == "terminal.moved")
    assert (line.facts["place_before"], line.facts["place"]) == (
        "警察署地域課執務室",
        "自動車警ら隊隊務室",
    )
    assert seat(client.cookies[SEAT_COOKIE].value) is not None
    again = MOVED | {"photo": BytesIO(WIRE.content)}
    assert manager.post(here, again).status_code == 200, "it stands there already: no such choice"


def test_a_pc_is_moved_by_command_and_by_nobody_else(cast: Cast, tmp_path: Path) -> None:
    prepared(cast)
    made = Terminal.objects.get()
    for login in ("tanaka", "takahashi", "yamada"):
        other = browser(cast, login)
        told = MOVED | {"photo": BytesIO(WIRE.content)}
        assert other.post(f"/terminals/{made.pk}/move/", told).status_code == 403
    photo = tmp_path / "wire.jpg"
    photo.write_bytes(WIRE.content)
    words = ("--place", MOVED["place"], "--wire-checked", "2026-11-20", "--by", "suzuki")
    call_command("terminal", "move", str(made.pk), *words, "--photo", str(photo), stdout=StringIO())
    made.refresh_from_db()
    assert made.place == MOVED["place"]


def test_others_prepare_and_retire_nothing(cast: Cast) -> None:
    prepared(cast)
    made = Terminal.objects.get()
    for login in ("tanaka", "yamada"):
        client = browser(cast, login)
        said = PC | {"photo": BytesIO(WIRE.content)}
        assert client.post("/terminals/at/CHUO/", said).status_code == 403
        assert client.post(f"/terminals/{made.pk}/retire/").status_code == 403
    assert browser(cast, "yamada").get("/terminals/at/CHUO/").status_code == 403

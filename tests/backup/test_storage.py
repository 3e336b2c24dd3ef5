"""Storage places as their users meet them: the page, and the commands in a home of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from hokanko.backup.models import StoragePlace
from hokanko.home import Home
from hokanko.people.readying import swear
from tests.audit.desk import BLANKS
from tests.backup.cli import Cli
from tests.clauses.founded import Founded, found
from tests.fixtures import PASSWORD
from tests.web.visitors import browser

PLACE = BLANKS["ward"]["storage.places"]


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    """A ward with its 設置者, 管理責任者, and somebody without a post."""
    del fresh_home, db
    here = found("HERE", "ここ", "ward", BLANKS["ward"])
    here.register("kanri", "owner", "持主", "設置者")
    here.register("owner", "boss", "責任者", "管理責任者")
    here.register("owner", "hara", "原 主事")
    swear(here.people["boss"], by=here.by("owner"))
    return here


def test_the_page_declares_and_withdraws(ward: Founded, fresh_home: Home) -> None:
    client = browser(ward, "boss")
    page = client.get("/storage/").content.decode()
    assert str(fresh_home.path) in page
    assert "外部への転送を禁止" in page
    told = {"place": PLACE, "where": "/mnt/nas"}
    assert client.post("/storage/at/HERE/", told).status_code == 302
    assert "/mnt/nas" in client.get("/storage/").content.decode()
    wrong = client.post("/storage/at/HERE/", told | {"where": "backup"})
    assert "/ から始めて" in wrong.content.decode()
    row = StoragePlace.objects.get()
    assert client.post(f"/storage/{row.pk}/withdraw/").status_code == 302
    assert "/mnt/nas" not in client.get("/storage/").content.decode()


def test_who_holds_no_post_sees_nothing_of_it(ward: Founded) -> None:
    assert browser(ward, "hara").get("/storage/").status_code == 403
    told = {"place": PLACE, "where": "/mnt/backup"}
    assert browser(ward, "kanri").post("/storage/at/HERE/", told).status_code == 403
    assert not StoragePlace.objects.exists()


def test_a_ward_s_backup_by_command(tmp_path: Path) -> None:
    cli, secret, nas = Cli(tmp_path / "home"), tmp_path / "secret", tmp_path / "nas"
    secret.write_text(PASSWORD)
    cli("init", "--rehearsal", "--password-file", secret)
    filled = [word for name, text in BLANKS["ward"].items() for word in ("--set", f"{name}={text}")]
    cli("org", "add", "--rulebook", "ward", "--name", "青葉区", "--code", "AOBA", *filled)
    for login, post in (("owner", "設置者"), ("boss", "管理責任者")):
        by = ("--by", "owner") if login == "boss" else ()
        words = ("--org", "AOBA", "--login", login, "--name", login, "--post", post, *by)
        cli("person", "add", *words, "--password-file", secret)
    cli("person", "oath", "boss", "--by", "owner")

    refused = cli("backup", nas, code=1)["refused"]
    assert refused["clause"] == "ward-5.1-transfer"
    assert refused["article"] == "５(1)"
    assert not nas.exists()
    told = cli("storage", "declare", nas, "--org", "AOBA", "--place", PLACE, "--by", "boss")
    assert told["storage"][1]["folder"] == str(nas)
    assert cli("backup", nas)["footage"] == 0
    assert (nas / "backup.json").exists()
    cli("storage", "withdraw", told["storage"][1]["id"], "--by", "boss")
    assert len(cli("storage", "list", "--org", "AOBA", "--by", "boss")["storage"]) == 1
    assert cli("backup", nas, code=1)["refused"]["clause"] == "ward-5.1-transfer"

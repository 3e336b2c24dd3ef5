"""hokanko export for somebody outside the house: every step of it through the verbs."""

from __future__ import annotations

import json
import re
import shlex
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.formats.package_checks import check_package
from hokanko.home import Home
from hokanko.management.commands.export import Command
from hokanko.people.models import Person
from hokanko.provision.models import Provision
from hokanko.provision.queries import register_rows
from hokanko.provision.turning import send_back
from hokanko.rehearsal.cast import Cast
from tests.clauses.founded import Founded
from tests.fixtures import take_in
from tests.provision.outside import DAY, POLICE, STATED, WHY
from tests.provision.outside import shop as found_shop

ASKED = ["--by", "kishi", "--purpose", "防犯", "--outline", "盗難の捜査"]
ASKED += ["--recipient", POLICE, "--body-kind", "investigative"]
DECIDED = ["--decided-by", "mori", "--ground", "イ", "--necessity", WHY, "--entered-by", "kishi"]
DECIDED += [word for pair in STATED["inquiry"].items() for word in ("--condition", "=".join(pair))]
WHOLE = ["--whole", "--breadth", "前後の動きを続けて見る必要があるため"]
DECIDED += WHOLE
AT_DESK = ["--medium", "USB-1", "--taker", "佐川 一郎", "--identity", "身分証明書の提示：警察手帳"]


def export(piece: Footage, *words: str) -> dict[str, object]:
    """What the command says, as JSON; a refusal too."""
    out = StringIO()
    with suppress(SystemExit):
        call_command(Command(), piece.number, *words, "--json", stdout=out, stderr=StringIO())
    said: dict[str, object] = json.loads(out.getvalue())
    return said


def test_asked_decided_and_handed_over_in_three_goes(ward: Founded, tmp_path: Path) -> None:
    piece, target = ward.take_in("kishi"), str(tmp_path / "package.zip")
    waits = export(piece, "--to", target, *ASKED)["refused"]
    assert isinstance(waits, dict)
    assert (waits["clause"], waits["who_may"]) == ("ward-3.3-b", ["管理責任者", "操作担当者"])
    unknown = export(
        piece, "--to", target, *ASKED, *DECIDED, "--medium", "USB-1", "--taker", "佐川"
    )
    assert unknown["refused"]["clause"] == "ward-6.2"  # type: ignore[index]
    assert not Path(target).exists()
    done = export(piece, "--to", target, *ASKED, *AT_DESK)
    assert set(done) == {"package", "footage", "index", "request"}
    assert [check.name for check in check_package(Path(target)) if not check.ok] == []
    assert Provision.objects.count() == 1


def test_a_showing_leaves_no_package(ward: Founded) -> None:
    done = export(ward.take_in("kishi"), "--show", *ASKED, *DECIDED, *AT_DESK)
    assert done["package"] is None
    assert isinstance(done["index"], int)
    (row,) = register_rows("AOBA", DAY, DAY)
    assert row["区分"] == "閲覧"


def test_what_cannot_be_read_is_said(ward: Founded) -> None:
    piece = ward.take_in("kishi")
    nowhere = export(piece, *ASKED, *DECIDED, *AT_DESK)
    assert "--to" in nowhere["error"]["ja"]  # type: ignore[index]
    again = export(piece, "--to", "x", *ASKED, "--consent", "山本 健")
    assert "NAME=" in again["error"]["ja"]  # type: ignore[index]


def test_a_shop_without_consent_hands_nothing_over(
    fresh_home: Home, db: None, tmp_path: Path
) -> None:
    del fresh_home, db
    piece = found_shop().take_in("midori")
    words = ["--to", str(tmp_path / "package"), "--by", "midori", "--purpose", "盗難防止"]
    words += ["--outline", "接触の場面", "--recipient", "みなと保険", "--body-kind", "other"]
    decided = ["--decided-by", "midori", "--ground", "同意", "--entered-by", "midori", *WHOLE]
    without = export(piece, *words, *decided, *AT_DESK)
    assert without["refused"]["clause"] == "shop-mgmt-6"  # type: ignore[index]
    refused = export(piece, *words, *decided, *AT_DESK, "--refused", "山本 健=2026-11-20")
    assert refused["refused"]["clause"] == "shop-mgmt-6-refuse"  # type: ignore[index]
    agreed = export(piece, *words, *decided, *AT_DESK, "--consent", "林 花=2026-11-20")
    assert agreed["refused"]["clause"] == "shop-mgmt-6-refuse"  # type: ignore[index]
    other = ["みどり共済" if word == "みなと保険" else word for word in words]
    assert export(piece, *other, *decided, *AT_DESK, "--consent", "林 花=2026-11-20")["package"]


EXAMPLE = re.compile(r"Example: `hokanko export (.+?)`")


def police(cast: Cast, piece: Footage, *words: str) -> str:
    """What the command says to a person."""
    plain = StringIO()
    with suppress(SystemExit):
        call_command(Command(), piece.number, *words, stdout=plain, stderr=plain)
    del cast
    return plain.getvalue()


def test_the_example_of_the_guide_works_for_footage_without_a_wearer(
    cast: Cast, footage: Footage, tmp_path: Path
) -> None:
    page = Path(__file__).parents[2] / "docs" / "guide" / "commands.md"
    printed = EXAMPLE.findall(page.read_text())
    assert len(printed) == 1
    _number, *words = shlex.split(printed[0])
    words[words.index("--to") + 1] = str(tmp_path / "提供")
    assert footage.wearer is None
    told = police(cast, footage, *words)
    assert "提供しました" in told, told


def test_two_files_with_their_stills_in_one_request_and_its_paper_beside(
    cast: Cast, tmp_path: Path
) -> None:
    pieces = [take_in(cast, each, name="A.MP4") for each in (b"one" * 900, b"two" * 900)]
    numbers = [piece.number for piece in pieces]
    words = ["--by", "ito", "--purpose", "ウ", "--outline", "接触事故", "--wearer", "sato"]
    words += ["--decided-by", "suzuki", "--ground", "ウ", "--entered-by", "tanaka"]
    words += ["--medium", "USB-1", "--to", str(tmp_path / "package")]
    paper = tmp_path / "依頼書.pdf"
    paper.write_text("mine")
    kept = police(cast, pieces[0], numbers[1], *words, "--paper", str(paper))
    assert "上書きしません" in kept
    assert not (tmp_path / "package").exists()
    assert paper.read_text() == "mine"
    paper.unlink()
    told = police(cast, pieces[0], numbers[1], *words, "--paper", str(paper))
    assert "、".join(numbers) in told, told
    assert paper.read_bytes().startswith(b"%PDF")
    assert [check.name for check in check_package(tmp_path / "package") if not check.ok] == []
    assert len(list((tmp_path / "package" / "media").iterdir())) == 2
    provision = Provision.objects.get()
    assert sorted(provision.files.values_list("footage__number", flat=True)) == sorted(numbers)
    register = register_rows("CHUO", clock.today(), clock.today())
    assert all(number in str(register) for number in numbers)


@pytest.mark.parametrize("still", ["12", "CHUO-20261120-0099:12", "CHUO-20261120-0001:x"])
def test_a_still_of_several_files_names_its_file(cast: Cast, still: str) -> None:
    pieces = [take_in(cast, each, name="A.MP4") for each in (b"one" * 900, b"two" * 900)]
    words = ["--by", "ito", "--to", "x", "--still", still]
    assert "静止画の位置を読めません" in police(cast, pieces[0], pieces[1].number, *words)


def test_a_request_that_was_sent_back_waits_for_its_answer(cast: Cast, footage: Footage) -> None:
    words = ["--by", "ito", "--purpose", "ウ", "--outline", "接触事故", "--wearer", "sato"]
    police(cast, footage, *words, "--to", "x")
    boss = cast.people["suzuki"]
    send_back(Provision.objects.get(), boss, "いつの場面か", by=cast.as_actor("suzuki"))
    again = police(cast, footage, *words, "--to", "x", "--decided-by", "suzuki", "--ground", "ウ")
    assert "依頼者の答え・確認を待っています" in again
    assert Provision.objects.get().state == "returned"


@pytest.mark.parametrize("option", ["--outline", "--wearer"])
def test_what_the_form_lacks_is_named_with_its_option(
    cast: Cast, footage: Footage, option: str
) -> None:
    given = {"--by": "ito", "--purpose": "ウ", "--outline": "接触事故", "--wearer": "sato"}
    words = [word for name, text in given.items() if name != option for word in (name, text)]
    told = police(cast, footage, *words, "--to", "x")
    assert f"この命令では、次を付けてください: {option} " in told


def test_a_telephone_nobody_registered_and_a_ground_are_named(cast: Cast, footage: Footage) -> None:
    Person.objects.filter(login="ito").update(telephone="")
    words = [
        "--by",
        "ito",
        "--purpose",
        "ウ",
        "--outline",
        "接触事故",
        "--wearer",
        "sato",
        "--to",
        "x",
    ]
    assert "--telephone NUMBER" in police(cast, footage, *words)
    asked = [*words, "--telephone", "4321"]
    assert "--ground ア|イ|ウ|エ" in police(cast, footage, *asked, "--decided-by", "suzuki")


def test_a_ground_names_the_conditions_it_lacks(ward: Founded, tmp_path: Path) -> None:
    piece = ward.take_in("kishi")
    decided = ["--decided-by", "mori", "--ground", "イ", "--entered-by", "kishi"]
    refused = export(piece, "--to", str(tmp_path / "p"), *ASKED, *decided)["refused"]
    assert isinstance(refused, dict)
    assert "--condition body=機関の名称" in refused["message"]
    assert "--necessity" in refused["message"]


@pytest.mark.clause("ward-6.1-d")
def test_others_without_a_mask_are_asked_about_here_too(ward: Founded, tmp_path: Path) -> None:
    piece, target = ward.take_in("kishi"), str(tmp_path / "package.zip")
    asked = ["--by", "kishi", "--purpose", "防犯", "--outline", "自分の画像"]
    asked += ["--recipient", "客野 次郎", "--body-kind", "subject"]
    decided = ["--decided-by", "mori", "--ground", "エ", "--necessity", WHY, "--shown", "2"]
    decided += ["--others", "顔を黒く塗って渡す", "--entered-by", "kishi", *WHOLE]
    desk = ["--medium", "USB-1", "--taker", "客野 次郎", "--identity", "その他の方法：面識"]
    no = export(piece, "--to", target, *asked, *decided, *desk)
    assert "--protected" in no["error"]["ja"]  # type: ignore[index]
    assert not Path(target).exists()
    how = "ほかの人は写っていない"
    done = export(piece, "--to", target, *asked, *desk, "--protected", how)
    assert done["package"] == target
    assert Provision.objects.get().details["protected"] == how

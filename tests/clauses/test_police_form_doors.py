"""別記様式 at its doors: the 依頼書 as printed from a request that went through the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from hokanko import clock, verify
from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.home import Home
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.people import actions as people
from hokanko.people.actions import add_organisation
from hokanko.provision.actions import enter
from hokanko.provision.form import MEDIUM, STILL
from hokanko.provision.handover import deliver
from hokanko.provision.leaving import hand_over
from hokanko.provision.models import Provision
from hokanko.provision.taker import as_taker
from hokanko.rehearsal.cast import BLANKS, Cast, settle
from tests.fixtures import PASSWORD, take_in
from tests.papers.samples import words
from tests.provision.requests import asked, entered, granted
from tests.provision.test_pages import filled
from tests.web.visitors import browser

TICK = "✓"
DONE, STILLS, ON_MEDIUM = f"{TICK}済み", f"{TICK}画像の提供", f"{TICK}外部記録媒体へ出力"


def paper(cast: Cast, provision: Provision, login: str = "suzuki") -> str:
    """The words of the printed form."""
    address = f"/provision/{provision.number}/request.pdf"
    return words(b"".join(browser(cast, login).get(address)))


def sent(cast: Cast, **changes: object) -> Mapping[str, object]:
    """伊藤's form as the page sends it."""
    return filled(cast, **changes)


@pytest.mark.clause("police-form-date", "police-form-time", "police-form-to", "police-form-wearer")
@pytest.mark.clause("police-form-requester", "police-form-outline", "police-form-purpose")
def test_what_was_typed_is_what_is_printed(fresh_home: Home, db: None) -> None:
    clock.fix(datetime(2025, 8, 1, 15, 0, tzinfo=clock.TOKYO))
    cast = settle(PASSWORD)
    day = {"year": 7, "month": 8, "day": 1, "half": "午後"}
    told = {f"from_{part}": value for part, value in {**day, "hour": 2, "minute": 5}.items()}
    told |= {f"until_{part}": value for part, value in {**day, "hour": 2, "minute": 40}.items()}
    said = sent(cast, purposes=["イ", "ウ"], purpose_note="受傷事故の防止", **told)
    assert browser(cast, "ito").post("/provision/ask/", said).status_code == 302
    printed = paper(cast, Provision.objects.get(), "ito")
    for part in (
        "令和7年8月1日",
        "中央警察署長殿",
        "令和7年8月1日午後2時5分頃から",
        "令和7年8月1日午後2時40分頃まで",
        "係：地域第二係",
        "氏名：佐藤健",
        "適正な地域警察活動の確保（受傷事故の防止）",
        "刑事第一係",
        "伊藤玲",
        "2-3456",
    ):
        assert part in printed, part
    assert printed.count(TICK) == 3  # the medium, イ and ウ; nothing is received yet


@pytest.mark.clause("police-form-to")
def test_a_patrol_unit_has_a_captain(cast: Cast) -> None:
    name = "自動車警ら隊"
    org = add_organisation(
        "JIRATAI",
        name,
        kind="patrol",
        parent=cast.hq,
        rulebook="police",
        values=BLANKS | {"org.name": name},
        by=cast.as_actor("kanri"),
    )
    for login, post, boss in (
        ("oda", "運用管理者", "kanri"),
        ("mita", "カメラ装着警察官", "oda"),
    ):
        cast.people[login] = people.register(
            org, login=login, name=login, password=PASSWORD, post=post, by=cast.as_actor(boss)
        )
    said = sent(cast, wearer=str(cast.people["mita"].pk))
    assert browser(cast, "mita").post("/provision/ask/", said).status_code == 302
    printed = paper(cast, Provision.objects.get(), "oda")
    assert "自動車警ら隊長殿" in printed
    assert "署長" not in printed


@pytest.mark.clause("police-form-check", "police-form-note")
@pytest.mark.parametrize(
    ("left_out", "clause"), [("wants", "police-form-check"), ("purposes", "police-7.2.3-purpose")]
)
def test_each_group_needs_a_tick_and_remarks_need_nothing(
    cast: Cast, left_out: str, clause: str
) -> None:
    ito = browser(cast, "ito")
    answer = ito.post("/provision/ask/", sent(cast, remarks="", **{left_out: []}))
    assert (answer.status_code, f"[{clause}]" in answer.content.decode()) == (403, True)
    assert not Provision.objects.exists()
    assert ito.post("/provision/ask/", sent(cast, remarks="")).status_code == 302
    assert "参考事項" in paper(cast, Provision.objects.get(), "ito")


@pytest.mark.clause("police-form-receiver", "police-form-entered", "police-form-fileno")
def test_the_receiving_units_box_is_filled_step_by_step(cast: Cast, footage: Footage) -> None:
    other = take_in(cast, b"a second film" * 500, name="MOV_0002.MP4")
    provision = asked(cast)
    assert "鈴木一郎" not in paper(cast, provision)
    browser(cast, "suzuki").post(
        f"/provision/{provision.number}/decide/", {"decision": "grant", "ground": "ウ"}
    )
    provision.refresh_from_db()
    received = paper(cast, provision)
    assert "運用管理者鈴木一郎" in received
    assert "当直代行" not in received
    assert DONE not in received
    numbers = f"{footage.number}\n{other.number}"
    here = f"/provision/{provision.number}/enter/"
    assert browser(cast, "tanaka").post(here, {"numbers": numbers}).status_code == 302
    provision.refresh_from_db()
    done = paper(cast, provision)
    assert DONE in done
    assert footage.number in done
    assert other.number in done
    assert (STILLS in done, ON_MEDIUM in done) == (False, False)


@pytest.mark.clause("police-form-result", "police-form-content")
def test_only_what_was_given_is_ticked(cast: Cast, footage: Footage) -> None:
    both = entered(cast, footage, 0, 500, wants=[STILL, MEDIUM])
    hand_over(
        both,
        cast.people["tanaka"],
        as_taker(cast.people["ito"]),
        delivering=[STILL],
        medium="",
        manifest_sha256="00" * 32,
        at=clock.now(),
        by=cast.as_actor("tanaka"),
    )
    printed = paper(cast, both)
    assert (STILLS in printed, ON_MEDIUM in printed) == (True, False)


@pytest.mark.clause("police-7.2.4-c", "police-form-fileno")
def test_a_package_of_evidence_holds_what_the_form_names_and_verifies_offline(
    cast: Cast, footage: Footage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = take_in(cast, b"a second film" * 500, name="MOV_0002.MP4")
    provision = granted(cast)
    clerk, by = cast.people["tanaka"], cast.as_actor("tanaka")
    enter(provision, clerk, [(footage, []), (other, [])], by=by)
    target = tmp_path / "package.zip"
    deliver(
        provision,
        hander=clerk,
        receiver=cast.people["ito"],
        delivering=[MEDIUM],
        medium="USB-012",
        target=target,
        by=by,
    )
    assert verify.main([str(target)]) == 0
    assert "改変はありません" in capsys.readouterr().out
    printed = paper(cast, provision)
    with ZipFile(target) as package:
        manifest = package.read("manifest.json").decode()
    for number in (footage.number, other.number):
        assert number in manifest
        assert number in printed
    whole = target.read_bytes()
    at = whole.index(b"a second film")
    target.write_bytes(whole[:at] + b"A" + whole[at + 1 :])
    assert verify.main([str(target)]) == 1


@pytest.mark.clause("police-8.2")
def test_what_is_marked_higher_is_not_taken_in_and_the_form_bears_the_class(cast: Cast) -> None:
    source = Source("A.MP4", BytesIO(b"x" * 100).readinto, 100, {"via": "upload"})
    with pytest.raises(Refusal) as no:
        receive(cast.station, "1", source, confidentiality=3, by=cast.as_actor("tanaka"))
    assert no.value.clause == "police-8.2"
    assert "機密性2・完全性2・可用性1" in paper(cast, asked(cast))


@pytest.mark.clause("police-notice-3")
@pytest.mark.parametrize(
    ("login", "code", "units"),
    [
        ("watanabe", "HONBU", "県警察本部地域部：中央警察署、港警察署"),
        ("suzuki", "CHUO", "県警察本部地域部：中央警察署"),
    ],
)
def test_the_printed_rules_name_the_force_then_its_units(
    cast: Cast, login: str, code: str, units: str
) -> None:
    answer = browser(cast, login).get(f"/rules/at/{code}/paper.pdf")
    printed = words(b"".join(answer))
    assert units in printed
    assert ("港警察署" in printed) == (code == "HONBU")

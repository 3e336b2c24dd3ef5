"""Each still that leaves bears its number in the register, as a picture and on paper."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from hokanko.errors import Refusal
from hokanko.footage.models import Footage
from hokanko.formats.package_checks import check_package
from hokanko.formats.png import below, size
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.media.still import picture
from hokanko.papers.still import margin
from hokanko.provision.actions import enter
from hokanko.provision.form import STILL
from hokanko.provision.handover import Delivered, deliver
from hokanko.provision.models import ProvidedMedium, Provision
from hokanko.provision.queries import thing
from hokanko.provision.reprint import record_paper
from hokanko.rehearsal.cast import Cast
from hokanko.vault.models import SealedObject
from tests.clauses.founded import Founded
from tests.fixtures import take_in
from tests.media.clips import Bytes, clip
from tests.papers.samples import pages, squeezed
from tests.provision.outside import judge, taken_down, taker
from tests.provision.outside import shop as found_shop
from tests.provision.requests import entered
from tests.provision.test_shop import EXCLUSIONS

PICTURES = {"wants": [STILL], "purposes": ["盗難防止"], "body_kind": "investigative"}


@pytest.fixture
def shop(fresh_home: Home, db: None) -> Founded:
    """みどり書店, with its manager midori and an employee."""
    del fresh_home, db
    here = found_shop()
    here.register("midori", "sakura", "佐倉 陽", "従業員")
    return here


def wanted(here: Founded, *at_ms: int) -> tuple[Footage, Provision]:
    """A film, and a request for pictures of it that is granted and entered."""
    footage, provision = here.take_in("midori", clip()), taken_down(here, "midori", **PICTURES)
    judge(here, "midori", provision, "②", EXCLUSIONS["②"])
    enter(provision, here.people["midori"], [(footage, at_ms)], by=here.by("midori"))
    return footage, provision


def given(here: Founded, login: str, provision: Provision, target: Path) -> Delivered:
    """The pictures are handed out by this person."""
    return deliver(
        provision,
        hander=here.people[login],
        receiver=taker(),
        delivering=[STILL],
        medium="USB-1",
        target=target,
        by=here.by(login),
    )


@pytest.mark.clause("shop-mgmt-5-print")
def test_a_manager_prints_stills_and_each_bears_its_number(shop: Founded, tmp_path: Path) -> None:
    footage, provision = wanted(shop, 0, 500)
    with pytest.raises(Refusal) as no:
        given(shop, "sakura", provision, tmp_path / "no")
    assert no.value.clause == "shop-mgmt-3-touch"
    done = given(shop, "midori", provision, tmp_path / "package")
    assert [check.name for check in check_package(done.path) if not check.ok] == []
    register = list(ProvidedMedium.objects.filter(kind="still").order_by("at_ms"))
    assert [row.number for row in register] == [f"{provision.number}-1", f"{provision.number}-2"]
    printed = pages((done.path / "stills.pdf").read_bytes())
    for row, page in zip(register, printed, strict=True):
        assert row.number in squeezed(page)
        image = (done.path / f"stills/{footage.number}_{row.at_ms}.png").read_bytes()
        assert row.sha256 == hashlib.sha256(image).hexdigest()
        bare = picture(Bytes(clip()), row.at_ms or 0)
        told = f"{footage.number}　{(row.at_ms or 0) / 1000:.1f}秒　{shop.org.name}"
        assert image == below(bare, margin(64, f"管理番号 {row.number}", told))
        assert row.sha256 in squeezed("".join(pages(record_paper(provision))))


@pytest.mark.clause("shop-mgmt-5-print")
def test_the_register_page_of_a_shop_has_the_number(
    shop: Founded, tmp_path: Path, client: Client
) -> None:
    _footage, provision = wanted(shop, 500)
    given(shop, "midori", provision, tmp_path / "p.zip")
    client.force_login(shop.people["midori"])
    assert f"{provision.number}-1" in client.get("/provision/media/").content.decode()
    prints = client.get(f"/registers/at/{shop.org.pk}/print/").content.decode()
    assert '<a href="/provision/media/">窓口で渡した静止画の番号の一覧</a>' in prints


def test_the_picture_itself_is_kept_and_named(cast: Cast, tmp_path: Path) -> None:
    """Under every book: its pixels are untouched, and its own hash is told."""
    content = clip()
    footage = take_in(cast, content, name="MOV_0002.MP4")
    provision = entered(cast, footage, 500, wants=[STILL])
    done = deliver(
        provision,
        hander=cast.people["tanaka"],
        receiver=cast.people["ito"],
        delivering=[STILL],
        medium="USB-1",
        target=tmp_path / "package",
        by=cast.as_actor("tanaka"),
    )
    bare = picture(Bytes(content), 500)
    handed = (done.path / f"stills/{footage.number}_500.png").read_bytes()
    before, after = (Image.open(io.BytesIO(each)) for each in (bare, handed))
    assert after.size[1] > before.size[1]
    assert after.crop((0, 0, *before.size)).tobytes() == before.tobytes()
    (told,) = json.loads((done.path / "manifest.json").read_bytes())["files"]
    assert told["parent_sha256"] == footage.sha256
    alone = hashlib.sha256(bare).hexdigest()
    assert alone in told["operation"]
    assert SealedObject.objects.get(role="still-500").sha256 == alone
    issued = [act for act in read.about(thing(provision).name) if act.kind == "provision.issued"]
    assert issued[-1].facts["sha256"] == hashlib.sha256(handed).hexdigest() == told["sha256"]


def test_a_picture_of_another_kind_gets_no_margin() -> None:
    strip = margin(64, "管理番号 1", "2")
    assert size(strip)[0] == 64
    for odd in (b"", b"GIF89a" * 9, strip, picture(Bytes(clip(size=(32, 32))), 0)):
        with pytest.raises(ValueError, match=r"PNG|kind"):
            below(odd, strip)

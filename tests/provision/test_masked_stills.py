"""Masked stills: what is beside the point is blackened in a picture of its own, with a reason."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest
from django.http import FileResponse
from django.test import Client
from PIL import Image

from hokanko.errors import Conflict, Missing, Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as footage_thing
from hokanko.formats.package_checks import check_package
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.media.mask import Mask
from hokanko.provision.actions import enter, grant
from hokanko.provision.clipping import reopen
from hokanko.provision.form import MEDIUM, STILL
from hokanko.provision.handover import Delivered, deliver
from hokanko.provision.judging import Judged
from hokanko.provision.masking import enter_mask
from hokanko.provision.models import MaskedStill, Provision, ProvisionFile
from hokanko.provision.still_making import make_still
from hokanko.provision.still_masking import cover_still
from hokanko.provision.still_masks import insist_stills_ready
from hokanko.rehearsal.cast import Cast
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf
from tests.clauses.founded import Founded
from tests.papers.samples import words
from tests.provision.films import FIVE, TEN, filmed
from tests.provision.masked import (
    LEFT_HALF,
    WHY,
    assert_no_masks_here,
    assert_only_clerks_look,
    pressed_twice,
)
from tests.provision.outside import STATED, UNDIVIDED, house, judge, taken_down, taker
from tests.provision.outside import WHY as NEEDED
from tests.provision.requests import granted
from tests.provision.test_counter import AT_DESK
from tests.web.visitors import BACKEND, browser

AT = 400_000
HIM = {"recipient": "客野 次郎", "body_kind": "subject"}


def for_him(
    here: Founded, content: bytes, *at_ms: int, wants: tuple[str, ...] = (STILL,)
) -> tuple[Footage, Provision, str]:
    """Stills for the person filmed, others to be protected; the address of the first's masks."""
    piece = filmed(here, "kishi", content)
    when = {"happened_from": TEN, "happened_until": TEN + FIVE}
    provision = taken_down(here, "kishi", wants=list(wants), **HIM, **when)
    judged = Judged({}, NEEDED, shown=2, others="ほかの人は黒く塗る")
    grant(provision, here.people["mori"], "エ", judged=judged, by=here.by("mori"))
    chosen = [(piece, at_ms or (AT,))]
    enter(provision, here.people["kishi"], chosen, extent=UNDIVIDED, by=here.by("kishi"))
    file = ProvisionFile.objects.get()
    return piece, provision, f"/provision/{provision.number}/masks/{file.pk}/still/{AT}/"


def given(here: Founded, provision: Provision, target: Path) -> Delivered:
    return deliver(
        provision,
        hander=here.people["kishi"],
        receiver=taker(name="客野 次郎", recipient="客野 次郎"),
        delivering=list(provision.wants),
        medium="USB-1",
        target=target,
        by=here.by("kishi"),
    )


def halves(image: bytes) -> tuple[int, int]:
    """The brightest of the left and of the right half of a still, above its margin."""
    picture = Image.open(io.BytesIO(image)).convert("L")
    left, right = picture.crop((0, 0, 32, 48)), picture.crop((32, 0, 64, 48))
    return left.getextrema()[1], right.getextrema()[0]  # type: ignore[return-value]


@pytest.mark.clause("ward-5.2-process")
def test_a_masked_still_leaves_once_it_was_looked_at(
    ward: Founded, content: bytes, tmp_path: Path
) -> None:
    piece, provision, url = for_him(ward, content)
    client, here = browser(ward, "kishi"), f"/provision/{provision.number}/"
    page = client.get(here).content.decode()
    assert url in page
    assert "マスクをかけていない映像があります" in page
    client.post(url, LEFT_HALF)
    assert "hand-over/" not in client.get(here).content.decode()
    assert client.get(f"{url}masked.png").status_code == 404
    client.post(url, {"do": "make"})
    with pytest.raises(Conflict, match="確かめられていません"):
        given(ward, provision, tmp_path / "too-early")
    seen = client.get(f"{url}masked.png").content
    assert halves(seen)[0] == 0
    assert halves(seen)[1] > 24
    client.post(url, {"do": "check"})
    page = client.get(here).content.decode()
    assert "マスクをかけていない映像があります" not in page
    done = given(ward, provision, tmp_path / "package")

    assert [check.name for check in check_package(done.path) if not check.ok] == []
    (listed,) = json.loads((done.path / "manifest.json").read_bytes())["files"]
    handed = (done.path / listed["path"]).read_bytes()
    assert halves(handed)[0] == 0
    assert (listed["role"], listed["parent_sha256"]) == ("still", piece.sha256)
    kept = MaskedStill.objects.get()
    assert f"black 0,0-50,100 % ({WHY})" in listed["operation"]
    assert kept.sha256 == hashlib.sha256(seen).hexdigest()
    assert kept.sha256 in listed["operation"]
    assert SealedObject.objects.get(pk=kept.sealed).parent == cabinet.original(str(piece.pk)).name
    assert WHY in words((done.path / "provision.pdf").read_bytes()).replace("\n", "")
    assert not SealedObject.objects.filter(role=f"still-{AT}").exists(), "no bare one is kept"
    acts = {act.kind: act for act in read.about(footage_thing(piece).name)}
    assert acts["provision.masked"].clause == "ward-5.2-process"
    assert WHY in str(acts["provision.masked"].private["reason"])
    assert {"provision.mask_entered", "provision.looked", "provision.mask_checked"} <= set(acts)


def test_the_desk_hands_it_over(ward: Founded, content: bytes) -> None:
    _piece, provision, url = for_him(ward, content)
    client = browser(ward, "kishi")
    for sent in (LEFT_HALF, {"do": "make"}, {"do": "check"}):
        assert client.post(url, sent).status_code == 302
    page = client.get(url).content.decode()
    assert "確かめました" in page
    told = AT_DESK | {"taker": "客野 次郎", "delivering": [STILL]}
    answer = client.post(f"/provision/{provision.number}/hand-over/", told)
    assert isinstance(answer, FileResponse), answer.content.decode()
    assert b"".join(answer)
    answer.close()


def test_two_presses_are_two_corners_of_a_still(ward: Founded, content: bytes) -> None:
    _piece, _provision, url = for_him(ward, content)
    pressed_twice(browser(ward, "kishi"), url, {"reason": "窓"})
    assert not MaskedStill.objects.exists(), "a press alone states nothing"


def test_another_mask_gives_up_what_was_made_and_the_last_one_all(
    ward: Founded, content: bytes
) -> None:
    _piece, provision, url = for_him(ward, content)
    client = browser(ward, "kishi")
    client.post(url, LEFT_HALF)
    client.post(url, {"do": "make"})
    first = MaskedStill.objects.get()
    assert first.sealed in set(shelf().names())
    client.post(url, LEFT_HALF | {"left": "40", "right": "90"})
    second = MaskedStill.objects.get()
    assert (len(second.masks), second.is_made) == (2, False)
    assert not SealedObject.objects.filter(pk=first.sealed).exists()
    client.post(url, {"do": "1"})
    client.post(url, {"do": "0"})
    assert client.post(url, {"do": "0"}).status_code == 404
    assert not MaskedStill.objects.exists()
    insist_stills_ready(provision)
    client.post(url, LEFT_HALF)
    client.post(url, {"do": "make"})
    last = MaskedStill.objects.get()
    reopen(provision, ward.people["kishi"], by=ward.by("kishi"))
    assert not MaskedStill.objects.exists()
    assert not SealedObject.objects.filter(pk=last.sealed).exists()


@pytest.mark.clause("ward-5.2-process")
def test_a_still_is_masked_with_a_reason_and_only_where_it_is_asked_for(
    ward: Founded, content: bytes
) -> None:
    _piece, _provision, url = for_him(ward, content)
    file, kishi, by = ProvisionFile.objects.get(), ward.people["kishi"], ward.by("kishi")
    with pytest.raises(Refusal) as no:
        cover_still(file, Mask(0, 0, 5, 5, AT, AT + 1), " ", kishi, by=by)
    assert no.value.clause == "ward-5.2-process"
    with pytest.raises(Missing):
        cover_still(file, Mask(0, 0, 5, 5, 1, 2), WHY, kishi, by=by)
    client = browser(ward, "kishi")
    assert client.get(url.replace(str(AT), "1")).status_code == 404
    assert client.post(url, LEFT_HALF | {"reason": ""}).status_code == 200
    assert client.post(url, LEFT_HALF | {"left": "60"}).status_code == 200
    assert client.post(url, {"do": "make"}).status_code == 404
    assert not MaskedStill.objects.exists()


def test_a_still_may_not_show_what_the_masked_copy_hides(
    ward: Founded, content: bytes, tmp_path: Path
) -> None:
    _piece, provision, url = for_him(ward, content, AT, AT + 60_000, wants=(MEDIUM, STILL))
    file, kishi, by = ProvisionFile.objects.get(), ward.people["kishi"], ward.by("kishi")
    enter_mask(file, Mask(0, 0, 50, 100, AT - 5_000, AT + 5_000), WHY, kishi, by=by)
    with pytest.raises(Conflict, match="隠した所が写ります"):
        insist_stills_ready(provision)
    client, here = browser(ward, "kishi"), f"/provision/{provision.number}/"
    assert "隠した所が写ります" in client.get(here).content.decode()
    for sent in (LEFT_HALF, {"do": "make"}, {"do": "check"}):
        client.post(url, sent)
    insist_stills_ready(provision)
    assert "隠した所が写ります" not in client.get(here).content.decode()
    with pytest.raises(Conflict):
        given(ward, provision, tmp_path / "the-clip-is-not-made")


def test_masks_that_change_while_it_is_made_are_not_kept(ward: Founded, content: bytes) -> None:
    _piece, _provision, _url = for_him(ward, content)
    file, kishi, by = ProvisionFile.objects.get(), ward.people["kishi"], ward.by("kishi")
    before = set(shelf().names())
    stale = cover_still(file, Mask(0, 0, 5, 5, AT, AT + 1), WHY, kishi, by=by)
    cover_still(file, Mask(10, 0, 15, 5, AT, AT + 1), WHY, kishi, by=by)
    with pytest.raises(Conflict):
        make_still(stale, by=by)
    assert set(shelf().names()) == before


def test_who_may_not_mask_sees_no_still(ward: Founded, content: bytes) -> None:
    _piece, _provision, url = for_him(ward, content)
    assert_only_clerks_look(ward, url, ("picture.jpg", "masked.png"), LEFT_HALF)
    kishi = browser(ward, "kishi")
    assert kishi.get(f"{url}picture.jpg").content.startswith(b"\xff\xd8\xff")


@pytest.mark.clause("home-2.5-b-process")
def test_a_home_refuses_a_masked_still(fresh_home: Home, db: None, content: bytes) -> None:
    del fresh_home, db
    here = house()
    piece = filmed(here, "kumagai", content)
    when = {"happened_from": TEN, "happened_until": TEN + FIVE}
    provision = taken_down(here, "kumagai", wants=[STILL], **when)
    judge(here, "kumagai", provision, "イ", STATED["inquiry"])
    me, by = here.people["kumagai"], here.by("kumagai")
    enter(provision, me, [(piece, (AT,))], extent=UNDIVIDED, by=by)
    page = f"/provision/{provision.number}/"
    url = f"{page}masks/{ProvisionFile.objects.get().pk}/still/{AT}/"
    assert_no_masks_here(browser(here, "kumagai"), page, url, LEFT_HALF, "picture.jpg")


@pytest.mark.clause("police-7.2.6")
def test_the_police_book_knows_no_masked_still(cast: Cast, footage: Footage) -> None:
    provision = granted(cast, wants=[STILL])
    tanaka = cast.people["tanaka"]
    enter(provision, tanaka, [(footage, (500,))], by=cast.as_actor("tanaka"))
    file, client = ProvisionFile.objects.get(), Client()
    for login in cast.people:
        with pytest.raises(Refusal) as no:
            cover_still(file, Mask(0, 0, 5, 5, 500, 501), WHY, tanaka, by=cast.as_actor(login))
        assert no.value.clause in {"police-7.2.6", "police-3.2.1"}
    client.force_login(tanaka, backend=BACKEND)
    refused = client.get(f"/provision/{provision.number}/masks/{file.pk}/still/500/")
    assert refused.status_code == 403
    assert "police-7.2.6" in refused.content.decode()

"""Masks: what is beside the point is blackened in a copy of its own, and the original stays."""

from __future__ import annotations

import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image

from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as footage_thing
from hokanko.formats.package_checks import check_package
from hokanko.home import Home
from hokanko.jobs.worker import drain
from hokanko.ledger import read
from hokanko.media.mask import Mask
from hokanko.provision.actions import enter
from hokanko.provision.masking import enter_mask, look
from hokanko.provision.models import Clip, Provision, ProvisionFile
from hokanko.rehearsal.cast import Cast
from hokanko.schedule import LONG_JOBS
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf
from tests.clauses.founded import Founded
from tests.clauses.offices import street
from tests.media.clips import brightest, shown
from tests.papers.samples import words
from tests.provision.films import FIVE, TEN, approved, filmed
from tests.provision.masked import (
    LEFT_HALF,
    WHY,
    assert_no_masks_here,
    assert_only_clerks_look,
    pressed_twice,
)
from tests.provision.outside import STATED, choose, hand, house, judge, taken_down
from tests.provision.requests import granted
from tests.provision.test_clips import CUT
from tests.web.visitors import browser

TIMES = {"begins": "300", "ends": "420"}


def entered(here: Founded, content: bytes) -> tuple[Footage, Provision, str]:
    """Five minutes of a film, to be clipped; the address of its masks."""
    piece, provision = filmed(here, "kishi", content), approved(here)
    choose(here, "kishi", provision, piece, extent=CUT)
    file = ProvisionFile.objects.get()
    return piece, provision, f"/provision/{provision.number}/masks/{file.pk}/"


def plain_of(sealed: SealedObject) -> bytes:
    with cabinet.opened(sealed) as reader:
        return b"".join(reader.pieces(0, reader.plain_bytes))


def dark(content: bytes, second: int) -> tuple[bool, bool]:
    """Whether the left and the right half of a picture are black."""
    image = shown(content)[second]
    return brightest(image, (2, 2, 28, 46)) < 24, brightest(image, (36, 2, 62, 46)) < 24


@pytest.mark.clause("ward-5.2-process")
def test_a_masked_copy_leaves_and_the_original_stays_as_it_was(
    ward: Founded, content: bytes, tmp_path: Path
) -> None:
    piece, provision, url = entered(ward, content)
    original = cabinet.original(str(piece.pk))
    before = plain_of(original)
    client = browser(ward, "kishi")
    assert url in client.get(f"/provision/{provision.number}/").content.decode()
    client.post(url, LEFT_HALF | TIMES)
    client.post(url, {"do": "make"})
    assert drain(LONG_JOBS) >= 1
    made = Clip.objects.get()
    copy = plain_of(SealedObject.objects.get(pk=made.sealed))
    assert dark(copy, 60) == (True, False)
    assert dark(copy, 200) == (False, False)
    with pytest.raises(Conflict, match="確かめられていません"):
        hand(ward, "kishi", provision, tmp_path / "too-early")
    page = client.get(url).content.decode()
    (shown, *_rest) = re.findall(r'src="([^"]+masked\.jpg\?at=\d+)"', page)
    strip = Image.open(io.BytesIO(client.get(shown).content)).convert("L")
    assert brightest(strip, (2, 2, 28, 46)) < 40
    client.post(url, {"do": "check"})
    done = hand(ward, "kishi", provision, tmp_path / "package")

    assert hashlib.sha256(before).hexdigest() == piece.sha256
    assert plain_of(cabinet.original(str(piece.pk))) == before
    assert [check.name for check in check_package(done.path) if not check.ok] == []
    (listed,) = json.loads((done.path / "manifest.json").read_bytes())["files"]
    assert (listed["role"], listed["operation"]) == ("clip", "clip, masked")
    assert listed["parent_sha256"] == piece.sha256
    assert WHY in listed["cut"]["reason"]
    assert "black 0,0-50,100 % from 300000 until 420000 ms" in listed["cut"]["recipe"]
    assert (done.path / listed["path"]).read_bytes() == copy
    assert WHY in words((done.path / "provision.pdf").read_bytes()).replace("\n", "")
    acts = {act.kind: act for act in read.about(footage_thing(piece).name)}
    assert acts["provision.masked"].facts["parent_sha256"] == piece.sha256
    assert acts["provision.masked"].clause == "ward-5.2-process"
    assert WHY in str(acts["provision.masked"].private["reason"])
    assert {"provision.mask_entered", "provision.looked", "provision.mask_checked"} <= set(acts)


@pytest.mark.clause("ward-5.2-process")
@pytest.mark.parametrize("reason", ["", "　"])
def test_a_mask_without_a_reason_is_refused(ward: Founded, content: bytes, reason: str) -> None:
    _piece, _provision, url = entered(ward, content)
    file = ProvisionFile.objects.get()
    mask = Mask(0, 0, 5, 5, 300_000, 310_000)
    with pytest.raises(Refusal) as no:
        enter_mask(file, mask, reason, ward.people["kishi"], by=ward.by("kishi"))
    assert no.value.clause == "ward-5.2-process"
    browser(ward, "kishi").post(url, LEFT_HALF | TIMES | {"reason": reason})
    assert Clip.objects.get().masks == []


def test_two_presses_are_two_corners(ward: Founded, content: bytes) -> None:
    _piece, _provision, url = entered(ward, content)
    client = browser(ward, "kishi")
    boxes = pressed_twice(client, url, TIMES | {"reason": WHY})
    assert TIMES.items() <= boxes.items()
    assert not Clip.objects.get().masks, "a press alone states nothing"
    client.post(url, boxes | {"reason": WHY})
    assert Clip.objects.get().masks[0]["right"] == 75.0


def test_another_mask_gives_up_what_was_made_and_the_last_one_goes_back_to_the_clip(
    ward: Founded, content: bytes
) -> None:
    piece, _provision, url = entered(ward, content)
    client = browser(ward, "kishi")
    client.post(url, LEFT_HALF | TIMES)
    client.post(url, {"do": "make"})
    drain(LONG_JOBS)
    first = Clip.objects.get()
    assert first.sealed in set(shelf().names())
    client.post(url, LEFT_HALF | TIMES | {"left": "40", "right": "90"})
    second = Clip.objects.get()
    assert (len(second.masks), second.is_made, second.ordered) == (2, False, False)
    assert not SealedObject.objects.filter(pk=first.sealed).exists()
    client.post(url, {"do": "1"})
    client.post(url, {"do": "0"})
    assert client.post(url, {"do": "0"}).status_code == 404
    plain = Clip.objects.get()
    assert (plain.masks, plain.ordered, plain.start_ms) == ([], True, 300_000)
    drain(LONG_JOBS)
    plain.refresh_from_db()
    assert plain.is_ready
    assert SealedObject.objects.filter(subject=str(piece.pk)).count() == 2


def test_a_whole_file_is_masked_too(ward: Founded, content: bytes) -> None:
    piece = filmed(ward, "kishi", content)
    provision = approved(ward, happened_from=TEN - FIVE, happened_until=TEN + 2 * FIVE)
    choose(ward, "kishi", provision, piece, extent=CUT)
    assert not Clip.objects.exists()
    file = ProvisionFile.objects.get()
    url, client = f"/provision/{provision.number}/masks/{file.pk}/", browser(ward, "kishi")
    client.post(url, LEFT_HALF | {"begins": "0", "ends": "900"})
    clip = Clip.objects.get()
    assert (clip.start_ms, clip.end_ms) == (0, piece.duration_ms)
    client.post(url, {"do": "0"})
    assert not Clip.objects.exists()


def test_a_mask_outside_what_is_handed_over_or_the_wrong_way_round_is_told(
    ward: Founded, content: bytes
) -> None:
    _piece, _provision, url = entered(ward, content)
    client = browser(ward, "kishi")
    for odd, code in (({"begins": "1", "ends": "2"}, 409), ({"left": "60"}, 400)):
        answer = client.post(url, LEFT_HALF | TIMES | odd)
        assert answer.status_code in {200, 400, code}, odd
        assert "errorlist" in answer.content.decode()
    assert Clip.objects.get().masks == []


def test_who_may_not_mask_sees_no_picture(ward: Founded, content: bytes) -> None:
    _piece, _provision, url = entered(ward, content)
    assert_only_clerks_look(ward, url, ("picture.jpg", "masked.jpg"), LEFT_HALF | TIMES)
    kishi = browser(ward, "kishi")
    assert kishi.get(f"{url}masked.jpg").status_code == 404
    assert kishi.get(f"{url}picture.jpg?at=301000").content.startswith(b"\xff\xd8\xff")


def test_before_entering_nothing_is_looked_at(ward: Founded, content: bytes) -> None:
    _piece, provision, _url = entered(ward, content)
    Provision.objects.filter(pk=provision.pk).update(state="handed")
    with pytest.raises(Conflict):
        look(ProvisionFile.objects.get(), 300_000, by=ward.by("kishi"))


def test_the_street_masks_and_the_home_does_not(fresh_home: Home, db: None, content: bytes) -> None:
    del fresh_home, db
    here = street()
    piece = filmed(here, "kishi", content)
    provision = taken_down(here, "kishi", happened_from=TEN, happened_until=TEN + FIVE)
    judge(here, "mori", provision, "②", STATED["inquiry"])
    choose(here, "kishi", provision, piece, extent=CUT)
    url = f"/provision/{provision.number}/masks/{ProvisionFile.objects.get().pk}/"
    assert browser(here, "kishi").get(url).status_code == 200
    refused = browser(here, "mori").get(url)
    assert refused.status_code == 403
    assert "pref-img-process" in refused.content.decode()


def test_a_home_refuses_with_its_article(fresh_home: Home, db: None, content: bytes) -> None:
    del fresh_home, db
    here = house()
    piece = filmed(here, "kumagai", content)
    provision = taken_down(here, "kumagai", happened_from=TEN, happened_until=TEN + FIVE)
    judge(here, "kumagai", provision, "イ", STATED["inquiry"])
    choose(here, "kumagai", provision, piece, extent=CUT)
    page = f"/provision/{provision.number}/"
    url = f"{page}masks/{ProvisionFile.objects.get().pk}/"
    assert_no_masks_here(browser(here, "kumagai"), page, url, LEFT_HALF | TIMES)


@pytest.mark.clause("police-7.2.6")
def test_the_police_book_knows_no_mask(cast: Cast, footage: Footage) -> None:
    provision = granted(cast)
    tanaka, by = cast.people["tanaka"], cast.as_actor("tanaka")
    enter(provision, tanaka, [(footage, ())], by=by)
    file = ProvisionFile.objects.get()
    for login in cast.people:
        with pytest.raises(Refusal) as no:
            enter_mask(file, Mask(0, 0, 5, 5, 0, 1), WHY, tanaka, by=cast.as_actor(login))
        assert no.value.clause in {"police-7.2.6", "police-3.2.1"}

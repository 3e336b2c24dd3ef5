"""Clips: exactly the range asked for leaves, apart from the original, with parent and reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hokanko import clock
from hokanko.cameras.actions import register as register_camera
from hokanko.cameras.models import Camera
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.footage.queries import thing as footage_thing
from hokanko.formats import canon
from hokanko.formats.package_checks import check_package
from hokanko.home import Home
from hokanko.jobs.models import Job
from hokanko.jobs.worker import drain
from hokanko.ledger import read
from hokanko.people.appointing import dismiss
from hokanko.provision.actions import enter
from hokanko.provision.clipping import reopen
from hokanko.provision.extent import Extent, asked_part
from hokanko.provision.models import Clip
from hokanko.provision.reprint import record_paper
from hokanko.rehearsal.cast import Cast
from hokanko.schedule import LONG_JOBS
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf
from tests.clauses.founded import Founded
from tests.clauses.offices import street
from tests.media.clips import opened
from tests.papers.samples import words
from tests.provision.films import BEGINS, FIVE, MINUTES, TEN, approved, filmed
from tests.provision.outside import STATED, choose, hand, house, judge, shop, taken_down
from tests.provision.requests import granted
from tests.provision.test_shop import EXCLUSIONS

WHY = "照会のあった5分に限って渡すため"
CUT = Extent(clip=True, reason=WHY)


def levels(content: bytes) -> list[int]:
    """The brightness of each picture."""
    with opened(content) as container:
        frames = container.decode(video=0)
        return [bytes(f.reformat(format="gray").planes[0])[0] for f in frames]


def assert_five_minutes(content: bytes, made: bytes) -> None:
    """The clip holds the pictures of 10:00:00 … 10:04:59 and nothing else."""
    original, inside = levels(content), levels(made)
    assert len(inside) == 300
    assert all(abs(got - due) < 4 for got, due in zip(inside, original[300:600], strict=True))


@pytest.mark.clause("ward-6.1-minimum")
def test_the_package_holds_no_picture_outside_the_range(
    ward: Founded, content: bytes, tmp_path: Path
) -> None:
    piece, provision = filmed(ward, "kishi", content), approved(ward)
    choose(ward, "kishi", provision, piece, extent=CUT)
    done = hand(ward, "kishi", provision, tmp_path / "package")
    assert [check.name for check in check_package(done.path) if not check.ok] == []
    (only,) = [p for p in done.path.rglob("*") if p.is_file() and p.suffix == ".mp4"]
    assert only.parent.name == "clips"
    assert_five_minutes(content, only.read_bytes())
    printed = words((done.path / "provision.pdf").read_bytes())
    assert WHY in printed
    assert piece.sha256[:16] in printed
    assert words(record_paper(provision)) == printed
    assert "clips/" in (done.path / "お読みください.txt").read_text()


@pytest.mark.clause("ward-6.1-minimum")
def test_more_than_the_related_part_wants_a_reason(ward: Founded, content: bytes) -> None:
    piece, whole_day = filmed(ward, "kishi", content), TEN + timedelta(days=1)
    for provision, extent in (
        (approved(ward), Extent()),
        (approved(ward), Extent(breadth="　")),
        (approved(ward, happened_until=whole_day), CUT),
    ):
        with pytest.raises(Refusal) as no:
            choose(ward, "kishi", provision, piece, extent=extent)
        assert no.value.clause == "ward-6.1-minimum"
        provision.refresh_from_db()
        assert provision.state == "approved"
    reasoned = approved(ward, happened_until=whole_day)
    wide = Extent(clip=True, reason=WHY, breadth="犯行の時刻が分からない")
    choose(ward, "kishi", reasoned, piece, extent=wide)
    assert reasoned.details["breadth"] == "犯行の時刻が分からない"
    assert asked_part(reasoned, piece) == (300_000, 900_000)


@pytest.mark.clause("ward-6.1-minimum")
def test_two_cameras_want_a_reason(ward: Founded, content: bytes) -> None:
    from_one, provision = filmed(ward, "kishi", content), approved(ward)
    register_camera(ward.org, number="2", serial="S2", kind="fixed", by=ward.by("mori"))
    from_two = filmed(ward, "kishi", content + b"2")
    from_two.camera = Camera.objects.get(org=ward.org, number="2")
    from_two.save()
    with pytest.raises(Refusal) as no:
        choose(ward, "kishi", provision, from_one, from_two, extent=CUT)
    assert no.value.clause == "ward-6.1-minimum"


def test_a_clip_names_its_parent_its_recipe_its_reason_and_who_made_it(
    ward: Founded, content: bytes, tmp_path: Path
) -> None:
    piece, provision = filmed(ward, "kishi", content), approved(ward)
    before = (piece.sha256, cabinet.original(str(piece.pk)).sealed_bytes)
    choose(ward, "kishi", provision, piece, extent=CUT)
    done = hand(ward, "kishi", provision, tmp_path / "package")
    with cabinet.opened(cabinet.original(str(piece.pk))) as reader:
        still_there = b"".join(reader.pieces(0, reader.plain_bytes))
    parent = hashlib.sha256(content).hexdigest()
    assert before == (parent, cabinet.original(str(piece.pk)).sealed_bytes)
    assert hashlib.sha256(still_there).hexdigest() == parent

    # recomputed from the package's files and the ledger alone, without our reader
    manifest = json.loads((done.path / "manifest.json").read_bytes())
    (listed,) = manifest["files"]
    digest = hashlib.sha256((done.path / listed["path"]).read_bytes()).hexdigest()
    cut = listed["cut"]
    assert (manifest["version"], listed["role"], listed["operation"]) == (2, "clip", "clip")
    assert (listed["sha256"], listed["parent_sha256"]) == (digest, parent)
    assert (cut["start_ms"], cut["end_ms"], cut["pictures"]) == (300_000, 600_000, 300)
    assert (cut["first_ms"], cut["last_ms"], cut["damaged"]) == (300_000, 599_000, 0)
    assert (cut["reason"], cut["made_by"]) == (WHY, "岸 主事")
    assert "libx264" in cut["recipe"]
    assert "libavcodec" in cut["recipe"]
    assert listed["seconds"] == {"asked": 300, "delivered": 300, "missing": 0}
    acts = {act.kind: act for act in read.about(footage_thing(piece).name)}
    facts = acts["provision.clipped"].facts
    assert (facts["sha256"], facts["parent_sha256"]) == (digest, parent)
    assert (facts["from_ms"], facts["until_ms"]) == (300_000, 600_000)
    assert acts["provision.clipped"].clause == "ward-6.1-minimum"
    entry = canon.decode((done.path / "entry.json").read_bytes())
    assert isinstance(entry, dict)
    assert entry["facts"]["manifest_sha256"] == (  # type: ignore[index,call-overload]
        hashlib.sha256((done.path / "manifest.json").read_bytes()).hexdigest()
    )


def test_a_clip_is_sealed_under_its_footage_and_nothing_lies_in_the_clear(
    ward: Founded, content: bytes, tmp_path: Path, fresh_home: Home
) -> None:
    piece, provision = filmed(ward, "kishi", content), approved(ward)
    choose(ward, "kishi", provision, piece, extent=CUT)
    assert drain(LONG_JOBS) == 1
    clip = Clip.objects.get()
    kept = SealedObject.objects.get(pk=clip.sealed)
    original = cabinet.original(str(piece.pk))
    assert (kept.subject, kept.parent, kept.key_day) == (
        str(piece.pk),
        original.name,
        original.key_day,
    )
    with cabinet.opened(kept) as reader:
        made = b"".join(reader.pieces(0, reader.plain_bytes))
    assert hashlib.sha256(made).hexdigest() == kept.sha256 == clip.sha256
    assert clip.percent == 100
    needle = made[1000:1032]
    on_disk = [path for path in fresh_home.path.rglob("*") if path.is_file()]
    assert not any(needle in path.read_bytes() for path in on_disk)
    assert drain(LONG_JOBS) == 0
    hand(ward, "kishi", provision, tmp_path / "package.zip")
    assert SealedObject.objects.filter(subject=str(piece.pk)).count() == 2


def test_what_was_asked_for_whole_is_not_encoded_anew(
    ward: Founded, content: bytes, tmp_path: Path
) -> None:
    piece = filmed(ward, "kishi", content)
    all_of_it = {"happened_from": BEGINS, "happened_until": BEGINS + timedelta(minutes=MINUTES)}
    provision = approved(ward, **all_of_it)
    choose(ward, "kishi", provision, piece, extent=CUT)
    assert not Clip.objects.exists()
    done = hand(ward, "kishi", provision, tmp_path / "package")
    (only,) = (done.path / "media").iterdir()
    assert only.read_bytes() == content


@pytest.mark.parametrize(
    ("since", "until", "part"),
    [
        (-99, 5, (0, 600_000)),
        (-3, 99, (120_000, 900_000)),
        (0, 1, (300_000, 360_000)),
        (11, 12, None),
        (-9, -5, None),
    ],
)
def test_the_range_is_found_in_the_file(
    ward: Founded, content: bytes, since: int, until: int, part: tuple[int, int] | None
) -> None:
    piece = filmed(ward, "kishi", content)
    minute = timedelta(minutes=1)
    provision = approved(
        ward, happened_from=TEN + since * minute, happened_until=TEN + until * minute
    )
    if part is not None:
        assert asked_part(provision, piece) == part
        return
    with pytest.raises(Conflict, match="求められた時間の映像"):
        choose(ward, "kishi", provision, piece, extent=CUT)
    provision.refresh_from_db()
    assert (provision.state, Job.objects.filter(name__contains="clip").count()) == ("approved", 0)


def test_a_length_that_is_in_doubt_spares_no_file_its_clip(ward: Founded, content: bytes) -> None:
    piece = filmed(ward, "kishi", content)
    provision = approved(
        ward, happened_from=BEGINS, happened_until=BEGINS + timedelta(minutes=MINUTES)
    )
    assert asked_part(provision, piece) is None
    piece.facts = piece.facts | {"problems": [{"code": "truncated", "detail": ""}]}
    assert asked_part(provision, piece) == (0, MINUTES * 60_000)


@pytest.mark.clause("pref-img-process")
def test_a_clip_without_a_reason_is_refused(fresh_home: Home, db: None, content: bytes) -> None:
    del fresh_home, db
    here = street()
    piece = filmed(here, "kishi", content)
    provision = taken_down(here, "kishi", happened_from=TEN, happened_until=TEN + FIVE)
    judge(here, "mori", provision, "②", STATED["inquiry"])
    for reason in ("", "　"):
        with pytest.raises(Refusal) as no:
            choose(here, "kishi", provision, piece, extent=Extent(clip=True, reason=reason))
        assert no.value.clause == "pref-img-process"
        assert not Clip.objects.exists()
    choose(here, "kishi", provision, piece, extent=CUT)
    assert Clip.objects.get().reason == WHY


@pytest.mark.parametrize("book", ["home", "shop"])
def test_the_other_books_clip_too(
    fresh_home: Home, db: None, content: bytes, tmp_path: Path, book: str
) -> None:
    del fresh_home, db
    here, login, ground = (house(), "kumagai", "イ") if book == "home" else (shop(), "midori", "②")
    piece = filmed(here, login, content)
    purpose = ["盗難防止"] if book == "shop" else ["防犯"]
    asked = {"happened_from": TEN, "happened_until": TEN + FIVE, "purposes": purpose}
    provision = taken_down(here, login, **asked)
    stated = EXCLUSIONS["②"] if book == "shop" else STATED["inquiry"]
    judge(here, login, provision, ground, stated)
    with pytest.raises(Refusal) as no:
        choose(here, login, provision, piece, extent=Extent())
    assert no.value.clause == (None if book == "home" else "shop-intro-minimum")
    choose(here, login, provision, piece, extent=CUT)
    done = hand(here, login, provision, tmp_path / "package")
    (only,) = (done.path / "clips").iterdir()
    assert_five_minutes(content, only.read_bytes())


def test_the_police_book_knows_no_clip(cast: Cast, footage: Footage) -> None:
    provision = granted(cast)
    tanaka = cast.people["tanaka"]
    with pytest.raises(Refusal) as no:
        enter(provision, tanaka, [(footage, ())], extent=CUT, by=cast.as_actor("tanaka"))
    assert no.value.clause == "police-7.2.6"
    enter(provision, tanaka, [(footage, ())], by=cast.as_actor("tanaka"))


def test_footage_that_cannot_be_clipped_says_so_and_is_chosen_anew(
    client: Client, ward: Founded
) -> None:
    clock.fix(BEGINS)
    piece = ward.take_in("kishi")
    clock.fix(TEN)
    provision = approved(ward)
    choose(ward, "kishi", provision, piece, extent=CUT)
    drain(LONG_JOBS)
    assert "復号できません" in Clip.objects.get().problem
    assert set(shelf().names()) == {cabinet.original(str(piece.pk)).name}
    client.force_login(ward.people["kishi"])
    here = f"/provision/{provision.number}/"
    page = client.get(here).content.decode()
    assert "復号できません" in page
    assert "記録媒体の番号" not in page
    assert client.post(here + "reopen/").status_code == 302
    provision.refresh_from_db()
    assert (provision.state, Clip.objects.count()) == ("approved", 0)
    with pytest.raises(Conflict):
        reopen(provision, ward.people["kishi"], by=ward.by("kishi"))
    choose(ward, "kishi", provision, piece)


def test_the_page_cuts_what_was_asked_and_shows_how_far_it_is(
    client: Client, ward: Founded, content: bytes
) -> None:
    piece, provision = filmed(ward, "kishi", content), approved(ward)
    client.force_login(ward.people["kishi"])
    here = f"/provision/{provision.number}/"
    page = client.get(here).content.decode()
    assert "求められた時間だけを切り出して渡す" in page
    assert "0:05:00 〜 0:10:00" in page
    picked = {f"pick-{piece.pk}": "on", "extent": "clip", "clip_reason": "", "breadth": ""}
    refused = client.post(here + "enter/", picked)
    assert (refused.status_code, "ward-5.2-process" in refused.content.decode()) == (403, True)
    assert client.post(here + "enter/", picked | {"clip_reason": WHY}).status_code == 302
    waiting = client.get(here).content.decode()
    assert all(word in waiting for word in ("data-copying", "<progress", "0 %", WHY))
    assert "記録媒体の番号" not in waiting
    drain(LONG_JOBS)
    ready = client.get(here).content.decode()
    assert "できました" in ready
    assert "記録媒体の番号" in ready
    assert "data-copying" not in ready


def test_who_lost_the_post_meanwhile_makes_nothing(ward: Founded, content: bytes) -> None:
    piece, provision = filmed(ward, "kishi", content), approved(ward)
    choose(ward, "kishi", provision, piece, extent=CUT)
    dismiss(ward.people["kishi"].appointments.get(), by=ward.by("aoki"))
    drain(LONG_JOBS)
    clip = Clip.objects.get()
    assert not clip.is_made
    assert clip.problem
    assert clip.problem_en.isascii()
    assert set(shelf().names()) == {cabinet.original(str(piece.pk)).name}


@pytest.mark.clause("home-2.5-b-process")
def test_the_range_can_leave_as_the_camera_encoded_it(
    fresh_home: Home, db: None, content: bytes, tmp_path: Path
) -> None:
    del fresh_home, db
    here = house()
    piece = filmed(here, "kumagai", content)
    provision = taken_down(
        here, "kumagai", happened_from=TEN, happened_until=TEN + FIVE, wants=["medium"]
    )
    judge(here, "kumagai", provision, "イ", STATED["inquiry"])
    as_it_is = Extent(clip=True, reason=WHY, copied=True)
    with pytest.raises(Refusal):  # it begins before what was asked for: that wants a reason
        choose(here, "kumagai", provision, piece, extent=as_it_is)
    as_it_is = replace(as_it_is, breadth="カメラの電子署名を確かめられるようにするため")
    choose(here, "kumagai", provision, piece, extent=as_it_is)
    done = hand(here, "kumagai", provision, tmp_path / "package")
    assert [check.name for check in check_package(done.path) if not check.ok] == []
    manifest: Any = canon.decode((done.path / "manifest.json").read_bytes())
    (listed,) = manifest["files"]
    assert listed["operation"] == "clip, copied"
    assert listed["cut"]["start_ms"] <= 300_000
    (only,) = done.path.rglob("*.mp4")
    with opened(content) as whole, opened(only.read_bytes()) as part:
        own = {bytes(packet) for packet in whole.demux(video=0) if packet.size}
        left = [bytes(packet) for packet in part.demux(video=0) if packet.size]
    assert left
    assert set(left) <= own
    assert 300 <= len(left) < 600

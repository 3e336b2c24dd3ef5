"""The dock: every clip is verified before the camera lets it go, and nothing is filed twice."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av
import pytest

from hokanko.dock.emptying import Outcome, empty_bays
from hokanko.footage.models import Footage
from hokanko.footage.queries import as_json, life
from hokanko.intake import jobs, receive
from hokanko.intake.actions import settle
from hokanko.intake.jobs import examine
from hokanko.intake.models import Arrival
from hokanko.intake.sources import from_path
from hokanko.keyring import keys
from hokanko.media.probe import probe
from hokanko.people.actions import issue_card
from hokanko.rehearsal.camera import film
from hokanko.rehearsal.cast import Cast
from hokanko.rehearsal.street import Scene
from hokanko.rules.actor import machine
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from tests.fixtures import NOON
from tests.media.clips import clip


def card_in(bays: Path, cast: Cast, *contents: bytes, number: str = "1") -> Path:
    """A camera's card in a bay, with clips named as cameras name them."""
    folder = bays / f"bay-{number}" / "DCIM" / "100TEST"
    folder.mkdir(parents=True, exist_ok=True)
    (bays / f"bay-{number}" / "SERIAL").write_text(cast.cameras[f"CHUO-{number}"].serial)
    for index, content in enumerate(contents, start=1):
        path = folder / f"MOV_{index:04d}.MP4"
        path.write_bytes(content)
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    return folder


def empty(cast: Cast, bays: Path) -> list[Outcome]:
    return list(empty_bays(cast.station, bays, by=machine("management-pc", "CHUO")))


@pytest.mark.clause("police-7.1.1-output", "police-2.4")
def test_clips_are_taken_in_and_released(cast: Cast, tmp_path: Path) -> None:
    folder = card_in(tmp_path / "bays", cast, clip(), clip(frames=30))
    outcomes = empty(cast, tmp_path / "bays")
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert list(folder.iterdir()) == []
    for footage in Footage.objects.all():
        assert footage.released_at is not None
        assert footage.origin["dock"] == "bays"
        assert footage.origin["bay"] == "bay-1"
        kinds = [act.kind for act in life(footage)]
        assert kinds.index("intake.taken_in") < kinds.index("intake.released")


@pytest.mark.clause("police-2.1")
def test_an_unregistered_camera_is_refused_and_keeps_its_clips(cast: Cast, tmp_path: Path) -> None:
    folder = card_in(tmp_path / "bays", cast, clip())
    (tmp_path / "bays" / "bay-1" / "SERIAL").write_text("STRANGER")
    (outcome,) = empty(cast, tmp_path / "bays")
    assert outcome.error is not None
    assert "police-2.1" in str(outcome.error)
    assert "「STRANGER」" in str(outcome.error)
    assert "SERIAL" in str(outcome.error)
    assert len(list(folder.iterdir())) == 1
    assert not Footage.objects.exists()


def test_pulled_out_half_way_and_put_back(cast: Cast, tmp_path: Path) -> None:
    """The card vanishes after the copy was filed, before it was released; then it comes back."""
    bays = tmp_path / "bays"
    card_in(bays, cast, clip(), clip(frames=30))
    with from_path(next(bays.rglob("MOV_0001.MP4")), via="dock") as source:
        filed = receive.receive(cast.station, "1", source, by=machine("management-pc", "CHUO"))
    outcomes = empty(cast, bays)
    assert outcomes[0].footage == filed
    assert Footage.objects.count() == 2
    assert not list(bays.rglob("*.MP4"))


def test_the_same_names_again_are_other_footage(cast: Cast, tmp_path: Path) -> None:
    card_in(tmp_path / "bays", cast, clip())
    empty(cast, tmp_path / "bays")
    card_in(tmp_path / "bays", cast, clip(frames=40))
    empty(cast, tmp_path / "bays")
    assert Footage.objects.count() == 2


def test_a_clip_that_fails_stays_on_the_camera(cast: Cast, tmp_path: Path) -> None:
    folder = card_in(tmp_path / "bays", cast, clip())
    (folder / "MOV_0002.MP4").symlink_to("/nowhere")
    outcomes = empty(cast, tmp_path / "bays")
    assert len(outcomes) == 1
    assert (folder / "MOV_0002.MP4").is_symlink()


@pytest.mark.clause("police-5.2.2")
def test_a_recording_without_registration_is_flagged_until_attributed(
    cast: Cast, tmp_path: Path
) -> None:
    card_in(tmp_path / "bays", cast, clip())
    (outcome,) = empty(cast, tmp_path / "bays")
    assert outcome.footage is not None
    examine(str(outcome.footage.pk))
    footage = Footage.objects.select_related("org").get()
    assert footage.flags == ["no-wearer"]
    settle(
        footage,
        captured=None,
        wearer=cast.people["sato"],
        reason="勤務表による",
        by=cast.as_actor("tanaka"),
    )
    footage.refresh_from_db()
    assert footage.flags == []
    assert footage.wearer == cast.people["sato"]


def test_what_two_have_looked_into_is_noted_once(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dock and a worker of the server look at the same time."""
    card_in(tmp_path / "bays", cast, clip())
    (outcome,) = empty(cast, tmp_path / "bays")
    assert outcome.footage is not None
    pk = str(outcome.footage.pk)

    def slowly(*given: Any, **named: Any) -> Any:
        monkeypatch.setattr(jobs, "probe", probe)
        examine(pk)
        return probe(*given, **named)

    monkeypatch.setattr(jobs, "probe", slowly)
    examine(pk)
    assert [act.kind for act in life(outcome.footage)].count("intake.examined") == 1


def test_a_camera_pulled_out_while_it_is_read_keeps_its_clip(cast: Cast, tmp_path: Path) -> None:
    """It goes after its last byte was read, before it was let go; then it comes back."""
    folder = card_in(tmp_path / "bays", cast, clip())
    card, pulled = folder.parents[1], tmp_path / "pulled"
    put = cabinet.put

    def pulled_meanwhile(read: Any, **more: Any) -> Any:
        def reading(room: memoryview) -> int:
            if card.exists():
                card.rename(pulled)
            return int(read(room))

        return put(reading, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cabinet, "put", pulled_meanwhile)
        (outcome,) = empty(cast, tmp_path / "bays")
    assert "外されたか" in str(outcome.error)
    assert not Footage.objects.exists()
    (broken,) = Arrival.objects.all()
    assert broken.state == "broken"
    assert str(tmp_path) not in broken.note
    pulled.rename(card)
    (outcome,) = empty(cast, tmp_path / "bays")
    assert outcome.error is None
    assert Footage.objects.get().released_at is not None
    assert not list(folder.iterdir())


def test_the_wearer_is_read_from_the_card_that_was_filmed(cast: Cast, tmp_path: Path) -> None:
    card = issue_card(cast.people["sato"], by=cast.as_actor("suzuki"))
    film(
        tmp_path / "clip.mp4",
        start=datetime(2026, 11, 20, 1, tzinfo=UTC),
        seconds=3,
        serial="HK",
        wearer_code=card.code,
        scene=Scene.SHOPPING,
        seed=1,
        width=640,
        height=360,
    )
    card_in(tmp_path / "bays", cast, (tmp_path / "clip.mp4").read_bytes())
    (outcome,) = empty(cast, tmp_path / "bays")
    assert outcome.footage is not None
    examine(str(outcome.footage.pk))
    footage = Footage.objects.get()
    assert footage.wearer == cast.people["sato"]
    assert footage.captured == datetime(2026, 11, 20, 1, tzinfo=UTC)


@pytest.mark.clause("police-2.6")
def test_a_stored_file_copied_off_the_pc_does_not_play(cast: Cast, tmp_path: Path) -> None:
    card_in(tmp_path / "bays", cast, clip())
    empty(cast, tmp_path / "bays")
    stolen = next(path for path in keys.home().sealed.rglob("*") if path.is_file())
    with pytest.raises(av.error.FFmpegError):
        av.open(str(stolen))
    assert b"ftyp" not in stolen.read_bytes()[:4096]


@pytest.mark.clause("police-1")
def test_every_piece_tells_its_edition(cast: Cast, footage: Footage) -> None:
    assert as_json(footage)["edition"] == footage.edition != ""


def test_no_plaintext_is_left_anywhere_in_the_home(cast: Cast, tmp_path: Path) -> None:
    secret = b"PLAINTEXT-MARKER-" * 5000
    card_in(tmp_path / "bays", cast, clip() + secret)
    empty(cast, tmp_path / "bays")
    assert SealedObject.objects.count() == 1
    home = keys.home().path
    found = subprocess.run(
        ["grep", "-rl", "PLAINTEXT-MARKER", str(home), str(home) + ".root"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""

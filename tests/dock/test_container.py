"""The password-locked storage of a camera: unlocked on arrival, never lying open anywhere."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
import pyzipper

from hokanko import clock
from hokanko.cameras.locks import enter_password
from hokanko.casebook.models import Case
from hokanko.dock.container import LockedCard, bay_at
from hokanko.dock.emptying import Outcome, empty_bays
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.intake.models import Arrival
from hokanko.keyring import keys
from hokanko.ledger import read
from hokanko.ledger.models import Entry
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import machine
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf
from tests.dock.containers import PASSWORD, plate, write
from tests.media.clips import clip

CLIP = "DCIM/100MEDIA/MOV_0001.MP4"
OTHER = "DCIM/100MEDIA/MOV_0002.MP4"


def empty(cast: Cast, bays: Path) -> list[Outcome]:
    return list(empty_bays(cast.station, bays, by=machine("management-pc", "CHUO")))


def unlock(cast: Cast, password: str = PASSWORD) -> None:
    enter_password(cast.cameras["CHUO-1"], password, by=cast.as_actor("tanaka"))


@pytest.mark.clause("police-7.1.1-output")
def test_a_locked_card_is_unlocked_taken_in_and_let_go_whole(cast: Cast, tmp_path: Path) -> None:
    one, two = clip(), clip(frames=30)
    bay = plate(tmp_path / "bays", cast)
    card = write(bay / "VAULT.zip", {CLIP: one, OTHER: two, "DCIM/100MEDIA/MOV_0001.THM": b"t"})
    unlock(cast)
    outcomes = empty(cast, tmp_path / "bays")
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert not card.exists()
    taken = {piece.source: piece for piece in Footage.objects.all()}
    assert taken["MOV_0001.MP4"].sha256 == hashlib.sha256(one).hexdigest()
    assert taken["MOV_0002.MP4"].sha256 == hashlib.sha256(two).hexdigest()
    assert taken["MOV_0001.MP4"].origin["file_time"] == "2026-11-20T10:30:00+09:00"
    assert taken["MOV_0001.MP4"].origin["locked"] is True
    assert all(piece.released_at for piece in taken.values())
    assert not Case.objects.exists()


def test_another_writer_of_the_format_is_read(cast: Cast, tmp_path: Path) -> None:
    bay = plate(tmp_path / "bays", cast)
    with pyzipper.AESZipFile(
        bay / "A.ZIP", "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as whole:
        whole.setpassword(PASSWORD.encode())
        whole.writestr(CLIP, clip() + b"compressible" * 9000)
    unlock(cast)
    (outcome,) = empty(cast, tmp_path / "bays")
    assert outcome.error is None
    content = clip() + b"compressible" * 9000
    assert Footage.objects.get().sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("known", ["", "another password"])
def test_without_the_right_password_everything_stays(
    cast: Cast, tmp_path: Path, known: str
) -> None:
    card = write(plate(tmp_path / "bays", cast) / "VAULT.zip", {CLIP: clip()})
    if known:
        unlock(cast, known)
    (outcome,) = empty(cast, tmp_path / "bays")
    assert isinstance(outcome.error, Conflict)
    assert "パスワード" in str(outcome.error)
    assert known not in str(outcome.error) or not known
    assert card.exists()
    assert not Footage.objects.exists()


def test_a_container_leaves_only_when_every_clip_is_safe(cast: Cast, tmp_path: Path) -> None:
    card = write(
        plate(tmp_path / "bays", cast) / "VAULT.zip", {CLIP: clip(), OTHER: clip(frames=9)}
    )
    sound = card.read_bytes()
    spoiled = bytearray(sound)
    spoiled[sound.index(b"PK\x01\x02") - 20] ^= 1  # within the second clip
    card.write_bytes(spoiled)
    unlock(cast)
    (outcome,) = empty(cast, tmp_path / "bays")
    assert outcome.error is not None
    assert "壊れている" in str(outcome.error)
    assert card.exists()
    assert Footage.objects.get().released_at is None
    assert Arrival.objects.filter(state="broken").count() == 1
    assert SealedObject.objects.count() == len(list(shelf().names()))

    card.write_bytes(sound)  # put in again
    outcomes = empty(cast, tmp_path / "bays")
    assert [each.error for each in outcomes] == [None, None]
    assert not card.exists()
    assert Footage.objects.filter(released_at__isnull=False).count() == 2


def test_two_members_of_one_name_are_both_taken_in(cast: Cast, tmp_path: Path) -> None:
    bay = plate(tmp_path / "bays", cast)
    with pyzipper.AESZipFile(bay / "A.zip", "w", encryption=pyzipper.WZ_AES) as whole:
        whole.setpassword(PASSWORD.encode())
        whole.writestr(CLIP, clip())
        with pytest.warns(UserWarning, match="Duplicate name"):
            whole.writestr(CLIP, clip(frames=40))
    unlock(cast)
    assert [outcome.error for outcome in empty(cast, tmp_path / "bays")] == [None, None]
    assert Footage.objects.count() == 2


@pytest.mark.clause("police-7.1.1-lock")
def test_a_card_readable_without_the_password_opens_an_incident(cast: Cast, tmp_path: Path) -> None:
    bay = plate(tmp_path / "bays", cast)
    (bay / "MOV_0001.MP4").write_bytes(clip())
    (outcome,) = empty(cast, tmp_path / "bays")
    assert outcome.error is None  # on the camera it would stay as readable as it is
    case = Case.objects.get()
    assert (case.kind, case.asks, case.owner) == ("incident", "unlocked", "運用管理者")
    assert case.fact == f"unlocked/{cast.cameras['CHUO-1'].pk}"
    (line,) = read.about(f"case:{case.pk}")
    assert line.clause == "police-7.1.1-lock"

    (bay / "MOV_0002.MP4").write_bytes(clip(frames=30))
    empty(cast, tmp_path / "bays")
    assert Case.objects.count() == 1  # the same fact, not settled yet


@pytest.mark.clause("police-7.1.1-lock")
@pytest.mark.parametrize("how", ["member", "beside", "old"])
def test_a_card_open_in_part_is_not_locked(tmp_path: Path, how: str) -> None:
    write(tmp_path / "A.zip", {CLIP: b"x"})
    assert bay_at(tmp_path, lambda: None).is_locked()
    if how == "beside":
        (tmp_path / "MOV_0001.MP4").write_bytes(b"x")
    with pyzipper.AESZipFile(tmp_path / "A.zip", "a") as whole:
        if how == "member":
            whole.writestr("open.mp4", b"x")
    if how == "old":  # the format's first cipher: what it says of itself is all we go by
        (tmp_path / "B.zip").write_bytes(
            (tmp_path / "A.zip").read_bytes().replace(b"\x01\x99", b"\x02\x99")
        )
    assert isinstance(bay_at(tmp_path, lambda: None), LockedCard)
    assert not bay_at(tmp_path, lambda: None).is_locked()


def test_the_password_is_kept_sealed_and_written_nowhere(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        enter_password(cast.cameras["CHUO-1"], PASSWORD, by=cast.as_actor("sato"))
    unlock(cast)
    cast.cameras["CHUO-1"].refresh_from_db()
    assert PASSWORD.encode() not in bytes(cast.cameras["CHUO-1"].storage_password or b"")
    assert "camera.locked" in set(Entry.objects.values_list("kind", flat=True))
    write(plate(tmp_path / "bays", cast) / "VAULT.zip", {CLIP: clip()})
    empty(cast, tmp_path / "bays")
    found = subprocess.run(
        ["grep", "-rl", PASSWORD, str(keys.home().path)], capture_output=True, check=False
    )
    assert found.stdout == b""
    assert not any(PASSWORD in str(row) for row in Entry.objects.values())


def test_a_camera_put_back_after_a_crash_is_settled(cast: Cast, tmp_path: Path) -> None:
    """The container left; the lines of its clips were not written; then the camera comes again."""
    bay = plate(tmp_path / "bays", cast)
    write(bay / "VAULT.zip", {CLIP: clip(), OTHER: clip(frames=30)})
    unlock(cast)
    empty(cast, tmp_path / "bays")
    for piece in Footage.objects.all():
        Arrival.objects.filter(pk=piece.pk).update(note="VAULT.zip#0")
    Footage.objects.update(released_at=None)
    assert empty(cast, tmp_path / "bays") == []
    assert Footage.objects.filter(released_at=clock.now()).count() == 2
    assert not Arrival.objects.exclude(note="").exists()
    assert [path.name for path in bay.iterdir()] == ["SERIAL"]

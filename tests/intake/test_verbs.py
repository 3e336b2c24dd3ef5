"""The verbs of intake: begin, file, find again, give up, settle, release."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.dock.emptying import empty_bays
from hokanko.errors import Conflict, Refusal, Unsound
from hokanko.footage.models import Footage
from hokanko.intake.actions import begin, file, give_up, release, settle
from hokanko.intake.models import Arrival
from hokanko.intake.queries import unsettled
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.ledger import read
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import machine
from hokanko.vault import cabinet
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf
from tests.fixtures import NOON, take_in

CONTENT = b"not really a film" * 1000


def source(content: bytes = CONTENT) -> Source:
    """A file from a sender who says nothing of it."""
    return Source("MOV_0001.MP4", BytesIO(content).readinto, len(content), {"via": "upload"})


@pytest.mark.clause("police-2.2", "police-7.1.1-output", "police-1")
def test_a_file_becomes_footage(cast: Cast, footage: Footage) -> None:
    with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
        assert reader.read_at(0, len(CONTENT)) == CONTENT
    filed = read.about(f"footage:{footage.pk}")[1]
    assert filed.facts["sha256"] == footage.sha256
    assert filed.facts["last_day"] == "2027-02-17"
    assert (footage.number, len(footage.edition)) == ("CHUO-20261120-0001", 64)
    assert Arrival.objects.get(pk=footage.pk).state == "filed"


@pytest.mark.clause("police-2.1", "police-8.2")
def test_what_is_not_admitted(cast: Cast) -> None:
    by = cast.as_actor("tanaka")
    with pytest.raises(Refusal) as refused:
        receive(cast.station, "99", source(), by=by)
    assert refused.value.clause == "police-2.1"
    with pytest.raises(Refusal) as refused:
        begin(cast.station, "1", source(), confidentiality=3, by=by)
    assert refused.value.clause == "police-8.2"
    for login in ("ito", "sato", "yamada", "watanabe"):
        with pytest.raises(Refusal):
            receive(cast.station, "1", source(), by=cast.as_actor(login))
    assert not Footage.objects.exists()
    assert not list(shelf().names())


def test_the_same_bytes_are_found_again(cast: Cast, footage: Footage) -> None:
    assert take_in(cast, CONTENT, name="COPY.MP4").pk == footage.pk
    assert Footage.objects.count() == SealedObject.objects.count() == len(list(shelf().names()))
    assert Arrival.objects.filter(state="again").count() == 1


@pytest.mark.clause("police-7.1.1-output")
def test_what_breaks_off_leaves_nothing(cast: Cast) -> None:
    def pulled_out(room: memoryview) -> int:
        raise OSError(5, "Input/output error")

    by = cast.as_actor("tanaka")
    with pytest.raises(OSError, match="Input"):
        receive(cast.station, "1", Source("A.MP4", pulled_out), by=by)
    with pytest.raises(Unsound):
        receive(cast.station, "1", source(), expected_sha256="0" * 64, by=by)
    assert not Footage.objects.exists()
    assert not list(shelf().names())
    assert set(Arrival.objects.values_list("state", flat=True)) == {"broken"}
    arrival = Arrival.objects.latest("begun_at")
    with pytest.raises(Conflict):
        give_up(arrival, "二度目", by=by)
    again = receive(cast.station, "1", source(), expected_sha256=None, by=by)
    assert again.state == "held"


def test_an_ended_arrival_is_not_filed(cast: Cast) -> None:
    by = cast.as_actor("tanaka")
    arrival = begin(cast.station, "1", source(), by=by)
    give_up(arrival, "中断", by=by)
    sealed = cabinet.put(
        source().read, org="CHUO", key_day=arrival.key_day, subject=str(arrival.pk)
    )
    with pytest.raises(Conflict):
        file(arrival, sealed, by=by)
    assert not Footage.objects.exists()


@pytest.mark.clause("police-2.2", "police-5.2.2")
def test_open_questions_are_settled_with_a_reason(cast: Cast, footage: Footage) -> None:
    footage.flags = ["no-capture-time", "no-wearer"]
    footage.save(update_fields=["flags"])
    assert unsettled("CHUO") == [footage]
    sato, by = cast.people["sato"], cast.as_actor("tanaka")
    with pytest.raises(Conflict):
        settle(footage, captured=NOON, wearer=None, reason=" ", by=by)
    with pytest.raises(Refusal):
        settle(footage, captured=NOON, wearer=None, reason="日誌", by=cast.as_actor("ito"))
    settle(footage, captured=NOON, wearer=sato, reason="勤務日誌による", by=by)
    assert (footage.flags, footage.wearer, unsettled("CHUO")) == ([], sato, [])
    assert read.about(f"footage:{footage.pk}")[-1].private["reason"] == "勤務日誌による"
    assert cabinet.original(str(footage.pk)).sha256 == footage.sha256


@pytest.mark.clause("police-7.1.1-output")
def test_the_source_goes_only_after_the_sealed_copy(
    cast: Cast, footage: Footage, tmp_path: Path
) -> None:
    clip, by = tmp_path / "MOV_0001.MP4", cast.as_actor("tanaka")
    clip.write_bytes(CONTENT)
    sealed = SealedObject.objects.get()
    SealedObject.objects.update(sha256="0" * 64)
    with pytest.raises(Refusal):
        release(footage, clip, unlink=Path.unlink, by=by)
    assert clip.exists()
    sealed.save()
    release(footage, clip, unlink=Path.unlink, by=by)
    assert not clip.exists()
    assert footage.released_at is not None


@pytest.mark.clause("police-2.1")
def test_a_dock_empties_known_cameras_only(cast: Cast, tmp_path: Path) -> None:
    for bay in ("1", "77"):
        (tmp_path / bay).mkdir()
        (tmp_path / bay / "MOV_0001.MP4").write_bytes(CONTENT)
    dock = machine("dock", "CHUO")
    known, unknown = list(empty_bays(cast.station, tmp_path, by=dock))
    assert known.footage is not None
    assert known.footage.origin["bay"] == "1"
    assert isinstance(unknown.error, Refusal)
    assert not (tmp_path / "1" / "MOV_0001.MP4").exists()
    assert (tmp_path / "77" / "MOV_0001.MP4").exists()
    assert clock.day_of(known.footage.created) == NOON.date()

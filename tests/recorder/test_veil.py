"""Masks at capture: priced, begun, on the ledger, and what they cover is in no byte kept."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hokanko import clock
from hokanko.cameras.frames import Area
from hokanko.cameras.models import Camera as Row
from hokanko.cameras.models import Hearing
from hokanko.cameras.streams import connect
from hokanko.cameras.veiling import veil
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.ledger import read
from hokanko.management import masking
from hokanko.recorder import recorder
from hokanko.recorder.recorder import Recorder
from hokanko.recorder.trying import Tried
from hokanko.rehearsal.rtsp import Camera
from hokanko.vault import cabinet
from tests.cameras import standing
from tests.cameras.test_commands import told
from tests.clauses.founded import Founded
from tests.media.clips import brightest, shown
from tests.media.test_live import drawn
from tests.recorder.test_recorder import Here
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db", "one_connection")
LEFT = Area(0, 0, 50, 100)
WHY = "隣の家の窓が写るため"


@pytest.fixture
def ward() -> Founded:
    return standing.ward()


@pytest.fixture
def streaming(tmp_path: Path) -> Iterator[Camera]:
    with Camera(drawn(tmp_path / "film.mp4", "libx264")) as camera:
        yield camera


@pytest.fixture
def row(ward: Founded, streaming: Camera) -> Row:
    made = standing.running(ward)
    connect(made, streaming.url, by=ward.by("mori"))
    return made


def recorded(here: Founded, until: Callable[[], bool]) -> None:
    """The recorder at work until that is so."""
    deadline = time.monotonic() + 30
    Recorder(here.org, piece_s=2.0, pool=Here()).run(lambda: until() or time.monotonic() > deadline)


def is_dark(footage: Footage) -> bool | None:
    """Whether the left half of every picture is black; None where a piece was left at once."""
    with cabinet.opened(cabinet.original(str(footage.pk))) as reader:
        content = b"".join(reader.pieces(0, reader.plain_bytes))
    images = shown(content)
    return max(brightest(image, (0, 0, 78, 120)) for image in images) < 24 if images else None


def test_what_is_masked_at_capture_is_in_no_piece_and_a_change_begins_another(
    ward: Founded, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "LOOK_AGAIN_S", 0.5)
    changed: list[int] = []

    def enough() -> bool:
        pieces = Footage.objects.filter(camera=row)
        if not changed and pieces.exists():
            veil(row, [LEFT], core_percent=10, reason=WHY, by=ward.by("mori"))
            changed.append(pieces.count())
        return sum(bool(each.origin.get("masks")) for each in pieces) >= 2

    recorded(ward, enough)
    pieces = list(Footage.objects.filter(camera=row).order_by("number"))
    masked = [each for each in pieces if each.origin.get("masks")]
    assert masked, [each.origin for each in pieces]
    assert {is_dark(each) for each in masked} - {None} == {True}
    assert {is_dark(each) for each in pieces if each not in masked} - {None} == {False}
    acts = {act.kind: act for act in read.about(f"camera:{row.pk}")}
    page = browser(ward, "mori").get(f"/cameras/{row.pk}/mask/").content.decode()
    assert "から、途切れなくこのマスクで録画しています" in page
    assert acts["camera.veiled"].facts["areas"] == ["0,0-50,100"]
    assert acts["camera.veiled"].private["reason"] == WHY


@pytest.mark.clause("ward-2-range")
def test_the_price_is_measured_and_shown_before_it_begins(ward: Founded, row: Row) -> None:
    client, url = browser(ward, "mori"), f"/cameras/{row.pk}/mask/"
    early = client.post(url, {"do": "begin", "area": "0,0,50,100", "reason": WHY})
    assert early.status_code == 404
    row.refresh_from_db()
    assert row.masks == []
    added = client.post(url, {"left": "0", "top": "0", "right": "49.2", "bottom": "100"})
    assert 'name="area" value="0,0,50,100"' in added.content.decode()
    page = client.post(url, {"do": "try", "area": "0,0,50,100"}).content.decode()
    assert re.search(r"<dd>[\d.]+ ms</dd>", page), page[-3000:]
    price = html.unescape(re.findall(r'name="price" value="([^"]+)"', page)[0])
    other = {"do": "begin", "price": price, "area": "0,0,60,100", "reason": WHY}
    assert client.post(url, other).status_code == 404, "a price is for what was measured"
    begun = client.post(url, other | {"area": "0,0,50,100"})
    assert begun.status_code == 302
    row.refresh_from_db()
    assert row.masks == [{"left": 0, "top": 0, "right": 50, "bottom": 100}]
    assert "1か所を塗ると定めています" in client.get(url).content.decode()
    client.post(url, {"do": "begin", "reason": "窓が無くなった"})
    row.refresh_from_db()
    assert row.masks == []


def test_until_the_recorder_keeps_it_with_the_mask_the_page_says_so(
    ward: Founded, row: Row
) -> None:
    client, url = browser(ward, "mori"), f"/cameras/{row.pk}/mask/"

    def told(ago_s: float, *, alive: bool = True) -> str:
        beat = clock.now() if alive else clock.now() - 2 * Hearing.LATELY
        since = clock.now() - timedelta(seconds=ago_s)
        Hearing.objects.update_or_create(
            camera=row, defaults={"seen_at": beat, "since": since, "heard_at": beat}
        )
        return client.get(url).content.decode()

    assert "切り替わっていません" not in told(60)
    veil(row, [LEFT], core_percent=10, reason=WHY, by=ward.by("mori"))
    waiting = told(60)
    assert "まだ切り替わっていません" in waiting
    assert "30秒以内に" in waiting
    assert "data-copying" in waiting
    assert "途切れなく" not in waiting
    clock.fix(clock.now() + timedelta(seconds=20))
    since = (clock.now() - timedelta(seconds=8)).astimezone(clock.TOKYO)
    assert f"{since:%H:%M:%S}から、途切れなくこのマスクで録画しています" in told(8)
    assert "いまは録画していません" in told(8, alive=False)
    Row.objects.update(activated_at=None)
    assert "運用を始めると、はじめからこの内容で" in told(8)


def test_masks_are_decided_and_lifted_on_the_command_line(ward: Founded, row: Row) -> None:
    which = ("camera", "mask", "--org", "AOBA", "--number", row.number)
    by = ("--reason", WHY, "--by", "mori")
    assert told(*which, "--by", "mori")["state"] is None
    begun = told(*which, "--area", "0", "0", "50", "100", *by)
    assert (begun["areas"], begun["state"]) == ([[0, 0, 50, 100]], "halted")
    row.refresh_from_db()
    assert row.masks == [{"left": 0, "top": 0, "right": 50, "bottom": 100}]
    veiled = [act for act in read.about(f"camera:{row.pk}") if act.kind == "camera.veiled"]
    assert veiled[-1].facts["core_percent"] == begun["core_percent"]
    assert veiled[-1].private["reason"] == WHY
    with pytest.raises(SystemExit):
        told(*which, "--none", "--by", "mori")  # without a reason
    with pytest.raises(SystemExit):
        told(*which, "--none", "--reason", WHY, "--by", "hara")
    assert told(*which, "--none", *by)["areas"] == []


def test_what_cannot_be_measured_is_not_begun_on_the_command_line(
    ward: Founded, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(masking, "try_masks", lambda *_: Tried(why="no answer"))
    one = ("--org", "AOBA", "--number", row.number, "--reason", WHY, "--by", "mori")
    with pytest.raises(SystemExit):
        told("camera", "mask", "--area", "0", "0", "50", "100", *one)
    row.refresh_from_db()
    assert row.masks == []


def test_a_machine_that_cannot_keep_up_begins_nothing(ward: Founded, row: Row) -> None:
    by = ward.by("mori")
    with pytest.raises(Conflict, match="間に合いません"):
        veil(row, [LEFT], core_percent=140, reason=WHY, by=by)
    with pytest.raises(Conflict, match="理由"):
        veil(row, [LEFT], core_percent=14, reason="　", by=by)
    with pytest.raises(Refusal):
        veil(row, [LEFT], core_percent=14, reason=WHY, by=ward.by("hara"))
    for login in ("hara", "kanri"):
        assert browser(ward, login).get(f"/cameras/{row.pk}/mask/").status_code == 403

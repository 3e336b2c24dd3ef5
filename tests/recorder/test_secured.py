"""Cameras over TLS: the certificate that a person confirmed, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from hokanko.cameras.certificates import certificate_at, in_groups
from hokanko.cameras.models import Silence
from hokanko.cameras.streams import connect
from hokanko.errors import Conflict
from hokanko.footage.models import Footage
from hokanko.ledger.read import about
from hokanko.recorder import recorder
from hokanko.recorder.trying import try_stream
from hokanko.rehearsal.rtsp import USER, Camera, Mood
from tests.cameras import standing
from tests.media.test_live import drawn
from tests.recorder.secured import behind, certificate
from tests.recorder.test_recorder import Ward
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db", "one_connection")
PASSWORD = "s3cret-s3cret"


@pytest.fixture
def ward() -> Ward:
    here = standing.ward()
    return Ward(here, standing.running(here))


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[Camera]:
    with Camera(drawn(tmp_path / "film.mp4", "libx264"), Mood(password=PASSWORD)) as camera:
        yield camera


def test_it_is_recorded_over_tls_with_its_password(
    ward: Ward, camera: Camera, tmp_path: Path
) -> None:
    context, shown = certificate(tmp_path, "camera")
    with behind(context, camera.port) as port:
        url = f"rtsps://127.0.0.1:{port}/live"
        assert certificate_at(url) == shown
        mori = ward.here.by("mori")
        connect(ward.row, url, user=USER, password=PASSWORD, certificate=shown, by=mori)
        ward.record(Footage.objects.exists)
    line = next(each for each in about(f"camera:{ward.row.pk}") if each.kind == "camera.connected")
    assert line.facts["certificate"] == shown


def test_another_certificate_is_refused_and_is_a_silence_of_that_cause(
    ward: Ward, camera: Camera, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "SILENT_AFTER_S", 1.5)
    context, _ = certificate(tmp_path, "another")
    with behind(context, camera.port) as port:
        url, mori = f"rtsps://127.0.0.1:{port}/live", ward.here.by("mori")
        connect(ward.row, url, user=USER, password=PASSWORD, certificate="0" * 64, by=mori)
        ward.record(Silence.objects.exists)
        assert Silence.objects.get().cause == "certificate"
        assert try_stream(url, user=USER, password=PASSWORD, certificate="0" * 64).why
        assert not Footage.objects.exists()


def test_without_a_certificate_confirmed_by_somebody_nothing_is_entered(ward: Ward) -> None:
    with pytest.raises(Conflict):
        connect(ward.row, "rtsps://127.0.0.1:1/live", by=ward.here.by("mori"))


def test_the_page_shows_the_certificate_before_it_enters_anything(
    ward: Ward, camera: Camera, tmp_path: Path
) -> None:
    context, shown = certificate(tmp_path, "camera")
    page, mori = f"/cameras/{ward.row.pk}/connect/", browser(ward.here, "mori")
    with behind(context, camera.port) as port:
        told = {
            "address": f"rtsps://127.0.0.1:{port}/live",
            "user": USER,
            "password": PASSWORD,
            "do": "enter",
        }
        first = mori.post(page, told)
        assert in_groups(shown) in first.content.decode()
        ward.row.refresh_from_db()
        assert ward.row.stream_url == ""
        sealed = first.context["form"].data["tried"]
        again = told | {"password": "", "tried": sealed, "certificate": shown}
        assert mori.post(page, again).status_code == 302
    ward.row.refresh_from_db()
    assert ward.row.stream_certificate == shown
    with behind(certificate(tmp_path, "swapped")[0], camera.port) as port:
        told["address"] = f"rtsps://127.0.0.1:{port}/live"
        told["certificate"] = shown
        assert "証明書が前と違います" in mori.post(page, told).content.decode()


def test_the_command_tells_the_fingerprint_and_takes_it_confirmed(
    ward: Ward, camera: Camera, tmp_path: Path
) -> None:
    context, shown = certificate(tmp_path, "camera")
    with behind(context, camera.port) as port:
        words = ["camera", "connect", "--org", "AOBA", "--number", "1", "--by", "mori"]
        words += ["--address", f"rtsps://127.0.0.1:{port}/live"]
        with pytest.raises(SystemExit):
            call_command(*words)
        call_command(*words, "--certificate", in_groups(shown))
    ward.row.refresh_from_db()
    assert ward.row.stream_certificate == shown

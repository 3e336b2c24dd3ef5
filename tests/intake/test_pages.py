"""The pages of intake: sending by browser, watching arrivals, settling."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from hokanko.footage.models import Footage
from hokanko.intake.models import Arrival
from hokanko.keyring import keys
from hokanko.rehearsal.cast import Cast
from hokanko.vault import cabinet
from hokanko.vault.store import shelf

CONTENT = b"not really a film" * 100_000


def put(client: Client, headers: dict[str, str] | None = None) -> HttpResponse:
    """Send bytes as upload.js does."""
    said = {
        "Accept": "application/json",
        "X-Hokanko-Camera": "1",
        "X-Hokanko-Name": quote("交差点 0001.MP4"),
        "X-Hokanko-Modified": "2026-11-20T02:00:00.000Z",
    }
    return client.put(  # type: ignore[return-value]
        "/intake/upload/", CONTENT, content_type="video/mp4", headers=said | (headers or {})
    )


def test_a_file_is_sent_and_sealed(client: Client, cast: Cast) -> None:
    client.force_login(cast.people["tanaka"])
    assert 'value="1"' in client.get("/intake/upload/").content.decode()
    digest = base64.b64encode(hashlib.sha256(CONTENT).digest()).decode()
    answer = put(client, {"Repr-Digest": f"sha-256=:{digest}:"})
    assert answer.status_code == 201, answer.content
    footage = Footage.objects.get()
    assert footage.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert footage.source == "交差点 0001.MP4"
    assert footage.origin["file_time"] == "2026-11-20T02:00:00.000Z"
    assert footage.number in answer.content.decode()
    page = client.get("/intake/").content.decode()
    assert "封印済み" in page
    assert footage.number in page
    assert "data-copying" not in page


def test_a_transfer_under_way_shows_how_far_it_is(client: Client, cast: Cast) -> None:
    client.force_login(cast.people["tanaka"])
    put(client)
    Arrival.objects.update(state="copying", bytes_done=len(CONTENT) // 2)
    page = client.get("/intake/").content.decode()
    assert "data-copying" in page
    assert f'max="{len(CONTENT)}" value="{len(CONTENT) // 2}"' in page
    assert "50 %" in page


@pytest.mark.clause("police-8.2")
def test_the_class_is_stated_with_the_file(client: Client, cast: Cast) -> None:
    client.force_login(cast.people["tanaka"])
    page = client.get("/intake/upload/").content.decode()
    assert '<option value="2" selected>機密性2' in page
    answer = put(client, {"X-Hokanko-Confidentiality": "3"})
    assert answer.status_code == 403
    assert answer.json()["refused"]["clause"] == "police-8.2"  # type: ignore[attr-defined]
    assert answer.json()["words"].startswith("第8 2 [police-8.2]")  # type: ignore[attr-defined]
    assert put(client, {"X-Hokanko-Confidentiality": "secret"}).status_code == 409
    assert not Footage.objects.exists()
    assert put(client, {"X-Hokanko-Confidentiality": "1"}).status_code == 201


def test_what_is_not_as_stated_is_not_filed(client: Client, cast: Cast) -> None:
    client.force_login(cast.people["tanaka"])
    other = base64.b64encode(bytes(32)).decode()
    assert put(client, {"Repr-Digest": f"sha-256=:{other}:"}).status_code == 422
    assert put(client, {"Repr-Digest": "sha-256=:???:"}).status_code == 409
    answer = put(client, {"X-Hokanko-Camera": "99"})
    assert answer.status_code == 403
    assert answer.json()["refused"]["clause"] == "police-2.1"  # type: ignore[attr-defined]
    assert not Footage.objects.exists()
    assert not list(shelf().names())


def test_what_will_not_fit_is_refused_before_its_first_byte(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.people["tanaka"])
    free = (int(keys.home().settings.reserve_mib) << 20) + len(CONTENT)
    monkeypatch.setattr(cabinet, "free_bytes", lambda: free - 1)
    answer = put(client)
    assert answer.status_code == 503
    said = answer.json()["error"]  # type: ignore[attr-defined]
    assert "空きがない" in said["ja"]
    assert "disk is full" in said["en"]
    refused = Arrival.objects.get()
    assert (refused.state, refused.bytes_done) == ("broken", 0)
    assert not list(shelf().names())
    monkeypatch.setattr(cabinet, "free_bytes", lambda: free)
    assert put(client).status_code == 201


def test_nothing_is_spooled(client: Client, cast: Cast, tmp_path: Path) -> None:
    client.force_login(cast.people["tanaka"])
    film = tmp_path / "film.mp4"
    film.write_bytes(CONTENT)
    assert settings.FILE_UPLOAD_HANDLERS == ["hokanko.intake.uploads.RefuseToSpool"]
    with film.open("rb") as file:
        answer = client.post("/intake/upload/", {"files": file})
    assert answer.status_code in {405, 409}
    assert not Arrival.objects.exists()


def test_it_needs_a_csrf_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["tanaka"])
    assert put(client).status_code == 403
    assert not Arrival.objects.exists()


def test_wrong_posts_and_outsiders(client: Client, cast: Cast, footage: Footage) -> None:
    assert client.get("/intake/").status_code == 302
    for login in ("ito", "sato"):
        client.force_login(cast.people[login])
        assert client.get("/intake/").status_code == 403
        assert put(client).status_code == 403
    client.force_login(cast.people["yamada"])
    assert footage.number not in client.get("/intake/").content.decode()
    assert "まだ何も取り込んでいません" in client.get("/intake/").content.decode()
    assert client.get(f"/intake/settle/{footage.number}/").status_code == 403


@pytest.mark.clause("police-5.2.2")
def test_the_clerk_settles(client: Client, cast: Cast, footage: Footage) -> None:
    Footage.objects.update(flags=["no-wearer"])
    client.force_login(cast.people["tanaka"])
    here = f"/intake/settle/{footage.number}/"
    assert here in client.get("/intake/").content.decode()
    assert client.post(here, {"reason": "日誌"}).status_code == 200
    sato = str(cast.people["sato"].pk)
    assert client.post(here, {"reason": "日誌", "wearer": sato}).status_code == 302
    footage.refresh_from_db()
    assert (footage.wearer, footage.flags) == (cast.people["sato"], [])

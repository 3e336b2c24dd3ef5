"""An inspection asks for every sign again, and what it did not find stays on the board."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hokanko import clock
from hokanko.cameras import posting
from hokanko.cameras.models import Site
from tests.audit import desk
from tests.audit.desk import row
from tests.cameras import standing
from tests.cameras.standing import PHOTO, running, signed
from tests.fixtures import NOON
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
ENTER = "/registers/at/AOBA/inspection/enter/"
GATE, PILLAR = "駅前広場：広場の入口", "駅前広場：北口の柱"


def photo() -> dict[str, object]:
    """What an inspection comes with."""
    return {"file": SimpleUploadedFile("点検.png", desk.PHOTO)}


@pytest.mark.clause("ward-2.2")
def test_an_inspection_is_not_passed_without_each_sign_and_a_missing_one_is_owed() -> None:
    here = standing.ward()
    camera = running(here, "1")
    pillar = signed(here, camera, place="北口の柱")
    clock.fix(NOON + timedelta(days=30))
    client = browser(here, "mori")
    page = client.get(ENTER).content.decode()
    assert GATE in page
    assert PILLAR in page
    told = {"on": "2026-12-20", "about": f"camera:{camera.pk}", "inspector": "中田電気"}
    refused = client.post(ENTER, told | {"result": "normal", "signs": [GATE]})
    assert refused.status_code == 403
    assert "ward-2.2" in refused.content.decode()
    assert PILLAR in refused.content.decode()
    assert row(here.org, "ward-2.2").owed == ()
    assert (
        client.post(
            ENTER,
            told | photo() | {"result": "fault", "remark": "柱の表示板がない", "signs": [GATE]},
        ).status_code
        == 302
    )
    (owed,) = row(here.org, "ward-2.2").owed
    assert PILLAR in owed.ja
    assert "点検で確かめられませんでした" in client.get("/board/").content.decode()
    posting.hang_sign(pillar, on=clock.today(), photo=PHOTO, by=here.by("mori"))
    assert row(here.org, "ward-2.2").owed == ()
    both = client.post(ENTER, told | photo() | {"result": "normal", "signs": [GATE, PILLAR]})
    assert both.status_code == 302


def test_a_sign_of_another_camera_is_not_asked_for() -> None:
    here = standing.ward()
    running(here, "1")
    other = running(here, "2", Site.objects.get())
    first = row(here.org, "ward-2.2").evidence
    assert first == ()
    client = browser(here, "mori")
    told = {"on": "2026-11-20", "about": f"camera:{other.pk}", "inspector": "中田電気"}
    assert client.post(ENTER, told | {"result": "normal"}).status_code == 403
    sent = client.post(ENTER, told | photo() | {"result": "normal", "signs": [GATE]})
    assert sent.status_code == 302

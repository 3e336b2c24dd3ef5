"""A ward's clauses carried out as their checks say, at the pages that people really use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hokanko import clock
from hokanko.footage.queries import thing
from hokanko.home import Home
from hokanko.ledger import read
from hokanko.retention.queries import extended
from hokanko.vault.store import shelf
from hokanko.viewing import actions as viewing
from hokanko.viewing.models import Viewing
from tests.clauses.doors import refusals, refused, said
from tests.clauses.founded import Founded
from tests.media.clips import clip, opened
from tests.papers.samples import words as printed
from tests.provision.outside import (
    house,
    ward,
)
from tests.web.visitors import browser

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


@pytest.mark.clause("ward-1")
def test_the_printed_purpose_is_the_only_box_to_tick() -> None:
    here = ward()
    footage, client = here.take_in("kishi"), browser(here, "mori")
    words = "地域の防犯力向上（主に犯罪や事故の防止）"
    assert words in printed(client.get("/rules/paper.pdf").content)
    address = f"/viewing/ask/?footage={footage.number}"
    status, page = said(client.get(address))
    assert (status, words in page, page.count('name="purposes"')) == (200, True, 1)
    for other in ("研修資料", words, ""):
        status, page = said(client.post(address, {"purposes": [other], "note": "研修資料"}))
        assert (status, "[ward-6.1]" in page) == (403, True)
    assert not Viewing.objects.exists()
    assert client.post(address, {"purposes": ["防犯"], "note": ""}).status_code == 302


@pytest.mark.clause("ward-3.3-b")
def test_every_address_of_a_recording_is_closed_to_who_holds_no_post() -> None:
    here = ward()
    footage, client = here.take_in("kishi"), browser(here, "hara")
    for address in ("/footage/", f"/footage/{footage.pk}/"):
        before = refusals()
        status, page = said(client.get(address))
        assert (status, refusals() - before) == (403, 1), address
        assert footage.number not in page
    client.post(f"/viewing/ask/?footage={footage.number}", {"purposes": ["防犯"], "note": ""})
    room, before = Viewing.objects.get(), refusals()
    assert client.post(f"/viewing/{room.pk}/open/").status_code == 403
    assert refusals() == before + 1
    last = read.about(thing(footage).name)[-1]
    assert (last.kind, last.clause, last.person) == ("refused", "ward-4", "原 主事")
    theirs = viewing.ask(footage, here.people["mori"], ["防犯"], "", by=here.by("mori"))
    assert client.get(f"/viewing/{theirs.pk}/").status_code == 404
    assert client.get("/stream/x.y/").status_code == 404


@pytest.mark.clause("ward-5", "home-2.5")
@pytest.mark.parametrize(("found", "keeper"), [(ward, "kishi"), (house, "kumagai")])
def test_neither_bytes_nor_pictures_of_a_film_lie_open(
    found: Callable[[], Founded], keeper: str, fresh_home: Home
) -> None:
    here, film = found(), clip("avi", "mjpeg", "yuvj420p", frames=8)
    pieces = [film[at : at + 64] for at in range(0, len(film) - 64, 997)]
    with opened(film) as container:
        stills = [bytes(packet)[:64] for packet in container.demux(video=0) if packet.size]
        container.seek(0)
        decoded = [bytes(frame.planes[0])[:64] for frame in container.decode(video=0)]
    assert stills
    assert decoded
    footage = here.take_in(keeper, film)
    assert list(shelf().names())
    for path in (path for path in fresh_home.path.rglob("*") if path.is_file()):
        content = path.read_bytes()
        for seen in (*pieces, *stills, *decoded):
            assert len(set(seen)) == 1 or seen not in content, path.name
    for address in (
        "/footage/",
        f"/footage/{footage.pk}/",
        f"/viewing/ask/?footage={footage.number}",
        "/provision/",
        "/intake/",
    ):
        answer = Client().get(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")
    assert Client().get("/stream/x.y/").status_code in (302, 403, 404)


@pytest.mark.clause("ward-5.3-minimal")
def test_an_extension_names_what_and_until_when_or_its_article_is_shown() -> None:
    here = ward()
    footage, client = here.take_in("kishi"), browser(here, "mori")
    whole = {
        "numbers": footage.number,
        "until": "2027-01-05",
        "purposes": ["防犯"],
        "reason": "裁判所の照会を待つため",
    }
    for lacking in ("numbers", "until", "purposes"):
        before = refusals()
        status, page = said(client.post("/retention/extend/", whole | {lacking: ""}))
        assert (status, "[ward-5.3-minimal]" in page) == (403, True), lacking
        assert "どの映像を" in page
        assert refusals() == before + 1
    blank = client.post("/retention/extend/", whole | {"numbers": " 、 "})
    assert blank.status_code == 403
    assert not extended("AOBA", clock.today())
    assert client.post("/retention/extend/", whole).status_code == 302
    assert [one.act.private["reason"] for one in extended("AOBA", clock.today())] == [
        whole["reason"]
    ]


@pytest.mark.clause("ward-4-others")
def test_who_was_consented_to_is_refused_by_that_article_afterwards_and_elsewhere() -> None:
    here = ward()
    footage, other = here.take_in("kishi"), here.take_in("kishi", b"another street" * 500)
    hara = here.by("hara")
    room = viewing.ask(footage, here.people["hara"], ["防犯"], "", by=hara)
    unasked = viewing.ask(other, here.people["hara"], ["防犯"], "", by=hara)
    until = clock.now().replace(hour=17, minute=0)
    viewing.approve(room, here.people["kishi"], not_after=until, by=here.by("kishi"))
    clock.fix(until.replace(hour=16))
    room.refresh_from_db()
    assert "ward-4-others" in refused(lambda: viewing.open_room(unasked, by=hara))
    viewing.open_room(room, by=hara)
    assert read.about(thing(footage).name)[-1].clause == "ward-4-others"
    late = viewing.ask(footage, here.people["hara"], ["防犯"], "", by=hara)
    viewing.approve(late, here.people["kishi"], not_after=until, by=here.by("kishi"))
    clock.fix(until.replace(minute=1))
    assert "ward-4-others" in refused(lambda: viewing.open_room(late, by=hara))

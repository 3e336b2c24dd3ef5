"""Moments marked in the room become the stills of a request."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from hokanko import clock
from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage, Scene
from hokanko.home import Home
from hokanko.ledger.models import Entry
from hokanko.provision.actions import ask
from hokanko.provision.models import Provision
from hokanko.viewing import actions, presence
from hokanko.viewing.looking import drop_scene, mark_scene
from hokanko.viewing.models import Viewing
from hokanko.viewing.queries import viewing as find
from tests.provision.outside import shop as found_shop
from tests.provision.requests import form, granted
from tests.viewing.conftest import Desk


def showing(desk: Desk, login: str = "tanaka") -> Viewing:
    """An open room whose page is alive."""
    viewing = desk.opened(login)
    Footage.objects.filter(pk=desk.footage.pk).update(duration_ms=120_000)
    assert viewing.terminal_id is not None
    presence.beat(viewing, [], terminal=str(viewing.terminal_id))
    return find(str(viewing.pk))


def blanks(page: str) -> dict[str, list[str]]:
    """The names and values of a form's boxes and lines that stand filled."""
    found: dict[str, list[str]] = {}
    for box in re.findall(r"<input[^>]*>", page):
        if 'type="checkbox"' in box and "checked" not in box:
            continue
        name, value = re.search(r'name="([^"]+)"', box), re.search(r'value="([^"]*)"', box)
        if name and value:
            found.setdefault(name[1], []).append(value[1])
    return found


def test_scenes_marked_in_the_room_are_the_stills_of_a_request(desk: Desk) -> None:
    viewing, client = showing(desk), desk.client("tanaka")
    room = f"/viewing/{viewing.pk}/"
    page = client.get(room).content.decode()
    assert re.search(r'<input type="range"[^>]*name="at_s"\s+form="scene"', page)
    assert '<form id="scene"' in page
    for at_s in ("63.5", "12.34", "63.5"):
        assert client.post(f"{room}scene/", {"at_s": at_s}).status_code == 302
    marked = Entry.objects.filter(kind="viewing.marked")
    assert marked.count() == Scene.objects.count() == 2
    page = client.get(room).content.decode()
    assert page.index("0:12.340") < page.index("1:03.500")
    draft = f"/provision/ask/?scenes={viewing.pk}"
    form = blanks(client.get(draft).content.decode())
    scenes = [str(pk) for pk in Scene.objects.order_by("at_ms").values_list("pk", flat=True)]
    assert (form["scenes"], form["wants"]) == (scenes, ["still"])
    assert (form["from_hour"], form["from_minute"], form["until_minute"]) == (["0"], ["0"], ["2"])
    told = {k: v for k, v in form.items() if k != "paper"} | {
        "outline": "駅前の口論",
        "wearer": str(desk.cast.people["sato"].pk),
        "from_half": "午後",
        "until_half": "午後",
        "purposes": ["ウ"],
        "telephone": "2-3456",
        "scenes": scenes[1:],
    }
    assert client.post(draft, told).status_code == 302
    (file,) = Provision.objects.get().files.all()
    assert (file.footage_id, file.stills_ms) == (desk.footage.pk, [63_500])


def test_the_clerk_finds_them_filled_in(desk: Desk) -> None:
    footage, ito = desk.footage, desk.cast.people["ito"]
    provision = granted(desk.cast, wants=["still"])
    provision.files.create(footage=footage, stills_ms=[12_340, 63_500])
    assert provision.requester == ito
    page = desk.client("tanaka").get(f"/provision/{provision.number}/").content.decode()
    assert "0:12.340 1:03.500" in page


def test_only_inside_a_permitted_viewing(desk: Desk) -> None:
    viewing = showing(desk)
    by = desk.at("tanaka")
    for odd in (-1, 120_000):
        with pytest.raises(Conflict):
            mark_scene(viewing, odd, by=by)
    with pytest.raises(Refusal):
        mark_scene(viewing, 5_000, by=desk.at("sato"))
    away = desk.client("tanaka", seated=False)
    assert away.post(f"/viewing/{viewing.pk}/scene/", {"at_s": "5"}).status_code in {403, 409}
    other = desk.client("suzuki").post(f"/viewing/{viewing.pk}/scene/", {"at_s": "5"})
    assert other.status_code == 404
    for odd_text in ("", "x", "nan", "inf"):
        page = desk.client("tanaka").post(f"/viewing/{viewing.pk}/scene/", {"at_s": odd_text})
        assert page.status_code == 409
    mark_scene(viewing, 5_000, by=by)
    with pytest.raises(Conflict):
        mark_scene(viewing, 5_000, by=by)
    actions.close(viewing, "button", by=by)
    with pytest.raises(Conflict):
        mark_scene(viewing, 6_000, by=by)
    assert [scene.at_ms for scene in Scene.objects.all()] == [5_000]


def test_scenes_of_others_fill_no_form(desk: Desk) -> None:
    viewing = showing(desk)
    mark_scene(viewing, 5_000, by=desk.at("tanaka"))
    for login, address in (("ito", str(viewing.pk)), ("tanaka", "x"), ("tanaka", "")):
        page = desk.client(login).get(f"/provision/ask/?scenes={address}").content.decode()
        assert 'name="scenes"' not in page


def test_a_shop_takes_them_up_too(fresh_home: Home, db: None, client: Client) -> None:
    del fresh_home, db
    here = found_shop()
    footage = here.take_in("midori")
    me, by = here.people["midori"], here.by("midori")
    viewing = actions.ask(footage, me, ["盗難防止"], "", by=by)
    Scene.objects.create(
        footage=footage, person=me, viewing=viewing.pk, at_ms=5_000, at=clock.now()
    )
    client.force_login(me)
    form = blanks(client.get(f"/provision/ask/?scenes={viewing.pk}").content.decode())
    assert (form["content"], form["from"]) == (["still"], ["2026-11-20T12:00"])
    assert form["scenes"] == [str(Scene.objects.get().pk)]


def test_who_marked_a_scene_takes_it_off_until_a_request_took_it_up(desk: Desk) -> None:
    viewing, client, by = showing(desk), desk.client("tanaka"), desk.at("tanaka")
    for at_ms in (5_000, 6_000, 7_000):
        mark_scene(viewing, at_ms, by=by)
    five, six, seven = Scene.objects.order_by("at_ms").values_list("pk", flat=True)
    here = f"/viewing/{viewing.pk}/scene/"
    assert f'name="drop" value="{five}"' in client.get(f"/viewing/{viewing.pk}/").content.decode()
    assert client.post(here, {"drop": five}).status_code == 302
    assert desk.client("suzuki").post(here, {"drop": six}).status_code == 404
    with pytest.raises(Refusal):
        drop_scene(viewing, six, by=desk.at("suzuki"))
    for gone in (five, "x", "-1"):
        assert client.post(here, {"drop": gone}).status_code == 409
    actions.close(viewing, "button", by=by)
    ask(
        desk.cast.station,
        form(desk.cast, wants=["still"]),
        desk.cast.people["tanaka"],
        [(desk.footage, [6_000])],
        by=by,
    )
    assert client.post(here, {"drop": six}).status_code == 409  # its still is asked for
    page = client.get(f"/viewing/{viewing.pk}/").content.decode()
    assert "静止画を求めました" in page
    assert f'name="drop" value="{six}"' not in page
    assert client.post(here, {"drop": seven}).status_code == 302
    assert [scene.at_ms for scene in Scene.objects.all()] == [6_000]
    assert Entry.objects.filter(kind="viewing.unmarked").count() == 2

"""A fixed camera runs only when what its rulebook asks for is there, article by article."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from hokanko import clock
from hokanko.cameras import actions, frames
from hokanko.cameras.models import Camera
from hokanko.cameras.passwords import is_weak
from hokanko.cameras.queries import active_count, count_mismatch, frame, unconfirmed, unexplained
from hokanko.cameras.ready import LACKS, checklist
from hokanko.cameras.schedule import schedule
from hokanko.cameras.sealed import picture_of
from hokanko.cameras.standing import Siting
from hokanko.cameras.trial import streams_openly
from hokanko.errors import Conflict, Refusal
from hokanko.footage.queries import thing as thing_of_footage
from hokanko.ledger.read import about
from hokanko.people.appointing import dismiss
from hokanko.people.models import Appointment
from hokanko.rehearsal.cast import Cast
from tests.cameras import standing
from tests.cameras.standing import enact, framed, ready, running, signed, sited, square
from tests.clauses.founded import Founded

pytestmark = pytest.mark.usefixtures("fresh_home", "db")
BOOKS = (standing.ward, standing.street, standing.house, standing.shop)


def refused(here: Founded, camera: Camera) -> Refusal:
    """How starting the camera is refused to its manager."""
    camera.refresh_from_db()
    with pytest.raises(Refusal) as no:
        actions.activate(camera, by=here.by("mori"))
    camera.refresh_from_db()
    assert camera.activated_at is None
    return no.value


def moved(here: Founded, camera: Camera, **but: object) -> None:
    """Site the camera again, otherwise as it is."""
    siting = replace(Siting.of(camera), **but)  # type: ignore[arg-type]
    actions.decide_site(camera, siting, by=here.by("mori"))


@pytest.mark.parametrize("found", BOOKS)
def test_a_camera_that_lacks_nothing_runs(found: Callable[[], Founded]) -> None:
    here = found()
    camera = running(here)
    assert camera.activated_at == clock.now()
    assert active_count(here.org.pk) == 1
    with pytest.raises(Conflict):
        actions.activate(camera, by=here.by("mori"))


@pytest.mark.clause("ward-1-date")
@pytest.mark.clause("shop-rule-adopt")
@pytest.mark.parametrize(
    ("found", "clause"),
    [
        (standing.ward, "ward-1-date"),
        (standing.street, "pref-rule"),
        (standing.shop, "shop-rule-adopt"),
    ],
)
def test_no_camera_runs_before_the_rules_are_enacted(
    found: Callable[[], Founded], clause: str
) -> None:
    here = found()
    camera = sited(here, square(here))
    framed(here, camera)
    signed(here, camera)
    assert refused(here, camera).clause == clause
    enact(here)
    actions.activate(camera, by=here.by("mori"))


@pytest.mark.clause("ward-2")
def test_a_camera_needs_the_reason_for_its_place() -> None:
    here = standing.ward()
    camera = ready(here)
    moved(here, camera, siting_reason="")
    assert refused(here, camera).clause == "ward-2"
    moved(here, camera, siting_reason="自転車の盗難が多い")
    actions.activate(camera, by=here.by("mori"))
    told = [act.private.get("siting_reason") for act in about(f"camera:{camera.pk}")]
    assert "自転車の盗難が多い" in told


@pytest.mark.clause("ward-2-range")
@pytest.mark.clause("pref-range")
@pytest.mark.parametrize(
    ("found", "clause"), [(standing.ward, "ward-2-range"), (standing.street, "pref-range")]
)
def test_another_aim_reopens_the_confirmation(found: Callable[[], Founded], clause: str) -> None:
    here = found()
    enact(here)
    camera = sited(here, square(here))
    signed(here, camera)
    assert refused(here, camera).clause == clause
    frames.file_frame(camera, standing.PHOTO, area=frames.Area(), by=here.by("mori"))
    assert refused(here, camera).clause == clause
    frames.confirm(camera, by=here.by("mori"))
    actions.activate(camera, by=here.by("mori"))
    assert unconfirmed(here.org.pk) == []
    for aim in ({"facing_deg": 180}, {"lens": "プリセット2"}):
        moved(here, camera, **aim)
        assert unconfirmed(here.org.pk) == [camera]
        framed(here, camera)
        assert unconfirmed(here.org.pk) == []
    moved(here, camera, explained_by="若桜電気")
    assert unconfirmed(here.org.pk) == []


@pytest.mark.clause("ward-2-range")
def test_only_the_manager_confirms_and_former_pictures_go() -> None:
    here = standing.ward()
    camera = sited(here, square(here))
    first = frames.file_frame(camera, standing.PHOTO, area=frames.Area(), by=here.by("kishi"))
    assert first.picture is not None
    assert standing.PHOTO.body not in bytes(first.picture)
    assert picture_of(first) == standing.PHOTO.body
    with pytest.raises(Refusal) as no:
        frames.confirm(camera, by=here.by("kishi"))
    assert no.value.clause == "ward-2-range"
    moved(here, camera, facing_deg=10)
    first.refresh_from_db()
    assert first.picture is None
    assert frame(camera) is None
    with pytest.raises(Conflict):
        frames.confirm(camera, by=here.by("mori"))


@pytest.mark.clause("ward-2.1-map")
@pytest.mark.parametrize(("missing", "words"), [("facing_deg", "撮影方向"), ("map_x", "位置")])
def test_position_and_direction_are_on_the_map(missing: str, words: str) -> None:
    here = standing.ward()
    camera = ready(here)
    moved(here, camera, **{missing: None})
    framed(here, camera)
    no = refused(here, camera)
    assert no.clause == "ward-2.1-map"
    assert words in no.ja


@pytest.mark.clause("ward-2.1-map")
@pytest.mark.clause("pref-place")
@pytest.mark.parametrize(
    ("found", "clause"), [(standing.ward, "ward-2.1-map"), (standing.street, "pref-place")]
)
def test_the_schedule_names_the_camera_without_direction(
    found: Callable[[], Founded], clause: str
) -> None:
    here = found()
    at = square(here)
    first, second = sited(here, at, "1"), sited(here, at, "2", facing_deg=None)
    with pytest.raises(Refusal) as no:
        schedule(here.org.pk, here.by("mori"))
    assert no.value.clause == clause
    assert "カメラ2" in no.value.ja
    moved(here, second, facing_deg=0)
    assert schedule(here.org.pk, here.by("mori")) == [first, second]


@pytest.mark.clause("ward-2.1")
def test_more_cameras_than_enacted_are_a_mismatch() -> None:
    here = standing.ward()
    assert count_mismatch(here.org.pk) == (1, 0)
    running(here, "1")
    assert count_mismatch(here.org.pk) is None
    camera = Camera.objects.get(number="1")
    running(here, "2", camera.site)
    assert count_mismatch(here.org.pk) == (1, 2)
    actions.end(camera, by=here.by("mori"))
    assert count_mismatch(here.org.pk) is None


@pytest.mark.clause("ward-2.2")
@pytest.mark.parametrize(
    ("found", "clause"), [(standing.ward, "ward-2.2"), (standing.street, "pref-sign")]
)
def test_a_camera_needs_a_posted_sign(found: Callable[[], Founded], clause: str) -> None:
    here = found()
    enact(here)
    at = square(here)
    camera, other = sited(here, at), sited(here, at, "2")
    framed(here, camera)
    signed(here, other)
    assert refused(here, camera).clause == clause
    signed(here, camera)
    actions.activate(camera, by=here.by("mori"))


@pytest.mark.clause("home-2.2-place")
def test_a_home_camera_needs_its_place() -> None:
    here = standing.house()
    camera = ready(here)
    moved(here, camera, place="")
    framed(here, camera)
    assert refused(here, camera).clause == "home-2.2-place"


@pytest.mark.clause("home-2.2")
@pytest.mark.parametrize("mount", ["elsewhere", "indoors"])
def test_a_home_camera_stands_outdoors_on_ones_own_premises(mount: str) -> None:
    here = standing.house()
    with pytest.raises(Refusal) as no:
        actions.register(
            here.org, number="1", serial="", kind="fixed", mount=mount, by=here.by("mori")
        )
    assert no.value.clause == "home-2.2"
    camera = sited(here, square(here), mount="")
    framed(here, camera)
    assert refused(here, camera).clause == "home-2.2"
    with pytest.raises(Refusal):
        moved(here, camera, mount=mount)


def test_a_photograph_taken_at_registration_outlives_the_first_place_and_not_the_next() -> None:
    here = standing.house()
    camera = actions.register(
        here.org,
        number="1",
        serial="",
        kind="fixed",
        mount="own",
        photo=standing.PHOTO,
        by=here.by("mori"),
    )
    moved(here, camera, site=square(here), place="玄関の軒下")
    assert camera.mount_photo is not None
    moved(here, camera, place="裏口")
    assert camera.mount_photo is None


@pytest.mark.clause("home-2.2-range")
def test_what_a_home_camera_films_outside_is_masked_or_justified() -> None:
    here = standing.house()
    camera = ready(here)
    window = frames.Area(60, 10, 80, 30)
    framed(here, camera, outside=[frames.Outside(window)])
    assert refused(here, camera).clause == "home-2.2-range"
    masked = frames.Outside(window, "mask", "隣家の窓にマスクを設定")
    framed(here, camera, outside=[masked, frames.Outside(frames.Area(0, 0, 9, 9), "reason", "　")])
    assert refused(here, camera).clause == "home-2.2-range", "each area has its own way"
    framed(here, camera, outside=[masked])
    actions.activate(camera, by=here.by("mori"))


@pytest.mark.clause("home-1.2-a")
@pytest.mark.clause("pref-scope-camera")
def test_a_camera_that_only_shows_is_for_homes_and_not_for_streets() -> None:
    told = {"number": "9", "serial": "", "kind": "fixed", "display_only": True}
    home = standing.house()
    camera = actions.register(home.org, **told, by=home.by("mori"))  # type: ignore[arg-type]
    enact(home)
    assert refused(home, camera).clause == "home-2.2", "its other duties apply all the same"


@pytest.mark.clause("pref-scope-camera")
def test_a_street_camera_records() -> None:
    told = {"number": "9", "serial": "", "kind": "fixed", "display_only": True}
    here = standing.street()
    with pytest.raises(Refusal) as no:
        actions.register(here.org, **told, by=here.by("mori"))  # type: ignore[arg-type]
    assert no.value.clause == "pref-scope-camera"
    assert "条件②" in no.value.ja
    camera = sited(here, square(here))
    with pytest.raises(Refusal):
        moved(here, camera, display_only=True)


@pytest.mark.clause("pref-manager")
def test_without_a_manager_no_street_camera_runs() -> None:
    here = standing.street()
    camera = ready(here)
    held = Appointment.objects.get(post="管理責任者", until=None)
    dismiss(held, by=here.by("aoki"))
    with pytest.raises(Refusal) as no:
        actions.activate(camera, by=here.by("aoki"))
    assert no.value.clause == "pref-manager"


@pytest.mark.clause("pref-img-net")
@pytest.mark.parametrize("connection", ["wireless", "internet"])
def test_what_travels_by_air_or_internet_is_guarded(connection: str) -> None:
    here = standing.street()
    camera = ready(here)
    moved(here, camera, connection=connection)
    assert refused(here, camera).clause == "pref-img-net"
    moved(here, camera, net_measures="WPA3 と TLS")
    assert refused(here, camera).clause == "pref-img-password"
    siting = Siting.of(camera)
    actions.decide_site(camera, siting, password="かもめが12羽とぶ", by=here.by("mori"))
    actions.activate(camera, by=here.by("mori"))


@pytest.mark.parametrize("found", [standing.ward, standing.house, standing.shop])
def test_elsewhere_too_a_line_is_guarded(found: Callable[[], Founded]) -> None:
    here = found()
    camera = ready(here)
    moved(here, camera, connection="internet")
    cited = "home-2.5-c-net" if found is standing.house else None
    assert refused(here, camera).clause == cited
    moved(here, camera, net_measures="VPN")
    assert refused(here, camera).clause == cited


@pytest.mark.clause("pref-img-password")
@pytest.mark.parametrize("password", ["admin123", "12345678", "短い", "aaaaaaaaaaaa"])
def test_a_weak_password_is_not_taken_for_checked(password: str) -> None:
    here = standing.street()
    camera = ready(here)
    moved(here, camera, connection="wireless", net_measures="WPA3")
    with pytest.raises(Conflict):
        actions.decide_site(camera, Siting.of(camera), password=password, by=here.by("mori"))
    assert refused(here, camera).clause == "pref-img-password"


def test_a_password_on_the_camera_itself_is_weak() -> None:
    assert is_weak("HKB-000-12345", Camera(number="1", serial="hkb-000-12345"))
    assert not is_weak("かもめが12羽とぶ", Camera(number="1", serial=""))


@pytest.fixture
def rtsp() -> Iterator[Callable[[bytes], str]]:
    """A camera that answers one question with the given line; its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def answering(line: bytes) -> str:
        def serve() -> None:
            caller, _ = listener.accept()
            with caller:
                caller.recv(1000)
                caller.sendall(line)

        threading.Thread(target=serve, daemon=True).start()
        return f"rtsp://127.0.0.1:{listener.getsockname()[1]}/live"

    with listener:
        yield answering


@pytest.mark.clause("pref-img-password")
def test_a_camera_that_streams_to_anybody_does_not_run(rtsp: Callable[[bytes], str]) -> None:
    here = standing.street()
    camera = ready(here)
    openly = streams_openly(rtsp(b"RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n"))
    assert openly
    net = {"connection": "wireless", "net_measures": "WPA3", "streams_openly": openly}
    siting = replace(Siting.of(camera), **net)  # type: ignore[arg-type]
    actions.decide_site(camera, siting, password="かもめが12羽とぶ", by=here.by("mori"))
    assert refused(here, camera).clause == "pref-img-password"
    openly = streams_openly(rtsp(b"RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n\r\n"))
    moved(here, camera, streams_openly=openly)
    actions.activate(camera, by=here.by("mori"))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "rtsp://user@127.0.0.1/",
        "rtsp://203.0.113.9.example.invalid/",
        "rtsp:/",
    ],
)
def test_what_cannot_be_tried_is_told(address: str) -> None:
    with pytest.raises(Conflict):
        streams_openly(address)


def test_what_answers_strangely_is_told(rtsp: Callable[[bytes], str]) -> None:
    with pytest.raises(Conflict):
        streams_openly(rtsp(b"220 mail.example ESMTP\r\n"))


@pytest.mark.clause("pref-vendor")
def test_a_camera_that_no_vendor_explained_is_open() -> None:
    here = standing.street()
    camera = sited(here, square(here))
    assert unexplained(here.org.pk) == [camera]
    moved(here, camera, explained_on=standing.TODAY, explained_by="若桜電気 中田")
    assert unexplained(here.org.pk) == []


def test_the_checklist_cites_each_article_and_what_is_done() -> None:
    here = standing.ward()
    camera = sited(here, square(here))
    items = {item.lack.name: item for item in checklist(camera, here.by("mori"))}
    asked = {name: item.asked_by.clause for name, item in items.items()}
    assert asked == {
        "edition": "ward-1-date",
        "place": "ward-2.1",
        "reason": "ward-2",
        "position": "ward-2.1-map",
        "direction": "ward-2.1-map",
        "frame": "ward-2-range",
        "range": "ward-2-range",
        "sign": "ward-2.2",
        "network": None,
        "password": None,
    }
    open_ones = {name for name, item in items.items() if not item.done}
    assert open_ones == {"edition", "frame", "sign"}
    assert {lack.name for lack in LACKS} >= set(asked)


def test_a_worn_camera_is_checked_out_and_never_put_into_operation(cast: Cast) -> None:
    for login in ("suzuki", "takahashi", "tanaka"):
        with pytest.raises(Refusal) as no:
            actions.activate(cast.cameras["CHUO-1"], by=cast.as_actor(login))
        assert no.value.clause is None
        assert "持ち出し" in no.value.ja


def test_footage_of_an_ended_camera_is_held_still() -> None:
    here = standing.ward()
    camera = running(here)
    footage = here.take_in("mori")
    actions.end(camera, by=here.by("mori"))
    here.permitted("mori", "viewing.open", thing_of_footage(footage))
    assert footage.state == "held"

"""Cameras followed in a cell: what comes out of it is what the camera sent."""

from __future__ import annotations

import io
import select
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import pytest
from av.container import InputContainer

from hokanko.media import wire
from hokanko.media.jail import JailBroken
from hokanko.media.live import (
    Begun,
    Clocked,
    Dated,
    Ended,
    Fragment,
    PieceEnded,
    Said,
    Watchroom,
)
from hokanko.rehearsal.rtp import Film
from hokanko.rehearsal.rtsp import USER, Camera, Mood

ENOUGH_S = 30.0


def drawn(path: Path, codec: str, size: tuple[int, int] = (160, 120)) -> Film:
    """Four seconds of film, a picture that stands alone each second."""
    with av.open(str(path), "w", format="mp4") as out:
        video: Any = out.add_stream(codec, rate=10, options={"x265-params": "log-level=none"})
        video.width, video.height, video.gop_size = *size, 10
        for at in range(40):
            frame = av.VideoFrame(*size, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([at * 5 % 256]) * plane.buffer_size)
            frame.pts = at
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
    return Film(path)


@pytest.fixture
def room() -> Iterator[Watchroom]:
    with Watchroom(4) as room:
        yield room


def heard(room: Watchroom, until: Callable[[list[Said]], bool]) -> list[Said]:
    """All that is said until it is enough."""
    said: list[Said] = []
    deadline = time.monotonic() + ENOUGH_S
    while not until(said):
        assert time.monotonic() < deadline, said[-5:]
        said += room.hear(0.2)
    return said


def ended(said: list[Said]) -> bool:
    return any(isinstance(one, Ended) for one in said)


def pieces(said: list[Said]) -> list[bytes]:
    """The MP4s that came whole."""
    done, body = [], bytearray()
    for one in said:
        if isinstance(one, Fragment):
            body += one.body
        elif isinstance(one, PieceEnded):
            done.append(bytes(body))
            body.clear()
    return done


def nals(mp4: bytes) -> list[bytes]:
    film: InputContainer
    with av.open(io.BytesIO(mp4), "r") as film:
        return [bytes(packet) for packet in film.demux(film.streams.video[0]) if packet.size]


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_pieces_hold_the_very_pictures_that_the_camera_sent(
    room: Watchroom, tmp_path: Path, codec: str
) -> None:
    film = drawn(tmp_path / "film.mp4", codec)
    with Camera(film) as camera:
        room.follow(1, camera.url, sound=False, piece_s=1.5)
        said = heard(room, lambda said: len(pieces(said)) >= 2)
    begun = next(one for one in said if isinstance(one, Begun))
    assert (begun.width, begun.height) == (160, 120)
    sent = [b"".join(picture.nals) for picture in film.pictures]
    for piece in pieces(said)[:2]:
        got = [without_lengths(sample) for sample in nals(piece)]
        first = next(at for at, picture in enumerate(sent) if got[0].endswith(picture[-40:]))
        around = (sent + sent)[first : first + len(got)]
        assert [one[-40:] for one in got] == [one[-40:] for one in around]


def without_lengths(sample: bytes) -> bytes:
    """The parts of a picture behind one another, as they travel."""
    found, at = bytearray(), 0
    while at < len(sample):
        length = int.from_bytes(sample[at : at + 4], "big")
        found += sample[at + 4 : at + 4 + length]
        at += 4 + length
    return bytes(found)


def test_its_clock_is_told_beside_ours(room: Watchroom, tmp_path: Path) -> None:
    with Camera(drawn(tmp_path / "f.mp4", "libx264"), Mood(clock_ahead_s=90)) as camera:
        room.follow(1, camera.url, sound=False, piece_s=60)
        said = heard(room, lambda said: any(isinstance(one, Clocked) for one in said))
    clocked = next(one for one in said if isinstance(one, Clocked))
    assert 85_000_000 < clocked.camera_us - clocked.ours_us < 95_000_000


def test_what_a_camera_held_ready_was_filmed_before_it_came(
    room: Watchroom, tmp_path: Path
) -> None:
    with Camera(drawn(tmp_path / "f.mp4", "libx264"), Mood(held_s=8)) as camera:
        room.follow(1, camera.url, sound=False, piece_s=60)
        said = heard(room, lambda said: any(isinstance(one, Dated) for one in said))
        room.leave(1)
        said += heard(room, ended)
    begun = next(one for one in said if isinstance(one, Begun))
    dated = [one for one in said if isinstance(one, Dated)]
    assert begun.at_s is not None
    assert len(dated) == 1
    assert 6 < begun.at_s - dated[0].at_s < 10
    assert next(one for one in said if isinstance(one, PieceEnded)).lasted_ms > 7_000
    assert said[-1] == Ended(1, "left")


def test_a_password_is_asked_for_and_given(room: Watchroom, tmp_path: Path) -> None:
    with Camera(drawn(tmp_path / "f.mp4", "libx264"), Mood(password="s3")) as camera:
        room.follow(1, camera.url, sound=False, piece_s=60)
        refused = heard(room, ended)
        assert [type(one) for one in refused] == [Ended]
        room.follow(2, camera.url.replace("//", f"//{USER}:s3@"), sound=False, piece_s=60)
        heard(room, lambda said: any(isinstance(one, Fragment) for one in said))


def test_a_cut_and_a_farewell_end_pieces_in_order(room: Watchroom, tmp_path: Path) -> None:
    with Camera(drawn(tmp_path / "f.mp4", "libx264")) as camera:
        room.follow(1, camera.url, sound=False, piece_s=60)
        heard(room, lambda said: any(isinstance(one, Fragment) for one in said))
        room.cut(1)
        heard(room, lambda said: len([o for o in said if isinstance(o, Begun)]) == 1)
        room.leave(1)
        said = heard(room, ended)
    assert said[-1] == Ended(1, "left")
    assert isinstance(said[-2], PieceEnded)


@pytest.mark.parametrize("what", ["hang_up", "film", "speed"])
def test_what_a_camera_does_to_us_ends_in_words(room: Watchroom, tmp_path: Path, what: str) -> None:
    with Camera(drawn(tmp_path / "f.mp4", "libx264")) as camera:
        room.follow(1, camera.url, sound=False, piece_s=60)
        heard(room, lambda said: any(isinstance(one, Fragment) for one in said))
        if what == "hang_up":
            camera.mood.hang_up.set()
        elif what == "film":
            camera.film = drawn(tmp_path / "g.mp4", "libx264", (320, 240))
        else:
            camera.mood.speed = 50.0
        said = heard(room, ended)
    assert said[-1] == Ended(1, "jumped" if what == "speed" else "hung up")
    assert isinstance(said[-2], PieceEnded)


def test_broken_pictures_are_kept_as_they_came(room: Watchroom, tmp_path: Path) -> None:
    mood = Mood()
    with Camera(drawn(tmp_path / "f.mp4", "libx264"), mood) as camera:
        room.follow(1, camera.url, sound=False, piece_s=60)
        heard(room, lambda said: any(isinstance(one, Fragment) for one in said))
        mood.broken.set()
        heard(room, lambda said: len([o for o in said if isinstance(o, Fragment)]) >= 3)


def test_nobody_at_the_address(room: Watchroom) -> None:
    room.follow(1, "rtsp://127.0.0.1:9/live", sound=False, piece_s=60)
    assert heard(room, ended) == [Ended(1, "ConnectionRefusedError")]


def test_a_camera_that_sends_by_udp_alone(room: Watchroom, tmp_path: Path) -> None:
    with Camera(drawn(tmp_path / "f.mp4", "libx264"), Mood(udp_only=True)) as camera:
        room.follow(1, camera.url, sound=False, piece_s=60)
        assert heard(room, ended) == [Ended(1, "no tcp")]


def test_the_cell_may_open_no_file(room: Watchroom) -> None:
    room.follow(1, "/etc/hostname", sound=False, piece_s=60)
    assert isinstance(heard(room, ended)[0], Ended)
    assert {"rlimits", "no-new-privs"} <= set(room.jail)


def test_a_cell_that_dies_is_told(room: Watchroom) -> None:
    room.process.kill()
    with pytest.raises(JailBroken):
        heard(room, ended)


def test_an_order_to_a_cell_that_died_is_told(room: Watchroom) -> None:
    room.process.kill()
    room.process.wait()
    with pytest.raises(JailBroken):
        room.leave(1)


@pytest.mark.parametrize(
    "said",
    [b"x", wire.STREAM.pack(0, wire.CLOCKED) + b'{"camera_us": Infinity, "ours_us": 0}'],
)
def test_a_cell_that_says_nonsense_is_told(monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    with Watchroom() as room:
        monkeypatch.setattr(select, "select", lambda *_: ([1], [], []))
        monkeypatch.setattr(wire, "receive", lambda *_: (wire.LIVE, said))
        with pytest.raises(JailBroken):
            list(room.hear(0.1))

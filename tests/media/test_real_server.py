"""The recorder's eyes beside another maker's RTSP server: GStreamer, with and without password."""

from __future__ import annotations

import io
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import pytest
from av.container import InputContainer

from hokanko.media.live import Begun, Ended, Watchroom
from tests.media.test_live import drawn, ended, heard, nals, pieces, without_lengths

SYSTEM = "/usr/bin/python3"
ASKED = """
import gi
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gst, GstRtspServer
Gst.init(None)
assert all(map(Gst.ElementFactory.find, ["qtdemux", "h264parse", "h265parse", "rtph265pay"]))
"""
PROGRAM = Path(__file__).parent / "gst_server.py"
PARSERS = {"libx264": "h264parse ! rtph264pay", "libx265": "h265parse ! rtph265pay"}


def _there() -> bool:
    try:
        return (
            subprocess.run([SYSTEM, "-c", ASKED], check=False, capture_output=True).returncode == 0
        )
    except OSError:
        return False


pytestmark = pytest.mark.skipif(
    not _there(), reason="GStreamer's RTSP server is missing: no camera by other hands is recorded"
)


@contextmanager
def served(film: Path, codec: str, password: str = "", beside: str = "") -> Iterator[str]:
    """The address, without credentials, of a film sent by another maker's server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pipeline = f"{PARSERS[codec]} name=pay0 pt=96 {beside}"
    running = subprocess.Popen(
        [SYSTEM, str(PROGRAM), str(port), password, str(film), pipeline],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == b"ready\n"
            yield f"127.0.0.1:{port}/0"
        finally:
            running.kill()


@pytest.fixture
def room() -> Iterator[Watchroom]:
    with Watchroom(4) as room:
        yield room


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_a_film_arrives_whole_with_its_very_pictures(
    room: Watchroom, tmp_path: Path, codec: str
) -> None:
    film = drawn(tmp_path / "film.mp4", codec)
    with served(tmp_path / "film.mp4", codec) as address:
        room.follow(1, f"rtsp://{address}", sound=False, piece_s=60)
        said = heard(room, ended)
    assert next(one for one in said if isinstance(one, Begun)).width == 160
    [piece] = pieces(said)
    got = [without_lengths(sample) for sample in nals(piece)]
    sent = [b"".join(picture.nals) for picture in film.pictures]
    assert [one[-40:] for one in got] == [one[-40:] for one in sent]


def test_it_demands_a_password_by_digest(room: Watchroom, tmp_path: Path) -> None:
    drawn(tmp_path / "film.mp4", "libx264")
    with served(tmp_path / "film.mp4", "libx264", password="s3cret-s3cret") as address:
        for number, who in enumerate(("", "hokanko:wrong@")):
            room.follow(number, f"rtsp://{who}{address}", sound=False, piece_s=60)
            assert [type(one) for one in heard(room, ended)] == [Ended]
        room.follow(9, f"rtsp://hokanko:s3cret-s3cret@{address}", sound=False, piece_s=60)
        assert len(pieces(heard(room, ended))) == 1


SOUNDS = {
    "pcm_mulaw": "mulawenc ! rtppcmupay name=pay1 pt=0",
    "pcm_alaw": "alawenc ! rtppcmapay name=pay1 pt=8",
    "aac": "voaacenc ! aacparse ! rtpmp4gpay name=pay1 pt=97",
}
TONE = "audiotestsrc num-buffers=200 ! audioconvert ! audioresample ! "


@pytest.mark.parametrize("sound", SOUNDS)
def test_sound_comes_along_as_the_camera_codes_it(
    room: Watchroom, tmp_path: Path, sound: str
) -> None:
    drawn(tmp_path / "film.mp4", "libx264")
    with served(tmp_path / "film.mp4", "libx264", beside=TONE + SOUNDS[sound]) as address:
        room.follow(1, f"rtsp://{address}", sound=True, piece_s=60)
        said = heard(room, ended)
    assert next(one for one in said if isinstance(one, Begun)).sound == (sound,)
    [piece] = pieces(said)
    film: InputContainer
    with av.open(io.BytesIO(piece), "r") as film:
        assert film.streams.audio[0].codec_context.name == sound
        assert sum(frame.samples for frame in film.decode(film.streams.audio[0])) > 8000


def test_sound_that_nobody_asked_for_is_left_out(room: Watchroom, tmp_path: Path) -> None:
    drawn(tmp_path / "film.mp4", "libx264")
    with served(tmp_path / "film.mp4", "libx264", beside=TONE + SOUNDS["aac"]) as address:
        room.follow(1, f"rtsp://{address}", sound=False, piece_s=60)
        said = heard(room, lambda said: any(isinstance(one, Begun) for one in said))
    assert next(one for one in said if isinstance(one, Begun)).sound == ()

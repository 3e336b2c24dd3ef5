"""Chromium plays the parts, and joins them without a hole."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from hokanko.media.play import part
from tests.media.clips import Bytes, clip

CHROMIUM = Path("/usr/bin/chromium")
PLAY = """async parts => {
  const film = document.createElement("video"), media = new MediaSource();
  film.muted = true;
  film.src = URL.createObjectURL(media);
  const once = (target, name) => new Promise(done => target.addEventListener(name, done));
  await once(media, "sourceopen");
  const buffer = media.addSourceBuffer(parts[0].mime);
  for (const part of parts) {
    buffer.timestampOffset = part.at / 1000;
    buffer.appendBuffer(Uint8Array.from(atob(part.body), letter => letter.charCodeAt(0)));
    await once(buffer, "updateend");
  }
  media.endOfStream();
  film.currentTime = parts[parts.length - 1].at / 1000 + 0.25;
  await Promise.race([once(film, "seeked"), once(film, "error")]);
  return {error: film.error && film.error.message, width: film.videoWidth,
          ranges: buffer.buffered.length, from: buffer.buffered.start(0), to: film.duration};
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is absent: MediaSource is untried"),
]


def films() -> dict[str, bytes]:
    quiet = {"x265-params": "log-level=0"}
    return {
        "copied": clip(frames=40, sound="aac", options={"bf": "2"}),
        "from MPEG-TS": clip("mpegts", frames=40, options={"bf": "2"}),
        "H.265": clip(codec="libx265", frames=40, options=quiet),
        "MJPEG with PCM": clip("avi", "mjpeg", "yuvj422p", frames=40, sound="pcm_s16le"),
        "4:2:2": clip(pix_fmt="yuv422p", frames=40),
    }


def test_parts_play_and_join() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        results = {name: page.evaluate(PLAY, parts(film)) for name, film in films().items()}
        browser.close()
    for name, result in results.items():
        assert result["error"] is None, name
        assert (result["width"], result["ranges"], result["from"]) == (64, 1, 0), name
        assert 3.9 < result["to"] < 4.15, name


def parts(content: bytes) -> list[dict[str, Any]]:
    made, source = [part(Bytes(content), 0, 1500)], Bytes(content)
    while not made[-1].last:
        made.append(part(source, made[-1].end_ms, 1500))
    return [
        {"at": one.start_ms, "mime": one.mime, "body": base64.b64encode(one.body).decode()}
        for one in made
    ]

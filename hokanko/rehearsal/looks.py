"""The scenes a rehearsal can be filmed in: light, weather, width of the road, who is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hokanko.rehearsal.lettering import Colour


class Scene(StrEnum):
    """Where and when the simulated wearer is."""

    SHOPPING = "shopping street by day"
    CROSSING = "crossing at dusk"
    RESIDENTIAL = "residential street at night"


@dataclass(frozen=True, slots=True)
class Look:
    """What sets one scene apart. Lengths in metres, speeds in metres a second."""

    sky_top: Colour
    sky_low: Colour
    haze: Colour
    haze_m: float
    left_light: Colour
    right_light: Colour
    lamps: bool
    lit_windows: float
    rain: bool
    kinds: tuple[str, ...]
    half_width: float
    kerb: float
    pace: float
    walkers: int
    eye_x: float
    zebra: bool
    noise: float
    gain: float
    glow: float
    sun: bool
    card_light: float


LOOKS = {
    Scene.SHOPPING: Look(
        sky_top=(118, 158, 206), sky_low=(214, 224, 232), haze=(196, 204, 208), haze_m=150,
        left_light=(255, 246, 226), right_light=(158, 166, 186), lamps=False, lit_windows=0.12,
        rain=False, kinds=("shop", "shop", "shutter", "shop", "flats"), half_width=4.2, kerb=2.9,
        pace=0.85, walkers=11, eye_x=0.2, zebra=False, noise=5.5, gain=1.0,
        glow=0.22, sun=True, card_light=0.94,
    ),
    Scene.CROSSING: Look(
        sky_top=(64, 72, 118), sky_low=(236, 158, 112), haze=(150, 118, 122), haze_m=120,
        left_light=(176, 142, 142), right_light=(132, 116, 142), lamps=True, lit_windows=0.6,
        rain=False, kinds=("flats", "shop", "shop", "flats"), half_width=7.0, kerb=4.4,
        pace=0.0, walkers=12, eye_x=-2.6, zebra=True, noise=9.0, gain=1.04,
        glow=0.72, sun=False, card_light=0.72,
    ),
    Scene.RESIDENTIAL: Look(
        sky_top=(14, 17, 28), sky_low=(44, 42, 52), haze=(24, 25, 34), haze_m=55,
        left_light=(66, 69, 90), right_light=(58, 62, 84), lamps=True, lit_windows=0.3,
        rain=True, kinds=("house", "house", "flats", "house"), half_width=3.7, kerb=2.6,
        pace=0.7, walkers=5, eye_x=-0.9, zebra=False, noise=15.0, gain=1.1,
        glow=0.8, sun=False, card_light=0.62,
    ),
}  # fmt: skip

PERIOD_M = 54.0  # the street repeats, so that a shift of any length can be walked
LAMP_EVERY_M = 18.0
GAP = (21.0, 27.0)  # the side street, in metres from the start of each period
CROSSING_GAP = (8.0, 17.0)  # a wider one, straight before the wearer who stands at the kerb


def gap_of(look: Look) -> tuple[float, float]:
    """Where the side street runs, in metres from the start of the period."""
    return CROSSING_GAP if look.zebra else GAP

"""A picture pressed as a button: where, on a wide screen or a small one, and two corners of it.

The picture is sent in one of two widths, so that no script has to say how large it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.http import HttpRequest

SIZES = (("wide", 720), ("small", 320))  # name of the button, CSS pixels across
EDGES = ("left", "top", "right", "bottom")

Point = tuple[float, float]  # percent from the left, from the top


def pressed(request: HttpRequest, ratio: float) -> Point | None:
    """Where the picture was pressed; `ratio` is its height by its width.

    A press by keyboard says 0, 0: nowhere.
    """
    for name, wide in SIZES:
        x, y = (request.POST.get(f"{name}.{axis}", "") for axis in ("x", "y"))
        if x.isdecimal() and y.isdecimal() and (int(x) or int(y)):
            across, down = 100 * int(x) / wide, 100 * int(y) / (wide * ratio)
            return min(round(across, 1), 100.0), min(round(down, 1), 100.0)
    return None


def cornered(request: HttpRequest, at: Point) -> tuple[Mapping[str, float], str]:
    """The edges between a press and the one before it, or the first corner to be remembered."""
    try:
        x, y = map(float, request.POST.get("corner", "").split(","))
    except ValueError:
        return {}, f"{at[0]},{at[1]}"
    (left, right), (top, bottom) = sorted((x, at[0])), sorted((y, at[1]))
    return dict(zip(EDGES, (left, top, right, bottom), strict=True)), ""


def filled(
    request: HttpRequest, fields: Iterable[str], at: Point
) -> tuple[dict[str, float | str], str]:
    """What a form says after a press: its fields as they were typed, with the edges if any."""
    edges, corner = cornered(request, at)
    return {name: request.POST.get(name, "") for name in fields} | dict(edges), corner


def sizes(ratio: float) -> list[tuple[str, int, int]]:
    """Name, width and height in CSS pixels of the two pictures, of which one is shown."""
    return [(name, wide, round(wide * ratio)) for name, wide in SIZES]

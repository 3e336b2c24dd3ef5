"""`hokanko site` and `hokanko camera` for the fixed ones."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from hokanko.cameras.models import Camera
from tests.cameras import standing
from tests.cameras.standing import base_map, enact

pytestmark = pytest.mark.usefixtures("fresh_home", "db")


def told(*words: str) -> dict[str, object]:
    out = StringIO()
    call_command(words[0], "--json", *words[1:], stdout=out)
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


def test_a_camera_from_its_site_to_its_end(tmp_path: Path) -> None:
    here = standing.ward()
    enact(here)
    plan, by = tmp_path / "plan.png", ("--org", "AOBA", "--by", "mori")
    plan.write_bytes(base_map())
    one = ("--number", "1", *by)
    told("site", "add", "--name", "駅前広場", *by)
    told("site", "map", "--name", "駅前広場", "--picture", str(plan), *by)
    told("camera", "add", "--kind", "fixed", *one)
    told("camera", "site", "--at", "駅前広場", "--place", "北の電柱", "--reason", "盗難", *one)
    told("camera", "site", "--facing", "90", "--map", "50", "25", "--connection", "wired", *one)
    told("camera", "frame", "--picture", str(plan), "--area", "0", "10", "90", "100", *one)
    told("camera", "confirm", *one)
    items = told("camera", "check", *one)["items"]
    assert isinstance(items, list)
    assert [item["clause"] for item in items if not item["done"]] == ["ward-2.2"]
    hung = ("--place", "入口", "--camera", "1", "--on", "2026-11-20", "--map", "10", "90")
    told("site", "sign", "--name", "駅前広場", *hung, "--picture", str(plan), *by)
    told("camera", "activate", *one)
    camera = Camera.objects.get()
    assert (camera.place, camera.facing_deg, camera.map_x) == ("北の電柱", 90, 0.5)
    assert camera.activated_at is not None
    sites = told("site", "list", "--org", "AOBA")["sites"]
    assert isinstance(sites, list)
    assert [(row["name"], row["cameras"], row["signs"]) for row in sites] == [
        ("駅前広場", ["1"], 1)
    ]
    down = ("--name", "駅前広場", "--place", "入口", "--on", "2026-11-20", "--picture", str(plan))
    with pytest.raises(SystemExit):
        told("site", "unsign", *down, *by)
    assert told("site", "unsign", *down, "--confirmed", *by)["place"] == "入口"
    told("camera", "end", *one)
    gone = ("--on", "2026-11-20", "--remover", "中田電気", "--picture", str(plan))
    assert told("camera", "remove", *gone, *one)["removed"] == "2026-11-20"


def test_a_site_that_is_not_there() -> None:
    standing.ward()
    with pytest.raises(SystemExit) as gone:
        told("site", "map", "--org", "AOBA", "--name", "無い", "--picture", "x", "--by", "mori")
    assert gone.value.code == 2

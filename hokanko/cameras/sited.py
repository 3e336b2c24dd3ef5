"""設置場所一覧: which fixed cameras stand where and why, drawn from their records."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q

from hokanko import clock
from hokanko.cameras.models import Camera, Sign
from hokanko.cameras.queries import FIXED
from hokanko.cameras.sheets import told_reach
from hokanko.cameras.signs import HANGING
from hokanko.formats.era import reiwa
from hokanko.ledger.models import Entry
from hokanko.ledger.read import acts
from hokanko.papers.placement import COMPASS

COLUMNS = ("番号", "設置場所", "設置目的", "設置の理由", "撮影方向", "表示板", "運用の期間")


def register_rows(org: str, since: date, until: date) -> list[tuple[str, ...]]:
    """The fixed cameras that stood in a period, by number; those without a place are left out."""
    hanging = Prefetch("signs", Sign.objects.filter(HANGING).defer("photo").order_by("place", "pk"))
    every = Camera.objects.filter(org=org, kind=FIXED).select_related("site", "sheet")
    every = every.defer("sheet__map_png")
    stood = [
        camera
        for camera in every.filter(~Q(place="") | Q(site__isnull=False)).prefetch_related(hanging)
        if clock.day_of(camera.registered_at) <= until
        and (camera.ended_at is None or clock.day_of(camera.ended_at) >= since)
    ]
    return [_row(camera) for camera in sorted(stood, key=_by_number)]


def _row(camera: Camera) -> tuple[str, ...]:
    return (
        camera.number,
        "\n".join(filter(None, (_site(camera), camera.place, _kind(camera)))),
        camera.purpose,
        _reason(camera),
        _view(camera),
        "、".join(sign.place for sign in camera.signs.all()),
        _service(camera),
    )


def _site(camera: Camera) -> str:
    return f"{camera.site.name}　{camera.site.address}".strip() if camera.site else ""


def _kind(camera: Camera) -> str:
    return f"（{camera.place_type}）" if camera.place_type else ""


def _reason(camera: Camera) -> str:
    """Why it stands here, with who wrote that and when, as the ledger has it (ward-2).

    What is not in a public place says why it is under these rules (pref-scope-camera).
    """
    scope = [f"条件③に当たらないが対象とする理由：{camera.scope_note}"] if camera.scope_note else []
    about = Entry.objects.filter(kind="camera.sited", about=f"camera:{camera.pk}")
    lines = acts(about.prefetch_related("openings").order_by("id"))
    same = [act for act in lines if act.private.get("siting_reason") == camera.siting_reason]
    by = [f"（{same[0].who}　{reiwa(same[0].at)}）"] if camera.siting_reason and same else []
    return "\n".join(filter(None, (camera.siting_reason, *by, *scope)))


def toward(facing_deg: float) -> str:
    """The direction on the map, its top being up: 上, 右上, 右…"""
    return COMPASS[round(facing_deg / 45) % len(COMPASS)]


def _view(camera: Camera) -> str:
    if camera.facing_deg is None:
        return ""
    towards = f"→　{toward(camera.facing_deg)}"
    wide = f"画角{camera.view_deg}°" if camera.view_deg else ""
    scaled = camera.sheet is not None and camera.sheet.metres_across is not None
    far = f"見える遠さ{told_reach(camera.reach, camera.sheet)}" if camera.reach and scaled else ""
    return "\n".join(filter(None, (towards, wide, far, camera.lens)))


def _service(camera: Camera) -> str:
    begun = reiwa(camera.activated_at) if camera.activated_at else "まだ"
    return f"{begun}から" + (f"{reiwa(camera.ended_at)}まで" if camera.ended_at else "")


def _by_number(camera: Camera) -> tuple[int, str]:
    """Numbers as numbers; what is none comes after them."""
    return (int(camera.number) if camera.number.isdecimal() else 10**9, camera.number)

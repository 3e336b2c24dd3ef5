"""What a fixed camera still lacks before it may run, and the article that asks for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from hokanko.cameras.examined import examined
from hokanko.cameras.models import Camera
from hokanko.cameras.queries import frame, thing
from hokanko.cameras.signs import is_told_of
from hokanko.errors import Refusal
from hokanko.ledger.announced import is_announced_at
from hokanko.rules.actor import Actor
from hokanko.rules.decide import is_enacted, rules_at

ACTIVATE = "camera.activate"
OWN = "own"
CARRIED = ("wireless", "internet")  # connections on which pictures could leak


@dataclass(frozen=True, slots=True)
class Lack:
    """Something a camera may lack, as policies name it, and the words of the checklist."""

    name: str
    ja: str
    en: str
    page: str = "cameras.siting"  # of the camera, on which it is put right


LACKS = (
    Lack("purpose", "設置目的が確かめられている", "its purpose is confirmed", "cameras.purpose"),
    Lack("edition", "規程が制定されている", "the rules are enacted", ""),
    Lack("premises", "自宅敷地内の屋外に設置する", "it stands outdoors on one's own premises"),
    Lack("mounting", "取り付けた様子の写真がある", "it is photographed as mounted"),
    Lack("place", "設置場所が決まっている", "its place is decided"),
    Lack("reason", "設置の理由が書かれている", "why it stands here is written down"),
    Lack("position", "配置図の上の位置が決まっている", "its position on the map is decided"),
    Lack("direction", "撮影方向が決まっている", "its direction is decided"),
    Lack("frame", "撮影範囲が確認されている", "its field of view is confirmed", "cameras.sample"),
    Lack(
        "range",
        "敷地外の写り込みに手当がある",
        "what it films outside is masked or justified",
        "cameras.outside",
    ),
    Lack("sign", "掲示した表示板の写真がある", "a sign is posted, with its photograph", ""),
    Lack(
        "network",
        "回線からの漏えい防止措置が記録されている",
        "measures against leaks are on record",
    ),
    Lack("password", "パスワードが確かめられている", "its password is checked"),
    Lack("publication", "商業の目的が公表されている", "its commercial purpose is published", ""),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the checklist of one camera under its rulebook."""

    lack: Lack
    done: bool
    asked_by: Refusal
    address: str  # of the page on which it is put right


def lacking(camera: Camera) -> list[str]:
    """The names of what the camera lacks, in the order of the checklist."""
    has = {
        "purpose": bool(camera.purpose),
        "edition": is_enacted(camera.org_id),
        "premises": camera.mount == OWN,
        "mounting": camera.mount_photo is not None,
        "place": bool(camera.site_id and camera.place),
        "reason": bool(camera.siting_reason),
        "position": camera.map_x is not None and camera.map_y is not None,
        "direction": camera.facing_deg is not None,
        "sign": is_told_of(camera),
        "network": camera.connection == "wired" or bool(camera.net_measures),
        "password": _is_closed(camera),
        "publication": camera.commercial_since is None or _is_published(camera),
        **_frame(camera),
    }
    return [lack.name for lack in LACKS if not has[lack.name]]


def checklist(camera: Camera, actor: Actor) -> Iterator[Item]:
    """What the rulebook asks of the camera, each with whether it is there, and its article."""
    missing = lacking(camera)
    # what bars it whatever it lacks (a vacant post) is told apart
    standing = {each.ja for each in _asked(camera, actor, [])}
    for lack in LACKS:
        bans = [ban for ban in _asked(camera, actor, [lack.name]) if ban.ja not in standing]
        if bans:
            yield Item(lack, lack.name not in missing, bans[0], _address(camera, lack))


def _asked(camera: Camera, actor: Actor, lacks: list[str]) -> list[Refusal]:
    return rules_at(camera.org_id).objections(actor, ACTIVATE, thing(camera), lacks=lacks)


def _address(camera: Camera, lack: Lack) -> str:
    if lack.page:
        if lack.page == "cameras.sample" and frame(camera) is not None:
            return f"{reverse('cameras.one', args=[camera.pk])}#frame"  # it is there to confirm
        return reverse(lack.page, args=[camera.pk])
    if lack.name == "edition":
        return reverse("editions.list_at", args=[camera.org_id])
    if camera.site_id is None:
        return reverse("cameras.siting", args=[camera.pk])
    page = "cameras.site" if lack.name == "sign" else "public.publish"
    return reverse(page, args=[camera.site_id])


def _is_closed(camera: Camera) -> bool:
    """Whether nobody without its password can see what the camera sees."""
    if camera.connection == "wired":
        return True
    seen = examined(camera)
    if camera.stream_url and (seen is None or seen.openly is not False or seen.is_exposed):
        return False
    return camera.password_checked_on is not None and not camera.streams_openly


def _is_published(camera: Camera) -> bool:
    return camera.site_id is not None and is_announced_at(f"site:{camera.site_id}")


def _frame(camera: Camera) -> dict[str, bool]:
    seen = frame(camera)
    return {
        "frame": seen is not None and seen.confirmed_at is not None,
        "range": seen is None or all(row["way"] and row["words"] for row in seen.outside),
    }

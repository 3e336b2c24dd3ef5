"""The placement map (配置図) and the sign (表示板) of a site, from what is registered now."""

from __future__ import annotations

from urllib.parse import urljoin

from django.db.models import Q
from django.urls import reverse

from hokanko import clock
from hokanko.cameras.models import Camera, Sign, Site
from hokanko.cameras.queries import fixed
from hokanko.cameras.signs import sites
from hokanko.errors import Missing, Refusal
from hokanko.home import here
from hokanko.ledger.models import Entry
from hokanko.papers import placement, sign
from hokanko.people.models import Organisation
from hokanko.rules.decide import rules_at
from hokanko.rules.edition import name_of, sheet_of

REQUIRED = "map.required"
DIRECTION = "ward-2.1-map"  # position and direction of every camera stand on the map
FACE = "顔認証を使っています。　Facial recognition is in use."


def asks_for_map(org: str) -> bool:
    """Whether the document itself hangs a placement map on its rules (ward-map)."""
    row = rules_at(org).book.parameter(REQUIRED)
    return row.value is True and bool(row.clauses)


def flaws(org: str) -> list[str]:
    """What keeps the placement maps of an organisation from being complete, in words."""
    found = [f"設置場所「{site.name}」の下図がない。" for site in sites(org) if not _has_map(site)]
    homeless = [camera for camera in _standing(org) if camera.site_id is None]
    found += [f"カメラ{camera.number}の設置場所が定められていない。" for camera in homeless]
    for camera in _standing(org):
        found += [f"カメラ{camera.number}の{what}がない。" for what in _unplaced(camera)]
    return found if sites(org).exists() else ["設置場所が登録されていない。"]


def maps(org: str) -> tuple[placement.Placement, ...]:
    """The maps that can be drawn: sites with a base map, and what has a place on it."""
    return tuple(_drawn(site) for site in sites(org) if _has_map(site))


def map_paper(org: Organisation, only: Site | None = None) -> bytes:
    """The placement map as PDF, of one site or of all.

    Raises Missing without a base map, Refusal while a camera lacks position or direction.
    """
    shown = [site for site in sites(org.pk) if only is None or site.pk == only.pk]
    cameras = [c for c in _standing(org.pk) if only is None or c.site_id == only.pk]
    for camera in cameras:
        if lacking := _unplaced(camera):
            raise _undirected(org.pk, camera, lacking)
    drawn = tuple(_drawn(site) for site in shown if _has_map(site))
    if not drawn:
        raise Missing(
            "配置図の下図がありません。",
            "There is no base map.",
            mend_ja="設置場所のページで、下図（PNG）を入れてください。",
            mend_en="Put in a base map (PNG) on the site's page.",
        )
    sheet = sheet_of(org.pk, org.name, f"{org.pk}-配置図", _drawn_from(org.pk))
    return placement.render(sheet, drawn)


def sign_sizes(org: str) -> tuple[str, ...]:
    """The sizes in which the rules in force have a sign printed; none where they know no sign."""
    rules = rules_at(org)
    known = _pair(rules.book.effective(rules.values).get("sign.headline"))
    return tuple(sign.SIZES_MM) if known else ()


def sign_paper(site: Site, size: str) -> bytes:
    """The sign of a site as PDF; `size` is one of sign.SIZES_MM. Raises Missing."""
    rules = rules_at(site.org_id)
    values = rules.book.effective(rules.values)
    headline = _pair(values.get("sign.headline"))
    if size not in sign.SIZES_MM or headline is None:
        raise Missing(
            "この規程に、その大きさの表示板はありません。",
            "These rules know no sign of that size.",
            mend_ja=f"大きさは次から選んでください: {'、'.join(sign.SIZES_MM)}",
            mend_en=f"Choose one of: {', '.join(sign.SIZES_MM)}",
        )
    contact = values.get("org.contact")
    paper = sign.Sign(
        headline=headline,
        organisation=str(values.get("org.name") or site.org.name),
        purpose=_pair(values.get("sign.purpose")) or ("", ""),
        contact=f"問い合わせ　{contact}" if contact else "",
        lines=_face_lines(values),
        address=address(site),
        edition=name_of(site.org_id),
        day=clock.today(),
    )
    return sign.render(paper, size)


def address(site: Site) -> str:
    """The public address of a site's notice page; empty while none is set."""
    base = here().settings.public_url.rstrip("/")
    return urljoin(base, reverse("public.notice", args=[site.notice_code])) if base else ""


def _pair(value: object) -> tuple[str, str] | None:
    """Japanese and English, as a rulebook lists them."""
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return None
    return str(value[0]), str(value[1])


def _face_lines(values: dict[str, object]) -> tuple[str, ...]:
    """The sentence where faces are recognised, and what is recognised for what (shop-qa-1-11)."""
    if values.get("face.enabled") is not True:
        return ()
    purposes = values.get("purpose.list")
    told = "、".join(map(str, purposes)) if isinstance(purposes, (list, tuple)) else ""
    name = values.get("org.name") or ""
    return (FACE, f"取得する者：{name}　映像の内容：顔を含む映像　利用目的：{told}")


def _drawn_from(org: str) -> int | None:
    """The ledger's newest line of what a map shows: cameras, signs and sites."""
    shown = (
        Q(kind__startswith="camera.") | Q(kind__startswith="sign.") | Q(kind__startswith="site.")
    )
    lines = Entry.objects.filter(shown, org=org).exclude(place=None)
    return lines.order_by("-place").values_list("place", flat=True).first()


def _standing(org: str) -> list[Camera]:
    return list(fixed(org).filter(removed_on=None))


def _unplaced(camera: Camera) -> list[str]:
    """What a camera lacks on the map, in words."""
    found = ["配置図上の位置"] if camera.map_x is None or camera.map_y is None else []
    return found + (["撮影方向"] if camera.facing_deg is None else [])


def _undirected(org: str, camera: Camera, lacking: list[str]) -> Refusal:
    book = rules_at(org).book
    clauses = [c for c in book.parameter(REQUIRED).clauses if c == DIRECTION]
    return Refusal(
        f"カメラ{camera.number}の{'と'.join(lacking)}が定められていないため、配置図を作れません。",
        f"Camera {camera.number} lacks position or direction: the map cannot be drawn.",
        clauses=clauses,
        article=book.clause(clauses[0]).article if clauses else "",
        mend_ja="カメラのページで、位置と向きを定めてください。",
        mend_en="State its position and direction on the camera's page.",
    )


def _has_map(site: Site) -> bool:
    return Site.objects.filter(pk=site.pk, map_png__isnull=False).exists()


def _drawn(site: Site) -> placement.Placement:
    cameras = [c for c in _standing(site.org_id) if c.site_id == site.pk and not _unplaced(c)]
    signs = site.signs.filter(removed_on=None, map_x__isnull=False, map_y__isnull=False)
    kept = Site.objects.values_list("map_png", flat=True).get(pk=site.pk)
    return placement.Placement(
        site=site.name,
        address=site.address,
        base_png=bytes(kept or b""),
        cameras=tuple(
            placement.CameraMark(c.number, c.place, c.map_x, c.map_y, c.facing_deg, c.view_deg)
            for c in cameras
            if c.map_x is not None and c.map_y is not None and c.facing_deg is not None
        ),
        signs=tuple(
            placement.SignMark(s.number, s.place, s.map_x, s.map_y, planned=s.posted_on is None)
            for s in sorted(signs.defer("photo", "removal_photo"), key=_hung_first)
            if s.map_x is not None and s.map_y is not None
        ),
    )


def _hung_first(sign: Sign) -> tuple[bool, int, str]:
    """The order of a list: signs that hang, then those that are planned."""
    return sign.posted_on is None, sign.number, str(sign.pk)

"""The placement map (配置図) and the sign (表示板) of a site, from what is registered now."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from django.db.models import Q
from django.urls import reverse

from hokanko import clock
from hokanko.cameras.models import Camera, Sheet, Sign, Site
from hokanko.cameras.queries import fixed
from hokanko.cameras.sheets import sheets, told_reach, undrawn
from hokanko.cameras.signs import sites
from hokanko.errors import Missing, Refusal
from hokanko.home import here
from hokanko.ledger.models import Entry
from hokanko.papers import placement, sign
from hokanko.people.models import Organisation
from hokanko.rules.decide import rules_at
from hokanko.rules.edition import name_of, sheet_of

REQUIRED = "map.required"
# the clauses by which position and direction of every camera stand on the map
DIRECTION = {"ward-2.1-map", "pref-place", "home-2.2-place"}
FACE = "顔認証を使っています。　Facial recognition is in use."


def asks_for_map(org: str) -> bool:
    """Whether the document itself hangs a placement map on its rules (ward-map)."""
    row = rules_at(org).book.parameter(REQUIRED)
    return row.value is True and bool(row.clauses)


def flaws(org: str) -> list[str]:
    """What keeps the placement maps of an organisation from being complete, in words."""
    found = [flaw for site in sites(org) for flaw in _undrawn(site)]
    homeless = [camera for camera in _standing(org) if camera.site_id is None]
    found += [f"カメラ{camera.number}の設置場所が定められていない。" for camera in homeless]
    for camera in _standing(org):
        found += [f"カメラ{camera.number}の{what}がない。" for what in _unplaced(camera)]
    return found if sites(org).exists() else ["設置場所が登録されていない。"]


def maps(org: str) -> tuple[placement.Placement, ...]:
    """The sheets that can be drawn: those with a base map, and what has a place on each."""
    return tuple(each for site in sites(org) for each in _drawn(site))


def map_paper(org: Organisation, only: Site | None = None) -> bytes:
    """The placement map as PDF, of one site or of all, a page for each sheet.

    Raises Missing where a base map is, Refusal while a camera lacks position or direction.
    """
    shown = [site for site in sites(org.pk) if only is None or site.pk == only.pk]
    cameras = [c for c in _standing(org.pk) if only is None or c.site_id == only.pk]
    for camera in cameras:
        if lacking := _unplaced(camera):
            raise _undirected(org.pk, camera, lacking)
    bare = [sheet for sheet in undrawn(org.pk) if only is None or sheet.site_id == only.pk]
    drawn = tuple(each for site in shown for each in _drawn(site))
    if bare or not drawn:
        which = "、".join(f"{sheet.site.name} {sheet.name}".strip() for sheet in bare)
        raise Missing(
            f"配置図の下図がありません{f'（{which}）' if which else ''}。",
            f"There is no base map{f' ({which})' if which else ''}.",
            mend_ja="設置場所のページで、下図を入れてください。",
            mend_en="Put in a base map on the site's page.",
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
    clauses = [row.id for row in book.clauses if row.id in DIRECTION]
    refusal = Refusal(
        f"カメラ{camera.number}の{'と'.join(lacking)}が定められていないため、配置図を作れません。",
        f"Camera {camera.number} lacks position or direction: the map cannot be drawn.",
        clauses=clauses,
        article=book.clause(clauses[0]).article if clauses else "",
        mend_ja="カメラのページで、位置と向きを定めてください。",
        mend_en="State its position and direction on the camera's page.",
    )
    refusal.org = org
    return refusal


def _undrawn(site: Site) -> list[str]:
    """What of a site's sheets has no picture below, in words."""
    known = list(sheets(site))
    if len(known) < 2:
        drawn = any(sheet.has_base for sheet in known)
        return [] if drawn else [f"設置場所「{site.name}」の下図がない。"]
    bare = [sheet.called for sheet in known if not sheet.has_base]
    return [f"設置場所「{site.name}」の図面「{name}」の下図がない。" for name in bare]


def _drawn(site: Site) -> list[placement.Placement]:
    """The sheets of a site that have a picture below, in their order."""
    known = list(sheets(site))
    named = len(known) > 1
    return [
        placement.Placement(
            site=site.name,
            address=site.address,
            base_png=bytes(sheet.map_png or b""),
            cameras=tuple(_camera_marks(sheet)),
            signs=tuple(_sign_marks(sheet)),
            sheet=sheet.name or (f"図面{sheet.number}" if named else ""),
            across=f"{sheet.metres_across:g}" if sheet.metres_across else "",
        )
        for sheet in known
        if sheet.has_base
    ]


def _camera_marks(sheet: Sheet) -> Iterator[placement.CameraMark]:
    for c in fixed(sheet.site.org_id).filter(removed_on=None, sheet=sheet):
        if not _unplaced(c):
            far = told_reach(c.reach, sheet) if sheet.metres_across else ""
            at = (c.map_x or 0, c.map_y or 0)
            yield placement.CameraMark(
                c.number, c.place, *at, c.facing_deg or 0, c.view_deg, c.reach, far
            )


def _sign_marks(sheet: Sheet) -> Iterator[placement.SignMark]:
    signs = sheet.signs.filter(removed_on=None).defer("photo", "removal_photo")
    for s in sorted(signs, key=_hung_first):
        if s.map_x is not None and s.map_y is not None:
            planned = s.posted_on is None
            yield placement.SignMark(s.number, s.place, s.map_x, s.map_y, planned=planned)


def _hung_first(sign: Sign) -> tuple[bool, int, str]:
    """The order of a list: signs that hang, then those that are planned."""
    return sign.posted_on is None, sign.number, str(sign.pk)

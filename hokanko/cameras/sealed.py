"""Pictures of places and signs, and camera passwords, at rest: sealed."""

from __future__ import annotations

from hokanko.cameras.models import Camera, CameraFrame, Sign, Site
from hokanko.errors import Missing
from hokanko.keyring.texts import open_text, sealer
from hokanko.media.redraw import Picture

OPENS = "storage_password"


def seal(picture: Picture, place: str) -> bytes:
    """The picture as its row keeps it; `place` says which row and column, like "sign:id/photo"."""
    return sealer()(picture.body, place)


def place_of_frame(frame: CameraFrame) -> str:
    return f"frame:{frame.pk}"


def place_of_camera(camera: Camera, column: str) -> str:
    return f"camera:{camera.pk}/{column}"


def place_of_site(site: Site) -> str:
    return f"site:{site.pk}/closing_photo"


def place_of_photo(sign: Sign, column: str) -> str:
    return f"sign:{sign.pk}/{column}"


def password_of(camera: Camera) -> bytes | None:
    """What opens its storage; None where none was entered. Raises Unsound when altered."""
    if camera.storage_password is None:
        return None
    return open_text(bytes(camera.storage_password), place_of_camera(camera, OPENS))


def picture_of(frame: CameraFrame) -> bytes:
    """The JPEG of a frame. Raises Missing when it was superseded, Unsound when altered."""
    if frame.picture is None:
        raise Missing("この確認画像はもうありません。", "This sample frame is gone.")
    return open_text(bytes(frame.picture), place_of_frame(frame))


def mounted(camera: Camera) -> bytes:
    """The JPEG of a camera as it is mounted. Raises Missing where there is none, Unsound."""
    if camera.mount_photo is None:
        raise Missing(
            "取り付けた様子の写真はありません。", "There is no photograph of it as mounted."
        )
    return open_text(bytes(camera.mount_photo), place_of_camera(camera, "mount_photo"))


def removal_of(row: Camera | Sign) -> bytes:
    """The JPEG of where a camera or sign was taken down. Raises Missing, Unsound when altered."""
    if row.removal_photo is None:
        raise Missing("撤去の写真はありません。", "There is no photograph of its removal.")
    column = "removal_photo"
    place = place_of_photo(row, column) if isinstance(row, Sign) else place_of_camera(row, column)
    return open_text(bytes(row.removal_photo), place)


def closing_of(site: Site) -> bytes:
    """The JPEG of a site when it was closed. Raises Missing where there is none, Unsound."""
    if site.closing_photo is None:
        raise Missing(
            "この設置場所の廃止のときの写真はありません。",
            "There is no photograph of this site at its closing.",
        )
    return open_text(bytes(site.closing_photo), place_of_site(site))


def photograph_of(sign: Sign) -> bytes:
    """The JPEG of a sign as it was posted. Raises Missing where there is none, Unsound."""
    if sign.photo is None:
        raise Missing("この表示板の写真はありません。", "There is no photograph of this sign.")
    return open_text(bytes(sign.photo), place_of_photo(sign, "photo"))

"""Whether a camera's password is one that strangers would try first."""

from __future__ import annotations

from hokanko.cameras.models import Camera
from hokanko.errors import Conflict

LEAST = 8
# Of eight characters and more: what cameras are delivered with, and what people set instead.
COMMON = frozenset(
    (
        "00000000",
        "11111111",
        "12345678",
        "123456789",
        "1234567890",
        "1qaz2wsx",
        "88888888",
        "admin123",
        "admin1234",
        "admin12345",
        "administrator",
        "camera123",
        "changeme",
        "hikvision",
        "ipcamera",
        "passw0rd",
        "password",
        "password1",
        "password123",
        "pass1234",
        "qwerty123",
        "qwertyui",
        "root1234",
        "security",
        "supervisor",
        "user1234",
    )
)


def is_weak(password: str, camera: Camera) -> bool:
    """Short, well known, one character repeated, or written on the camera."""
    plain = password.casefold()
    told = {camera.number.casefold(), camera.serial.casefold()} - {""}
    return len(plain) < LEAST or plain in COMMON or len(set(plain)) < 3 or plain in told


def check(password: str, camera: Camera) -> None:
    """Raises Conflict for a password that is weak."""
    if is_weak(password, camera):
        raise Conflict(
            "このパスワードは、短いか、よく知られたものです。",
            "This password is short or well known.",
            mend_ja="カメラのパスワードを8文字以上の推測されないものに変えて、もう一度入力してください。",
            mend_en="Set another of 8 characters or more in the camera, and enter it again.",
        )

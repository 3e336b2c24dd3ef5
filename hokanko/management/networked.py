"""What `hokanko camera` says of network cameras: found, read, examined, started anew."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from hokanko.cameras import devices, discovery, examining, hygiene
from hokanko.cameras.certificates import certificate_at, in_groups, is_secured
from hokanko.cameras.models import Camera
from hokanko.cameras.onvif import Device, device_address
from hokanko.cameras.queries import thing
from hokanko.errors import Conflict
from hokanko.management.base import Report, asker
from hokanko.management.worn import camera_json, camera_of
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require


class NetworkVerbs:
    """The verbs of network cameras, for the command to take in."""

    def _find(self, given: dict[str, Any]) -> Report:
        found, by = _asked(given, "camera.site", devices.CONNECTING)
        own = given["network"] or _only_network()
        seen = discovery.search(own)
        devices.note_search(found, own, len(seen), by=by)
        rows = [{"address": each.address, "name": each.name} for each in seen]
        lines = [f"{each.address}\t{each.name}" for each in seen]
        return Report({"network": own, "devices": rows}, lines or ["返事をした機器はありません。"])

    def _device(self, given: dict[str, Any]) -> Report:
        found, by = _asked(given, "camera.site", devices.CONNECTING)
        address = device_address(given["address"])
        known = hygiene.known_certificate(found, address)
        shown = compared(address, given["certificate"], known)
        there = Device(address, given["user"], password_in(given["file"]), shown)
        told, streams = there.told(), there.streams()
        devices.know(found, there, told, len(streams), by=by)
        rows = [
            {"address": s.address, "name": s.name, "codec": s.codec, "size": [s.width, s.height]}
            for s in streams
        ]
        lines = [f"{s.address}\t{s.width}x{s.height}\t{s.codec}" for s in streams]
        body = {"maker": told.maker, "model": told.model, "serial": told.serial, "streams": rows}
        return Report(body, [f"{told.maker} {told.model}", *lines])

    def _examine(self, given: dict[str, Any]) -> Report:
        found, by = _asked(given, "camera.examine", {})
        made = examining.note(found, hygiene.look(found), by=by)
        told = camera_json(found) | {"faults": made.faults, "ahead_s": made.ahead_s}
        if made.openly is None:
            return Report(told, [f"カメラ {found.number} から返事がありませんでした。"], code=1)
        lines = [str(hygiene.FAULTS[code]) for code in made.faults] or ["異常なし"]
        return Report(told, [f"カメラ {found.number}：{line}" for line in lines])

    def _reboot(self, given: dict[str, Any]) -> Report:
        found = camera_of(given)
        devices.ask_to_reboot(found, by=asker(given)).reboot()
        return Report(camera_json(found), [f"カメラ {found.number} に再起動を求めました。"])


def network_options(each: dict[str, ArgumentParser]) -> None:
    """What these verbs are told."""
    each["find"].add_argument("--network", default="", metavar="IP", help="探す回線での自分の番号")
    each["device"].add_argument("--address", required=True, help="カメラのアドレス")
    each["device"].add_argument("--user", default="", help="カメラの利用者名")
    each["device"].add_argument("--file", type=Path, help="1行目にパスワードを書いたもの")
    each["device"].add_argument(
        "--certificate", default="", help="確かめた証明書の指紋（https://）"
    )


def compared(address: str, said: str, known: str = "") -> str:
    """The certificate shown over TLS, if it is the one confirmed now or `known` from before."""
    if not is_secured(address):
        return ""
    shown = certificate_at(address)
    if shown in (said.replace(":", "").lower(), known):
        return shown
    raise Conflict(
        f"このカメラの証明書の指紋は {in_groups(shown)} です。",
        f"The fingerprint of this camera's certificate is {in_groups(shown)}.",
        mend_ja="機器の画面と見比べて、同じなら --certificate に付けて、もう一度実行してください。",
        mend_en="Compare it with the device's own page; if it is the same, add --certificate.",
    )


def password_in(file: Path | None) -> str:
    """The first line of a file, or nothing."""
    return file.read_text(encoding="utf-8").partition("\n")[0] if file else ""


def _asked(given: dict[str, Any], verb: str, context: dict[str, bool]) -> tuple[Camera, Actor]:
    """The camera, about which he who asks may do this: before anything is sent on a network."""
    found, by = camera_of(given), asker(given)
    require(by, verb, thing(found), **context)
    return found, by


def _only_network() -> str:
    there = discovery.networks()
    if len(there) != 1:
        told = "、".join(f"{each.name} {each.own}" for each in there) or "-"
        raise Conflict(
            f"どの回線で探すかを選んでください（{told}）。",
            f"Choose the network to look on ({told}).",
            mend_ja="--network に、その回線でのこの機械の番号を入れてください。",
            mend_en="Give --network this machine's number on it.",
        )
    return there[0].own

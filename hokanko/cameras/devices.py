"""Verbs of a network camera as a device: looked for, asked who it is, started anew.

The network is asked outside of the verbs, which hold the ledger: what it said is written after.
"""

from __future__ import annotations

from hokanko.cameras.hygiene import device_of
from hokanko.cameras.models import Camera
from hokanko.cameras.onvif import Device, Told
from hokanko.cameras.queries import thing
from hokanko.rules.actor import Actor
from hokanko.rules.decide import require
from hokanko.rules.verb import verb

CONNECTING = {  # what the law is told of somebody who connects a camera
    "outside_premises": False,
    "display_only": False,
    "settings": True,
    "closed_place": False,
}


@verb("camera.site")
def note_search(camera: Camera, network: str, found: int, *, by: Actor) -> None:
    """Keep that a network was asked for cameras, and how many answered."""
    permit = require(by, "camera.site", thing(camera), **CONNECTING)
    permit.write(
        "camera.sought",
        facts={"number": camera.number, "network": network, "found": found},
    )


@verb("camera.site")
def know(camera: Camera, device: Device, told: Told, streams: int, *, by: Actor) -> None:
    """Keep where a camera's device service is, and what it says of itself."""
    permit = require(by, "camera.site", thing(camera), **CONNECTING)
    camera.device_url = device.address
    camera.device_certificate = device.certificate
    camera.device_name = f"{told.maker} {told.model}".strip()
    camera.save(update_fields=["device_url", "device_certificate", "device_name"])
    permit.write(
        "camera.known",
        facts={
            "number": camera.number,
            "address": device.address,
            "certificate": device.certificate,
            "maker": told.maker,
            "model": told.model,
            "firmware": told.firmware,
            "serial": told.serial,
            "ahead_s": device.ahead_s,
            "streams": streams,
        },
    )


@verb("camera.reboot")
def ask_to_reboot(camera: Camera, *, by: Actor) -> Device:
    """Keep that it is to start anew; the device to tell so, which the caller does.

    Raises Conflict for a camera whose device is not known.
    """
    permit = require(by, "camera.reboot", thing(camera))
    device = device_of(camera)
    permit.write("camera.rebooted", facts={"number": camera.number})
    return device

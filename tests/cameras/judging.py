"""An independent ONVIF client with the official descriptions, which judges ours and our device."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import onvif
import zeep
from lxml import etree
from onvif import CacheMode, ONVIFClient

from hokanko.rehearsal.device import SOAP, Device

DESCRIPTIONS = Path(onvif.__file__).parent / "wsdl"
MEDIA2 = DESCRIPTIONS / "ver20/media/wsdl/media.wsdl"


def client(device: Device, *, use_https: bool = False) -> Any:
    """It, at a device; nothing is kept on the disk."""
    at = "127.0.0.1", device.port, device.nature.user, device.nature.password
    return ONVIFClient(*at, cache=CacheMode.NONE, use_https=use_https)


def judged(envelope: bytes) -> Any:
    """What a question to Media2 says by the official schema; raises for what does not fit it."""
    body = ET.fromstring(envelope).find(f"{{{SOAP}}}Body")  # noqa: S314 our own
    assert body is not None
    question = etree.fromstring(ET.tostring(body[0]))
    described: Any = zeep.Client(str(MEDIA2))  # type: ignore[no-untyped-call]
    return described.get_element(question.tag).parse(question, described.wsdl.types)

"""What the device service of a practice device says: its clock, its services, what it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hokanko.rehearsal.profiles import MEDIA1, PATHS

DEVICE = "http://www.onvif.org/ver10/device/wsdl"
_INFORMATION = (
    "<d:GetDeviceInformationResponse>"
    "<d:Manufacturer>練習用の機器</d:Manufacturer><d:Model>R-1</d:Model>"
    "<d:FirmwareVersion>1.0</d:FirmwareVersion><d:SerialNumber>R-0001</d:SerialNumber>"
    "<d:HardwareId>1</d:HardwareId></d:GetDeviceInformationResponse>"
)
_REBOOT = "<d:SystemRebootResponse><d:Message>Rebooting</d:Message></d:SystemRebootResponse>"


def self_told(question: str, base: str, now: datetime, media: Sequence[str]) -> str | None:
    """The body of an answer; None to what it does not know.

    `base` is where its services are, `now` what its clock shows, `media` its media services.
    """
    told = {
        "GetSystemDateAndTime": _time(now),
        "GetServices": _services(base, media),
        "GetCapabilities": _capabilities(base, media),
        "GetDeviceInformation": _INFORMATION,
        "SystemReboot": _REBOOT,
    }
    return told.get(question)


def _services(base: str, media: Sequence[str]) -> str:
    told = [_service(DEVICE, f"{base}/device_service")]
    told += [_service(each, f"{base}/{PATHS[each]}") for each in media]
    return f"<d:GetServicesResponse>{''.join(told)}</d:GetServicesResponse>"


def _capabilities(base: str, media: Sequence[str]) -> str:
    told = f"<t:Device><t:XAddr>{base}/device_service</t:XAddr></t:Device>"
    if MEDIA1 in media:
        told += (
            f"<t:Media><t:XAddr>{base}/media_service</t:XAddr><t:StreamingCapabilities/></t:Media>"
        )
    return (
        f"<d:GetCapabilitiesResponse><d:Capabilities>{told}</d:Capabilities>"
        "</d:GetCapabilitiesResponse>"
    )


def _time(at: datetime) -> str:
    utc = (
        "<t:UTCDateTime><t:Time>"
        f"<t:Hour>{at.hour}</t:Hour><t:Minute>{at.minute}</t:Minute><t:Second>{at.second}</t:Second>"
        f"</t:Time><t:Date><t:Year>{at.year}</t:Year><t:Month>{at.month}</t:Month>"
        f"<t:Day>{at.day}</t:Day></t:Date></t:UTCDateTime>"
    )
    return (
        "<d:GetSystemDateAndTimeResponse><d:SystemDateAndTime><t:DateTimeType>NTP</t:DateTimeType>"
        f"<t:DaylightSavings>false</t:DaylightSavings>{utc}"
        "</d:SystemDateAndTime></d:GetSystemDateAndTimeResponse>"
    )


def _service(space: str, address: str) -> str:
    return (
        f"<d:Service><d:Namespace>{space}</d:Namespace>"
        f"<d:XAddr>{address}</d:XAddr><d:Version><t:Major>2</t:Major><t:Minor>60</t:Minor>"
        "</d:Version></d:Service>"
    )

"""What the media services of a practice device say, Media1 and Media2, of the same few profiles."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

MEDIA1 = "http://www.onvif.org/ver10/media/wsdl"
MEDIA2 = "http://www.onvif.org/ver20/media/wsdl"
PATHS = {MEDIA1: "media_service", MEDIA2: "media2_service"}
PROTOCOLS = ("RtspUnicast", "RtspMulticast", "RTSP", "RtspOverHttp")  # tr2:TransportProtocol
_FAULT = (
    "<s:Fault><s:Code><s:Value>s:{}</s:Value><s:Subcode>"
    '<s:Value xmlns:ter="http://www.onvif.org/ver10/error">ter:{}</s:Value></s:Subcode></s:Code>'
    '<s:Reason><s:Text xml:lang="en">{}</s:Text></s:Reason></s:Fault>'
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A picture that the device offers."""

    token: str
    codec: str
    width: int
    height: int


PROFILES = (
    Profile("low", "H264", 640, 360),
    Profile("main", "H264", 1280, 720),
    Profile("fine", "H265", 1920, 1080),  # Media1 has no word for H.265: told by Media2 alone
)


def fault(code: str, subcode: str, words: str) -> str:
    """A SOAP 1.2 fault with an ONVIF error code."""
    return _FAULT.format(code, subcode, words)


def answered(question: Element, stream: str, picture: str) -> str | None:
    """A media service's answer, by the question's namespace; None to what it does not know."""
    space, _, name = question.tag[1:].partition("}")
    offered = [p for p in PROFILES if space == MEDIA2 or p.codec == "H264"]
    if name == "GetProfiles":
        return _profiles1(offered) if space == MEDIA1 else _profiles2(offered, question)
    address = {"GetStreamUri": stream, "GetSnapshotUri": picture}.get(name)
    if address is None:
        return None
    if not set(_told(question, "ProfileToken")) & {each.token for each in offered}:
        return fault("Sender", "NoProfile", "The profile token does not exist")
    return _uri1(name, address) if space == MEDIA1 else _uri2(name, address, question)


def _told(question: Element, name: str) -> list[str]:
    return [each.text or "" for each in question.iter() if each.tag.endswith("}" + name)]


def _profiles1(offered: list[Profile]) -> str:
    told = "".join(
        f'<m:Profiles token="{each.token}" fixed="true"><t:Name>{each.token}</t:Name>'
        f'<t:VideoEncoderConfiguration token="{each.token}"><t:Name>{each.token}</t:Name>'
        f"<t:UseCount>1</t:UseCount><t:Encoding>{each.codec}</t:Encoding>"
        f"<t:Resolution><t:Width>{each.width}</t:Width><t:Height>{each.height}</t:Height>"
        "</t:Resolution><t:Quality>4</t:Quality>"
        "<t:Multicast><t:Address><t:Type>IPv4</t:Type></t:Address>"
        "<t:Port>0</t:Port><t:TTL>1</t:TTL><t:AutoStart>false</t:AutoStart></t:Multicast>"
        "<t:SessionTimeout>PT60S</t:SessionTimeout></t:VideoEncoderConfiguration></m:Profiles>"
        for each in offered
    )
    return f"<m:GetProfilesResponse>{told}</m:GetProfilesResponse>"


def _profiles2(offered: list[Profile], question: Element) -> str:
    """Without their configurations where this type of them was not asked for."""
    with_encoder = {"VideoEncoder", "All"} & set(_told(question, "Type"))
    told = "".join(
        f'<m2:Profiles token="{each.token}" fixed="true"><m2:Name>{each.token}</m2:Name>'
        + (_encoder2(each) if with_encoder else "")
        + "</m2:Profiles>"
        for each in offered
    )
    return f"<m2:GetProfilesResponse>{told}</m2:GetProfilesResponse>"


def _encoder2(each: Profile) -> str:
    return (
        f'<m2:Configurations><m2:VideoEncoder token="{each.token}" GovLength="30" Profile="Main">'
        f"<t:Name>{each.token}</t:Name><t:UseCount>1</t:UseCount>"
        f"<t:Encoding>{each.codec}</t:Encoding>"
        f"<t:Resolution><t:Width>{each.width}</t:Width><t:Height>{each.height}</t:Height>"
        "</t:Resolution><t:Quality>4</t:Quality></m2:VideoEncoder></m2:Configurations>"
    )


def _uri1(name: str, address: str) -> str:
    return (
        f"<m:{name}Response><m:MediaUri><t:Uri>{address}</t:Uri>"
        "<t:InvalidAfterConnect>false</t:InvalidAfterConnect>"
        "<t:InvalidAfterReboot>false</t:InvalidAfterReboot><t:Timeout>PT60S</t:Timeout>"
        f"</m:MediaUri></m:{name}Response>"
    )


def _uri2(name: str, address: str, question: Element) -> str:
    if name == "GetStreamUri" and not set(_told(question, "Protocol")) & set(PROTOCOLS):
        return fault("Sender", "InvalidArgVal", "The protocol is not supported")
    return f"<m2:{name}Response><m2:Uri>{address}</m2:Uri></m2:{name}Response>"

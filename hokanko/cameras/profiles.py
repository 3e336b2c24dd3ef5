"""The two media services of ONVIF as values: how profiles and addresses are asked of each.

Media2 is that of Profile T. A camera may have only it, or tell its H.265 profiles only there.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from hokanko.cameras.nearby import plain
from hokanko.cameras.soap import MEDIA, MEDIA2, NAMES, SCHEMA, word

STREAMS_MOST = 16


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of a camera, and where it is."""

    token: str
    name: str
    codec: str
    width: int
    height: int
    address: str


@dataclass(frozen=True, slots=True)
class Media:
    """A media service: what it is asked, in XML, and where in its answers things stand."""

    space: str
    asks_profiles: str
    asks_stream: str  # of the profile {}
    asks_picture: str  # of the profile {}
    at_profiles: str
    at_name: str
    at_encoder: str
    at_address: str

    def stream_of(self, profile: str) -> str:
        """The question where a profile streams: unicast, in the RTSP connection itself."""
        return self.asks_stream.format(escape(profile))

    def picture_of(self, profile: str) -> str:
        """The question where a profile's still is."""
        return self.asks_picture.format(escape(profile))

    def address_in(self, answer: Element) -> str:
        """The address in an answer to either."""
        return word(answer, self.at_address)

    def profiles_in(self, answer: Element) -> list[Element]:
        """The profiles told, not more than anybody needs."""
        return answer.findall(self.at_profiles, NAMES)[:STREAMS_MOST]

    def stream_in(self, profile: Element, address: str) -> Stream:
        """A profile told, and the address where it streams."""
        size = [
            word(profile, f"{self.at_encoder}/t:Resolution/t:{name}")
            for name in ("Width", "Height")
        ]
        width, height = (int(n) if n.isascii() and n.isdigit() and len(n) < 6 else 0 for n in size)
        return Stream(
            token=profile.get("token", ""),
            name=plain(word(profile, self.at_name)),
            codec=plain(word(profile, f"{self.at_encoder}/t:Encoding")),
            width=width,
            height=height,
            address=address,
        )


MEDIA1_SERVICE = Media(
    space=MEDIA,
    asks_profiles=f'<GetProfiles xmlns="{MEDIA}"/>',
    asks_stream=(
        f'<GetStreamUri xmlns="{MEDIA}"><StreamSetup>'
        f'<Stream xmlns="{SCHEMA}">RTP-Unicast</Stream>'
        f'<Transport xmlns="{SCHEMA}"><Protocol>RTSP</Protocol></Transport></StreamSetup>'
        "<ProfileToken>{}</ProfileToken></GetStreamUri>"
    ),
    asks_picture=(
        f'<GetSnapshotUri xmlns="{MEDIA}"><ProfileToken>{{}}</ProfileToken></GetSnapshotUri>'
    ),
    at_profiles=".//m:Profiles",
    at_name="t:Name",
    at_encoder=".//t:VideoEncoderConfiguration",
    at_address=".//t:Uri",
)
MEDIA2_SERVICE = Media(
    space=MEDIA2,
    asks_profiles=f'<GetProfiles xmlns="{MEDIA2}"><Type>VideoEncoder</Type></GetProfiles>',
    asks_stream=(  # "RTSP" is RTP over TCP there; "RtspUnicast" would be UDP
        f'<GetStreamUri xmlns="{MEDIA2}"><Protocol>RTSP</Protocol>'
        "<ProfileToken>{}</ProfileToken></GetStreamUri>"
    ),
    asks_picture=(
        f'<GetSnapshotUri xmlns="{MEDIA2}"><ProfileToken>{{}}</ProfileToken></GetSnapshotUri>'
    ),
    at_profiles=".//m2:Profiles",
    at_name="m2:Name",
    at_encoder="m2:Configurations/m2:VideoEncoder",
    at_address=".//m2:Uri",
)
PREFERRED = (MEDIA2_SERVICE, MEDIA1_SERVICE)

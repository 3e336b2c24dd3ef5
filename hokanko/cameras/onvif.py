"""A network camera asked over ONVIF (Profile S): who it is, its time, its streams, a picture.

A device's answers never lead elsewhere: of an address that it gives, the host is left out and
the one that was asked is kept; who was asked over HTTPS is asked nothing in the clear, and only
while it shows the certificate that a person compared. Recording needs none of this.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from hokanko import clock
from hokanko.cameras.asking import PORTS as ASKED_AT
from hokanko.cameras.asking import Ask, Reply, exchange
from hokanko.cameras.digest import proof
from hokanko.cameras.nearby import no_answer, not_let_in, odd_answer, plain
from hokanko.cameras.recorded import SCHEMES
from hokanko.cameras.soap import (
    DEVICE,
    MEDIA,
    NAMES,
    SCHEMA,
    envelope,
    is_denied,
    is_fault,
    read,
    token,
    word,
)
from hokanko.errors import Conflict

PATH = "/onvif/device_service"  # ONVIF Core Specification 5.1.1
STREAMS_MOST = 16
PICTURE_MOST = 10_000_000  # bytes
ADDRESS_MOST = 200  # characters
PORTS = range(1, 65536)


@dataclass(frozen=True, slots=True)
class Told:
    """What a device says of itself."""

    maker: str
    model: str
    firmware: str
    serial: str


@dataclass(frozen=True, slots=True)
class Stream:
    """One of its streams, and where it is."""

    token: str
    name: str
    codec: str
    width: int
    height: int
    address: str


@dataclass(slots=True)
class Device:
    """A device at `address`, asked as `user`. Every question may raise Conflict.

    At an `https://` address `certificate` is the SHA-256, in hex, of what it has to show.
    """

    address: str
    user: str = ""
    password: str = ""
    certificate: str = ""
    ahead: timedelta | None = field(default=None, init=False)  # its clock against ours

    def __post_init__(self) -> None:
        self.address = device_address(self.address)

    def measure(self) -> timedelta:
        """How far its clock is ahead of ours, half of the way there and back allowed for."""
        began = clock.now()
        answer = self._ask(self.address, f'<GetSystemDateAndTime xmlns="{DEVICE}"/>', proven=False)
        halfway = began + (clock.now() - began) / 2
        self.ahead = _moment(answer) - halfway
        return self.ahead

    def told(self) -> Told:
        """Maker, model, firmware and serial number."""
        answer = self._ask(self.address, f'<GetDeviceInformation xmlns="{DEVICE}"/>')
        names = ("Manufacturer", "Model", "FirmwareVersion", "SerialNumber")
        return Told(*(plain(word(answer, f".//d:{name}")) for name in names))

    def streams(self) -> list[Stream]:
        """Its streams with their addresses, the largest picture first."""
        at = self._media()
        answer = self._ask(at, f'<GetProfiles xmlns="{MEDIA}"/>')
        profiles = answer.findall(".//m:Profiles", NAMES)[:STREAMS_MOST]
        found = [_stream(p, self._stream_address(at, p.get("token", ""))) for p in profiles]
        return sorted(found, key=lambda one: one.width * one.height, reverse=True)

    def picture(self, stream: str) -> bytes:
        """A still of a stream as the device drew it: hostile bytes."""
        body = f'<GetSnapshotUri xmlns="{MEDIA}">{_profile(stream)}</GetSnapshotUri>'
        told = word(self._ask(self._media(), body), ".//t:Uri")
        address = self._service(told)
        reply = self._proven(address, Ask("GET", most=PICTURE_MOST))
        if reply.status != 200:
            raise odd_answer()
        return reply.body

    def reboot(self) -> None:
        """Have it start anew."""
        self._ask(self.address, f'<SystemReboot xmlns="{DEVICE}"/>')

    def _media(self) -> str:
        body = f'<GetCapabilities xmlns="{DEVICE}"><Category>Media</Category></GetCapabilities>'
        told = word(self._ask(self.address, body), ".//t:Media/t:XAddr")
        return self._service(told)

    def _stream_address(self, media: str, name: str) -> str:
        body = (
            f'<GetStreamUri xmlns="{MEDIA}"><StreamSetup>'
            f'<Stream xmlns="{SCHEMA}">RTP-Unicast</Stream>'
            f'<Transport xmlns="{SCHEMA}"><Protocol>RTSP</Protocol></Transport></StreamSetup>'
            f"{_profile(name)}</GetStreamUri>"
        )
        return self._here(word(self._ask(media, body), ".//t:Uri"), SCHEMES)

    def _service(self, told: str) -> str:
        """Where it says that it answers, asked as it was asked first: in the clear or over TLS.

        Many tell their `http://` address over TLS too: then the port that was asked is kept.
        """
        here, own = urlsplit(self._here(told, ASKED_AT)), urlsplit(self.address)
        if here.scheme == own.scheme:
            return here.geturl()
        return here._replace(scheme=own.scheme, netloc=own.netloc).geturl()

    def _here(self, told: str, schemes: dict[str, int]) -> str:
        """An address that the device gave, at the host that was asked, without credentials."""
        host = urlsplit(self.address).hostname or ""
        try:
            parts = urlsplit(told)
            port = parts.port or schemes[parts.scheme]
        except (ValueError, KeyError) as odd:
            raise odd_answer() from odd
        at = f"[{host}]" if ":" in host else host
        here = parts._replace(netloc=f"{at}:{port}", fragment="").geturl()
        fits = here.isascii() and here.isprintable() and " " not in here
        if not fits or len(here) > ADDRESS_MOST or port not in PORTS:
            raise odd_answer()
        return here

    def _ask(self, at: str, body: str, *, proven: bool = True) -> Element:
        if proven and self.ahead is None:
            with suppress(Conflict):  # one that hides its time may still take ours
                self.measure()
        head = ""
        if proven and self.user:
            now = clock.now() + (self.ahead or timedelta())
            head = token(self.user, self.password, now)
        kind = {"Content-Type": "application/soap+xml; charset=utf-8"}
        ask = Ask("POST", envelope(body, head), kind)
        reply = self._proven(at, ask) if proven else self._exchange(at, ask)
        if reply.status in (401, 403):
            raise not_let_in()
        answer = read(reply.body)
        if is_denied(answer):
            raise not_let_in()
        if is_fault(answer) or reply.status != 200:
            raise odd_answer()
        return answer

    def _proven(self, at: str, ask: Ask) -> Reply:
        """Ask, and once more with an HTTP digest where the device wants one."""
        reply = self._exchange(at, ask)
        if reply.status != 401 or not self.user:
            return reply
        parts = urlsplit(at)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        digest = proof(reply.asks, ask.method, path, self.user, self.password)
        if digest is None:
            raise not_let_in()
        headers = ask.headers | {"Authorization": digest}
        return self._exchange(at, Ask(ask.method, ask.body, headers, ask.most))

    def _exchange(self, at: str, ask: Ask) -> Reply:
        return exchange(at, ask, certificate=self.certificate)


def device_address(typed: str) -> str:
    """What a person typed as the address of a device's service; `http://` if nothing is said.

    Raises Conflict.
    """
    typed = typed.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"http://{typed}")
        fits = parts.scheme in ASKED_AT and parts.hostname and parts.port != 0
    except ValueError as odd:
        raise no_answer() from odd
    if not fits or parts.username or not typed.isascii() or any(c.isspace() for c in typed):
        raise no_answer()
    full = parts._replace(path=parts.path if len(parts.path) > 1 else PATH).geturl()
    if len(full) > ADDRESS_MOST:
        raise no_answer()
    return full


def _profile(name: str) -> str:
    return f"<ProfileToken>{escape(name)}</ProfileToken>"


def _stream(profile: Element, address: str) -> Stream:
    encoder = ".//t:VideoEncoderConfiguration"
    size = [word(profile, f"{encoder}/t:Resolution/t:{name}") for name in ("Width", "Height")]
    width, height = (int(n) if n.isascii() and n.isdigit() and len(n) < 6 else 0 for n in size)
    return Stream(
        token=profile.get("token", ""),
        name=plain(word(profile, "t:Name")),
        codec=plain(word(profile, f"{encoder}/t:Encoding")),
        width=width,
        height=height,
        address=address,
    )


def _moment(answer: Element) -> datetime:
    at = answer.find(".//t:UTCDateTime", NAMES)
    if at is None:
        raise odd_answer()
    names = ["Date/t:Year", "Date/t:Month", "Date/t:Day", "Time/t:Hour", "Time/t:Minute"]
    try:
        year, month, day, hour, minute = (int(word(at, f"t:{name}")) for name in names)
        second = min(int(word(at, "t:Time/t:Second")), 59)  # not a leap second
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (ValueError, OverflowError) as odd:
        raise odd_answer() from odd

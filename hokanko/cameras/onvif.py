"""A network camera asked over ONVIF (Profiles S and T): who it is, its time, streams, a picture.

A device's answers never lead elsewhere: of an address that it gives, the host is left out and
the one that was asked is kept; who was asked over HTTPS is asked nothing in the clear, and only
while it shows the certificate that a person compared. Recording needs none of this.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from hokanko import clock
from hokanko.cameras.asking import PORTS as ASKED_AT
from hokanko.cameras.asking import Ask, Reply, exchange
from hokanko.cameras.digest import proof
from hokanko.cameras.nearby import (
    NotLetIn,
    SaidNo,
    no_answer,
    no_streams,
    not_let_in,
    odd_answer,
    plain,
    said_no,
)
from hokanko.cameras.profiles import MEDIA1_SERVICE, PREFERRED, Media, Stream
from hokanko.cameras.recorded import SCHEMES
from hokanko.cameras.soap import (
    DEVICE,
    NAMES,
    envelope,
    fault,
    is_denied,
    moment,
    read,
    token,
    word,
)
from hokanko.errors import Conflict

PATH = "/onvif/device_service"  # ONVIF Core Specification 5.1.1
PICTURE_MOST = 10_000_000  # bytes
ADDRESS_MOST = 200  # characters
PORTS = range(1, 65536)

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Told:
    """What a device says of itself."""

    maker: str
    model: str
    firmware: str
    serial: str


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
        self.ahead = moment(answer) - halfway
        return self.ahead

    @property
    def ahead_s(self) -> int | None:
        """The same in seconds if it was measured, a rehearsal's moved hours left out."""
        return None if self.ahead is None else round((self.ahead + clock.offset()).total_seconds())

    def told(self) -> Told:
        """Maker, model, firmware and serial number."""
        answer = self._ask(self.address, f'<GetDeviceInformation xmlns="{DEVICE}"/>')
        names = ("Manufacturer", "Model", "FirmwareVersion", "SerialNumber")
        return Told(*(plain(word(answer, f".//d:{name}")) for name in names))

    def streams(self) -> list[Stream]:
        """Its streams with their addresses, the largest picture first."""
        found = self._of_media(self._streams)
        return sorted(found, key=lambda one: one.width * one.height, reverse=True)

    def picture(self, stream: str) -> bytes:
        """A still of a stream as the device drew it: hostile bytes."""
        address = self._of_media(
            lambda at, m: self._service(m.address_in(self._ask(at, m.picture_of(stream))))
        )
        reply = self._proven(address, Ask("GET", most=PICTURE_MOST))
        if reply.status != 200:
            raise odd_answer()
        return reply.body

    def reboot(self) -> None:
        """Have it start anew."""
        self._ask(self.address, f'<SystemReboot xmlns="{DEVICE}"/>')

    def _streams(self, at: str, media: Media) -> list[Stream]:
        """The profiles of a media service that stream; one that does not is passed over."""
        found, no = list[Stream](), no_streams()
        for profile in media.profiles_in(self._ask(at, media.asks_profiles)):
            try:
                answer = self._ask(at, media.stream_of(profile.get("token", "")))
            except SaidNo as said:  # of sound alone, or of events
                no = said
                continue
            address = self._here(media.address_in(answer), SCHEMES)
            found.append(media.stream_in(profile, address))
        if not found:
            raise no
        return found

    def _of_media(self, ask: Callable[[str, Media], Found]) -> Found:
        """What the first of its media services tells; where that one fails, the next."""
        *others, last = self._media()
        for media, told in others:
            try:
                return ask(self._service(told), media)
            except NotLetIn:  # no second try: it might lock itself
                raise
            except Conflict:
                continue
        media, told = last
        return ask(self._service(told), media)

    def _media(self) -> list[tuple[Media, str]]:
        """Its media services and where each says that it is, the better one first."""
        told = self._services()
        found = [(media, told[media.space]) for media in PREFERRED if media.space in told]
        return found or [(MEDIA1_SERVICE, self._told_of_old())]

    def _services(self) -> dict[str, str]:
        """Which services it has, and where; nothing from firmware that knows no such question."""
        which = "<IncludeCapability>false</IncludeCapability>"
        try:
            answer = self._ask(self.address, f'<GetServices xmlns="{DEVICE}">{which}</GetServices>')
        except NotLetIn:
            raise
        except Conflict:
            return {}
        services = answer.findall(".//d:Service", NAMES)
        return {word(each, "d:Namespace"): word(each, "d:XAddr") for each in services}

    def _told_of_old(self) -> str:
        body = f'<GetCapabilities xmlns="{DEVICE}"><Category>Media</Category></GetCapabilities>'
        return word(self._ask(self.address, body), ".//t:Media/t:XAddr")

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
        if (no := fault(answer)) is not None:
            raise said_no(no)
        if reply.status != 200:
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

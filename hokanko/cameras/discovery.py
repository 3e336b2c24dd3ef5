"""Looking for ONVIF cameras on one network, when somebody asks (WS-Discovery 2005/04)."""

from __future__ import annotations

import fcntl
import ipaddress
import re
import socket
import struct
import time
import uuid
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from hokanko.cameras.nearby import plain
from hokanko.cameras.onvif import device_address
from hokanko.cameras.soap import NAMES, envelope, read, word
from hokanko.errors import Conflict

GROUP = ("239.255.255.250", 3702)
SECONDS = 3.0
ANSWERS_MOST = 200
DATAGRAM = 65535
SIOCGIFADDR = 0x8915  # linux/sockios.h
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
DISCOVERY = NAMES["wsd"]
NETWORK = "http://www.onvif.org/ver10/network/wsdl"


@dataclass(frozen=True, slots=True)
class Network:
    """A network that this machine is on, by its own number there."""

    name: str
    own: str


@dataclass(frozen=True, slots=True)
class Found:
    """A device that answered: where its service is, and what it calls itself."""

    address: str
    name: str

    @property
    def host(self) -> str:
        """Its number."""
        return urlsplit(self.address).hostname or ""


def networks() -> list[Network]:
    """The private IPv4 networks of this machine, but for its own loop."""
    found = []
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as line:
        for _, name in socket.if_nameindex():
            with suppress(OSError):
                asked = fcntl.ioctl(line, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append(Network(name, socket.inet_ntoa(asked[20:24])))
    return [n for n in found if _is_private(n.own) and not ipaddress.ip_address(n.own).is_loopback]


def search(own: str, *, seconds: float = SECONDS, at: tuple[str, int] = GROUP) -> list[Found]:
    """Ask a network once, from our number `own` on it, and listen for some seconds.

    Raises Conflict where nothing can be sent.
    """
    number = f"urn:uuid:{uuid.uuid4()}"
    found: dict[str, Found] = {}
    until = time.monotonic() + seconds
    try:
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as line:
            line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own))
            line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
            line.bind((own, 0))
            line.sendto(_probe(number), at)
            for _ in range(ANSWERS_MOST):
                line.settimeout(max(0.001, until - time.monotonic()))
                said, (sender, _port) = line.recvfrom(DATAGRAM)
                if (device := _device(said, number, sender)) is not None:
                    found.setdefault(device.address, device)
    except TimeoutError:
        pass
    except OSError as barred:
        raise Conflict(
            "この回線ではカメラを探せませんでした。",
            "Cameras could not be looked for on this network.",
            mend_ja="回線を選び直すか、カメラのアドレスを直に入れてください。",
            mend_en="Choose another network, or enter the camera's address yourself.",
        ) from barred
    return sorted(found.values(), key=lambda one: (_in_order(one.host), one.address))


def _device(said: bytes, number: str, sender: str) -> Found | None:
    """The device of one answer, at the number that it came from; None for any other message."""
    try:
        answer = read(said)
        if not _is_private(sender) or word(answer, f".//{{{ADDRESSING}}}RelatesTo") != number:
            return None
        told = word(answer, ".//wsd:ProbeMatch/wsd:XAddrs").split()
        mine = [one for one in told if urlsplit(one).hostname == sender]
        address = device_address(min(mine, key=_in_the_clear) if mine else sender)
    except (Conflict, ValueError):
        return None
    return Found(address, _name(word(answer, ".//wsd:ProbeMatch/wsd:Scopes")))


def _in_the_clear(address: str) -> bool:
    """Of the addresses that a device tells, the one over TLS comes first."""
    return not address.lower().startswith("https:")


def _name(scopes: str) -> str:
    """What its scopes call it (ONVIF Core Specification 7.3.2.2)."""
    told = dict(re.findall(r"onvif://www\.onvif\.org/(name|hardware)/(\S+)", scopes))
    words = [unquote(told[kind]) for kind in ("name", "hardware") if kind in told]
    return plain(" ".join(dict.fromkeys(words)))


def _probe(number: str) -> bytes:
    return envelope(
        f'<p:Probe xmlns:p="{DISCOVERY}"><p:Types xmlns:n="{NETWORK}">'
        "n:NetworkVideoTransmitter</p:Types></p:Probe>",
        f'<a:MessageID xmlns:a="{ADDRESSING}">{number}</a:MessageID>'
        f'<a:To xmlns:a="{ADDRESSING}">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>'
        f'<a:Action xmlns:a="{ADDRESSING}">{DISCOVERY}/Probe</a:Action>',
    )


def _is_private(number: str) -> bool:
    return ipaddress.ip_address(number).is_private


def _in_order(host: str) -> bytes:
    return socket.inet_aton(host)

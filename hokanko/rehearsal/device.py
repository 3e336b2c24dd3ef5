"""A network camera to practise with: ONVIF over HTTP(S), and its discovery."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self
from xml.etree import ElementTree as ET

from hokanko.rehearsal.device_service import self_told
from hokanko.rehearsal.profiles import MEDIA1, MEDIA2, PATHS, answered, fault

SOAP = "http://www.w3.org/2003/05/soap-envelope"
SPACES = (
    f'xmlns:s="{SOAP}" xmlns:d="http://www.onvif.org/ver10/device/wsdl" '
    f'xmlns:m="{MEDIA1}" xmlns:m2="{MEDIA2}" xmlns:t="http://www.onvif.org/ver10/schema" '
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
    'xmlns:p="http://schemas.xmlsoap.org/ws/2005/04/discovery" '
    'xmlns:n="http://www.onvif.org/ver10/network/wsdl"'
)
OPEN = ("GetSystemDateAndTime", "GetCapabilities", "GetServices")  # before anybody logs in
AGE = timedelta(seconds=30)
REALM = "device"


@dataclass(slots=True)
class Nature:
    """How the device is; may be changed while it runs."""

    stream: str = "rtsp://127.0.0.1:554/live"
    user: str = "admin"
    password: str = "device"  # noqa: S105 of a device that does not exist
    ahead_s: float = 0.0
    http_digest: bool = False  # asks for HTTP's digest too
    picture: bytes = b""
    tells: str = ""  # http or https, in its answers; else as it is asked
    now: Callable[[], float] = time.time
    media: tuple[str, ...] = (MEDIA1, MEDIA2)  # the media services that it has
    lacks: tuple[str, ...] = ()  # questions that it does not know
    answers: dict[str, bytes] = field(default_factory=dict)  # said instead, by question


class Device:
    """Answers until it is left.

    `asked` are the questions that came, Media2's with a 2 behind; `heard` their envelopes.
    """

    def __init__(
        self, nature: Nature | None = None, *, port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        """Over HTTPS where `tls` has a certificate to show."""
        self.scheme = "https" if tls else "http"
        self.nature, self.asked, self.heard = nature or Nature(), list[str](), list[bytes]()
        device = self

        class Visit(_Visit):
            def owner(self) -> Device:
                return device

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def finish_request(self, request: Any, client_address: Any) -> None:
                """In the visitor's own thread: one who says nothing keeps nobody waiting."""
                if tls is None:
                    super().finish_request(request, client_address)
                    return
                with suppress(OSError), tls.wrap_socket(request, server_side=True) as secured:
                    super().finish_request(secured, client_address)

        self._server = Server(("127.0.0.1", port), Visit)
        self.port: int = self._server.server_address[1]

    @property
    def address(self) -> str:
        """Where its service is."""
        return f"{self.scheme}://127.0.0.1:{self.port}/onvif/device_service"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def knows(self, envelope: ET.Element) -> bool:
        """Whether the security header is right, and not older than the device's clock allows."""
        said = {each.tag.rpartition("}")[2]: each.text or "" for each in envelope.iter()}
        if "Nonce" not in said or "Created" not in said:
            return False
        age = self.moment() - datetime.fromisoformat(said["Created"])
        mixed = base64.b64decode(said["Nonce"]) + said["Created"].encode()
        digest = hashlib.sha1(mixed + self.nature.password.encode(), usedforsecurity=False)
        right = said.get("Password") == base64.b64encode(digest.digest()).decode()
        return right and said.get("Username") == self.nature.user and abs(age) < AGE

    def moment(self) -> datetime:
        """What its clock shows."""
        return datetime.fromtimestamp(self.nature.now() + self.nature.ahead_s, UTC)

    def said(self, question: str) -> str | None:
        """The body of an answer; None to what it does not know."""
        return self_told(question, self._base(), self.moment(), self.nature.media)

    def shown(self, question: ET.Element, path: str) -> str | None:
        """The same of a question to one of its media services, at the address of that one alone."""
        space = question.tag[1:].partition("}")[0]
        if space not in self.nature.media or not path.endswith(f"/{PATHS[space]}"):
            return None
        return answered(question, self.nature.stream, f"{self._base()}/snapshot.jpg")

    def _base(self) -> str:
        return f"{self.nature.tells or self.scheme}://127.0.0.1:{self.port}/onvif"


class _Visit(BaseHTTPRequestHandler):
    """One visitor's connection."""

    protocol_version = "HTTP/1.1"

    def owner(self) -> Device:
        """Whose visitor it is."""
        raise NotImplementedError

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 its name there
        """Nothing is printed."""

    def do_GET(self) -> None:
        """The snapshot."""
        if not self._digested():
            self._ask_digest()
            return
        self._send(200, self.owner().nature.picture, "image/jpeg")

    def do_POST(self) -> None:
        """A question in an envelope."""
        device = self.owner()
        device.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
        envelope = ET.fromstring(device.heard[-1])  # noqa: S314
        body = envelope.find(f"{{{SOAP}}}Body")
        asked = body[0] if body is not None and len(body) else ET.Element("{}")
        space, _, question = asked.tag[1:].partition("}")
        question += "2" if space == MEDIA2 else ""
        device.asked.append(question)
        if question in device.nature.answers:
            with suppress(OSError):
                self._send(200, device.nature.answers[question])
        elif device.nature.http_digest and question not in OPEN and not self._digested():
            self._ask_digest()
        elif question not in OPEN and not device.knows(envelope):
            self._send(400, _wrapped(fault("Sender", "NotAuthorized", "Not authorized")))
        else:
            self._answer(device, asked, "" if question in device.nature.lacks else question)

    def _answer(self, device: Device, asked: ET.Element, question: str) -> None:
        said = device.said(question) or (question and device.shown(asked, self.path))
        unknown = fault("Receiver", "ActionNotSupported", "Not supported")
        status = 500 if not said else 400 if said.startswith("<s:Fault>") else 200
        self._send(status, _wrapped(said or unknown))

    def _digested(self) -> bool:
        said = dict(re.findall(r'(\w+)="?([^",]*)"?', self.headers.get("Authorization", "")))
        nature = self.owner().nature
        one = _md5(f"{nature.user}:{REALM}:{nature.password}")
        two = _md5(f"{self.command}:{said.get('uri', '')}")
        middle = f"n0nce:{said.get('nc')}:{said.get('cnonce')}:auth"
        return said.get("response") == _md5(f"{one}:{middle}:{two}")

    def _ask_digest(self) -> None:
        ask = f'Digest realm="{REALM}", nonce="n0nce", qop="auth", algorithm=MD5'
        self._send(401, b"", more={"WWW-Authenticate": ask})

    def _send(
        self,
        status: int,
        body: bytes,
        kind: str = "application/soap+xml; charset=utf-8",
        more: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        head = {"Content-Type": kind, "Content-Length": str(len(body))} | (more or {})
        for name, text in head.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)


def answer_probe(line: socket.socket, address: str) -> None:
    """Answer one WS-Discovery probe that comes in on a datagram socket."""
    probe, caller = line.recvfrom(65535)
    found = re.search(rb"MessageID[^>]*>\s*([^<\s]+)", probe)
    line.sendto(match(found.group(1).decode() if found else "", address), caller)


def match(to: str, *addresses: str, name: str = "R-1") -> bytes:
    """A ProbeMatches message (WS-Discovery 2005/04, 5.3) in answer to a probe."""
    return _wrapped(
        "<p:ProbeMatches><p:ProbeMatch>"
        "<a:EndpointReference><a:Address>urn:uuid:00000000-0000-4000-8000-000000000001</a:Address>"
        "</a:EndpointReference><p:Types>n:NetworkVideoTransmitter</p:Types>"
        f"<p:Scopes>onvif://www.onvif.org/name/{name} onvif://www.onvif.org/hardware/R-1</p:Scopes>"
        f"<p:XAddrs>{' '.join(addresses)}</p:XAddrs><p:MetadataVersion>1</p:MetadataVersion>"
        "</p:ProbeMatch></p:ProbeMatches>",
        f"<s:Header><a:RelatesTo>{to}</a:RelatesTo></s:Header>",
    )


def _wrapped(body: str, head: str = "") -> bytes:
    xml = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{xml}<s:Envelope {SPACES}>{head}<s:Body>{body}</s:Body></s:Envelope>".encode()


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

"""A room's picture, served sealed by our own server, against nginx sending the plaintext.

The room is opened through the verbs and its page beats; the ticket is a real one. The client
shares the machine with both servers. A whole film is asked for in the pieces a player gets.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from figures import Figure, Measure, in_turns, spread, tell
from measured_home import folder, founded

from hokanko import clock
from hokanko.footage.models import Footage
from hokanko.formats.direct import aligned_buffer
from hokanko.formats.sealed import SealedReader
from hokanko.intake.actions import note_facts
from hokanko.intake.facts import Seen
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.people.door import SEAT_COOKIE
from hokanko.people.enrol import enrol_terminal, prepare_terminal
from hokanko.people.queries import actor, seat
from hokanko.rehearsal.cast import Cast
from hokanko.rules.actor import machine
from hokanko.vault import cabinet
from hokanko.vault.store import shelf
from hokanko.viewing import actions, presence, serve
from hokanko.viewing.models import Viewing
from tests.postgres import free_port

MIB = 1 << 20
WORKERS, THREADS = 2, 4
CLIENTS, RANGES = (1, 16, 64), 200
WAIT_S = 30
OURS, NGINX = "sealed, our server", "plaintext, nginx sendfile"
PREAD, FLOOR, RANGE = "pread", "pread + AES-GCM in RAM", "a sealed range of 1 MiB"
GOALS = {1: {"at_most": 1.5}, 16: {"at_least": 0.85}, 64: {"at_least": 0.8}}
LUA = """
request = function()
  local first = math.random(0, {last})
  wrk.headers["Range"] = "bytes=" .. first .. "-" .. (first + 1048575)
  wrk.headers["Cookie"] = "{cookie}"
  return wrk.format("GET", "{path}")
end
"""
NGINX_CONF = """
{user} worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {root}; }} }}
"""


@dataclass(frozen=True, slots=True)
class Room:
    """An open room, the secret of its terminal, and the film in it."""

    viewing: Viewing
    footage: Footage
    secret: str
    film: Path


@dataclass(frozen=True, slots=True)
class Served:
    """Where a server gives the film."""

    port: int
    path: str
    cookie: str
    bytes: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"


def opened_room(cast: Cast, mib: int) -> Room:
    """A film taken in, a management PC enrolled, and the picture opened by the unit's clerk."""
    film = folder("plain") / "film.mp4"
    with film.open("xb") as out:
        for _ in range(mib):
            out.write(os.urandom(MIB))
    clerk, boss = cast.as_actor("tanaka"), cast.as_actor("suzuki")
    said = {"via": "cli", "stated": clock.iso(clock.now())}
    with film.open("rb", buffering=0) as plain:
        source = Source(film.name, plain.readinto, mib * MIB, said)
        footage = receive(cast.station, "1", source, by=clerk)
    facts = {"container": "mp4", "playable": "native", "streams": [], "problems": []}
    seen = Seen(facts, (), clock.now(), "申述", 60_000, cast.people["sato"])
    note_facts(footage, seen, by=machine("intake", cast.station.pk))
    terminal, code = prepare_terminal(
        cast.station,
        name="管理用パソコン",
        place="警察署地域課執務室",
        wire_checked_on=clock.today(),
        by=boss,
    )
    secret = enrol_terminal(terminal, code, by=boss)
    seated = actor(cast.people["tanaka"], seat=seat(secret))
    viewing = actions.ask(footage, cast.people["tanaka"], ("ア",), "", by=seated)
    actions.open_room(viewing, by=seated)
    return Room(viewing, footage, secret, film)


@contextmanager
def beating(room: Room) -> Iterator[None]:
    """The room's page, as far as the server can tell."""
    over = threading.Event()

    def beat() -> None:
        viewing = Viewing.objects.get(pk=room.viewing.pk)
        while not over.wait(0.5):
            presence.beat(viewing, [], terminal=str(viewing.terminal_id))
        connection.close()

    page = threading.Thread(target=beat)
    page.start()
    try:
        yield
    finally:
        over.set()
        page.join()


@contextmanager
def started(command: str, served: Served) -> Iterator[Served]:
    """A server, from its first answer to its end."""
    root = Path(__file__).parents[1]
    server = subprocess.Popen(shlex.split(command), cwd=root)
    try:
        wait_for(served)
        yield served
    finally:
        server.terminate()
        server.wait()


def wait_for(served: Served) -> None:
    """Until the film is served."""
    headers = {"Range": "bytes=0-99", "Cookie": served.cookie}
    deadline = time.monotonic() + WAIT_S
    while True:
        try:
            asked = urllib.request.Request(served.url, headers=headers)  # noqa: S310 our own
            with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310 our own
                if len(answer.read()) == 100:
                    return
        except urllib.error.URLError as error:
            if time.monotonic() > deadline:
                raise SystemExit(f"{served.url}: {error}") from error
        time.sleep(0.1)


def our_server(room: Room) -> tuple[str, Served]:
    """What `hokanko serve` runs, without the worker beside it."""
    ticket, cookie = serve.ticket(room.viewing, room.secret), f"{SEAT_COOKIE}={room.secret}"
    served = Served(free_port(), ticket, cookie, room.film.stat().st_size)
    command = (
        f"{sys.executable} -m granian --interface wsgi --workers {WORKERS} --no-ws "
        f"--blocking-threads {THREADS} --port {served.port} --log-level error"
    )
    return f"{command} hokanko.wsgi:application", served


def nginx_server(room: Room) -> tuple[str, Served]:
    """nginx as it serves a plain file best."""
    served = Served(free_port(), f"/{room.film.name}", "none=", room.film.stat().st_size)
    own = folder("nginx")
    user = "user root;" if os.geteuid() == 0 else ""
    conf = NGINX_CONF.format(user=user, folder=own, port=served.port, root=room.film.parent)
    (own / "nginx.conf").write_text(conf)
    return f"nginx -e {own}/errors -c {own}/nginx.conf", served


def whole_film(served: Served) -> float:
    """MiB/s of one client that takes the film piece by piece over one connection."""
    asked = [
        f'url = "{served.url}"\nrange = {at}-{at + serve.MOST_BYTES - 1}\noutput = /dev/null\n'
        f'cookie = "{served.cookie}"\nfail\nsilent\n'
        for at in range(0, served.bytes, serve.MOST_BYTES)
    ]
    start = time.perf_counter()
    subprocess.run(["curl", "-K", "-"], input="next\n".join(asked), text=True, check=True)
    return served.bytes / MIB / (time.perf_counter() - start)


def random_ranges(served: Served, clients: int) -> float:
    """MiB/s of so many clients at random places; for a single one, its median wait in ms."""
    script = Path(folder(f"wrk-{served.port}-{time.monotonic_ns()}"), "range.lua")
    last = served.bytes - MIB - 1
    script.write_text(LUA.format(last=last, cookie=served.cookie, path=served.path))
    asked = f"wrk -t1 -c{clients} -d4s --timeout 20s --latency -s {script} {served.url}"
    said = subprocess.run(shlex.split(asked), capture_output=True, text=True, check=True).stdout
    rate, wait = (
        re.search(r"Requests/sec:\s+([\d.]+)", said),
        re.search(r"50%\s+([\d.]+)(\w+)", said),
    )
    if "Non-2xx" in said or not rate or not wait:
        raise SystemExit(f"{served.url} did not serve:\n{said}")
    if clients > 1:
        return float(rate[1])
    return float(wait[1]) * {"us": 1e-3, "ms": 1, "s": 1e3}[wait[2]]


def serving_figures(room: Room, rounds: int, left_out: list[str]) -> list[Figure]:
    """Both servers in turn, or ours alone where nginx is missing."""
    chosen = {OURS: our_server}
    if shutil.which("nginx"):
        chosen[NGINX] = nginx_server
    else:
        left_out.append(NGINX)
    if not shutil.which("wrk"):
        left_out.append("wrk, and with it random ranges over HTTP")
    kinds: dict[str, Callable[[Served], float]] = {"whole film, MiB/s": whole_film}
    for clients in CLIENTS if shutil.which("wrk") else ():
        name = f"{clients} at random, {'ms' if clients == 1 else 'MiB/s'}"
        kinds[name] = lambda served, clients=clients: random_ranges(served, clients)
    laps: dict[tuple[str, str], list[float]] = {(k, s): [] for k in kinds for s in chosen}
    with beating(room):
        for _ in range(rounds):
            for server, make in chosen.items():
                shutil.rmtree(room.film.parents[1] / "nginx", ignore_errors=True)
                with started(*make(room)) as served:
                    for kind, work in kinds.items():
                        laps[kind, server].append(work(served))
    named = {f"{kind}: {server}": taken for (kind, server), taken in laps.items()}
    print("\n".join(spread(named)), file=sys.stderr)
    goals = [{"at_least": 0.9}, *GOALS.values()]
    return [
        Figure(f"{kind}:", laps[kind, OURS], NGINX, laps[kind, NGINX], "", **goal)
        for kind, goal in zip(kinds, goals, strict=False)
        if NGINX in chosen
    ]


def range_figures(room: Room, rounds: int) -> list[Figure]:
    """The function alone: one range at a random place, hot and then cold."""
    found = []
    plain = os.open(room.film, os.O_RDONLY)
    sealed = cabinet.original(str(room.footage.pk))
    with shelf().open(sealed.name) as handle, cabinet.opened(sealed) as reader:
        for word, goal in (("hot", 1.35), ("cold", 1.2)):
            works = range_works(reader, plain, room.film.stat().st_size)
            laps: dict[str, list[float]] = {name: [] for name in works}
            for _ in range(rounds):
                for fd in (plain, handle.fd):
                    settle_cache(fd, cold=word == "cold")
                for name, taken in in_turns(works, RANGES // rounds).items():
                    laps[name] += taken
            name = f"{RANGE}, {word}"
            found.append(Figure(name, laps[RANGE], PREAD, laps[PREAD], "ms", at_most=goal))
            found.append(Figure(name, laps[RANGE], FLOOR, laps[FLOOR], "ms"))
    os.close(plain)
    return found


def range_works(reader: SealedReader, plain: int, size: int) -> dict[str, Measure]:
    """The range, and what it cannot be faster than; each lap goes to a place of its own."""
    room, out = aligned_buffer(MIB), aligned_buffer(MIB)
    cipher, nonce = AESGCM(bytes(32)), bytes(12)
    text = cipher.encrypt(nonce, bytes((64 << 10) - 16), None)

    def read() -> None:
        os.preadv(plain, [room], random.randrange(size - MIB))  # noqa: S311 not a secret

    def read_and_decrypt() -> None:
        read()
        for _ in range(MIB // len(text)):
            cipher.decrypt_into(nonce, text, None, out[: len(text) - 16])

    def unseal() -> None:
        start = random.randrange(size - MIB)  # noqa: S311 not a secret
        for _ in reader.pieces(start, start + MIB):
            pass

    return {
        name: timed(work)
        for name, work in ((PREAD, read), (FLOOR, read_and_decrypt), (RANGE, unseal))
    }


def timed(work: Callable[[], None]) -> Measure:
    """Milliseconds that a piece of work takes."""

    def lap() -> float:
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1e3

    return lap


def settle_cache(fd: int, *, cold: bool) -> None:
    """Put a file wholly into the page cache, or out of it."""
    if cold:
        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        return
    at = 0
    while piece := os.pread(fd, 4 * MIB, at):
        at += len(piece)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--mib", type=int, default=477, help="size of the film")
    asked = parser.parse_args()
    left_out: list[str] = []
    room = opened_room(founded(), asked.mib)
    found = range_figures(room, asked.rounds)
    found += serving_figures(room, asked.rounds, left_out)
    tell(found, left_out, as_json=asked.json)


if __name__ == "__main__":
    main()

"""A film sent by the upload page's own way and sealed as it comes, against spooling and discarding.

A clerk is logged in; the client shares the machine with the server. Ours also reads the sealed copy
back from the disk before it answers. Untimed, it is searched for plaintext on the disk.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from figures import Figure, spread, tell
from measured_home import PASSWORD, folder, founded
from plaintext_search import count_files_with

from hokanko.management.commands.serve import THREADS, WORKERS
from hokanko.vault.store import shelf
from tests.postgres import free_port

MIB = 1 << 20
WAIT_S = 30
CLERK, CAMERA = "tanaka", "1"
UPLOAD = "/intake/upload/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
OURS, SPOOL, DISCARD = "sealed as it comes", "spooled and hashed", "discarded"
CAREFUL = "spooled, hashed, read back"  # without secrecy, what we promise before we answer
GOALS = {SPOOL: 1.2, DISCARD: 0.4}
MARKER_MIB = 64


@dataclass(frozen=True, slots=True)
class Target:
    """Where a film is sent, by which server, and what is said with it."""

    server: int
    port: int
    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Lap:
    """MiB/s until the last byte had left the client, and until the server answered."""

    sent: float
    answered: float


@contextmanager
def granian(app: str, spool: Path) -> Iterator[tuple[int, int]]:
    """What `hokanko serve` runs, without the worker beside it: its process and its port."""
    root, port = Path(__file__).parents[1], free_port()
    command = f"-m granian --interface wsgi --no-ws --port {port} --log-level error"
    amount = f"--workers {WORKERS} --blocking-threads {THREADS} {app}:application"
    env = os.environ | {"TMPDIR": str(spool), "PYTHONPATH": str(root / "script")}
    asked = [sys.executable, *command.split(), *amount.split()]
    server = subprocess.Popen(asked, cwd=root, env=env)
    try:
        wait_for(port)
        yield server.pid, port
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    """Until every process of the server has had time to answer once."""
    deadline = time.monotonic() + WAIT_S
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=WAIT_S)
            connection.request("GET", "/login/")
            connection.getresponse().read()
        except ConnectionError as error:
            if time.monotonic() > deadline:
                raise SystemExit(f"port {port}: {error}") from error
            time.sleep(0.1)
        else:
            return


def upload_page(server: int, port: int) -> Target:
    """Log the clerk in, open the upload page, and take its token, as a browser does."""
    jar, url = CookieJar(), f"http://127.0.0.1:{port}"
    browser = build_opener(HTTPCookieProcessor(jar))

    def token(path: str) -> str:
        with browser.open(url + path) as page:
            found = TOKEN.search(page.read().decode())
        if found is None:
            raise SystemExit(f"no token on {path}")
        return found[1]

    said = {"login": CLERK, "password": PASSWORD, "csrfmiddlewaretoken": token("/login/")}
    browser.open(f"{url}/login/", urlencode(said).encode()).close()
    headers = {
        "X-CSRFToken": token(UPLOAD),
        "Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar),
        "X-Hokanko-Camera": CAMERA,
        "X-Hokanko-Name": "film.mp4",
        "Accept": "application/json",
    }
    return Target(server, port, UPLOAD, headers)


def begin(target: Target, size: int) -> HTTPConnection:
    """The head of a request; the body is the caller's."""
    connection = HTTPConnection("127.0.0.1", target.port)
    connection.putrequest("PUT", target.path)
    for name, value in (target.headers | {"Content-Length": str(size)}).items():
        connection.putheader(name, value)
    connection.endheaders()
    return connection


def finish(connection: HTTPConnection) -> None:
    """The answer, which must be that it was taken."""
    answer = connection.getresponse()
    said = answer.read().decode()
    if answer.status != 201:
        raise SystemExit(f"{answer.status}: {said}")
    connection.close()


def send(target: Target, film: Path) -> float:
    """One film, with as little work for the client as there can be; when its last byte had left."""
    connection = begin(target, film.stat().st_size)
    with film.open("rb") as file:
        connection.sock.sendfile(file)
    sent = time.perf_counter()
    finish(connection)
    return sent


def lap(target: Target, films: list[Path], spool: Path) -> Lap:
    """All films at once, each never seen before; what was kept goes unmeasured."""
    for film in films:
        with film.open("r+b") as file:
            file.write(os.urandom(32))  # or else it would be found again, and not kept
    os.sync()
    start = time.perf_counter()
    with ThreadPoolExecutor(len(films)) as clients:
        sent = max(clients.map(partial(send, target), films))
    answered = time.perf_counter()
    tidy(spool)
    mib = sum(film.stat().st_size for film in films) / MIB
    return Lap(mib / (sent - start), mib / (answered - start))


def tidy(spool: Path) -> None:
    """Forget the bytes that were kept."""
    for name in list(shelf().names()):
        shelf().remove(name)
    shutil.rmtree(spool)
    spool.mkdir()


def places_with_plaintext(target: Target, spool: Path) -> int:
    """In how many files, half-way and afterwards, the bytes of an upload can be read."""
    marker = os.urandom(64)
    half = marker * (MARKER_MIB * MIB // len(marker) // 2)
    connection = begin(target, 2 * len(half))
    connection.sock.sendall(half)
    found = count_files_with(marker, target.server)
    connection.sock.sendall(half)
    finish(connection)
    found += count_files_with(marker, target.server)
    tidy(spool)
    return found


def made_films(count: int, mib: int) -> list[Path]:
    """Random bytes with the name of a film, left in the page cache."""
    plain = folder(f"plain-{count}")
    films = [plain / f"{number}.mp4" for number in range(count)]
    for film in films:
        with film.open("xb") as out:
            for _ in range(mib):
                out.write(os.urandom(MIB))
    return films


def figures(targets: dict[str, Target], spool: Path, rounds: int, mib: int) -> list[Figure]:
    """Where plaintext lies, then speed with one client and with two."""
    places = {name: places_with_plaintext(targets[name], spool) for name in (OURS, SPOOL)}
    if not places[SPOOL]:
        raise SystemExit("the search finds nothing where everything is spooled: it proves nothing")
    name = f"files with plaintext, {OURS}"
    found = [Figure(name, [places[OURS]], SPOOL, [places[SPOOL]], "", at_most=0)]
    for count in (1, 2):
        found += speed_figures(targets, made_films(count, mib), spool, rounds)
    return found


def speed_figures(
    targets: dict[str, Target], films: list[Path], spool: Path, rounds: int
) -> list[Figure]:
    """So many films at once: to each target in turn, and what that comes to."""
    laps: dict[str, list[Lap]] = {name: [] for name in targets}
    for _ in range(rounds):
        for name, target in targets.items():
            laps[name].append(lap(target, films, spool))
    many = f"{len(films)} at once"
    answered = {name: [one.answered for one in taken] for name, taken in laps.items()}
    sent = {name: [one.sent for one in taken] for name, taken in laps.items()}
    named = {f"{many}, {name}": taken for name, taken in answered.items()}
    print("\n".join(spread(named)), file=sys.stderr)
    found = [
        Figure(f"{many}, {OURS}", answered[OURS], peer, answered[peer], "MiB/s", at_least=goal)
        for peer, goal in GOALS.items()
    ]
    careful = Figure(f"{many}, {OURS}", answered[OURS], CAREFUL, answered[CAREFUL], "MiB/s")
    received = Figure(f"{many}, received only", sent[OURS], DISCARD, sent[DISCARD], "MiB/s")
    return [*found, careful, received]


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--mib", type=int, default=391, help="size of each film")
    asked = parser.parse_args()
    founded()
    spool = folder("spool")
    with granian("hokanko.wsgi", spool) as ours, granian("upload_peers", spool) as theirs:
        targets = {
            DISCARD: Target(*theirs, "/discard", {}),
            SPOOL: Target(*theirs, "/spool", {}),
            CAREFUL: Target(*theirs, "/spool-and-read-back", {}),
            OURS: upload_page(*ours),
        }
        found = figures(targets, spool, asked.rounds, asked.mib)
    tell(found, [], as_json=asked.json)


if __name__ == "__main__":
    main()

"""Runs a command with a temporary PostgreSQL server behind it, or says loudly that there is none.

`python -m tests.postgres COMMAND…` sets HOKANKO_DATABASE for the command and returns its exit code;
the server lives in a temporary directory, on a free loopback port, and ends with the command.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

import psycopg

START_SECONDS = 60
USER, DATABASE = "hokanko", "hokanko"
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


def server_folder() -> Path | None:
    """The folder that holds both `initdb` and `postgres`, the newest if there are several."""
    found = [Path(path).resolve().parent for path in (shutil.which("initdb"),) if path]
    packaged = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(packaged, key=lambda path: path.parent.name.zfill(4), reverse=True)
    fit = (path for path in found if (path / "initdb").exists() and (path / "postgres").exists())
    return next(fit, None)


def humble_account() -> str | None:
    """Whom the server runs as: PostgreSQL refuses root, so root steps down; others stay."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_cluster(binaries: Path, folder: Path, password: str, account: str | None) -> Path:
    """An empty database cluster inside `folder`, open to our user by password only."""
    if account:
        shutil.chown(folder, account)
    secret, data = folder / "password", folder / "data"
    secret.write_text(password)
    if account:
        shutil.chown(secret, account)
    choices = ["--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync"]
    made = subprocess.run(
        [binaries / "initdb", "-D", data, "-U", USER, f"--pwfile={secret}", *choices],
        check=False,
        cwd=folder,
        user=account,
        extra_groups=[] if account else None,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        raise SystemExit(f"initdb failed:\n{made.stdout}{made.stderr}")
    return data


def make_database(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until the server answers, then makes our database."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {DATABASE}")
            return
        except psycopg.OperationalError as problem:
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(
                    f"PostgreSQL did not start: {problem}\n{log.read_text()}"
                ) from None
            time.sleep(0.1)


@contextlib.contextmanager
def running(binaries: Path, choices: Mapping[str, str] = FAST) -> Iterator[str]:
    """The address of a server that lives as long as the block."""
    password, port, account = secrets.token_urlsafe(18), free_port(), humble_account()
    with tempfile.TemporaryDirectory(prefix="hokanko-postgres-") as name:
        folder = Path(name)
        data = make_cluster(binaries, folder, password, account)
        settings = {**choices, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        log = folder / "log"
        with log.open("wb") as sink:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-p", str(port), *options],
                cwd=folder,
                user=account,
                extra_groups=[] if account else None,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
            )
        try:
            url = f"postgresql://{USER}:{password}@127.0.0.1:{port}"
            make_database(url, server, log)
            yield f"{url}/{DATABASE}"
        finally:
            server.send_signal(signal.SIGINT)  # a "fast" shutdown: open sessions are cut
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def stop(_signal: int, _frame: object) -> NoReturn:
    """Turns a polite request to end into an orderly end, so that the server ends too."""
    raise SystemExit(143)


def main(command: list[str]) -> int:
    """Runs the command; 0 and a loud line when there is no server to run it on."""
    binaries = server_folder()
    if binaries is None:
        sys.stdout.write("NO POSTGRESQL SERVER FOUND (initdb, postgres): this half is LEFT OUT\n")
        return 0
    signal.signal(signal.SIGTERM, stop)
    with running(binaries) as url:
        return subprocess.run(
            command, check=False, env=os.environ | {"HOKANKO_DATABASE": url}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

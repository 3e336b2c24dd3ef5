"""hokanko serve: web, workers and timetable in one command, for one machine."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from granian.constants import Interfaces
from granian.server import MPServer

from hokanko.keyring import keys
from hokanko.live.jobs import end_all
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.management.commands.init import make_web_key
from hokanko.management.recorders import recording
from hokanko.schedule import begin

# One Python process saturates at about 1.2 GiB/s (PERFORMANCE §3); who watches live holds a thread.
WORKERS, THREADS = 2, 16


class Server(MPServer):
    """Ends what is watched live before it stops: its processes wait for every answer under way."""

    def shutdown(self, exit_code: int = 0) -> None:
        end_all()
        super().shutdown(exit_code)  # type: ignore[no-untyped-call]


class Command(Base):
    help = "画面・仕事・定時をまとめて動かす"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--tls-cert", type=Path, metavar="PEM")
        parser.add_argument("--tls-key", type=Path, metavar="PEM")
        parser.add_argument("--no-record", action="store_true", help="カメラの録画を始めない")

    def run(self, given: dict[str, Any]) -> Report:
        make_web_key(settings.HOME.path)
        keys.keyring().ring()  # without any keyring, nothing that is done could be written down
        begin()  # what ended while the machine was off is dead before the first page is served
        scheme = "https" if given["tls_cert"] else "http"
        if given["tls_cert"]:
            os.environ["HOKANKO_SECURE"] = "1"  # the server's processes read their settings anew
        self.stderr.write(f"保管庫: {scheme}://{given['host']}:{given['port']}/")
        with working(), nullcontext() if given["no_record"] else recording():
            serve(given["host"], given["port"], cert=given["tls_cert"], key=given["tls_key"])
        return Report({"stopped": True})


@contextmanager
def working() -> Iterator[None]:
    """`hokanko work` beside the server, ended with it."""
    worker = subprocess.Popen([sys.executable, "-m", "hokanko.door", "work"])
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


def serve(host: str, port: int, *, cert: Path | None = None, key: Path | None = None) -> None:
    """Serve pages and footage until stopped by a signal.

    The server's processes begin anew: forked ones would wait for ever for the threads with which
    this one may have set papers (Typst).
    """
    multiprocessing.set_start_method("spawn", force=True)
    Server(
        "hokanko.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        log_access=False,
        ssl_cert=cert,
        ssl_key=key,
    ).serve()

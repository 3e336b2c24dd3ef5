"""hokanko demo: a rehearsal home at work, served; or the whole story told in the terminal."""

from __future__ import annotations

import os
import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings

from hokanko import clock
from hokanko.errors import Conflict, Missing
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.management.commands.init import lay_foundation
from hokanko.management.commands.serve import serve, working
from hokanko.management.recorders import recording
from hokanko.people.attach import Scan
from hokanko.people.enrol import prepare_terminal
from hokanko.people.models import Person
from hokanko.people.queries import actor, organisation, person
from hokanko.rehearsal.cast import settle
from hokanko.rehearsal.duty import PASSWORD
from hokanko.rehearsal.filming import filming
from hokanko.rehearsal.neighbours import tell
from hokanko.rehearsal.settling import settle_neighbours
from hokanko.rehearsal.shift import real_files
from hokanko.rehearsal.snapshots import of_wire
from hokanko.rehearsal.story import Story
from hokanko.rehearsal.world import FIRST, FOUNDED, fill
from hokanko.rules.decide import adopted_book
from hokanko.schedule import begin

RTSP = 554  # so far from the pages are the ports of the simulated cameras


class Command(Base):
    help = "練習用の保管庫を作って動かす"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="端末で一部始終を演じて終わる")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--footage", type=Path, metavar="DIR", help="実際の映像ファイルを使う")
        parser.add_argument("--no-record", action="store_true", help="カメラの録画を始めない")
        parser.add_argument("--fresh", action="store_true", help="前の練習を消して作り直す")

    def run(self, given: dict[str, Any]) -> Report:
        home: Path = settings.HOME.path
        files = real_files(given["footage"]) if given["footage"] else []
        if given["fresh"]:
            _clear(home)
        if given["no_serve"]:
            return self._tell(home, files)
        if not settings.HOME.exists:
            self._make(home, files)
        elif not clock.is_rehearsal():
            raise Conflict(f"{home} は練習用ではありません。", f"{home} is not a rehearsal home.")
        _require_same_edition()
        begin()
        # the codes on the demo's signs lead to the demo itself, unless told otherwise
        os.environ.setdefault("HOKANKO_PUBLIC_URL", f"http://127.0.0.1:{given['port']}")
        self._greet(given["port"])
        with working(), nullcontext() if given["no_record"] else _recorded(home, given["port"]):
            serve("127.0.0.1", given["port"])
        return Report({"stopped": True})

    def _tell(self, home: Path, files: list[Path]) -> Report:
        self.stdout.write(
            "保管庫の練習: カメラの記憶から消去証明書まで / a rehearsal, start to end"
        )
        lay_foundation(home, rehearsal=True)
        clock.move(FIRST - clock.now())
        with tempfile.TemporaryDirectory(prefix="hokanko-desk-") as desk:
            Story(settle(PASSWORD), Path(desk), self._say).tell(files)
            self._say("── 五つの規程: となりの四つも同じ保管庫で / the other four rulebooks")
            tell(settle_neighbours(PASSWORD), Path(desk), self._say)
        self.stdout.write(f"おわり。この練習の保管庫: {home} / done")
        return Report({"home": str(home), "told": True})

    def _make(self, home: Path, files: list[Path]) -> None:
        self.stderr.write(
            "練習用の保管庫に三か月を過ごさせています（一分ほど）… / making three months"
        )
        lay_foundation(home, rehearsal=True)
        clock.move(FOUNDED - clock.now())
        with tempfile.TemporaryDirectory(prefix="hokanko-desk-") as desk:
            fill(settle(PASSWORD), Path(desk), self.stderr.write, files)
            tell(settle_neighbours(PASSWORD), Path(desk), self.stderr.write, pieces=2)

    def _greet(self, port: int) -> None:
        base = f"http://127.0.0.1:{port}"
        terminal, code = prepare_terminal(
            organisation("CHUO"),
            name="練習用の管理用パソコン",
            place="警察署地域課執務室",
            wire_checked_on=clock.today(),
            photo=Scan(of_wire("練習用").body, "wire.jpg"),
            by=actor(person("suzuki"), via="cli"),
        )
        lines = [f"開くアドレス / open: {base}/", f"合言葉は全員 / password of all: {PASSWORD}"]
        for who in Person.objects.select_related("org").order_by("org", "login"):
            posts = "、".join(sorted({post.split("@")[0] for post in actor(who).posts})) or "職員"
            lines.append(f"  {who.login:<10} {who.name}（{who.org.name}・{posts}）")
        lines.append("閲覧には、このブラウザーを管理用パソコンとして登録してください（一度だけ）:")
        lines.append(f"  {base}/terminal/enrol/{terminal.pk}/{code}/")
        for line in lines:
            self.stderr.write(line)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


@contextmanager
def _recorded(home: Path, port: int) -> Iterator[None]:
    """The neighbours' fixed cameras stream, and are recorded, as long as the pages are served."""
    with filming(home / "drawn", port + RTSP), recording():
        yield


def _require_same_edition() -> None:
    """A rehearsal made by another version adopted another edition: it is made anew, not mended."""
    try:
        adopted_book("CHUO")
    except Missing as other:
        raise Conflict(
            "この練習は、別の版のプログラムで作られています。",
            "This rehearsal was made by another version of the program.",
            mend_ja="--fresh を付けて作り直してください。",
            mend_en="Make it anew with --fresh.",
        ) from other


def _clear(home: Path) -> None:
    """Remove an earlier rehearsal, and nothing else."""
    if home.exists() and not (home / clock.REHEARSAL_FILE).exists():
        raise Conflict(f"{home} は練習用ではありません。", f"{home} is not a rehearsal home.")
    for folder in (home, settings.HOME.root):
        shutil.rmtree(folder, ignore_errors=True)

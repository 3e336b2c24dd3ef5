"""hokanko init: make a home: database, vault, keyring, first administrator."""

from __future__ import annotations

import os
import secrets
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from hokanko import clock
from hokanko.errors import Conflict, Unavailable
from hokanko.keyring import keys
from hokanko.ledger.publish import publish, published_note, signing_key
from hokanko.management.base import Command as Base
from hokanko.management.base import Report
from hokanko.people.actions import found_home
from hokanko.people.models import Person
from hokanko.rules.actor import HOME, machine

SETTINGS = """# 保管庫の設定。項目は docs/guide/settings.md を見てください。
# Settings of this home; see docs/guide/settings.md.
"""


class Command(Base):
    help = "保管庫を設置する"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rehearsal", action="store_true", help="練習用（時計を動かせる）")
        parser.add_argument("--login", default="admin", help="最初の管理者のログイン名")
        parser.add_argument("--name", default="システム管理者", help="最初の管理者の氏名")
        parser.add_argument("--password-file", type=Path, help="合言葉を書いたファイル")

    def run(self, given: dict[str, Any]) -> Report:
        home = settings.HOME
        lay_foundation(home.path, rehearsal=given["rehearsal"])
        if Person.objects.exists() or published_note(home.ledger):
            raise Conflict(
                f"{home.path} には、もう保管庫があります。",
                f"There is a home at {home.path} already.",
                mend_ja="別の場所を HOKANKO_HOME で指定してください。データベースを失ったときは、"
                "hokanko restore で控えから戻します。",
                mend_en="Name another place with HOKANKO_HOME. Where the database was lost, "
                "restore a backup (hokanko restore).",
            )
        password, shown = first_password(given["password_file"])
        found_home(
            login=given["login"],
            name=given["name"],
            password=password,
            rehearsal=given["rehearsal"],
            vkey=signing_key().vkey,
            by=machine("init", HOME, via="cli"),
        )
        publish()
        body = {
            "home": str(home.path),
            "root": str(home.root),
            "login": given["login"],
            "rehearsal": given["rehearsal"],
            "vkey": signing_key().vkey,
        }
        lines = [
            f"保管庫を作りました: {home.path}",
            f"根の鍵（別に保管）: {home.root}",
            f"最初の管理者: {given['login']}",
            f"検証鍵（hokanko verify --key に渡す）: {body['vkey']}",
        ]
        if shown:
            body["password"] = password
            lines.append(f"合言葉（一度だけ表示します）: {password}")
        lines.append("次に: hokanko org add --rulebook police --code … --name …")
        lines.append("家庭では: hokanko serve を動かし、画面で五つの質問に答えます。")
        return Report(body, lines)


def lay_foundation(path: Path, *, rehearsal: bool) -> None:
    """Directories, settings, keyring and tables; what is there already stays as it is."""
    _require_second(keys.home().second)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_web_key(path)
    if rehearsal and not (path / "hokanko.toml").exists():
        _new(path / clock.REHEARSAL_FILE, '{"offset_seconds": 0}')
    if not any(place.path.exists() for place in keys.keyring().places):
        keys.keyring().make()
    else:
        with suppress(Unavailable):  # said just below
            keys.keyring().settle()
    _require_filled()
    call_command("migrate", verbosity=0)
    _new(path / "hokanko.toml", SETTINGS)  # last: a home exists when this file does


def _require_second(second: Path | None) -> None:
    """A second place is promised from the first day on, or not at all."""
    if second is not None and not second.is_dir():
        raise Unavailable(
            f"鍵束の二つ目の保管場所 {second} がありません。何も作っていません。",
            f"The keyring's second place {second} is not there. Nothing was made.",
            mend_ja="媒体をつなぎ、そのフォルダーを作ってから、もう一度実行してください。"
            "一か所だけにするときは HOKANKO_SECOND を外します。",
            mend_en="Attach the medium, make that directory and run it again; or leave out "
            "HOKANKO_SECOND to have one place only.",
        )


def _require_filled() -> None:
    if late := keys.keyring().late_places():
        raise Unavailable(
            f"鍵束の保管場所（{'、'.join(late)}）に書き込めません。",
            f"The keyring's place ({', '.join(late)}) cannot be written to.",
            mend_ja="空きと権限を確かめて、もう一度実行してください。",
            mend_en="Check its space and permissions, then run it again.",
        )


def make_web_key(path: Path) -> None:
    """The key of cookies and forms; a backup leaves it out, so a restored home makes a new one."""
    with suppress(FileNotFoundError):
        if not (path / "web.key").read_bytes().strip():
            (path / "web.key").unlink()
    _new(path / "web.key", secrets.token_urlsafe(48))


def first_password(file: Path | None) -> tuple[str, bool]:
    """The password from a file, or a new one that is to be shown once."""
    if file is not None:
        return file.read_text().strip(), False
    return secrets.token_urlsafe(12), True


def _new(path: Path, text: str) -> None:
    if not path.exists():
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as file:
            file.write(text)

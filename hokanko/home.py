"""Where a home keeps its things, and every setting an operator can make.

Settings come from the environment (`HOKANKO_…`) or from `hokanko.toml` in the home; the
environment wins. Each is read here, once. `docs/guide/settings.md` lists them.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeAlias

from hokanko.errors import Unavailable

Network: TypeAlias = IPv4Network | IPv6Network

DEFAULT_HOME = Path("~/.local/share/hokanko")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set; every field is also `HOKANKO_<NAME>` in the environment."""

    root: str = ""  # directory of the root keys; default: beside the home, `<home>.root`
    second: str = ""  # second place for root and keyring (another disk or medium)
    passphrase_file: str = ""  # its content unlocks the root key files
    hsm: str = ""  # PKCS#11 module (.so); replaces the root key files
    hsm_token: str = "hokanko"  # noqa: S105 the label of the token, not a secret
    hsm_pin_file: str = ""
    database: str = ""  # postgresql://user:password@host:port/name; default: SQLite in the home
    hosts: str = "localhost,127.0.0.1,[::1]"  # names this server answers to
    database_wait_s: str = "20"  # how long a writer waits for another (SQLite)
    secure: str = ""  # "1" when the pages are reached by HTTPS only: cookies then ask for it
    inside: str = (  # networks that are the house's own; the rest is outside (home-2.5-c-net)
        "127.0.0.0/8,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,fc00::/7,fe80::/10"
    )
    proxy: str = ""  # addresses of the reverse proxies that speak for others
    idle_minutes: str = "30"  # without a press, after which the password is asked anew; 0: never
    public_url: str = ""  # https://host[/path] under which the public reaches the notice pages
    smtp_host: str = ""  # where alarms by e-mail are handed in; without it none are sent
    smtp_port: str = "587"
    smtp_security: str = "starttls"  # starttls | tls | none
    smtp_user: str = ""
    smtp_password_file: str = ""  # its content is the password
    mail_from: str = ""
    reserve_mib: str = "512"  # free space below which intake stops


@dataclass(frozen=True, slots=True)
class Home:
    """One installation's directory and settings."""

    path: Path
    settings: Settings

    @property
    def inside(self) -> tuple[Network, ...]:
        return _networks("inside", self.settings.inside)

    @property
    def proxies(self) -> tuple[Network, ...]:
        return _networks("proxy", self.settings.proxy)

    @property
    def idle(self) -> timedelta | None:
        return _minutes("idle_minutes", self.settings.idle_minutes)

    @property
    def database(self) -> Path:
        return self.path / "hokanko.sqlite3"

    @property
    def sealed(self) -> Path:
        return self.path / "sealed"

    @property
    def ledger(self) -> Path:
        return self.path / "ledger"

    @property
    def certificates(self) -> Path:
        return self.path / "certificates"

    @property
    def keyring(self) -> Path:
        return self.path / "keyring"

    @property
    def root(self) -> Path:
        """The root keys live outside the data directory: a copy of one is not a copy of both."""
        if self.settings.root:
            return Path(self.settings.root).expanduser()
        return self.path.with_name(self.path.name + ".root")

    @property
    def second(self) -> Path | None:
        return Path(self.settings.second).expanduser() if self.settings.second else None

    @property
    def passphrase(self) -> bytes | None:
        name = self.settings.passphrase_file
        return Path(name).expanduser().read_bytes().strip() if name else None

    @property
    def smtp_password(self) -> str:
        name = self.settings.smtp_password_file
        return Path(name).expanduser().read_text(encoding="utf-8").strip() if name else ""

    @property
    def exists(self) -> bool:
        return (self.path / "hokanko.toml").exists()


def here() -> Home:
    """The home that the environment names, or the default one."""
    path = Path(os.environ.get("HOKANKO_HOME") or DEFAULT_HOME).expanduser().resolve()
    return at(path)


def at(path: Path) -> Home:
    """The home in this directory, with its settings; it need not exist yet."""
    return Home(path, _settings(path / "hokanko.toml"))


def _networks(name: str, written: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(each.strip()) for each in written.split(",") if each.strip())
    except ValueError as bad:
        raise Unavailable(
            f"設定 {name} が、ネットワークの並びとして読めません（{bad}）。",
            f"The setting {name} is no list of networks ({bad}).",
            mend_ja="192.168.0.0/16,10.1.2.3 のように書いてください。",
            mend_en="Write it like 192.168.0.0/16,10.1.2.3.",
        ) from bad


def _minutes(name: str, written: str) -> timedelta | None:
    if not (written.isascii() and written.isdigit()):
        raise Unavailable(
            f"設定 {name} が、分の数として読めません（{written}）。",
            f"The setting {name} is no number of minutes ({written}).",
            mend_ja="30 のように書いてください。0 で、使わないことにできます。",
            mend_en="Write it like 30; 0 turns it off.",
        )
    return timedelta(minutes=int(written)) or None


def _settings(file: Path) -> Settings:
    try:
        written = tomllib.loads(file.read_text()) if file.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unavailable(
            f"設定ファイル {file} を読めません（{error}）。",
            f"The settings file {file} cannot be read ({error}).",
            mend_ja="その行を直してください。",
            mend_en="Mend that line.",
        ) from error
    names = {field.name for field in fields(Settings)}
    if unknown := sorted(set(written) - names):
        raise Unavailable(
            f"設定ファイル {file} に知らない項目があります: {'、'.join(unknown)}。",
            f"The settings file {file} has unknown keys: {', '.join(unknown)}.",
            mend_ja="項目名を確かめてください（docs/guide/settings.md）。",
            mend_en="See docs/guide/settings.md.",
        )
    asked = {name: os.environ.get(f"HOKANKO_{name.upper()}") for name in names}
    chosen = {name: str(asked[name] or written.get(name, "")) for name in names}
    return Settings(**{name: value for name, value in chosen.items() if value})

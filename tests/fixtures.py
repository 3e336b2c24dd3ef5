"""Fixtures that need Django: a fresh home each time, and the cast living in it.

佐藤 wears, 鈴木 manages, 高橋 supervises, 田中 keeps the books, 伊藤 asks, 山田 is an outsider.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import Settings

from hokanko import clock, home
from hokanko.cameras.checkout import TICKS, Worn
from hokanko.footage.models import Footage
from hokanko.intake.receive import receive
from hokanko.intake.sources import Source
from hokanko.keyring import keys
from hokanko.rehearsal.cast import Cast, settle

PASSWORD = "とても長い合言葉-2026"
IN_VALIDITY = datetime(2025, 11, 20, 12, 0, tzinfo=clock.TOKYO)  # while the police notice is valid
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=clock.TOKYO)  # a Friday, by day

WORN = Worn("胸部", TICKS)  # a camera worn as it should be, everything seen to


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """SQLite gives unordered rows the other way round: PostgreSQL owes no order either."""
    if connection.vendor == "sqlite":
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] += "PRAGMA reverse_unordered_selects=ON;"


@pytest.fixture(autouse=True)
def cheap_passwords(settings: Settings) -> None:
    """Argon2 is dear on purpose; a cast of ten would pay for it in every test."""
    argon2, *others = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", argon2, *others]


@pytest.fixture(autouse=True)
def wide_awake(settings: Settings) -> None:
    """Tests move the clock by days between two presses; what falls asleep has tests of its own."""
    settings.IDLE = None


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A page read in English leaves its thread English; the next test begins anew."""
    yield
    translation.deactivate()


@pytest.fixture
def fresh_home(tmp_path: Path) -> Iterator[home.Home]:
    """A home with a keyring, and the clock standing at noon."""
    here = home.at(tmp_path / "home")
    here.path.mkdir()
    before = keys.home()
    clock.use_home(here.path)
    clock.fix(NOON)
    keys.use(here).make()
    yield here
    clock.fix(None)
    clock.use_home(before.path)
    keys.use(before)


@pytest.fixture
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """For code that lets go of its connection: the test's own stays open, and its rows with it."""
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.fixture
def in_validity(fresh_home: home.Home) -> None:
    """The clock on a day on which cameras may be checked out; ask for it before the cast."""
    clock.fix(IN_VALIDITY)


@pytest.fixture
def cast(fresh_home: home.Home, db: None) -> Cast:
    """The cast, registered and appointed through the verbs."""
    return settle(PASSWORD)


@pytest.fixture
def footage(cast: Cast) -> Footage:
    """One small piece of footage of 佐藤's camera: not a film, but sealed like one."""
    return take_in(cast, b"not really a film" * 1000, name="MOV_0001.MP4")


def take_in(cast: Cast, content: bytes, *, name: str, login: str = "tanaka") -> Footage:
    """Take bytes in, with a stated capture time, as the clerk."""
    source = Source(
        name, BytesIO(content).readinto, len(content), {"via": "cli", "stated": clock.iso(NOON)}
    )
    return receive(cast.station, "1", source, by=cast.as_actor(login))

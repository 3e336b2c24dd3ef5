"""Codes of authenticator apps: the published vectors, a small slack, and each code once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from hokanko.keyring.onetime import accepted, address, hotp, new_secret, spelled, step_of

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "totp" / "rfc.json").read_text())
SECRET = VECTORS["secret"].encode()
NOW = datetime(2026, 11, 21, 3, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.mark.parametrize(("counter", "code"), list(enumerate(VECTORS["hotp"])))
def test_rfc_4226_appendix_d(counter: int, code: str) -> None:
    assert hotp(SECRET, counter) == code


@pytest.mark.parametrize(("seconds", "code"), list(VECTORS["totp"].items()))
def test_rfc_6238_appendix_b(seconds: str, code: str) -> None:
    moment = datetime.fromtimestamp(int(seconds), UTC)
    assert hotp(SECRET, step_of(moment), digits=8) == code


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_phone_may_be_one_step_off(off: int) -> None:
    step = step_of(NOW) + off
    assert accepted(SECRET, hotp(SECRET, step), NOW, after=0) == step


@pytest.mark.parametrize("off", [-2, 2])
def test_two_steps_are_too_many(off: int) -> None:
    assert accepted(SECRET, hotp(SECRET, step_of(NOW) + off), NOW, after=0) is None


def test_a_code_counts_once_and_so_does_none_before_it() -> None:
    used = step_of(NOW)
    assert accepted(SECRET, hotp(SECRET, used), NOW, after=used) is None
    assert accepted(SECRET, hotp(SECRET, used - 1), NOW, after=used) is None
    assert accepted(SECRET, hotp(SECRET, used + 1), NOW + STEP, after=used) == used + 1


@pytest.mark.parametrize("typed", ["", "12345", "０１２３４５", "abcdef", "000000 000000"])
def test_what_is_no_code_is_refused_quietly(typed: str) -> None:
    assert accepted(SECRET, typed, NOW, after=0) is None


def test_what_the_app_scans() -> None:
    parts = urlsplit(address(SECRET, "tanaka"))
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Hokanko:tanaka")
    told = {"secret": [spelled(SECRET)], "issuer": ["Hokanko"]}
    assert parse_qs(parts.query) == told
    assert spelled(SECRET) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_every_secret_is_new() -> None:
    first, second = new_secret(), new_secret()
    assert len(first) == 20
    assert first != second

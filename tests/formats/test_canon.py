"""RFC 8785: what is spelled how, and every other spelling refused."""

from __future__ import annotations

import json
import struct
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hokanko.errors import Unsound
from hokanko.formats import canon

PAIRS = Path(__file__).parents[2].parent / "shared" / "data" / "vectors" / "jcs-rfc8785"

# RFC 8785, appendix B: the bits of a double and its spelling.
DOUBLES = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("41b3de4355555554", "333333333.33333325"),
    ("41b3de4355555555", "333333333.3333333"),
    ("41b3de4355555556", "333333333.3333334"),
    ("41b3de4355555557", "333333333.33333343"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
]

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ATOMS = (
    st.none()
    | st.booleans()
    | st.integers(-canon.MAX_SAFE_INTEGER, canon.MAX_SAFE_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
VALUES = st.recursive(
    ATOMS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20
)


class Post(StrEnum):
    OFFICER = "officer"


class Rank(IntEnum):
    FIRST = 1


def test_sorts_members_and_drops_spaces() -> None:
    assert (
        canon.encode({"b": [1, True, None], "a": "映像"})
        == '{"a":"映像","b":[1,true,null]}'.encode()
    )


def test_sorts_keys_by_utf16_units() -> None:
    """The example of RFC 8785 §3.2.3; by code point דּ (U+FB33) would stand before 😂 (U+1F602)."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f602", "\u0080", "\u00f6"]
    spelled = json.loads(canon.encode(dict.fromkeys(keys)))
    assert list(spelled) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f602", "\ufb33"]


def test_escapes_only_what_must_be_escaped() -> None:
    text = '\u20ac$\u000f\nA\'\u0042"\\\\"/\u007f\b\t\f\r\u2028'
    assert canon.encode(text).decode() == (
        '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f\\b\\t\\f\\r\u2028"'
    )


@pytest.mark.parametrize(("bits", "spelling"), DOUBLES)
def test_spells_doubles_as_ecmascript_does(bits: str, spelling: str) -> None:
    (value,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canon.encode(value) == spelling.encode()
    assert canon.decode(spelling.encode()) == value


def test_spells_tuples_and_enumerations_by_their_value() -> None:
    assert canon.encode({"posts": (Post.OFFICER,), "rank": Rank.FIRST}) == (
        b'{"posts":["officer"],"rank":1}'
    )


@given(VALUES)
@example({"😂": 1, "דּ": 2})
@example([1e16, 123456789012345680.0, -0.0, 1e21])
def test_reads_back_what_it_spelled(value: canon.JSON) -> None:
    spelled = canon.encode(value)
    assert canon.decode(spelled) == value
    assert json.loads(spelled, parse_int=float) == value  # JSON's numbers are doubles


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        float("-inf"),
        2**53,
        -(2**53),
        {1: "a"},
        {None: "a"},
        "\ud83d",
        {"\udc00": 1},
        b"bytes",
        {"set"},
        object(),
    ],
)
def test_refuses_what_has_no_canonical_form(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        canon.encode(value)


def test_refuses_endless_nesting() -> None:
    loop: list[canon.JSON] = []
    loop.append(loop)
    with pytest.raises(ValueError, match="deeply"):
        canon.encode(loop)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b" 1",
        b"\xef\xbb\xbf1",
        b"1.0",
        b"01",
        b"-0",
        b"1e3",
        b"1E+23",
        b"9007199254740993",
        b"NaN",
        b"Infinity",
        b"1e999",
        b"9" * 5000,
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000F"',
        b'"\\ud83d\\ude02"',
        b'"\\ud83d"',
        b'"\xff"',
        b'"\xed\xa0\xbd"',
        b"[" * 100_000,
    ],
)
def test_refuses_every_other_spelling(data: bytes) -> None:
    with pytest.raises(Unsound):
        canon.decode(data)


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_published_pairs(name: str) -> None:
    if not PAIRS.exists():
        pytest.skip("the published RFC 8785 pairs are not here; appendix B is tested above")
    given_text = (PAIRS / "input" / f"{name}.json").read_text(encoding="utf-8")
    wanted = bytes.fromhex((PAIRS / "outhex" / f"{name}.txt").read_text())
    assert (PAIRS / "output" / f"{name}.json").read_bytes() == wanted
    assert canon.encode(json.loads(given_text)) == wanted
    assert canon.encode(canon.decode(wanted)) == wanted
    with pytest.raises(Unsound):
        canon.decode(given_text.encode())

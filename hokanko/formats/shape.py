"""Frozen dataclasses as canonical JSON and back, so that a document has one shape and no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

from hokanko.clock import TOKYO
from hokanko.errors import Unsound
from hokanko.formats import canon

T = TypeVar("T")


def spell(value: object) -> canon.Spellable:
    """What canonical JSON can spell: dataclasses become objects, moments ISO 8601 in Tokyo.

    Raises ValueError for a moment without an offset.
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a moment in a document must know its offset")
        return value.astimezone(TOKYO).isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [spell(each) for each in value]
    if is_dataclass(value):
        return {each.name: spell(getattr(value, each.name)) for each in fields(value)}
    return cast("canon.Spellable", value)


def write(value: object) -> bytes:
    """The canonical bytes of a dataclass."""
    return canon.encode(spell(value))


def read(shape: type[T], data: bytes) -> T:
    """The dataclass that `write` wrote.

    Raises Unsound for a member too many, too few, of another type or in another spelling.
    """
    return build(shape, canon.decode(data))


def build(shape: type[T], value: canon.JSON) -> T:
    """The dataclass in a decoded value; raises Unsound as `read` does."""
    try:
        made = cast("T", _build(shape, value))
        same = write(made) == canon.encode(value)
    except (TypeError, ValueError, KeyError) as error:
        raise _misshapen(shape) from error
    if not same:
        raise _misshapen(shape)
    return made


def _build(shape: object, value: canon.JSON) -> object:
    if get_origin(shape) in (Union, UnionType):
        return None if value is None else _build(_other_than_none(shape), value)
    if get_origin(shape) is tuple:
        if not isinstance(value, list):
            raise TypeError("a list belongs here")
        return tuple(_build(get_args(shape)[0], each) for each in value)
    if isinstance(shape, type) and is_dataclass(shape):
        if not isinstance(value, Mapping):
            raise TypeError("an object belongs here")
        return shape(
            **{name: _build(of, value[name]) for name, of in get_type_hints(shape).items()}
        )
    return _build_atom(shape, value)


def _build_atom(shape: object, value: canon.JSON) -> object:
    if isinstance(shape, type) and issubclass(shape, date) and isinstance(value, str):
        return shape.fromisoformat(value)
    if shape is float and type(value) in (int, float):
        return value
    # `type is`, not isinstance: true is no number.
    if shape not in (str, int, bool) or type(value) is not shape:
        raise TypeError(f"{shape} belongs here")
    return value


def _other_than_none(shape: object) -> object:
    (inner,) = (each for each in get_args(shape) if each is not NoneType)
    return inner


def _misshapen(shape: type[object]) -> Unsound:
    return Unsound(
        "文書の項目が、決められた形と合いません。",
        f"The document does not have the members of a {shape.__name__.lower()}.",
    )

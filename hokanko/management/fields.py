"""Options of `hokanko export`: which fills which field of a form, and how much is to leave."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from hokanko.errors import Conflict, Refusal
from hokanko.footage.models import Footage
from hokanko.people.models import Organisation
from hokanko.provision.extent import CLIP_REASON, Extent, clips_allowed
from hokanko.provision.form import Form
from hokanko.provision.lacking import empty_fields
from hokanko.provision.models import Provision
from hokanko.provision.taker import to_outsiders
from hokanko.rules.decide import adopted_book

OPTIONS = {
    "outline": "--outline TEXT",
    "wearer": "--wearer LOGIN",
    "telephone": "--telephone NUMBER",
    "recipient": "--recipient NAME",
}


def pairs(told: list[str]) -> list[tuple[str, str]]:
    """Each NAME=TEXT in two. Raises Conflict where there is no "="."""
    for each in told:
        if "=" not in each:
            raise Conflict(f"NAME=… の形ではありません: {each}", f"Not of the form NAME=…: {each}")
    return [(name, text) for name, _equals, text in (each.partition("=") for each in told)]


def wanted(pieces: Sequence[Footage], stills: Sequence[str]) -> list[tuple[Footage, Sequence[int]]]:
    """Each piece with the positions of its stills: MS, or NUMBER:MS where there are several.

    Raises Conflict for a position that cannot be read, or of footage that is not named.
    """
    found: dict[str, list[int]] = {piece.number: [] for piece in pieces}
    for each in stills:
        number, _colon, at = each.rpartition(":")
        named = number or (pieces[0].number if len(pieces) == 1 else "")
        if named not in found or not (at.isascii() and at.isdigit()):
            raise Conflict(
                f"静止画の位置を読めません: {each}",
                f"Cannot read the position of a still: {each}",
                mend_ja="ミリ秒で書きます。映像が二つ以上のときは「番号:ミリ秒」です。",
                mend_en="Give milliseconds; with several pieces of footage NUMBER:MS.",
            )
        found[named].append(int(at))
    return [(piece, found[piece.number]) for piece in pieces]


@contextmanager
def naming(options: Sequence[str]) -> Iterator[None]:
    """A refusal within tells which options would fill what is empty."""
    try:
        yield
    except Refusal as refusal:
        if options:
            refusal.mend_ja += f"この命令では、次を付けてください: {'　'.join(options)}"
            refusal.mend_en = f"{refusal.mend_en} Give: {'  '.join(options)}".strip()
        raise


def of_request(org: Organisation, form: Form) -> list[str]:
    """What the request lacks, as options."""
    empty = [OPTIONS[name] for name in empty_fields(org, form)]
    return empty + ([] if form.purposes else ["--purpose ID"])


def of_decision(
    provision: Provision, given: Mapping[str, Any], stated: Mapping[str, str]
) -> list[str]:
    """What the decision lacks, as options: the ground, and its fields in the rulebook's form."""
    book = adopted_book(provision.org_id)
    ground = given["ground"]
    if not ground:
        known = "|".join(each.id for each in book.grounds)
        return [f"--ground {known}"]
    wanted = [row for row in book.form_fields if row.required and ground in row.grounds]
    lacking = [
        f"--condition {row.id}={row.ja}" for row in wanted if not stated.get(row.id, "").strip()
    ]
    asked = any(row.id == "necessity" and row.required for row in book.form_fields)
    return lacking + (["--necessity TEXT"] if asked and not given["necessity"] else [])


def add_extent(parser: ArgumentParser) -> None:
    """The options that say how much of the footage is to leave."""
    parser.add_argument(
        "--whole", action="store_true", help="求められた時間を切り出さず、ファイルの全部を渡す"
    )
    parser.add_argument("--copy", action="store_true", help="切り出すが、撮ったままの符号で渡す")
    parser.add_argument("--breadth", default="", help="一部に限らない理由")
    parser.add_argument("--clip-reason", default="", help="切り出す理由")


def extent_of(provision: Provision, given: Mapping[str, Any]) -> Extent:
    """The same as the verb takes it: a clip wherever the rulebook knows one, unless told."""
    clip = clips_allowed(provision.org_id) and not given["whole"]
    reason = given["clip_reason"] or str(CLIP_REASON)
    return Extent(clip, reason, given["breadth"], clip and given["copy"])


def of_handing(provision: Provision, given: Mapping[str, Any]) -> list[str]:
    """What is not told of somebody outside who takes it, as options."""
    if not to_outsiders(provision.org_id):
        return []
    told = {
        "taker": "--taker NAME",
        "identity": "--identity HOW",
        "undertaking": "--undertaking DAY",
    }
    return [option for name, option in told.items() if not given[name]]

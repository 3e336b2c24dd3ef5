"""Comparing the shelf with its book and with the keyring: missing, orphaned, altered, keyless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hokanko.errors import HokankoError, Missing, Unsound
from hokanko.formats.sealed import check, sealed_size
from hokanko.vault.cabinet import opened
from hokanko.vault.disk import PART
from hokanko.vault.models import SealedObject
from hokanko.vault.store import shelf


@dataclass(frozen=True, slots=True)
class Finding:
    """One inconsistency: what, about which thing, and what would mend it."""

    kind: str
    id: str
    what: str
    mend: str


def findings(*, deep: bool = False) -> Iterator[Finding]:
    """Everything that does not fit. `deep` also decrypts every byte and compares the hash."""
    on_shelf = set(shelf().names())
    in_book = {thing.name: thing for thing in SealedObject.objects.all()}
    for name in sorted(on_shelf - set(in_book)):
        if name.endswith(PART):
            yield Finding(
                "draft", name, "中断した写しです。", "取り除きます（元の映像はカメラにあります）。"
            )
        else:
            yield Finding(
                "orphan",
                name,
                "台帳にない封印ファイルです。",
                "取り除きます（鍵で読めなくなります）。",
            )
    for name, thing in sorted(in_book.items()):
        if name not in on_shelf:
            yield _missing(name)
        else:
            yield from of(thing, deep=deep)


def _missing(name: str) -> Finding:
    return Finding("missing", name, "封印ファイルが棚にありません。", "控えから戻してください。")


def of(thing: SealedObject, *, deep: bool) -> Iterator[Finding]:
    """What is wrong with one sealed object: nothing, or one finding."""
    try:
        with opened(thing, direct=deep) as reader:
            if (reader.plain_bytes, sealed_size(reader.plain_bytes)) != _sizes(thing):
                raise Unsound(
                    "大きさがデータベースと違います。", "Its size is not what the database says."
                )
            if deep and check(reader) != thing.sha256:
                raise Unsound(
                    "内容が封印時と違います。", "The content differs from what was sealed."
                )
    except Missing as gone:
        if isinstance(gone.__cause__, FileNotFoundError):
            yield _missing(thing.name)
            return
        yield Finding("keyless", thing.name, "鍵がもうありません。", "消去の後始末をします。")
    except (Unsound, OSError) as error:
        what = error.ja if isinstance(error, HokankoError) else "読み出せません。"
        yield Finding("altered", thing.name, what, "控えから戻してください。鍵は変わりません。")


def _sizes(thing: SealedObject) -> tuple[int, int]:
    return thing.plain_bytes, thing.sealed_bytes


def unfiled(name: str) -> Finding:
    """A sealed file that no row knows, but the ledger does: its row is lost, it is not a stray."""
    return Finding(
        "unfiled",
        name,
        "台帳には載っている映像が、データベースにありません。",
        "データベースを控えから戻してください（hokanko restore）。封印ファイルは残します。",
    )


def clear(name: str) -> None:
    """Take a stray from the shelf."""
    shelf().remove(name.removesuffix(PART))

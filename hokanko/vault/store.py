"""What a shelf must do: the contract that the local disk keeps, and an object store will.

Durability: after `keep` returns, the bytes survive a power cut under that name; before it, the
name does not exist. `remove` is durable and may be repeated. Names are chosen by the caller, used
once, and say nothing about the footage. Nobody retries but the caller. A store is trusted with
availability only: whoever owns it can lose footage, but neither read nor change it unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from hokanko.keyring import keys
from hokanko.vault.disk import DiskStore, Handle


class Store(Protocol):
    """Sealed bytes at rest, by name."""

    def create(self, name: str) -> int: ...
    def keep(self, name: str) -> None: ...
    def open(self, name: str, *, direct: bool = False) -> AbstractContextManager[Handle]: ...
    def remove(self, name: str) -> None: ...
    def names(self) -> Iterator[str]: ...


def shelf() -> Store:
    """The store of the home in use."""
    return DiskStore(keys.home().sealed)

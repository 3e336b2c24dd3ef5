"""A process that kills itself at the N-th step that could reach the disk, just before it or after.

Wrapped from outside: fsync, fdatasync, rename, unlink and commit, and statements that commit
by themselves.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

CALLS = ("fsync", "fdatasync", "replace", "unlink", "rename")


class Killer:
    """Counts the steps of this process; at step `at` the process is gone. 0 only counts."""

    def __init__(self, at: int = 0, *, after: bool = False, calls: Sequence[str] = CALLS) -> None:
        self.at, self.after, self.calls, self.steps = at, after, calls, 0

    def arm(self) -> None:
        """From now on every step counts."""
        for name in self.calls:
            setattr(os, name, self._around(getattr(os, name)))
        commit = self._around(BaseDatabaseWrapper.commit)
        BaseDatabaseWrapper.commit = commit  # type: ignore[method-assign]
        connection.execute_wrappers.append(self._statement)

    def _statement(self, execute: Any, sql: str, *rest: Any) -> Any:
        alone = not connection.in_atomic_block
        writes = sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        return self._around(execute)(sql, *rest) if alone and writes else execute(sql, *rest)

    def _around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **kwargs: Any) -> Any:
            self.steps += 1
            mine = self.steps == self.at
            if mine and not self.after:
                self._die()
            result = call(*args, **kwargs)
            if mine:
                self._die()
            return result

        return step

    @staticmethod
    def _die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

"""Pieces that ended become footage beside the recording: no camera waits for the reading back."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import Final, Self

from django.db import DatabaseError, connection

from hokanko.errors import HokankoError
from hokanko.intake.models import Arrival
from hokanko.media import heap
from hokanko.recorder.jobs import recover_reels
from hokanko.recorder.reels import LiveReel, file_reel, recover_reel
from hokanko.rules.actor import Actor

UNKEPT: Final = (HokankoError, OSError, DatabaseError)  # the rules, the disk, the database say no
_FILERS = 2

log = logging.getLogger(__name__)


class Filing:
    """Threads that file pieces; what cannot be filed yet is tried again when asked to."""

    def __init__(
        self, by: Actor, pool: Executor | None = None, leftovers: Callable[[], object] | None = None
    ) -> None:
        """`leftovers` sees to what an earlier recorder left; without it, a thread of ours does."""
        self._by, self._leftovers = by, leftovers or recover_reels
        self._pool = pool or ThreadPoolExecutor(_FILERS, thread_name_prefix="reel")
        self._late: deque[Arrival] = deque()

    def __enter__(self) -> Self:
        self._submit(self._leftovers)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown()

    def take(self, reel: LiveReel) -> None:
        """Make footage of a piece that has ended."""
        self._submit(partial(file_reel, reel, by=self._by), reel)

    def again(self) -> None:
        """Try those that could not be filed."""
        for _ in range(len(self._late)):
            arrival = self._late.popleft()
            self._submit(partial(recover_reel, arrival, by=self._by), arrival)

    def _submit(self, work: Callable[[], object], of: LiveReel | Arrival | None = None) -> None:
        self._pool.submit(self._do, work, of)

    def _do(self, work: Callable[[], object], of: LiveReel | Arrival | None) -> None:
        try:
            work()
        except UNKEPT as error:
            log.warning("a piece could not be filed yet: %s", error)
            if isinstance(of, LiveReel):
                of.reel.close()
            if of is not None:
                self._late.append(of.arrival if isinstance(of, LiveReel) else of)
        finally:
            connection.close()  # of this thread
            heap.give_back()

"""What is read from files is read by one thread, while the others wait for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from hokanko.rules.parsed import read_once


def test_threads_that_come_early_wait_and_share_one_answer() -> None:
    begun, go_on, reads = Event(), Event(), []

    @read_once(2)
    def read(name: str) -> object:
        reads.append(name)
        begun.set()
        assert go_on.wait(5)
        return object()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(read, "ward")
        assert begun.wait(5)
        second = pool.submit(read, "ward")
        go_on.set()
        assert first.result() is second.result()
    assert reads == ["ward"]


def test_what_cannot_be_read_is_tried_again() -> None:
    tries = []

    @read_once(2)
    def read(name: str) -> str:
        tries.append(name)
        if len(tries) == 1:
            raise ValueError(name)
        return name

    with pytest.raises(ValueError, match="ward"):
        read("ward")
    assert read("ward") == "ward"

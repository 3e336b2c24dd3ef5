"""A ward, and a film in which each second can be told from its neighbours."""

from __future__ import annotations

import pytest

from hokanko.home import Home
from tests.clauses.founded import Founded
from tests.provision import outside
from tests.provision.films import film


@pytest.fixture
def ward(fresh_home: Home, db: None) -> Founded:
    """青葉区: aoki is the installer, mori the manager, kishi an operator, hara nobody."""
    del fresh_home, db
    return outside.ward()


@pytest.fixture(scope="session")
def content() -> bytes:
    """A quarter of an hour."""
    return film()

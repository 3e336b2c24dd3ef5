"""The cast on a day on which cameras may be checked out."""

from __future__ import annotations

import pytest

from hokanko.rehearsal.cast import Cast


@pytest.fixture
def unit(in_validity: None, cast: Cast) -> Cast:
    """The station, with everything in order for filming."""
    del in_validity
    return cast

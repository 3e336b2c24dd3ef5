"""The cast, a set clock, and a home in a temporary folder."""

from __future__ import annotations

pytest_plugins = ["tests.fixtures"]

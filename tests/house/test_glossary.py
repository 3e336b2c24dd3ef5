"""Every thing that has a table, and every noun that a verb is named after, is in the glossary."""

from __future__ import annotations

import re

from django.apps import apps

from hokanko.rules.verbs import VERBS
from tests.house.tree import ROOT

CELL = re.compile(r"`([^`]+)`")


def told() -> set[str]:
    """What stands in backticks in the rows of GLOSSARY.md."""
    rows = [line for line in (ROOT / "GLOSSARY.md").read_text().splitlines() if line[:1] == "|"]
    return {name for row in rows for name in CELL.findall(row)}


def test_every_table_is_explained() -> None:
    tables = {model.__name__ for model in apps.get_app_config("hokanko").get_models()}
    assert tables
    assert tables - told() == set()


def test_every_noun_of_a_verb_is_explained() -> None:
    nouns = {f"{name.partition('.')[0]}.*" for name in VERBS}
    assert nouns - told() == set()


def test_no_noun_is_explained_that_no_verb_has() -> None:
    nouns = {f"{name.partition('.')[0]}.*" for name in VERBS}
    assert {name for name in told() if name.endswith(".*")} - nouns == set()

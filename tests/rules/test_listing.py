"""Values of a rulebook on a page: as the reader's language lists and counts them."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from hokanko.rules import book as books
from hokanko.rules.listing import listing
from hokanko.rules.text import told


@pytest.mark.parametrize(("language", "words"), [("ja", "甲、乙"), ("en", "甲, 乙")])
def test_a_list_is_joined_as_its_reader_reads(language: str, words: str) -> None:
    with override(language):
        assert listing(["甲", "乙"]) == words


@pytest.mark.parametrize(
    ("name", "value", "ja", "en"),
    [
        ("disposal.record_fields", ("甲", "乙"), "甲、乙", "甲, 乙"),
        ("inspection.months", 6, "6か月", "6 months"),
        ("inspection.months", 1, "1か月", "1 month"),
        ("oath.required", "yes", "必要", "required"),
        ("oath.survives_post", True, "する", "yes"),
        ("org.name", "", "「　　　」", "—"),
        ("posts.names", {"unit": ["甲", "乙"]}, "甲、乙", "甲, 乙"),
        (
            "posts.names",
            {"hq": ["甲"], "unit": ["乙"]},
            "本部：甲；所属：乙",
            "headquarters: 甲; units: 乙",
        ),
    ],
)
def test_a_value_is_told_in_the_readers_language(
    name: str, value: object, ja: str, en: str
) -> None:
    parameter = books.load("ward").parameter(name)
    for language, words in (("ja", ja), ("en", en)):
        with override(language):
            assert told(parameter, value) == words

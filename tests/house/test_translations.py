"""English is complete: every Japanese sentence shown to a person has its English one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import polib
import pytest
from django.utils.translation.template import templatize

from tests.house.tree import PACKAGE, called, name_of, parsed, python_files

CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
FUNCTIONS = {
    "_": 0,
    "gettext": 0,
    "gettext_lazy": 0,
    "ngettext": 0,
    "ngettext_lazy": 0,
    "pgettext": 1,
    "pgettext_lazy": 1,
}
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"(?<!\w)(_|n?gettext)\({LITERAL}|(pgettext)\({LITERAL},\s*{LITERAL}")
JAPANESE = re.compile("[぀-ヿ㐀-鿿]")

Message = tuple[str | None, str]  # context, Japanese text


def in_template(source: str) -> Iterator[Message]:
    """The messages of one template, read the way Django's own collector reads it."""
    for _, plain, _, context, worded in IN_TEMPLATE.findall(templatize(source)):
        if plain:
            yield None, ast.literal_eval(plain)
        else:
            yield ast.literal_eval(context), ast.literal_eval(worded)


def in_python(tree: ast.Module) -> Iterator[Message]:
    """The messages of one module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := called(node)) in FUNCTIONS and node.args:
            words = [part.value for part in node.args if isinstance(part, ast.Constant)]
            place = FUNCTIONS[name]
            assert len(words) > place, f"line {node.lineno}: {name} takes plain text only"
            yield (str(words[0]) if place else None), str(words[place])


def messages() -> dict[Message, str]:
    """Every Japanese message of the program and a file that uses it."""
    found: dict[Message, str] = {}
    for path in sorted(PACKAGE.rglob("html/**/*.html")):
        found |= dict.fromkeys(in_template(path.read_text()), name_of(path))
    for path in python_files("hokanko"):
        found |= dict.fromkeys(in_python(parsed(path)), name_of(path))
    return {message: place for message, place in found.items() if JAPANESE.search(message[1])}


def english(catalogue: polib.POFile | polib.MOFile) -> dict[Message, str]:
    """What the catalogue says for each message; nothing for what is doubtful or empty."""
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr or str(entry.msgstr_plural)
        for entry in catalogue.translated_entries()
    }


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    if not CATALOGUE.exists():
        assert not messages(), f"{name_of(CATALOGUE)} is not written yet"
        return polib.POFile()
    return polib.pofile(str(CATALOGUE))


def test_every_message_has_its_english(catalogue: polib.POFile) -> None:
    told = english(catalogue)
    silent = [f"{at}: {key[1]}" for key, at in messages().items() if key not in told]
    assert not silent, f"{len(silent)} without English:\n" + "\n".join(silent)


def test_the_compiled_catalogue_is_the_written_one(catalogue: polib.POFile) -> None:
    if not CATALOGUE.exists():
        return
    compiled = CATALOGUE.with_suffix(".mo")
    assert compiled.exists(), "not compiled: run script/fix"
    assert english(polib.mofile(str(compiled))) == english(catalogue), "stale: run script/fix"


def test_messages_are_found_wherever_they_stand() -> None:
    template = (
        "{% load i18n %}{% translate '保管' %}{% trans \"一覧\" context '表' %}"
        "{% blocktranslate %}{{ n }} 件{% endblocktranslate %}{{ x|default:_('なし') }}"
    )
    found = set(in_template(template))
    assert found == {(None, "保管"), ("表", "一覧"), (None, "%(n)s 件"), (None, "なし")}
    module = ast.parse("gettext('閲覧'); pgettext('表', '提供'); ngettext('%d 件', '%d 件', n)")
    assert set(in_python(module)) == {(None, "閲覧"), ("表", "提供"), (None, "%d 件")}

"""The documents tell the truth: links lead somewhere, settings and commands are all described."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from hokanko.home import Settings
from tests.house.tree import PACKAGE, ROOT, name_of, parsed, python_files

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
SETTING = re.compile(r"HOKANKO_[A-Z0-9_]+")
OUR_PLACES = re.compile(r"(hokanko|tests|script|docs|requirements|\.ci)/[\w./*-]*\w[\w./*-]*")
OUR_MODULES = re.compile(r"[a-z]\w*(/\w+)+\.(py|html|toml|cedar|css|js|typ)")
LABEL = re.compile(r".*/\d+")  # a name within a format, such as hokanko/sealed/1
MADE_BY_US = (".venv", "build")


def documents() -> list[Path]:
    """The pages of the repository's root and of docs/."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def links(text: str) -> Iterator[str]:
    """The relative links of a page, without their anchors."""
    for target in LINK.findall(FENCE.sub("", text)):
        if not re.match(r"[a-z]+:|#", target):
            yield unquote(target.partition("#")[0])


def paths(text: str) -> Iterator[str]:
    """The repository paths that a page writes in backticks."""
    for code in CODE.findall(FENCE.sub("", text)):
        word = code.split()[0].partition("::")[0].rstrip("/:,") if code.split() else ""
        if LABEL.fullmatch(word):
            continue
        if OUR_PLACES.fullmatch(word) or OUR_MODULES.fullmatch(word):
            yield word


def is_there(word: str) -> bool:
    """Whether a path, seen from the root or from inside the package, leads to something."""
    if word.split("/")[0] in MADE_BY_US:
        return True
    return any(next(iter(folder.glob(word)), None) for folder in (ROOT, PACKAGE, ROOT / "tests"))


def settings() -> set[str]:
    """Every variable of the environment that the program reads."""
    declared = {f"HOKANKO_{field.name.upper()}" for field in dataclasses.fields(Settings)}
    literal = {
        node.value
        for path in python_files("hokanko")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SETTING.fullmatch(node.value)
        and not node.value.endswith("_")
    }
    return declared | literal


def commands() -> list[str]:
    """The words after `hokanko` that Django's commands give us."""
    folder = PACKAGE / "management" / "commands"
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))


def text_of(*names: str) -> str:
    """These documents as one text; one that is missing fails by name."""
    missing = [name for name in names if not (ROOT / name).exists()]
    assert not missing, f"not written yet: {missing}"
    return "\n".join((ROOT / name).read_text() for name in names)


def test_there_are_documents() -> None:
    assert {"README.md", "ARCHITECTURE.md"} <= {name_of(path) for path in documents()}


def test_every_link_leads_somewhere() -> None:
    dead = [
        f"{name_of(page)}: {target}"
        for page in documents()
        for target in links(page.read_text())
        if not (page.parent / target).exists()
    ]
    assert not dead, "\n".join(dead)


def test_every_path_exists() -> None:
    dead = [
        f"{name_of(page)}: {word}"
        for page in documents()
        for word in paths(page.read_text())
        if not is_there(word)
    ]
    assert not dead, "\n".join(dead)


def test_every_setting_is_described() -> None:
    told = set(SETTING.findall(text_of("docs/guide/settings.md", "README.md")))
    assert settings() - told == set()


def test_no_setting_is_described_that_does_not_exist() -> None:
    told = set(SETTING.findall(text_of("docs/guide/settings.md")))
    assert {name for name in told if not name.endswith("_")} - settings() == set()


def test_every_command_is_described() -> None:
    if not commands():
        return
    told = text_of("docs/guide/commands.md")
    silent = [name for name in commands() if not re.search(rf"hokanko {spelt(name)}\b", told)]
    assert not silent, f"docs/guide/commands.md does not speak of: {silent}"


def spelt(name: str) -> str:
    """A command's module as it may be typed: `take_in` or `take-in`."""
    return re.sub("[-_]", "[-_]", name)


def test_a_dead_link_and_a_dead_path_are_found() -> None:
    page = (
        "see [here](nowhere.md#top) and `hokanko/nothing.py` but not [there](https://example.org)"
    )
    assert list(links(page)) == ["nowhere.md"]
    assert list(paths(page)) == ["hokanko/nothing.py"]
    assert not is_there("hokanko/nothing.py")
    assert is_there("hokanko/errors.py")

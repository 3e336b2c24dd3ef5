"""The floors: who may import whom is written in pyproject.toml and checked by import-linter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT

GROUND = ("clock", "errors", "home", "formats", "media", "papers", "keyring", "verify")
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_every_contract_is_kept() -> None:
    lint = [sys.executable, "-c", LINT, "--no-cache"]
    done = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken." in done.stdout


def test_the_package_itself_is_empty() -> None:
    """What `hokanko/__init__.py` imported, everything would import."""
    assert not (PACKAGE / "__init__.py").read_text()


def modules(name: str) -> list[str]:
    """The dotted names of a module, or of everything in a package."""
    alone = PACKAGE / f"{name}.py"
    found: list[Path] = [alone] if alone.exists() else sorted((PACKAGE / name).rglob("*.py"))
    assert found, f"hokanko/{name} is not written yet"
    plain = (path.relative_to(ROOT).with_suffix("") for path in found)
    return [".".join(path.parts).removesuffix(".__init__") for path in plain]


@pytest.mark.parametrize("name", GROUND)
def test_the_ground_loads_no_django(name: str) -> None:
    """Seen at work, not only in the text: what is imported by name while loading counts too."""
    names = ", ".join(modules(name))
    program = f"import sys, {names}\nsys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == 0

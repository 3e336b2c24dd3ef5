"""The `hokanko` command: finds the right door for a word, and turns outcomes into exit codes.

0 done · 1 refused or found unsound · 2 usage · 3 unavailable (DESIGN §12). `verify` needs no home
and no Django; everything else is a management command of the same name.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

from hokanko import home as homes
from hokanko import verify
from hokanko.errors import HokankoError, Unavailable

HOMELESS = {"init", "demo", "doctor", "rulebook"}
HELP = {"help", "--help", "-h"}
COMMANDS = Path(__file__).parent / "management" / "commands"
VERIFY = "hokanko verify: judge packages, certificates and proofs: no home, no network."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code."""
    words = _json_last(list(sys.argv[1:] if argv is None else argv)) or ["help"]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no secrets in crash dumps (I3)
    os.umask(0o077)  # what a home holds is its owner's only
    try:
        return _enter(words)
    except HokankoError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0


def _version() -> str:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def _json_last(words: list[str]) -> list[str]:
    """`--json` may stand anywhere, also before the command."""
    return [*words[1:], "--json"] if words[:1] == ["--json"] else words


def _enter(words: list[str]) -> int:
    if words[0] == "verify":
        return verify.main(words[1:])
    if words[0] in HELP:
        sys.stdout.write(_contents())
        return 0
    if words[0] == "--version":
        sys.stdout.write(f"hokanko {_version()}\n")
        return 0
    if words[0] == "demo":
        os.environ.setdefault("HOKANKO_HOME", _demo_home(words))
    return _manage(words)


def _manage(words: list[str]) -> int:
    name, rest = words[0].replace("-", "_"), words[1:]
    if not (COMMANDS / f"{name}.py").is_file():  # Django's own would go around the verbs
        sys.stderr.write(
            f"hokanko: {words[0]} という命令はありません / no such command\n\n{_contents()}"
        )
        return 2
    if name not in HOMELESS and not HELP & set(rest) and not homes.here().exists:
        raise _no_home()
    from django.core.management import ManagementUtility  # noqa: PLC0415 verify must not load it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hokanko.settings")
    if "--json" in rest:  # a sub-command would not know it
        rest = ["--json", *(word for word in rest if word != "--json")]
    try:
        ManagementUtility(["hokanko", name, *rest]).execute()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2 if stop.code else 0
    return 0


def _contents() -> str:
    """Every command with its sentence, as its file opens with it."""
    files = (path for path in sorted(COMMANDS.glob("*.py")) if path.stem != "__init__")
    lines = [path.read_text().split('"""', 2)[1].splitlines()[0] for path in files]
    return "\n".join(sorted([*lines, VERIFY])) + "\n\n詳しくは / more: hokanko COMMAND --help\n"


def _demo_home(words: list[str]) -> str:
    """A demo never touches the operator's own home; a story is told in a new place each time."""
    if "--no-serve" in words:
        return str(Path(tempfile.mkdtemp(prefix="hokanko-demo-")) / "home")
    return str(Path("~/.local/share/hokanko-demo").expanduser())


def _no_home() -> Unavailable:
    return Unavailable(
        f"保管庫がありません（{homes.here().path}）。",
        f"There is no home at {homes.here().path}.",
        mend_ja="hokanko init で作るか、HOKANKO_HOME を確かめてください。",
        mend_en="Make one with hokanko init, or check HOKANKO_HOME.",
    )


if __name__ == "__main__":
    sys.exit(main())

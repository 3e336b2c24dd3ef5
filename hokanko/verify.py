"""`hokanko verify`: judges packages, certificates and ledger proofs offline, trusting nobody.

No home, no network, no Django: whoever receives something from a 保管庫 can run this alone.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hokanko.errors import HokankoError, Missing, Unavailable, Unsound
from hokanko.formats import canon, certificate
from hokanko.formats.check import (
    Check,
    attempt,
    check_key,
    check_ledger,
    read_vkey,
    text_of,
)
from hokanko.formats.manifest import ENTRY, VKEY
from hokanko.formats.note import parse_vkey
from hokanko.formats.package_checks import MOST_PROOF_BYTES, MOST_VKEY_BYTES, check_package
from hokanko.formats.proof import HEADER, parse_proof
from hokanko.formats.tiles import MAX_ENTRY_BYTES

PACKAGE, CERTIFICATE, PROOF = "package", "certificate", "proof"
SUFFIXES = {".zip": PACKAGE, ".json": CERTIFICATE, ".tlog-proof": PROOF}
OPENINGS = {b"PK": PACKAGE, b"{": CERTIFICATE, HEADER.encode(): PROOF}
MOST_CERTIFICATE_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was judged ("package", "certificate" or "proof"), and every check in a fixed order."""

    kind: str
    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        """Whether every check held."""
        return all(check.ok for check in self.checks)

    def as_json(self) -> dict[str, object]:
        """The verdict as DESIGN §12 writes it for machines."""
        return {"sound": self.sound, "kind": self.kind, "checks": [*map(asdict, self.checks)]}


def judge(path: Path, keys: Sequence[str] = ()) -> Verdict:
    """The verdict on what is at a path. `keys` are the vkeys to trust; none means any.

    Raises Missing where nothing is, or nothing that can be judged, and Unavailable when the
    medium cannot be read. What is wrong with the thing itself is in the verdict.
    """
    try:
        kind = _kind(path)
        return Verdict(kind, tuple(JUDGES[kind](path, keys)))
    except FileNotFoundError as error:
        raise Missing(
            f"見つかりません: {error.filename}", f"Not found: {error.filename}"
        ) from error
    except OSError as error:
        raise Unavailable(
            f"読み取れません: {path}（{error.strerror}）",
            f"Cannot be read: {path} ({error.strerror})",
        ) from error


def main(argv: Sequence[str] | None = None) -> int:
    """The command: 0 sound, 1 unsound, 2 usage or not found, 3 cannot be read."""
    parser = _parser()
    asked = parser.parse_args(argv)
    try:
        for key in asked.key:
            parse_vkey(key)
    except Unsound as error:
        parser.error(str(error))
    results = [_try(path, asked.key) for path in asked.paths]
    text = _as_json(results) if asked.json else _as_text(asked.paths, results)
    # A name that is no UTF-8 must not break the report about it.
    sys.stdout.write(text.encode("utf-8", "replace").decode())
    if not asked.json:
        sys.stderr.writelines(f"{each}\n" for each in results if isinstance(each, HokankoError))
    return _exit_code(results)


Result = Verdict | HokankoError


def _try(path: Path, keys: Sequence[str]) -> Result:
    try:
        return judge(path, keys)
    except (Missing, Unavailable) as error:
        return error


def _kind(path: Path) -> str:
    if path.is_dir():
        return PACKAGE
    if not path.is_file():  # asked before opening, which would wait on a pipe
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with path.open("rb") as file:
        head = file.read(len(HEADER))
    sniffed = (kind for opening, kind in OPENINGS.items() if head.startswith(opening))
    kind = SUFFIXES.get(path.suffix.lower()) or next(sniffed, None)
    if kind is None:
        raise Missing(
            f"包み・消去証明書・台帳の証明のどれでもありません: {path}",
            f"Neither a package nor a certificate nor a ledger proof: {path}",
        )
    return kind


def _judge_certificate(path: Path, keys: Sequence[str]) -> list[Check]:
    try:
        text = text_of(_read(path, MOST_CERTIFICATE_BYTES))
    except Unsound:
        text = ""  # no certificate: every check fails, in the order of a certificate's
    return certificate.verify(text, keys)


def _judge_proof(path: Path, keys: Sequence[str]) -> list[Check]:
    """A proof's entry lies beside it, as NAME.json or entry.json; the key as --key or vkey."""
    checks: list[Check] = []
    named = path.with_suffix(".json")
    beside = named if named.exists() else path.with_name(ENTRY)
    entry = attempt(
        checks,
        "entry",
        ("台帳の記載は正しい形をしています。", "The ledger entry has its proper form."),
        lambda: _canonical(_read(beside, MAX_ENTRY_BYTES)),
    )
    key = check_key(checks, lambda: _vkey_for(path, keys), keys)
    check_ledger(checks, entry, lambda: text_of(_read(path, MOST_PROOF_BYTES)), key)
    return checks


JUDGES: Mapping[str, Callable[[Path, Sequence[str]], list[Check]]] = {
    PACKAGE: check_package,
    CERTIFICATE: _judge_certificate,
    PROOF: _judge_proof,
}


def _vkey_for(path: Path, keys: Sequence[str]) -> str:
    """Of the keys given, the one the proof speaks of; where none is given, the one beside it."""
    if not keys:
        return read_vkey(_read(path.with_name(VKEY), MOST_VKEY_BYTES))
    note = parse_proof(text_of(_read(path, MOST_PROOF_BYTES))).checkpoint_note
    origin = note.partition("\n")[0]
    return next((key for key in keys if parse_vkey(key).name == origin), keys[0])


def _canonical(entry: bytes) -> bytes:
    canon.decode(entry)
    return entry


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unsound(f"大きすぎます: {path.name}", f"Too large: {path.name}")
    return data


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hokanko verify",
        description="包み・消去証明書・台帳の証明を、ネットワークなしに確かめます。"
        " Judges packages, certificates and proofs offline.",
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="確かめるもの (what)")
    parser.add_argument(
        "--key",
        metavar="VKEY",
        action="append",
        default=[],
        help="別の経路で知った検証鍵 (a verifier key you know by another way)",
    )
    parser.add_argument("--json", action="store_true", help="結果をJSONで (one JSON document)")
    return parser


def _as_json(results: Sequence[Result]) -> str:
    documents = [each.as_json() for each in results]
    document = documents[0]
    if len(results) > 1:
        document = {"sound": all(map(_is_sound, results)), "results": documents}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _as_text(paths: Sequence[Path], results: Sequence[Result]) -> str:
    parts = []
    for path, result in zip(paths, results, strict=True):
        if isinstance(result, Verdict):
            word = "改変はありません (sound)" if result.sound else "問題があります (UNSOUND)"
            parts.append(f"{path}: {word}\n")
            parts += [_line(check) for check in result.checks]
    return "".join(parts)


def _line(check: Check) -> str:
    detail = check.detail.replace("\n", "\n      ")
    return f"  {'○' if check.ok else '×'} {check.name}\n      {detail}\n"


def _is_sound(result: Result) -> bool:
    return isinstance(result, Verdict) and result.sound


def _exit_code(results: Sequence[Result]) -> int:
    """What is unsound outweighs what could not be judged."""
    if any(isinstance(each, Verdict) and not each.sound for each in results):
        return 1
    return max((each.exit_code for each in results if isinstance(each, HokankoError)), default=0)


if __name__ == "__main__":
    sys.exit(main())

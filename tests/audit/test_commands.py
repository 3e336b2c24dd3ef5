"""hokanko board and hokanko evidence."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from hokanko.audit.models import Evidence
from hokanko.audit.queries import attachment
from hokanko.rehearsal.cast import Cast
from tests.audit.desk import PHOTO

ADD = ("evidence", "add", "--org", "CHUO", "--kind", "stock", "--by", "suzuki")


def told(*words: str) -> dict[str, object]:
    """What a command prints as JSON."""
    out = StringIO()
    call_command(words[0], "--json", *words[1:], stdout=out, stderr=StringIO())
    said: dict[str, object] = json.loads(out.getvalue())
    return said


def test_the_board_of_an_organisation(cast: Cast) -> None:
    said = told("board", "--org", "CHUO")
    clauses = said["clauses"]
    assert isinstance(clauses, list)
    assert said["org"] == "CHUO"
    assert len({each["id"] for each in clauses}) == len(clauses) == 113
    for key in ("state", "due", "owner", "evidence"):
        assert all(key in each for each in clauses)


def test_the_board_for_a_person_lists_what_is_owed(cast: Cast) -> None:
    out = StringIO()
    call_command("board", "--org", "CHUO", stdout=out)
    assert "police-4.1\t" in out.getvalue()
    assert "police-1\t" not in out.getvalue()


def test_evidence_is_entered_with_its_file(cast: Cast, tmp_path: Path) -> None:
    photo = tmp_path / "rack.png"
    photo.write_bytes(PHOTO)
    said = told(*ADD, "--set", "counted=13台", "--on", "2026-11-19", "--file", str(photo))
    row = Evidence.objects.get()
    assert said["id"] == str(row.pk)
    assert (said["on"], said["clauses"]) == ("2026-11-19", ["police-4.1"])
    assert attachment(row) == PHOTO
    listed = told("evidence", "list", "--org", "CHUO", "--by", "suzuki")["evidence"]
    assert isinstance(listed, list)
    assert listed[0]["fields"] == {"counted": "13台"}
    told("evidence", "withdraw", str(row.pk), "--reason", "数え間違い", "--by", "suzuki")
    row.refresh_from_db()
    assert row.withdrawn_at is not None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((*ADD, "--set", "counted"), 1),
        ((*ADD, "--set", "colour=red"), 1),
        ((*ADD, "--set", "counted=1", "--file", "/nowhere/x.png"), 2),
        ((*ADD, "--set", "counted=1", "--clause", "police-99"), 2),
        ((*ADD[:-1], "yamada", "--set", "counted=1"), 1),
        (("evidence", "list", "--org", "CHUO"), 1),
        (("board", "--org", "NOWHERE"), 2),
    ],
)
def test_what_cannot_be_ends_with_its_code(cast: Cast, words: tuple[str, ...], code: int) -> None:
    with pytest.raises(SystemExit) as end:
        call_command(*words, stdout=StringIO(), stderr=StringIO())
    assert end.value.code == code
    assert not Evidence.objects.exists()

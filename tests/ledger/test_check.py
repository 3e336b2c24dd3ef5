"""Whatever is altered behind the program's back, the check of the whole ledger names the line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import connection

from hokanko.footage.models import Footage
from hokanko.formats.merkle import leaf_hash
from hokanko.formats.note import SigningKey, sign
from hokanko.keyring import keys
from hokanko.ledger import lines, prove
from hokanko.ledger.append import append
from hokanko.ledger.models import Checkpoint, Entry, Opening
from hokanko.ledger.publish import publish
from hokanko.rehearsal.cast import Cast

TABLES = ("hokanko_entry", "hokanko_checkpoint")


def alter(sql: str, given: Sequence[str | int | bytes] = ()) -> None:
    """What somebody who owns the database can do: the triggers are no obstacle to him."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table in TABLES:
            for verb in ("update", "delete"):
                on = f"ON {table}" if postgres else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb} {on}")
        cursor.execute(sql, given)


def found() -> set[tuple[str, int | None]]:
    """What the check finds: kind and place."""
    return {(problem.kind, problem.index) for problem in prove.check().problems}


def test_every_column_is_compared_with_the_body(cast: Cast) -> None:
    publish()
    alter("UPDATE hokanko_entry SET kind = 'login.done' WHERE place = 3")
    alter("UPDATE hokanko_entry SET org = 'NOWHERE' WHERE place = 4")
    alter("UPDATE hokanko_entry SET about = 'footage:another' WHERE place = 5")
    alter("UPDATE hokanko_entry SET at = '2026-11-20 03:00:00.001+00:00' WHERE place = 6")
    alter("UPDATE hokanko_entry SET at = '2026-11-20 02:59:59.999+00:00' WHERE place = 7")
    assert found() == {("column", place) for place in range(3, 8)}


def test_a_changed_body_is_found_by_its_leaf(cast: Cast, footage: Footage) -> None:
    publish()
    body = bytes(Entry.objects.get(place=3).body)
    alter("UPDATE hokanko_entry SET body = %s WHERE place = 3", [body.replace(b"cli", b"web")])
    assert {("changed", 3), ("root", Entry.objects.count())} <= found()


def test_a_changed_body_with_its_leaf_is_found_by_the_signed_root(cast: Cast) -> None:
    head = publish()
    assert head is not None
    body = bytes(Entry.objects.get(place=3).body).replace(b'"via":"cli"', b'"via":"web"')
    given = [body, leaf_hash(body)]
    alter("UPDATE hokanko_entry SET body = %s, leaf = %s WHERE place = 3", given)
    # Its openings are sealed to the old leaf, and the published copy knows better too.
    assert found() == {("opening", 3), ("root", head.size), ("published", head.size)}


def test_smuggled_lines_that_no_program_wrote_are_unreadable(cast: Cast) -> None:
    head = publish()
    assert head is not None
    bodies = [b'{"kind": "spaced"}', b"[]", b"no json", b'{"v":1}', b'"text"', b"\xff"]
    for body in bodies:
        alter(
            "INSERT INTO hokanko_entry (body, leaf, kind, org, about, at) "
            "VALUES (%s, %s, 'x', 'CHUO', 'x', '2026-11-20 03:00:00+00:00')",
            [body, leaf_hash(body)],
        )
    assert found() == {("changed", None)}
    publish()
    assert found() == {("changed", head.size + number) for number in range(len(bodies))}


def test_a_missing_line_is_a_gap(cast: Cast) -> None:
    publish()
    Opening.objects.filter(entry__place=3).delete()
    alter("DELETE FROM hokanko_entry WHERE place = 3")
    assert ("gap", 4) in found()


def test_lines_cut_from_the_end_are_missed(cast: Cast) -> None:
    append("login.done", by=cast.as_actor("suzuki"), org="CHUO", about="org:CHUO")
    head = publish()
    assert head is not None
    Opening.objects.filter(entry__place=head.size - 1).delete()
    alter("DELETE FROM hokanko_entry WHERE place = %s", [head.size - 1])
    assert found() == {("lost", head.size), ("published", head.size)}


def test_lines_placed_without_a_signature_are_named(cast: Cast) -> None:
    head = publish()
    assert head is not None
    line = append("login.done", by=cast.as_actor("suzuki"), org="CHUO", about="org:CHUO")
    alter("UPDATE hokanko_entry SET place = %s WHERE id = %s", [head.size, line.id])
    assert found() == {("unsigned", head.size + 1)}


def test_what_the_next_head_would_grow_from_is_compared(cast: Cast) -> None:
    head = publish()
    assert head is not None
    alter("UPDATE hokanko_checkpoint SET frontier = %s", [bytes(head.frontier)[::-1]])
    assert found() == {("root", head.size)}
    put_back = [bytes(head.frontier), bytes(32)]
    alter("UPDATE hokanko_checkpoint SET frontier = %s, root = %s", put_back)
    assert found() == {("root", head.size)}


def test_a_head_signed_by_another_key_is_refused(cast: Cast) -> None:
    head = publish()
    assert head is not None
    text = head.note.partition("\n\n")[0] + "\n"
    other = SigningKey.from_seed(text.splitlines()[0], bytes(32))
    alter("UPDATE hokanko_checkpoint SET note = %s", [sign(text, [other])])
    assert found() == {("signature", head.size)}


def test_a_published_head_that_cannot_be_read(cast: Cast) -> None:
    publish()
    for content in (b"", b"\xff", b"other.example\n1\nAAAA\n"):
        (keys.home().ledger / "checkpoint").write_bytes(content)
        assert found() == {("published", None)}


def test_a_ledger_that_was_put_back_is_behind_what_was_published(cast: Cast) -> None:
    old = publish()
    assert old is not None
    line = append("login.done", by=cast.as_actor("suzuki"), org="CHUO", about="org:CHUO")
    new = publish()
    assert new is not None
    Opening.objects.filter(entry=line.id).delete()
    alter("DELETE FROM hokanko_checkpoint WHERE size = %s", [new.size])
    alter("DELETE FROM hokanko_entry WHERE id = %s", [line.id])
    assert found() == {("published", new.size)}


def test_an_altered_opening_is_found_before_and_after_placing(cast: Cast) -> None:
    openings = Opening.objects.filter(entry=Entry.objects.order_by("id")[3], field="person")
    openings.update(salt=bytes(16))
    assert found() == {("opening", None)}
    publish()
    assert found() == {("opening", 3)}
    openings.update(sealed=bytes(40))
    assert found() == {("opening", 3)}


def test_an_opening_that_the_line_knows_nothing_of_is_found(cast: Cast) -> None:
    publish()
    opening = Opening.objects.get(entry__place=3, field="person")
    Opening.objects.create(
        entry=opening.entry, field="other", salt=opening.salt, sealed=opening.sealed
    )
    assert found() == {("opening", 3)}


def test_lines_are_looked_at_in_several_batches(
    cast: Cast, footage: Footage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "AT_ONCE", 4)
    publish()
    assert prove.check().sound
    Opening.objects.filter(entry__place=9, field="person").update(salt=bytes(16))
    assert found() == {("opening", 9)}


def test_every_earlier_head_still_holds(cast: Cast) -> None:
    for _ in range(5):
        append("login.done", by=cast.as_actor("suzuki"), org="CHUO", about="org:CHUO")
        publish()
    assert Checkpoint.objects.count() == 5
    assert prove.check().sound

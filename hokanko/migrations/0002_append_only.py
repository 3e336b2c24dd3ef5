"""The ledger refuses change and removal, on both databases (I8)."""

from django.db import migrations

TABLES = ("hokanko_entry", "hokanko_checkpoint")
PLACING = (
    "OLD.place IS NULL AND NEW.place IS NOT NULL AND NEW.id = OLD.id AND NEW.body = OLD.body "
    "AND NEW.leaf = OLD.leaf AND NEW.kind = OLD.kind AND NEW.org = OLD.org "
    "AND NEW.about = OLD.about AND NEW.at = OLD.at"
)


def _sqlite(table: str, verb: str, unless: str) -> str:
    when = f"WHEN NOT ({unless})" if unless else ""
    return (
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {when} "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )


def _postgres(table: str, verb: str, unless: str) -> str:
    when = f"WHEN (NOT ({unless}))" if unless else ""
    return (
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW {when} "
        "EXECUTE FUNCTION hokanko_append_only()"
    )


FUNCTION = """
CREATE FUNCTION hokanko_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""


def raise_triggers(apps, editor):
    postgres = editor.connection.vendor == "postgresql"
    if postgres:
        editor.execute(FUNCTION)
    make = _postgres if postgres else _sqlite
    for table in TABLES:
        placing = PLACING if table == "hokanko_entry" else ""
        editor.execute(make(table, "update", placing))
        editor.execute(make(table, "delete", ""))
        if postgres:
            editor.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION hokanko_append_only()"
            )


class Migration(migrations.Migration):
    dependencies = [("hokanko", "0001_initial")]
    operations = [migrations.RunPython(raise_triggers, migrations.RunPython.noop)]

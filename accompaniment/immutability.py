"""What has been live never changes: the database itself refuses it, whoever asks.

Triggers watch the versions of packages and grids, and what they are made of.
"""

from association.guards import Guard

# The parts of a version: their table, the column that leads to it, and its table.
WHOLES = ["accompaniment_packageversion", "accompaniment_grid"]
PARTS = [
    ("accompaniment_packagekind", "version_id", "accompaniment_packageversion"),
    ("accompaniment_question", "grid_id", "accompaniment_grid"),
]

POSTGRESQL_REFUSE = """
CREATE OR REPLACE FUNCTION accompaniment_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What has been live never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL_WHOLE = """
CREATE OR REPLACE TRIGGER accompaniment_frozen BEFORE UPDATE OR DELETE ON {whole}
FOR EACH ROW WHEN (OLD.live_from IS NOT NULL) EXECUTE FUNCTION accompaniment_frozen()
"""
POSTGRESQL_LOOK = """
CREATE OR REPLACE FUNCTION accompaniment_frozen_{part}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM {whole} WHERE id IN (OLD.{column}, NEW.{column}) AND live_from IS NOT NULL) THEN
    RAISE EXCEPTION 'What has been live never changes' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$
"""
POSTGRESQL_PART = """
CREATE OR REPLACE TRIGGER accompaniment_frozen BEFORE INSERT OR UPDATE OR DELETE ON {part}
FOR EACH ROW EXECUTE FUNCTION accompaniment_frozen_{part}()
"""
SQLITE_WHOLE = """
CREATE TRIGGER IF NOT EXISTS accompaniment_frozen_{whole}_{event} BEFORE {event} ON {whole}
WHEN OLD.live_from IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'What has been live never changes'); END
"""
SQLITE_PART = """
CREATE TRIGGER IF NOT EXISTS accompaniment_frozen_{part}_{event} BEFORE {event} ON {part}
WHEN EXISTS (SELECT 1 FROM {whole} WHERE id IN ({rows}) AND live_from IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'What has been live never changes'); END
"""
SQLITE_ROWS = {"INSERT": "NEW.{column}", "UPDATE": "OLD.{column}, NEW.{column}", "DELETE": "OLD.{column}"}


def _on_postgresql() -> list[str]:
    sentences = [POSTGRESQL_REFUSE, *(POSTGRESQL_WHOLE.format(whole=whole) for whole in WHOLES)]
    for part, column, whole in PARTS:
        names = {"part": part, "column": column, "whole": whole}
        sentences += [POSTGRESQL_LOOK.format(**names), POSTGRESQL_PART.format(**names)]
    return sentences


def _on_sqlite() -> list[str]:
    sentences = [SQLITE_WHOLE.format(whole=whole, event=event) for whole in WHOLES for event in ("UPDATE", "DELETE")]
    for part, column, whole in PARTS:
        for event, rows in SQLITE_ROWS.items():
            sentences.append(SQLITE_PART.format(part=part, event=event, whole=whole, rows=rows.format(column=column)))
    return sentences


GUARD = Guard(
    prefix="accompaniment_frozen",
    tables=frozenset([*WHOLES, *(part for part, _column, _whole in PARTS)]),
    on_postgresql=_on_postgresql,
    on_sqlite=_on_sqlite,
)

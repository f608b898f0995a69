"""The last line: whatever writes to the database, a meeting never has more places taken than seats.

A refusal is an `IntegrityError`; the rules of `events.bookings` never meet it.
"""

from association.guards import Guard
from events.models import Booking, Meeting

BOOKINGS, MEETINGS = Booking._meta.db_table, Meeting._meta.db_table
TAKING = ", ".join(f"'{state.value}'" for state in Booking.TAKING)
NAME = "events_never_more_than_seats"
TOLD = "more places taken than seats"


def taking(row: str) -> str:
    return f"({row}.state IN ({TAKING}) AND NOT {row}.is_walk_in)"


# What starts to take a seat.
INSERTED = taking("NEW")
UPDATED = f"{taking('NEW')} AND NOT ({taking('OLD')} AND OLD.session_id = NEW.session_id)"
WRITES = {"insert": ("INSERT", INSERTED), "update": ("UPDATE OF state, session_id, is_walk_in", UPDATED)}


def taken(session: str) -> str:
    return f"(SELECT count(*) FROM {BOOKINGS} AS b WHERE b.session_id = {session} AND {taking('b')})"  # noqa: S608  # our own names


def on_postgresql() -> list[str]:
    refusal = f"RAISE EXCEPTION '{TOLD}' USING ERRCODE = 'check_violation', CONSTRAINT = '{NAME}';"
    seats = f"(SELECT seats FROM {MEETINGS} WHERE id = NEW.session_id)"  # noqa: S608  # our own names
    bodies = {
        # One after the other: two that count at the same moment would both find the last seat.
        "lock": f"PERFORM 1 FROM {MEETINGS} WHERE id = NEW.session_id FOR UPDATE; RETURN NEW;",
        "count": f"IF {taken('NEW.session_id')} > {seats} THEN {refusal} END IF; RETURN NULL;",
        "seats": f"IF {taken('NEW.id')} > NEW.seats THEN {refusal} END IF; RETURN NEW;",
    }
    statements = [
        f"CREATE OR REPLACE FUNCTION {NAME}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        for name, body in bodies.items()
    ]
    triggers = [
        (f"{NAME}_{name}_{event}", f"{moment} {write} ON {BOOKINGS}", condition, name)
        for event, (write, condition) in WRITES.items()
        for moment, name in (("BEFORE", "lock"), ("AFTER", "count"))
    ]
    triggers.append((f"{NAME}_seats", f"BEFORE UPDATE OF seats ON {MEETINGS}", "NEW.seats < OLD.seats", "seats"))
    return statements + [
        f"CREATE OR REPLACE TRIGGER {trigger} {when} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {NAME}_{name}()"
        for trigger, when, condition, name in triggers
    ]


def on_sqlite() -> dict[str, str]:
    """By name; it has one writer at a time, and nothing to lock."""
    refusal = f"SELECT RAISE(ABORT, '{TOLD}')"
    seats = f"(SELECT seats FROM {MEETINGS} WHERE id = NEW.session_id)"  # noqa: S608  # our own names
    full = f"{refusal} WHERE {taken('NEW.session_id')} > {seats}"
    triggers = {
        f"{NAME}_{event}": f"AFTER {write} ON {BOOKINGS} WHEN {condition} BEGIN {full}; END"
        for event, (write, condition) in WRITES.items()
    }
    shrunk = f"{refusal} WHERE {taken('NEW.id')} > NEW.seats"
    triggers[f"{NAME}_seats"] = f"AFTER UPDATE OF seats ON {MEETINGS} WHEN NEW.seats < OLD.seats BEGIN {shrunk}; END"
    return {name: f"CREATE TRIGGER IF NOT EXISTS {name} {body}" for name, body in triggers.items()}


GUARD = Guard(
    prefix=NAME,
    tables=frozenset([BOOKINGS, MEETINGS]),
    on_postgresql=on_postgresql,
    on_sqlite=lambda: list(on_sqlite().values()),
)

"""What the database itself refuses of the ledger, whoever asks.

An entry is never changed nor deleted; it follows the last one; it leaves the
hours of its kind between nothing and what the package has. A signed cheque
keeps what was signed. A text can be erased, never changed. An order that was
confirmed keeps what was bought, and a month that was invoiced stays so.
"""

from association.guards import Guard

TABLES = (
    *("passport_entry", "passport_entrytext", "passport_cheque", "passport_statement", "passport_passport"),
    *("passport_order", "passport_invoicedmonth"),
)
SIGNED = (
    *("key", "passport_id", "counsellor_id", "day", "rank", "kind", "hours", "starts_at", "ends_at", "origin"),
    *("is_collective", "counsellor_signed_at", "counsellor_means"),
)
AFTER = ("member_signed_at", "member_means", "entry_id")

# Of an order that was confirmed; it can only be cancelled.
ORDERED = (
    *("number", "organisation_id", "version_id", "quantity", "price", "billing"),
    *("siret", "service_code", "commitment_number"),
)

# All but who recorded it, who may be erased.
INVOICED = ("order_id", "month", "number", "dated_on", "amount", "cancels_id", "reason", "recorded_at")

# These may be erased, and nothing else.
TEXTS = ("what", "place")

REFUSED = "What was signed never changes"
NOT_NEXT = "An entry follows the last one"
NOT_IN_QUOTA = "Hours stay between nothing and what the package has"

SPENT = "(SELECT COALESCE(SUM(hours), 0) FROM passport_entry WHERE passport_id = NEW.passport_id AND kind = NEW.kind)"
QUOTA = (
    "(SELECT k.hours FROM accompaniment_packagekind k JOIN passport_passport p ON p.version_id = k.version_id"
    " WHERE p.id = NEW.passport_id AND k.code = NEW.kind)"
)
LAST = "(SELECT COALESCE(MAX(seq), 0) FROM passport_entry WHERE passport_id = NEW.passport_id)"
OVER = f"NEW.kind <> '' AND COALESCE({SPENT} + NEW.hours NOT BETWEEN 0 AND {QUOTA}, TRUE)"


def _moved(names: tuple[str, ...], *, different: str) -> str:
    return " OR ".join(f"OLD.{name} {different} NEW.{name}" for name in names)


def _rewritten(names: tuple[str, ...]) -> str:
    return " OR ".join(f"(OLD.{name} <> NEW.{name} AND NEW.{name} <> '')" for name in names)


def _on_sqlite() -> list[str]:
    refusals = [
        ("entry_update", "UPDATE ON passport_entry", "TRUE", REFUSED),
        ("entry_delete", "DELETE ON passport_entry", "TRUE", REFUSED),
        ("entry_next", "INSERT ON passport_entry", f"NEW.seq <> {LAST} + 1", NOT_NEXT),
        ("entry_quota", "INSERT ON passport_entry", OVER, NOT_IN_QUOTA),
        ("text_update", "UPDATE ON passport_entrytext", "TRUE", REFUSED),
        ("cheque_update", "UPDATE ON passport_cheque", _changed("IS NOT"), REFUSED),
        ("cheque_delete", "DELETE ON passport_cheque", "TRUE", REFUSED),
        ("statement_update", "UPDATE ON passport_statement", "TRUE", REFUSED),
        ("statement_delete", "DELETE ON passport_statement", "TRUE", REFUSED),
        ("chain_update", "UPDATE ON passport_passport", _moved(("chain", "version_id"), different="IS NOT"), REFUSED),
        ("order_update", "UPDATE ON passport_order", _reordered("IS NOT"), REFUSED),
        ("invoiced_update", "UPDATE ON passport_invoicedmonth", _moved(INVOICED, different="IS NOT"), REFUSED),
        ("invoiced_delete", "DELETE ON passport_invoicedmonth", "TRUE", REFUSED),
    ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS passport_frozen_{name} BEFORE {event} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
        for name, event, condition, told in refusals
    ]


def _changed(different: str) -> str:
    """What was signed by the counsellor never moves; by both, nothing but the state, to « annulé »."""
    after = f"OLD.state = 'signe' AND ({_moved(AFTER, different=different)} OR NEW.state NOT IN ('signe', 'annule'))"
    closed = "OLD.state IN ('annule', 'retire', 'expire') AND OLD.state <> NEW.state"
    return f"{_moved(SIGNED, different=different)} OR {_rewritten(TEXTS)} OR ({after}) OR ({closed})"


def _reordered(different: str) -> str:
    """What was confirmed is kept, and what was cancelled too."""
    moved = f"OLD.state <> 'demandee' AND ({_moved(ORDERED, different=different)} OR NEW.state = 'demandee')"
    return f"({moved}) OR (OLD.state = 'annulee' AND NEW.state <> 'annulee')"


def _functions() -> list[str]:
    refuse = f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';"
    body = f"""
CREATE OR REPLACE FUNCTION passport_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {refuse} END $$"""
    insert = f"""
CREATE OR REPLACE FUNCTION passport_enter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM passport_passport WHERE id = NEW.passport_id FOR UPDATE;
  IF NEW.seq <> {LAST} + 1 THEN
    RAISE EXCEPTION '{NOT_NEXT}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF {OVER} THEN
    RAISE EXCEPTION '{NOT_IN_QUOTA}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$"""
    return [body, insert]


def _on_postgresql() -> list[str]:
    always = [
        ("passport_entry", "UPDATE OR DELETE"),
        ("passport_entrytext", "UPDATE"),
        ("passport_cheque", "DELETE"),
        ("passport_statement", "UPDATE OR DELETE"),
        ("passport_invoicedmonth", "DELETE"),
    ]
    sometimes = [
        ("passport_cheque", _changed("IS DISTINCT FROM")),
        ("passport_passport", _moved(("chain", "version_id"), different="IS DISTINCT FROM")),
        ("passport_order", _reordered("IS DISTINCT FROM")),
        ("passport_invoicedmonth", _moved(INVOICED, different="IS DISTINCT FROM")),
    ]
    return [
        *_functions(),
        "CREATE OR REPLACE TRIGGER passport_enter BEFORE INSERT ON passport_entry "
        "FOR EACH ROW EXECUTE FUNCTION passport_enter()",
        *(
            f"CREATE OR REPLACE TRIGGER passport_refuse BEFORE {event} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION passport_refuse()"
            for table, event in always
        ),
        *(
            f"CREATE OR REPLACE TRIGGER passport_keep BEFORE UPDATE ON {table} "
            f"FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION passport_refuse()"
            for table, condition in sometimes
        ),
    ]


GUARD = Guard(prefix="passport_frozen", tables=frozenset(TABLES), on_postgresql=_on_postgresql, on_sqlite=_on_sqlite)

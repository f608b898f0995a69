"""Ways in which the rules could be wrong: each changes one line of ours, and some test must fail."""

from dataclasses import dataclass

LIFE = "tests/passport/test_life_of_mutants.py"
LEDGER = "tests/passport/test_ledger.py"
CHAINS = ("tests/passport/test_verifying.py", "tests/passport/test_verification.py")


@dataclass(frozen=True)
class Mutant:
    """`old` is once in the file; `tests` fail where `new` stands in its place."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...] = (LIFE, LEDGER)


OVERLAP = "live.filter(starts_at__lt=cheque.ends_at, ends_at__gt=cheque.starts_at)"
UNIVERSAL = "visit = replace(visit, starts_at=visit.starts_at.astimezone(UTC))"

MUTANTS = [
    Mutant("quota off by one", "passport/rules.py", "if cheque.hours > free:", "if cheque.hours > free + 1:"),
    Mutant("open proposals ignored", "passport/balances.py", " - self.used - self.proposed", " - self.used"),
    Mutant(
        "pooled quota",
        "passport/rules.py",
        "if cheque.hours > free:",
        "if cheque.hours > sum(kind.free for kind in balance(cheque.passport).values()):",
    ),
    Mutant("no overlap", "passport/rules.py", OVERLAP, "live.none()"),
    Mutant(
        "cancel twice", "passport/ledger.py", "found.state != State.SIGNED or found.entry is None", "not found.entry"
    ),
    Mutant(
        "cancel frees nothing",
        "passport/balances.py",
        "(passport.entries.values_list",
        "(passport.entries.filter(act='visit').values_list",
    ),
    Mutant(
        "counts before countersign",
        "passport/balances.py",
        "used.get(kind.code, 0), proposed.get(kind.code, 0),",
        "used.get(kind.code, 0) + proposed.get(kind.code, 0), 0,",
    ),
    Mutant(
        "withdraw after signature",
        "passport/ledger.py",
        "if cheque.state != State.PROPOSED:",
        "if cheque.state not in (State.PROPOSED, State.SIGNED):",
    ),
    Mutant("any counsellor", "passport/rules.py", "if not live.exists():", "if False:"),
    Mutant("anyone countersigns", "passport/ledger.py", "if passport.member_id != member.pk:", "if False:"),
    Mutant("key ignored", "passport/ledger.py", "found := Cheque.objects.filter(key=key).first()", "found := None"),
    Mutant("key reuse silent", "passport/ledger.py", "if not said or ", "if "),
    Mutant("cancel without reason", "passport/ledger.py", "if not reason.strip():", "if False:"),
    Mutant(
        "negative units", "passport/rules.py", "not 1 <= cheque.hours <= LONGEST_VISIT", "cheque.hours > LONGEST_VISIT"
    ),
    Mutant(
        "erasure drops hours",
        "passport/forgetting.py",
        'rows.update(what="", place="")',
        'rows.update(what="", place="", hours=1)',
    ),
    Mutant("erasure keeps name", "passport/forgetting.py", 'rows.update(what="", place="")', 'rows.update(place="")'),
    Mutant("verify ignores content", "passport/verifying.py", "if computed != kept:", "if False:", CHAINS),
    Mutant("verify ignores gaps", "passport/verifying.py", "if numbers == list(wanted):", "if True:", CHAINS),
    Mutant(
        "window in UTC date",
        "passport/models/passports.py",
        "return timezone.localdate(moment)",
        "return moment.astimezone(__import__('datetime').UTC).date()",
    ),
    Mutant("window exclusive end", "passport/rules.py", "and last <= limit)", "and last < limit)"),
    Mutant(
        "90 days",
        "passport/ledger.py",
        "months_later(starts_on, passport.version.window_months)",
        "starts_on + timedelta(days=30 * passport.version.window_months)",
    ),
    Mutant("overlap in wall clock", "passport/ledger.py", UNIVERSAL, "visit = replace(visit)", (LEDGER,)),
    # Beyond the list that we were given.
    Mutant(
        "suspended passports take visits", "passport/rules.py", "if passport.state != Passport.State.OPEN:", "if False:"
    ),
    Mutant("signed too late", "passport/ledger.py", "if day_of(moment) > rules.last_day_to_sign(found):", "if False:"),
    Mutant("clock put back", "passport/chain.py", "max(now, last.recorded_at) if last else now", "now"),
    Mutant(
        "suspension takes days",
        "passport/decisions.py",
        "max(day_of(now) - _suspended_on(passport), timedelta())",
        "timedelta()",
    ),
    Mutant("trial opens all kinds", "passport/rules.py", " if kind.goes_beyond_window else passport.ends_on", ""),
    Mutant(
        "contested hours are billed",
        "passport/billing.py",
        "self.is_spent(at) and not self.is_held(at)",
        "self.is_spent(at)",
    ),
    Mutant(
        "a settled dispute is billed twice",
        "passport/billing.py",
        "for visit in new if visit.is_spent(start)",
        "for visit in new if visit.disputes",
    ),
    Mutant(
        "a settled dispute is never billed",
        "passport/invoicing.py",
        'within("opened_at") | within("settled_at")',
        'within("opened_at")',
    ),
    Mutant(
        "a dispute is answered twice",
        "passport/disputes.py",
        "filter(pk=dispute.pk, settled_at=None)",
        "filter(pk=dispute.pk)",
    ),
    Mutant(
        "cancelled, still contested",
        "passport/disputes.py",
        "in waiting(passport).filter(cheque=cheque):",
        "in waiting(passport).none():",
    ),
    Mutant("cut end unseen", "passport/verification.py", "if seq > last:", "if False:", CHAINS),
    Mutant("columns unseen", "passport/verification.py", "if kept != signed:", "if False:", CHAINS),
    Mutant(
        "a witness is not compared", "passport/verification.py", "if rows[seq - 1][1] != kept:", "if False:", CHAINS
    ),
]

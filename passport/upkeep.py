"""What is done of passports each minute: only what is due."""

from errands.minutes import Job
from passport import audits, decisions, handing, ledger, reservations, statements, summaries, watching

JOBS: dict[str, Job] = {
    "unsigned cheques expired": ledger.expire_due,
    "proposals left behind": handing.take_back_left,
    "passports ended": decisions.end_due,
    "statements of days made": statements.make_due,
    "passports to verify": watching.ask_each_night,
    "hours reserved": reservations.follow_all,
    "audit files expired": audits.delete_expired,
    "monthly summaries sent": summaries.send_due,
}

"""What leaves with a person, and what stays of them, nobody's: hours, days, numbers and the chain.

Texts that the chain holds digests of are deleted with their salts; nothing of
them can be found again, and the chain still verifies.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, F, QuerySet, Value
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Greatest

from passport.models import IN_USE, AuditFile, Cheque, Decision, Dispute, Evaluation, Gift, Look, PaperCheque, Passport


def passports(rows: QuerySet[Passport], _now: datetime) -> int:
    """The agreement they rest on leaves, and the files that were put together for who paid."""
    for audit in AuditFile.objects.filter(organisation__orders__sheets__passport__in=rows).distinct():
        _delete(audit.file)
        audit.delete()
    return rows.update(agreement=None)


def cheques(rows: QuerySet[Cheque], _now: datetime) -> int:
    return rows.update(what="", place="")


def decisions(rows: QuerySet[Decision], _now: datetime) -> int:
    return rows.update(motive="", reason="", answer="", proof="")


def disputes(rows: QuerySet[Dispute], now: datetime) -> int:
    """One that is open is taken back: nobody is left to hear the answer."""
    moment = Greatest(Value(now, output_field=DateTimeField()), F("opened_at"))
    rows.filter(settled_at=None).update(outcome=Dispute.Outcome.WITHDRAWN, settled_at=moment)
    return rows.update(words="", answer="")


def evaluations(rows: QuerySet[Evaluation], _now: datetime) -> int:
    return rows.update(words="", words_are_shared=False)


def gifts(rows: QuerySet[Gift], _now: datetime) -> int:
    return rows.update(reason="")


def papers(rows: QuerySet[PaperCheque], _now: datetime) -> int:
    """Their scans show a signature and a name."""
    for row in rows.exclude(scan=""):
        _delete(row.scan)
    return rows.update(scan="", spoilt_because="")


def delete_looks(before: datetime) -> int:
    return Look.objects.filter(hour__lt=before).delete()[0]


def running(member: int) -> Passport | None:
    """The passport that somebody pays for now: it is ended before its member is erased."""
    return Passport.objects.filter(member=member, state__in=IN_USE).first()


def lock(member: int) -> None:
    """As whoever writes in their passports does, until the end of the transaction."""
    list(Passport.objects.select_for_update().filter(member=member).order_by("pk"))


def _delete(stored: FieldFile) -> None:
    """Once the rest is done."""
    if stored:
        storage, name = stored.storage, str(stored.name)
        transaction.on_commit(lambda: storage.delete(name))

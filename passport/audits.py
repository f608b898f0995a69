"""Audit files: what proves the use of what an organisation paid for, in one archive, made in the background.

Of a passport, of an order, or of the visits of some days: an attestation of
each passport, tables, and each chain as the checker reads it, the words of
visits left out. Only people of that organisation download it, for a week.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from tempfile import TemporaryFile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Organisation, User
from errands import work
from passport import audit_archive, looks, reading
from passport.ledger import midnight
from passport.models import AuditFile, Order, Passport
from private_files.kinds import PrivateFile

ERRAND = "audit file"
KIND = "controle"
STAYS = timedelta(days=7)
# What was not ready by then never will be.
GIVEN_UP_AFTER = timedelta(days=1)
MOST_PASSPORTS = 1000

Progress = Callable[[], None]


def of(user: User, now: datetime | None = None) -> QuerySet[AuditFile]:
    """Those of the prescribers for which somebody acts today."""
    mine = AuditFile.objects.filter(organisation__in=reading.prescribers_of(user, now).values("pk"))
    return mine.select_related("organisation", "asked_by")


def passports_of(organisation: Organisation, scope: dict[str, str]) -> QuerySet[Passport]:
    """Those that the file is about: of some days, those with a signed visit on one of them."""
    theirs = Passport.objects.filter(sheet__order__organisation=organisation)
    if "passport" in scope:
        return theirs.filter(reference=scope["passport"])
    if "order" in scope:
        return theirs.filter(sheet__order__reference=scope["order"])
    first, last = days_of(scope)
    signed = Q(cheques__entry__isnull=False, cheques__starts_at__gte=midnight(first))
    return theirs.filter(signed, cheques__starts_at__lt=midnight(last + timedelta(days=1))).distinct()


def days_of(scope: dict[str, str]) -> tuple[date, date]:
    return date.fromisoformat(scope["from"]), date.fromisoformat(scope["to"])


def ask(organisation: Organisation, scope: dict[str, str], *, by: User, now: datetime | None = None) -> AuditFile:
    """Have a file made; one about the same that is being made is the answer to whoever asks again."""
    moment = now or timezone.now()
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        waiting = AuditFile.objects.filter(organisation=organisation, ready_at=None, failed_at=None)
        for audit in waiting.filter(asked_at__gt=moment - GIVEN_UP_AFTER):
            if audit.scope == scope:
                return audit
        total = passports_of(organisation, scope).count()
        if not total:
            raise ValidationError("Aucun passeport n’a de visite signée à ces dates.", code="nothing")
        if total > MOST_PASSPORTS:
            told = f"Cela fait {total} passeports : choisissez une commande, ou moins de jours."
            raise ValidationError(told, code="too_many")
        audit = AuditFile.objects.create(
            organisation=organisation, scope=scope, asked_by=by, asked_at=moment, total=total
        )
        work.ask(ERRAND, about=audit.reference)
    return audit


def make(reference: str, *, alive: Progress = lambda: None, now: datetime | None = None) -> None:
    """Write the archive; nothing where that was done. `alive` is called after each passport."""
    audit = AuditFile.objects.select_related("organisation").filter(reference=reference, ready_at=None).first()
    if audit is None:
        return
    same = AuditFile.objects.filter(pk=audit.pk, ready_at=None)
    found = list(passports_of(audit.organisation, audit.scope).order_by("pk").values_list("pk", flat=True))
    same.update(done=0, total=len(found), failed_at=None)

    def step(done: int) -> None:
        same.update(done=done)
        alive()

    with TemporaryFile() as archive:
        audit_archive.write(audit, found, archive, step=step)
        audit.file.save("controle.zip", File(archive), save=False)
    moment = now or timezone.now()
    done = {"file": str(audit.file.name), "done": len(found), "ready_at": moment, "expires_at": moment + STAYS}
    if not same.update(**done):
        audit.file.storage.delete(str(audit.file.name))  # another process was quicker


def fail(reference: str, *, now: datetime | None = None) -> None:
    """Nobody tries again: whoever waits is told."""
    AuditFile.objects.filter(reference=reference, ready_at=None).update(failed_at=now or timezone.now())


def has_failed(audit: AuditFile, now: datetime | None = None) -> bool:
    if audit.ready_at:
        return False
    return bool(audit.failed_at) or audit.asked_at <= (now or timezone.now()) - GIVEN_UP_AFTER


def find(user: User, reference: str, now: datetime | None = None) -> PrivateFile | None:
    """For the people of that organisation, until it expires. Each passport in it says who took it away."""
    moment = now or timezone.now()
    audit = of(user, moment).filter(reference=reference, expires_at__gt=moment).exclude(file="").first()
    if audit is None:
        return None
    shown = passports_of(audit.organisation, audit.scope)
    return PrivateFile(
        stored=audit.file,
        name=f"controle-{audit.reference}.zip",
        mimetype="application/zip",
        attachment=True,
        on_sent=lambda _request: looks.note_all(shown, user),
    )


def delete_expired(now: datetime) -> int:
    """Each minute: how many files left the disk, and requests that came to nothing the list."""
    old = Q(expires_at__lte=now) | Q(ready_at=None, asked_at__lte=now - STAYS)
    expired = list(AuditFile.objects.filter(old))
    for audit in expired:
        if audit.file:
            audit.file.delete(save=False)
        audit.delete()
    return len(expired)


def told(audit: AuditFile) -> tuple[str, Any]:
    """What it is about: « passeport », « commande » or « jours », and which."""
    if "passport" in audit.scope:
        rows = Passport.objects.filter(reference=audit.scope["passport"]).select_related("member")
        return "passeport", rows.first()
    if "order" in audit.scope:
        return "commande", Order.objects.filter(reference=audit.scope["order"]).first()
    return "jours", days_of(audit.scope)

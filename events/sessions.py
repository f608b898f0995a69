"""What may become of an information session: its rules, and what editors do to it besides typing."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log

from accounts.models import User
from events.clock import weeks_later
from events.models import REFERENCE_ALPHABET, InfoSession, Place

LONGEST_SERIES = 52
REFERENCE_LENGTH = 10
COPIED = [
    *("title", "summary", "programme", "audience", "departement", "place"),
    *("online_url", "seats", "organiser", "starts_at", "ends_at"),
]


def check(session: InfoSession, *, now: datetime, before: InfoSession | None = None) -> None:
    """Refuse, by field, what the database cannot say; `before` is the session as it was."""
    errors = {}
    if session.place and session.online_url:
        errors["online_url"] = "Choisissez un lieu ou un lien de connexion, pas les deux."
    if session.ends_at <= session.starts_at:
        errors["ends_at"] = "La réunion doit finir après avoir commencé."
    if told := _refusal_to_publish(session, now=now, before=before):
        errors["publish_at"] = told
    if errors:
        raise ValidationError(errors)


def _refusal_to_publish(session: InfoSession, *, now: datetime, before: InfoSession | None) -> str:
    if session.is_cancelled and not session.is_published(now):
        return "Une réunion annulée reste visible. Pour la retirer du site, rétablissez-la d’abord."
    if session.publish_at is None:
        return ""
    if session.publish_at >= session.starts_at and session.publish_at > now:
        return "La publication doit précéder le début de la réunion."
    already = before is not None and before.publish_at is not None and before.starts_at == session.starts_at
    if session.starts_at <= now and not already:
        return "Cette date est passée : gardez la réunion en brouillon, ou choisissez une date à venir."
    return ""


def check_deletion(session: InfoSession, *, now: datetime) -> None:
    if session.is_published(now):
        told = f"La réunion « {session} » est publiée : annulez-la plutôt que de la supprimer."
        raise ValidationError(told, code="published")


def check_place_deletion(place: Place) -> None:
    if place.sessions.exists():
        told = f"Des réunions ont lieu à l’adresse « {place} » : elle ne peut pas être supprimée."
        raise ValidationError(told, code="used")


def duplicate(source: InfoSession, *, token: UUID, by: User, now: datetime | None = None) -> InfoSession:
    """A draft like the source, one week later. The same `token` gives the same draft, however often it is sent."""
    with transaction.atomic():
        return _copy(_locked(source), weeks=1, token=token, publish_at=None, by=by, now=now or timezone.now())


def repeat_weekly(
    source: InfoSession, *, weeks: int, token: UUID, visible: bool, by: User, now: datetime | None = None
) -> list[InfoSession]:
    """The source again on each of the next weeks, at the same hour on the clock: all of them, or none.

    The copies are drafts or, where `visible`, published at the same moment as
    the source. The same `token` makes its copies once, however often it is sent.
    """
    if not 1 <= weeks <= LONGEST_SERIES:
        told = f"Répétez la réunion de 1 à {LONGEST_SERIES} semaines."
        raise ValidationError(told, code="too_long")
    with transaction.atomic():
        locked = _locked(source)
        publish_at = locked.publish_at if visible else None
        moment = now or timezone.now()
        return [
            _copy(locked, weeks=week, token=token, publish_at=publish_at, by=by, now=moment)
            for week in range(1, weeks + 1)
        ]


def weeks_until(source: InfoSession, last_day: date) -> int:
    """How many weeks after the source's day, `last_day` included."""
    return (last_day - timezone.localdate(source.starts_at)) // timedelta(weeks=1)


def cancel(session: InfoSession, *, because: str, by: User, now: datetime | None = None) -> InfoSession:
    """Leave the session in sight, marked, with the reason that visitors read."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = _locked(session)
        _check_cancellation(locked, because=because, now=moment)
        locked.cancelled_at = moment
        locked.cancelled_because = because.strip()
        locked.save()
        log(locked, "events.cancel", user=by, data={"because": locked.cancelled_because})
    return locked


def _check_cancellation(session: InfoSession, *, because: str, now: datetime) -> None:
    if session.is_cancelled:
        raise ValidationError("Cette réunion est déjà annulée.", code="already_cancelled")
    if not session.is_published(now):
        raise ValidationError("Personne ne voit encore cette réunion : supprimez-la.", code="not_published")
    if session.has_ended(now):
        raise ValidationError("Cette réunion a déjà eu lieu.", code="ended")
    if not because.strip():
        raise ValidationError("Dites pourquoi la réunion est annulée.", code="no_reason")


def restore(session: InfoSession, *, by: User, now: datetime | None = None) -> InfoSession:
    """Take a cancellation back."""
    with transaction.atomic():
        locked = _locked(session)
        if not locked.is_cancelled:
            raise ValidationError("Cette réunion n’est pas annulée.", code="not_cancelled")
        if locked.has_ended(now or timezone.now()):
            raise ValidationError("La date de cette réunion est passée.", code="ended")
        locked.cancelled_at = None
        locked.cancelled_because = ""
        locked.save()
        log(locked, "events.restore", user=by)
    return locked


def _locked(session: InfoSession) -> InfoSession:
    return InfoSession.objects.select_for_update().get(pk=session.pk)


def _copy(
    source: InfoSession, *, weeks: int, token: UUID, publish_at: datetime | None, by: User, now: datetime
) -> InfoSession:
    reference = _reference(source, token, weeks)
    if made := InfoSession.objects.filter(reference=reference).first():
        return made
    copy = InfoSession(reference=reference, publish_at=publish_at, **{name: getattr(source, name) for name in COPIED})
    copy.starts_at = weeks_later(source.starts_at, weeks)
    copy.ends_at = weeks_later(source.ends_at, weeks)
    check(copy, now=now)
    copy.full_clean()
    copy.save()
    log(copy, "events.copy", user=by, data={"source": source.reference})
    return copy


def _reference(source: InfoSession, token: UUID, weeks: int) -> str:
    """Always the same for the same demand, which the database then refuses to keep twice; still not to be guessed."""
    demand = f"{source.reference}:{token}:{weeks}"
    octets = salted_hmac("events.sessions.copy", demand, algorithm="sha256").digest()
    return "".join(REFERENCE_ALPHABET[octet % len(REFERENCE_ALPHABET)] for octet in octets[:REFERENCE_LENGTH])

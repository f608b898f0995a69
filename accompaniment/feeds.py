"""The private calendar of a counsellor: its address is shown once, and only a digest of its secret is kept."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.http import Http404
from django.utils import timezone

from accompaniment import agenda, calendars
from accompaniment.models import Appointment, Feed
from accounts.models import Counsellor
from notices import invites
from pages.addresses import absolute
from pages.templatetags.french import initials

BEFORE = timedelta(days=30)
AFTER = timedelta(days=183)
SECRET_OCTETS = 32


def make(counsellor: Counsellor, now: datetime | None = None) -> str:
    """A new secret, in the place of the one before, which opens nothing from then on."""
    token = secrets.token_urlsafe(SECRET_OCTETS)
    said = {"digest": digest(token), "made_at": now or timezone.now()}
    Feed.objects.update_or_create(counsellor=counsellor, defaults=said)
    return token


def revoke(counsellor: Counsellor) -> None:
    Feed.objects.filter(counsellor=counsellor).delete()


def find(token: str, now: datetime | None = None) -> Counsellor:
    """Whose calendar this opens. Http404 for a wrong secret, one that was revoked, somebody who has left."""
    active = Counsellor.objects.active(timezone.localdate(now or timezone.now()))
    counsellor = active.filter(feed__digest=digest(token)).first()
    if counsellor is None:
        raise Http404
    return counsellor


def content(counsellor: Counsellor, now: datetime | None = None) -> bytes:
    """Their appointments but the cancelled ones, with initials only, and what they host: details are on the site."""
    moment = now or timezone.now()
    first, last = moment - BEFORE, moment + AFTER
    calendar = invites.new(calendars.PRODUCT, method="PUBLISH", name="Actess : mon agenda")
    mine = Appointment.objects.exclude(state=Appointment.State.CANCELLED).filter(counsellor=counsellor)
    for row in mine.filter(starts_at__gte=first, starts_at__lt=last).select_related("member").soonest_first():
        event = calendars.new_event(
            uid=calendars.uid_of(row),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            title=f"{row.get_kind_display().capitalize()}, {initials(str(row.member))}",
            now=moment,
        )
        event.add("sequence", row.changes)
        event.add("url", absolute(f"/espace/conseil/agenda/{row.reference}/"))
        calendar.add_component(event)
    for thing in agenda.hosted([counsellor.pk], first, last):
        event = calendars.new_event(
            uid=thing.key, starts_at=thing.starts_at, ends_at=thing.ends_at, title=thing.title, now=moment
        )
        if thing.url:
            event.add("url", absolute(thing.url))
        calendar.add_component(event)
    return invites.written(calendar)


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()

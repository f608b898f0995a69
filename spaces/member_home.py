"""What a member finds on their first page: what waits for them, their card, their page, who looked, what is new."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce
from django.utils import timezone

from accompaniment.links import path_of
from accompaniment.models import Appointment
from accounts.models import Member, Membership, Referent, User
from candidates.models import Consent, Look, Version, Video
from decks.models import SlideDeck, Visit
from spaces import waiting, waiting_passports_member

State = Version.State
Role = Referent.Role
DAWN = datetime.min.replace(year=2000, tzinfo=UTC)

MOST_LOOKS = 4
MOST_DECKS = 3
# How long help in an emergency stays on the member's first page.
HELP_SHOWS = timedelta(days=30)


@dataclass(frozen=True)
class Belonging:
    """Until when somebody is a member; a membership that ended, or is still to begin, opens nothing."""

    until: date | None = None
    ended_on: date | None = None
    begins_on: date | None = None

    @property
    def is_current(self) -> bool:
        return self.until is not None


def belonging(rows: list[Membership], on: date) -> Belonging:
    """What somebody's memberships come to on this day."""
    if running := [row.ends_on for row in rows if row.starts_on <= on <= row.ends_on]:
        return Belonging(until=_unbroken(max(running), rows))
    ended = max((row.ends_on for row in rows if row.ends_on < on), default=None)
    begins = min((row.starts_on for row in rows if row.starts_on > on), default=None)
    return Belonging(ended_on=ended, begins_on=begins)


def _unbroken(until: date, rows: list[Membership]) -> date:
    """The end of the renewals that follow one another without a day between."""
    for row in sorted(rows, key=lambda row: row.starts_on):
        if row.starts_on <= until + timedelta(days=1) < row.ends_on:
            until = row.ends_on
    return until


def context(member: Member, *, user: User, now: datetime) -> dict[str, Any]:
    today = timezone.localdate(now)
    belongs = belonging(list(Membership.objects.filter(member=member)), today)
    versions = {version.state: version for version in _versions(member)}
    consents = list(Consent.objects.live(today).filter(member=member).select_related("organisation").newest_first())
    video = Video.objects.filter(profile__member=member).order_by("-sent_at", "-pk").first()
    passport = waiting_passports_member.context(user)
    # Nobody is proposed an agreement while a passport runs.
    is_open = passport["hours"] is not None and passport["hours"].is_live
    return {
        "member": member,
        "belongs": belongs,
        "waiting": [
            *passport.pop("to_sign"),
            *(waiting.about_my_agreement(member) if belongs.is_current and not is_open else []),
            *_waiting(versions, consents, video, belongs, today),
        ],
        **passport,
        "written": next((versions[state] for state in Version.IN_PROGRESS if state in versions), None),
        "approved": versions.get(State.APPROVED),
        "consents": consents,
        "video": video,
        "looks": list(_looks(member)),
        "appointments": [(row, path_of(row)) for row in _appointments(member, now)],
        **_followers(member, now),
        **(_decks(user, now) if belongs.is_current else {}),
    }


def _waiting(
    versions: dict[str, Version], consents: list[Consent], video: Video | None, belongs: Belonging, on: date
) -> list[waiting.Waiting]:
    """Nothing can be done with the page once the membership ended."""
    if not belongs.is_current:
        return []
    return [
        *waiting.about_my_page(set(versions), has_consent=bool(consents)),
        *waiting.about_my_video(video),
        *waiting.about_my_consents(consents, on),
        *waiting.about_my_membership(belongs.until, on),
    ]


def _versions(member: Member) -> QuerySet[Version]:
    return (
        Version.objects.filter(profile__member=member)
        .exclude(state=State.REPLACED)
        .select_related("profile")
        .order_by()
    )


def _looks(member: Member) -> QuerySet[Look]:
    return Look.objects.filter(member=member).select_related("user", "organisation").newest_first()[:MOST_LOOKS]


def _appointments(member: Member, now: datetime) -> QuerySet[Appointment]:
    """Those to come, whatever the membership: the first ones are before it. Their link does all that can be done."""
    coming = Appointment.objects.upcoming(now).filter(member=member)
    return coming.select_related("counsellor__user").soonest_first()


def _followers(member: Member, now: datetime) -> dict[str, list[Referent]]:
    """Those who accompany the member, and those who helped in an emergency not long ago."""
    recent = Q(role=Role.EXCEPTIONAL, starts_at__gt=now - HELP_SHOWS)
    live = Q(pk__in=Referent.objects.live(now).filter(member=member).values("pk"))
    rows = (
        Referent.objects.filter(live | recent, member=member).select_related("counsellor__user").order_by("-starts_at")
    )
    helpers = [row for row in rows if row.role == Role.EXCEPTIONAL]
    return {"helpers": helpers, "counsellors": [row for row in rows if row not in helpers]}


def _decks(user: User, now: datetime) -> dict[str, Any]:
    """The newest, and how many came out since the last visit; all of them before the first one."""
    last = Coalesce(Subquery(Visit.objects.filter(user=user).values("last_at")), Value(DAWN))
    rows = SlideDeck.objects.published(now).without_texts().alias(last=last)
    counted = rows.annotate(new_ones=Window(Count("pk", filter=Q(published_at__gt=F("last")))))
    decks = list(counted.newest_first()[:MOST_DECKS])
    return {"decks": decks, "new_decks": decks[0].new_ones if decks else 0}

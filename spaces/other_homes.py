"""First pages of organisations, of the treasurer and of the video team."""

from datetime import date, datetime
from typing import Any

from accounts.models import Affiliation, Organisation, User
from candidates import seeing
from candidates.models import Video, VideoHelp
from events.models import InfoSession
from spaces import links, waiting_prescriber

NEXT_SESSIONS = 4


def organisations(user: User, on: date) -> list[Organisation]:
    """Those for which this person acts today, each with its people in `colleagues`."""
    mine = list(Organisation.objects.of(user, on).select_related("departement").by_name())
    people = Affiliation.objects.current(on).filter(organisation__in=mine, user__is_active=True)
    colleagues: dict[int, list[User]] = {organisation.pk: [] for organisation in mine}
    for row in people.select_related("user").order_by("user__last_name", "user__first_name", "pk"):
        colleagues[row.organisation_id].append(row.user)
    for organisation in mine:
        organisation.colleagues = colleagues[organisation.pk]  # type: ignore[attr-defined]  # for the template
    return mine


def for_prescriber(user: User, *, on: date, now: datetime) -> dict[str, Any]:
    mine = [organisation for organisation in organisations(user, on) if organisation.is_prescriber]
    near = {organisation.departement_id for organisation in mine}
    sessions = InfoSession.objects.open_to_all(now).upcoming(now).filter(cancelled_at=None)
    ahead = sessions.select_related("place__departement").soonest_first()
    here = list(ahead.filter(place__departement__in=near - {None})[:NEXT_SESSIONS])
    shown = {"organisations": mine, "sessions": here or list(ahead[:NEXT_SESSIONS]), "are_near": bool(here)}
    return shown | waiting_prescriber.context(user, now)


def for_company(user: User, *, on: date) -> dict[str, Any]:
    mine = [organisation for organisation in organisations(user, on) if organisation.is_company]
    return {"organisations": mine, "candidates": seeing.visible_to(user, on=on).count()}


def for_volunteer(user: User, *, now: datetime) -> dict[str, Any]:
    """The candidates whose video this person prepares now, with their newest video."""
    helps = list(
        VideoHelp.objects.live(now)
        .filter(volunteer=user, profile__in=seeing.prepared_by(user, now))
        .select_related("profile__member")
        .order_by("starts_at", "pk")
    )
    newest: dict[int, Video] = {}
    for video in Video.objects.filter(profile__in=[row.profile_id for row in helps]).order_by("sent_at", "pk"):
        newest[video.profile_id] = video
    return {
        "helps": [
            {"help": row, "video": newest.get(row.profile_id), "url": links.video_of(row.profile)} for row in helps
        ]
    }

"""A volunteer is given the film of one candidate by who accompanies them, until a day."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import VOLUNTEERS
from candidates.models import Profile, VideoHelp
from candidates.permissions import can_review_page
from candidates.writing import ask

LONGEST = timedelta(days=90)
NOT_A_VOLUNTEER = "Cette personne ne fait pas partie de l’équipe vidéo."
NOT_THEN = "Choisissez un jour d’ici trois mois."


def volunteers_for(profile: Profile) -> list[User]:
    """The video team, without the member themselves."""
    team = User.objects.filter(groups__name=VOLUNTEERS, is_active=True).exclude(pk=profile.member.user_id or 0)
    return list(team.order_by("last_name", "first_name", "pk"))


def give(profile: Profile, *, volunteer: User, until: date, by: User, now: datetime | None = None) -> VideoHelp:
    """Until the end of that day. Given again, it has the new end."""
    moment = now or timezone.now()
    ask(can_review_page(by, member=profile.member, now=moment))
    today = timezone.localdate(moment)
    if not today <= until <= today + LONGEST:
        raise ValidationError({"until": NOT_THEN}, code="until")
    if volunteer not in volunteers_for(profile):
        raise ValidationError({"volunteer": NOT_A_VOLUNTEER}, code="volunteer")
    ends_at = timezone.make_aware(datetime.combine(until + timedelta(days=1), time()))
    with transaction.atomic():
        Profile.objects.select_for_update().get(pk=profile.pk)
        already = VideoHelp.objects.live(moment).filter(profile=profile, volunteer=volunteer).first()
        given = already or VideoHelp(profile=profile, volunteer=volunteer, starts_at=moment)
        given.ends_at = ends_at
        given.save()
    return given


def end(given: VideoHelp, *, by: User, now: datetime | None = None) -> None:
    """From the next request on the volunteer sees nothing of it. Ending again changes nothing."""
    moment = now or timezone.now()
    ask(can_review_page(by, member=given.profile.member, now=moment))
    VideoHelp.objects.live(moment).filter(pk=given.pk).update(ends_at=moment)

"""Who watches which film: asked at each request, of each of its bytes."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Member, User
from accounts.roles import Visitor
from candidates import looks, seeing
from candidates.consents import ADULT_AGE
from candidates.models import Look, Profile, Video
from private_files.kinds import PrivateFile

LEAP_MONTH, LEAP_DAY = 2, 29


def watchable_by(user: Visitor, now: datetime | None = None) -> QuerySet[Video]:
    """Films that are ready: one's own, one's members', those that one prepares; approved, those that members allow."""
    if not isinstance(user, User) or not user.is_active:
        return Video.objects.none()
    today = timezone.localdate(now)
    whole = (
        Q(profile__member__user=user)
        | Q(profile__member__in=Member.objects.followed_by(user, now))
        | Q(profile__in=seeing.prepared_by(user, now).values("pk"))
    )
    allowed = Q(profile__in=seeing.visible_to(user, with_video=True, on=today).values("pk"))
    grown = Q(profile__member__born_on__lte=_latest_birthday(today))
    shown = allowed & grown & Q(approved_at__isnull=False)
    return Video.objects.ready().filter(whole | shown, profile__member__erased_at=None)


def _latest_birthday(today: date) -> date:
    """Of somebody who is of age; one of a 29th of February is a day older in other years."""
    is_leap_day = (today.month, today.day) == (LEAP_MONTH, LEAP_DAY)
    return today.replace(year=today.year - ADULT_AGE, day=LEAP_DAY - 1 if is_leap_day else today.day)


def of_page(profile: Profile, *, user: Visitor) -> Video | None:
    """The film that this person watches on the page: the approved one, else the one that waits for it."""
    found = {video.approved_at is None: video for video in watchable_by(user).filter(profile=profile)}
    return found.get(False) or found.get(True)


def _find(user: User, reference: str) -> Video | None:
    return watchable_by(user).select_related("profile__member").filter(reference=reference).first()


def find_film(user: User, reference: str) -> PrivateFile | None:
    video = _find(user, reference)
    if video is None:
        return None
    return PrivateFile(
        stored=video.film,
        name="video.mp4",
        mimetype="video/mp4",
        on_sent=lambda _request: looks.record(video.profile, what=Look.What.VIDEO, by=user),
    )


def find_poster(user: User, reference: str) -> PrivateFile | None:
    video = _find(user, reference)
    return PrivateFile(stored=video.poster, name="affiche.webp", mimetype="image/webp") if video else None


def find_captions(user: User, reference: str) -> PrivateFile | None:
    video = _find(user, reference)
    if video is None or not video.captions:
        return None
    return PrivateFile(stored=video.captions, name="sous-titres.vtt", mimetype="text/vtt")

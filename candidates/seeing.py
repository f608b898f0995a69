"""What is seen of candidates, and by whom: asked again at each request, so that a withdrawal shows at the next."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Member, Membership, Organisation, User
from accounts.roles import VOLUNTEERS, Visitor
from candidates.models import Consent, Profile, Version, VideoHelp
from candidates.models.consents import ConsentQuerySet
from candidates.models.profiles import ProfileQuerySet


def consents_for(user: Visitor, *, on: date | None = None) -> ConsentQuerySet:
    """What members allow today to the companies for which this person acts today."""
    if not isinstance(user, User) or not user.is_active:
        return Consent.objects.none()
    return Consent.objects.live(on).for_companies(Organisation.objects.companies().of(user, on))


def visible_to(user: Visitor, *, with_video: bool = False, on: date | None = None) -> ProfileQuerySet:
    """The pages that this person sees for a company: it acts today, the member allows it, a version is approved.

    `with_video`: only those whose video they may see too.
    """
    consents = consents_for(user, on=on)
    if with_video:
        consents = consents.filter(with_video=True)
    return Profile.objects.filter(
        Exists(consents.filter(member=OuterRef("member"))),
        Exists(Version.objects.approved().filter(profile=OuterRef("pk"))),
    )


def readable_by(user: Visitor, *, on: date | None = None) -> ProfileQuerySet:
    """The pages that this person opens: their own, their members', those that members allow them."""
    if not isinstance(user, User) or not user.is_active:
        return Profile.objects.none()
    theirs = Q(member__user=user) | Q(member__in=Member.objects.followed_by(user))
    return Profile.objects.filter(theirs | Q(pk__in=visible_to(user, on=on).values("pk")), member__erased_at=None)


def prepared_by(user: Visitor, now: datetime | None = None) -> ProfileQuerySet:
    """The pages whose film this volunteer prepares now; none once the membership is over."""
    if not isinstance(user, User) or not user.is_active:
        return Profile.objects.none()
    helps = VideoHelp.objects.live(now).filter(volunteer=user, volunteer__groups__name=VOLUNTEERS)
    running = Membership.objects.running(timezone.localdate(now))
    return Profile.objects.filter(
        Exists(helps.filter(profile=OuterRef("pk"))),
        Exists(running.filter(member=OuterRef("member"))),
        member__erased_at=None,
    )


def company_allowed(user: User, *, profile: Profile, on: date | None = None) -> Organisation | None:
    """The company for which this person may see the page; one that the member named comes first."""
    consents = Consent.objects.live(on).filter(member=profile.member_id)
    named = Exists(consents.filter(organisation=OuterRef("pk")))
    everybody = Exists(consents.filter(organisation__isnull=True))
    allowed = Organisation.objects.companies().of(user, on).filter(named | everybody)
    return allowed.order_by(named.desc(), "name", "pk").first()

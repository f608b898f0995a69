"""What a member allows, to whom and until when: given by themselves alone, withdrawn at once."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Member, Membership, Organisation, User
from candidates.models import Consent
from candidates.models.consents import ConsentQuerySet
from candidates.permissions import can_write_page
from pages.templatetags.french import short_date

LONGEST = timedelta(days=365)
ADULT_AGE = 18


def live_for(organisation: Organisation, on: date | None = None) -> ConsentQuerySet:
    """What members allow this company today; nothing once it is closed."""
    return Consent.objects.live(on).for_companies(Organisation.objects.companies().filter(pk=organisation.pk))


def last_day(member: Member, on: date | None = None) -> date | None:
    """The last day until which the member may allow anything: a year, or the end of the membership that runs."""
    day = on or timezone.localdate()
    running = Membership.objects.running(day).filter(member=member).order_by("-ends_on").first()
    return min(running.ends_on, day + LONGEST) if running else None


def is_adult(member: Member, on: date | None = None) -> bool:
    """From their eighteenth birthday on; not as long as it is unknown."""
    day, born = on or timezone.localdate(), member.born_on
    if born is None:
        return False
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) >= ADULT_AGE


def give(
    member: Member,
    *,
    organisation: Organisation | None,
    until: date,
    with_video: bool,
    by: User,
    now: datetime | None = None,
) -> Consent:
    """Let one company, or every registered one, see the page. The same again changes nothing; another replaces it."""
    moment = now or timezone.now()
    day = timezone.localdate(moment)
    _check(member, organisation=organisation, until=until, with_video=with_video, by=by, day=day)
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)  # one consent at a time
        same = Consent.objects.filter(member=member, organisation=organisation, withdrawn_at__isnull=True)
        if already := same.live(day).filter(ends_on=until, with_video=with_video).first():
            return already
        same.update(withdrawn_at=moment)
        return Consent.objects.create(
            member=member,
            organisation=organisation,
            ends_on=until,
            with_video=with_video,
            given_at=moment,
            text=words(organisation, until=until, with_video=with_video),
        )


def _check(
    member: Member, *, organisation: Organisation | None, until: date, with_video: bool, by: User, day: date
) -> None:
    if not can_write_page(by, member=member, on=day):
        raise PermissionDenied
    if organisation and (organisation.closed_on or not organisation.is_company):
        raise ValidationError({"organisation": "Cette entreprise n’est plus inscrite."})
    latest = last_day(member, day)
    if until < day:
        raise ValidationError({"until": "Cette date est passée."})
    if latest is None or until > latest:
        told = "Un accord dure un an au plus, et finit avec votre adhésion"
        raise ValidationError({"until": f"{told} : choisissez au plus tard le {short_date(latest)}."})
    if with_video and not is_adult(member, day):
        raise ValidationError({"with_video": "La vidéo se montre à partir de 18 ans."})


def words(organisation: Organisation | None, *, until: date, with_video: bool) -> str:
    """What the member accepts, as they read it. It is kept as it was."""
    whom = f"l’entreprise « {organisation.name} »" if organisation else "toutes les entreprises inscrites"
    what = "mon mini-CV et ma page, avec ma vidéo," if with_video else "mon mini-CV et ma page, sans ma vidéo,"
    return (
        f"Je permets à {whom} de voir {what} jusqu’au {short_date(until)}. "
        "Je peux retirer cet accord à tout moment ; il prend fin avec mon adhésion."
    )


def withdraw(consent: Consent, *, by: User, now: datetime | None = None) -> None:
    """From the next request on nobody sees the page by this consent. Withdrawing again changes nothing."""
    if consent.member.user_id != by.pk:
        raise PermissionDenied
    Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(withdrawn_at=now or timezone.now())


def withdraw_all(member: Member, *, by: User, now: datetime | None = None) -> None:
    if member.user_id != by.pk:
        raise PermissionDenied
    Consent.objects.filter(member=member, withdrawn_at__isnull=True).update(withdrawn_at=now or timezone.now())

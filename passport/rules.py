"""What a visit must be to enter a passport. Instants are compared as instants, days are those of Paris."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accompaniment.agreements import check_two_people
from accompaniment.models import LearningAgreement, PackageKind
from accounts.models import Counsellor, Referent
from passport.balances import balance, kept_for, told_held
from passport.models import Cheque, Passport, day_of

LONGEST_VISIT = 4
SIGNED_WITHIN = timedelta(days=7)


def refused(field: str, told: str, *, code: str) -> ValidationError:
    """A refusal that is read beside a field."""
    return ValidationError({field: ValidationError(told, code=code)})


def check_open(passport: Passport) -> None:
    if passport.state != Passport.State.OPEN:
        told = f"Ce passeport est {passport.get_state_display()} : rien ne s’y ajoute."
        raise ValidationError(told, code="closed")


def check_writer(passport: Passport, counsellor: Counsellor, *, now: datetime) -> None:
    """The referent, their stand-in, or who helps in an emergency; never the member themselves."""
    member = passport.member
    check_two_people(member, counsellor)
    live = Referent.objects.live(now).filter(member=member, counsellor=counsellor)
    if not live.exists():
        raise ValidationError("Vous n’accompagnez pas ce membre.", code="not_yours")


def check_length(cheque: Cheque) -> None:
    """Whole hours, four at most, and an end that many real hours after the start."""
    if isinstance(cheque.hours, bool) or not isinstance(cheque.hours, int) or not 1 <= cheque.hours <= LONGEST_VISIT:
        told = f"Une visite dure de 1 à {LONGEST_VISIT} heures entières : au-delà, faites deux chèques."
        raise refused("hours", told, code="hours")
    cheque.ends_at = cheque.starts_at + timedelta(hours=cheque.hours)


def check_window(cheque: Cheque, kind: PackageKind, *, now: datetime) -> None:
    """The visit took place, lies wholly inside the window, and can still be signed."""
    first, last = day_of(cheque.starts_at), day_of(cheque.ends_at - timedelta(microseconds=1))
    if cheque.ends_at > now:
        raise refused("starts_at", "Cette visite n’est pas encore finie.", code="future")
    if day_of(now) > last_day_to_sign(cheque):
        told = "Une visite se signe dans les sept jours : celle-ci est trop ancienne."
        raise refused("starts_at", told, code="too_late")
    passport = cheque.passport
    if passport.starts_on and passport.ends_on:
        limit = (
            max(passport.ends_on, passport.trial_ends_on or date.min) if kind.goes_beyond_window else passport.ends_on
        )
        if not (passport.starts_on <= first and last <= limit):
            raise refused("starts_at", _told_outside(passport, first, limit), code="window")
    if (signed_on := signed_on_of(passport.agreement)) and first < signed_on:
        told = f"Cette visite est d’avant la signature du contrat pédagogique, le {signed_on:%d/%m/%Y}."
        raise refused("starts_at", told, code="before")


def _told_outside(passport: Passport, day: date, limit: date) -> str:
    """Why a visit is refused: a passport that its first signed visit began takes none of before."""
    if begins_by_itself(passport) and passport.starts_on and day < passport.starts_on:
        return (
            f"Le passeport a commencé le {passport.starts_on:%d/%m/%Y}, jour de la première visite signée"
            f"\N{NO-BREAK SPACE}: une visite d’avant ne s’y ajoute plus."
        )
    return f"Cette visite est hors de la durée du passeport, du {passport.starts_on:%d/%m/%Y} au {limit:%d/%m/%Y}."


def begins_by_itself(passport: Passport) -> bool:
    """Whether no day was agreed, so that its earliest signed visit begins it."""
    return passport.agreement is not None and passport.agreement.starts_on is None


def signed_on_of(agreement: LearningAgreement | None) -> date | None:
    """The day of its second signature: nothing is spent before it."""
    moments = (agreement.counsellor_signed_at, agreement.member_signed_at) if agreement else ()
    return max((day_of(moment) for moment in moments if moment), default=None)


def last_day_to_sign(cheque: Cheque) -> date:
    return day_of(cheque.starts_at) + SIGNED_WITHIN


def check_hours(cheque: Cheque) -> None:
    """What is used, proposed and reserved of a kind never comes to more than it has."""
    hours = balance(cheque.passport)[cheque.kind]
    free = hours.free + (kept_for(cheque.passport, cheque.kind, cheque.origin) if cheque.origin else 0)
    if cheque.hours > free:
        left = f"il en reste {free}" if free > 0 else "il n’en reste aucune"
        told = f"{hours.kind.label}\N{NO-BREAK SPACE}: {hours.quota} heures en tout, {left}."
        held = told_held(cheque.passport, cheque.kind, origin=cheque.origin)
        raise refused("hours", f"{told} {held}".strip(), code="quota")


def check_overlap(cheque: Cheque) -> None:
    """Nobody is at two visits at once; a counsellor is, when both are of one collective event."""
    if _at_the_same_time(Cheque.objects.filter(passport__member=cheque.passport.member_id), cheque).exists():
        raise refused("starts_at", "Le membre a déjà une visite à cette heure.", code="member_overlap")
    theirs = _at_the_same_time(Cheque.objects.filter(counsellor=cheque.counsellor), cheque)
    if cheque.is_collective:
        theirs = theirs.exclude(is_collective=True, starts_at=cheque.starts_at, ends_at=cheque.ends_at)
    if theirs.exists():
        raise refused("starts_at", "Vous avez déjà une visite à cette heure.", code="counsellor_overlap")


def _at_the_same_time(cheques: QuerySet[Cheque], cheque: Cheque) -> QuerySet[Cheque]:
    live = cheques.filter(state__in=(Cheque.State.PROPOSED, Cheque.State.SIGNED)).exclude(pk=cheque.pk)
    return live.filter(starts_at__lt=cheque.ends_at, ends_at__gt=cheque.starts_at)


def give_back_all(passport: Passport, now: datetime) -> None:
    """Nothing is reserved any more of a passport that is over."""
    passport.reservations.filter(ended_at=None).update(ended_at=now)

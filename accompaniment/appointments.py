"""Appointments: taken, moved, cancelled, marked. The only place that writes them, under the lock of their people.

Two planned ones of a counsellor never overlap, nor two of a member. Whatever is
locked is locked in the same order: the member, then counsellors by primary key.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accompaniment import agenda, messages, reminders
from accompaniment.models import Appointment, Availability, DaysOff, Diagnostic
from accompaniment.slots import HORIZON, LONGEST, NOTICE, Slot, open_slots
from accounts import members
from accounts.models import Counsellor, Member, Referent, User
from pages.templatetags.french import moment as in_words

Kind = Appointment.Kind
State = Appointment.State

TAKEN = "Ce créneau vient d’être pris. Choisissez-en un autre : en voici qui sont libres."
MARKS = (State.DONE, State.MISSED)
AT_ONCE = timedelta()
_followers: list[Callable[[Appointment], None]] = []


def followed_by(tell: Callable[[Appointment], None]) -> None:
    """Registers what follows appointments: told after each that is fixed, moved, cancelled or marked."""
    _followers.append(tell)


def counsellors_for(member: Member | None, now: datetime | None = None) -> Any:
    """Whom somebody may choose: their referent where they have one, else all those who receive."""
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    active = Counsellor.objects.active(today)
    if member is not None and member.user_id:
        active = active.exclude(user=member.user_id)
    if member is not None:
        live = Referent.objects.live(moment).filter(member=member, role=Referent.Role.REFERENT)
        if (mine := active.filter(pk__in=live.values("counsellor"))).exists():
            return mine
    receiving = Availability.objects.running(today, timezone.localdate(moment + HORIZON))
    return active.filter(pk__in=receiving.values("counsellor"))


def free_slots(
    member: Member | None,
    *,
    now: datetime | None = None,
    notice: timedelta = NOTICE,
    besides: Appointment | None = None,
    like: Slot | None = None,
) -> list[Slot]:
    """What can be chosen for this person, somebody unknown included; `besides` is the one about to move.

    `like` asks of one slot alone: those of its counsellor that start with it.
    """
    moment = now or timezone.now()
    first, last = moment + notice, moment + HORIZON
    counsellors = counsellors_for(member, moment)
    if like is not None:
        counsellors = counsellors.filter(pk=like.counsellor.pk)
        first, last = max(first, like.starts_at), min(last, like.starts_at)
    chosen = list(counsellors.values_list("pk", flat=True))
    rules = Availability.objects.running(timezone.localdate(first), timezone.localdate(last))
    taken = agenda.busy(chosen, first, last + LONGEST, besides=besides)
    if member is not None:
        mine = _planned_of(member, besides).values_list("starts_at", "ends_at")
        for times in taken.values():
            times.extend(mine)
    return open_slots(
        rules.filter(counsellor__in=chosen).select_related("counsellor__user"),
        first=first,
        last=last,
        days_off=DaysOff.objects.filter(counsellor__in=chosen),
        busy=taken,
    )


def diagnostic_of(member: Member, now: datetime | None = None) -> Appointment | None:
    """The diagnostic appointment that is fixed and not over."""
    planned = Appointment.objects.upcoming(now).filter(member=member, kind=Kind.DIAGNOSTIC)
    return planned.select_related("counsellor__user", "member__user").first()


def may_begin_again(appointment: Appointment) -> bool:
    """Whether its member may choose another in its place: a cancelled diagnostic, where none is planned or was held."""
    if appointment.kind != Kind.DIAGNOSTIC or appointment.state != State.CANCELLED:
        return False
    others = Appointment.objects.filter(member=appointment.member, kind=Kind.DIAGNOSTIC)
    return not others.filter(state__in=(State.PLANNED, State.DONE)).exists()


def book(
    member: Member,
    slot: Slot,
    *,
    kind: str = Kind.DIAGNOSTIC,
    by: User | None = None,
    now: datetime | None = None,
    notice: timedelta = NOTICE,
    freely: bool = False,
) -> Appointment:
    """Take a slot. A counsellor fixes one `freely`: at any time to come, whatever their availabilities say.

    The same one asked for twice is taken once.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        _lock_member(member)
        _lock_counsellors([slot.counsellor.pk])
        same = Appointment.objects.planned().filter(member=member, kind=kind, starts_at=slot.starts_at)
        if already := same.filter(counsellor=slot.counsellor).first():
            return already
        if kind == Kind.DIAGNOSTIC:
            _refuse_a_second_diagnostic(member, moment)
        _check(member, slot, now=moment, notice=notice, freely=freely)
        appointment = Appointment(member=member, kind=kind, made_by=by, made_at=moment, **_time_and_place(slot))
        appointment.full_clean()
        appointment.save()
        messages.fixed(appointment)
        _follow(appointment)
    return appointment


def move(
    appointment: Appointment,
    slot: Slot,
    *,
    by: User | None = None,
    now: datetime | None = None,
    notice: timedelta = NOTICE,
    freely: bool = False,
) -> Appointment:
    """The same appointment at another time, with another counsellor maybe. Until it begins."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = _locked(appointment, [slot.counsellor.pk])
        before = Appointment(counsellor=locked.counsellor, starts_at=locked.starts_at)
        _check_to_come(locked, moment)
        if _is_at(locked, slot):
            return locked
        _check(locked.member, slot, now=moment, notice=notice, freely=freely, besides=locked)
        for name, value in _time_and_place(slot).items():
            setattr(locked, name, value)
        locked.changes += 1
        reminders.skip_those_past(locked, now=moment)
        locked.full_clean()
        locked.save()
        messages.moved(locked, before=before, by=by)
        _follow(locked)
    return locked


def cancel(appointment: Appointment, *, by: User | None = None, now: datetime | None = None) -> Appointment:
    """Until it begins; done twice, it is done once."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = _locked(appointment)
        if locked.state == State.CANCELLED:
            return locked
        _check_to_come(locked, moment)
        locked.state, locked.ended_at = State.CANCELLED, moment
        locked.changes += 1
        locked.save()
        messages.cancelled(locked, by=by)
        _follow(locked)
    return locked


def cancel_of_those_who_left(now: datetime) -> int:
    """Each minute: what is to come with a counsellor who is one no more; its member is told, and may choose another."""
    left = Appointment.objects.planned().filter(starts_at__gt=now, counsellor__ends_on__lt=timezone.localdate(now))
    return len([cancel(appointment, now=now) for appointment in left.select_related("member").soonest_first()])


def mark(appointment: Appointment, state: str, *, now: datetime | None = None) -> Appointment:
    """Whether the member came, once it has begun; a mistake is put right by marking again."""
    moment = now or timezone.now()
    if state not in MARKS:
        raise TypeError(f"{state} does not say whether somebody came.")
    with transaction.atomic():
        locked = _locked(appointment)
        if locked.state == State.CANCELLED:
            raise ValidationError("Ce rendez-vous est annulé.", code="cancelled")
        if locked.starts_at > moment:
            raise ValidationError("Ce rendez-vous n’a pas encore commencé.", code="early")
        locked.state = state
        locked.save(update_fields=["state"])
        _follow(locked)
        if state == State.DONE:
            members.touch_contact(locked.member, on=timezone.localdate(locked.starts_at))
    return locked


def set_reminders(appointment: Appointment, *, refused: bool) -> None:
    Appointment.objects.filter(pk=appointment.pk).update(refuses_reminders=refused)


def _follow(appointment: Appointment) -> None:
    """Once it is written, and its people are free again."""
    for tell in _followers:
        transaction.on_commit(partial(tell, appointment), robust=True)


def _refuse_a_second_diagnostic(member: Member, now: datetime) -> None:
    planned = Appointment.objects.planned().filter(member=member, kind=Kind.DIAGNOSTIC).first()
    if planned is None or _makes_way(planned, now):
        return
    when = in_words(planned.starts_at)
    if planned.ends_at > now:
        raise ValidationError(f"Un rendez-vous de diagnostic est déjà fixé, {when}.", code="planned")
    told = f"Le rendez-vous de diagnostic du {when} n’est pas encore noté par le conseiller. Appelez-nous."
    raise ValidationError(told, code="unmarked")


def _makes_way(planned: Appointment, now: datetime) -> bool:
    """Begun, and its counsellor has left: nobody will mark it any more. It was held if a diagnostic says so."""
    active = Counsellor.objects.active(timezone.localdate(now))
    if planned.starts_at > now or active.filter(pk=planned.counsellor_id).exists():
        return False
    if Diagnostic.objects.filter(appointment=planned).exists():
        planned.state = State.DONE
    else:
        planned.state, planned.ended_at = State.CANCELLED, now
    planned.save(update_fields=["state", "ended_at"])
    return True


def _check(
    member: Member, slot: Slot, *, now: datetime, notice: timedelta, freely: bool, besides: Appointment | None = None
) -> None:
    if freely:
        _check_free(member, slot, now=now, besides=besides)
    elif slot not in free_slots(member, now=now, notice=notice, besides=besides, like=slot):
        raise ValidationError(TAKEN, code="taken")


def _check_free(member: Member, slot: Slot, *, now: datetime, besides: Appointment | None) -> None:
    """Nothing else is planned then; availabilities are not asked."""
    if slot.starts_at <= now:
        raise ValidationError("Ce moment est passé. Choisissez-en un à venir.", code="past")
    day = timezone.localdate(slot.starts_at)
    if DaysOff.objects.filter(counsellor=slot.counsellor, starts_on__lte=day, ends_on__gte=day).exists():
        raise ValidationError("Vous avez noté que vous êtes absent ce jour-là.", code="off")
    taken = agenda.busy([slot.counsellor.pk], slot.starts_at, slot.ends_at, besides=besides)
    if taken[slot.counsellor.pk]:
        raise ValidationError("Vous avez déjà quelque chose à ce moment-là.", code="taken")
    if slot.overlaps(_planned_of(member, besides).values_list("starts_at", "ends_at")):
        raise ValidationError(f"{member} a déjà un rendez-vous à ce moment-là.", code="member_taken")


def _check_to_come(appointment: Appointment, now: datetime) -> None:
    if not appointment.is_planned:
        raise ValidationError("Ce rendez-vous n’est plus prévu : il ne se déplace ni ne s’annule.", code="over")
    if appointment.starts_at <= now:
        raise ValidationError("Ce rendez-vous a commencé : il ne se déplace ni ne s’annule plus.", code="begun")


def _planned_of(member: Member, besides: Appointment | None) -> Any:
    planned = Appointment.objects.planned().filter(member=member)
    return planned if besides is None else planned.exclude(pk=besides.pk)


def _is_at(appointment: Appointment, slot: Slot) -> bool:
    return all(getattr(appointment, name) == value for name, value in _time_and_place(slot).items())


def _time_and_place(slot: Slot) -> dict[str, Any]:
    names = ("counsellor", "starts_at", "ends_at", "place", "video_url")
    return {name: getattr(slot, name) for name in names}


def _locked(appointment: Appointment, others: Iterable[int] = ()) -> Appointment:
    """The appointment as it is now, which nobody else changes until the end of the transaction."""
    _lock_member(appointment.member)
    # Whoever moves it holds its member: from here on its counsellor stays the same.
    found = Appointment.objects.select_related("member__user", "counsellor__user").get(pk=appointment.pk)
    _lock_counsellors({found.counsellor_id, *others})
    return found


def _lock_member(member: Member) -> None:
    if Member.objects.select_for_update().get(pk=member.pk).erased_at:
        raise ValidationError("Ce membre a été effacé.", code="erased")


def _lock_counsellors(counsellors: Iterable[int]) -> None:
    list(Counsellor.objects.select_for_update().filter(pk__in=counsellors).order_by("pk"))

"""When a counsellor receives, each week, and the days when they do not. Written under their lock."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accompaniment import agenda
from accompaniment.models import Appointment, Availability, DaysOff
from accounts.models import Counsellor

FIELDS = frozenset({"weekday", "starts", "ends", "length", "pause", "place", "video_url", "since", "until"})
LONGEST_ABSENCE = timedelta(days=366)
FURTHEST_ABSENCE = timedelta(days=3 * 366)


class StillPlannedError(ValidationError):
    """Appointments are planned on these days: they are moved or cancelled first."""

    def __init__(self, appointments: list[Appointment]) -> None:
        super().__init__(
            "Des rendez-vous sont fixés ces jours-là : déplacez-les ou annulez-les d’abord.", code="planned"
        )
        self.appointments = appointments


def add(counsellor: Counsellor, **fields: Any) -> Availability:
    with transaction.atomic():
        _lock(counsellor)
        return _save(Availability(counsellor=counsellor, **_known(fields)))


def change(rule: Availability, **fields: Any) -> Availability:
    """From now on; the appointments that are fixed already stay as they are."""
    with transaction.atomic():
        _lock(rule.counsellor)
        locked = Availability.objects.get(pk=rule.pk)
        for name, value in _known(fields).items():
            setattr(locked, name, value)
        return _save(locked)


def end(rule: Availability, *, now: datetime | None = None) -> None:
    """No slot of it from today on; the appointments that are fixed already stay."""
    yesterday = timezone.localdate(now or timezone.now()) - timedelta(days=1)
    with transaction.atomic():
        _lock(rule.counsellor)
        if rule.since > yesterday:
            Availability.objects.filter(pk=rule.pk).delete()
        else:
            Availability.objects.filter(pk=rule.pk).update(until=yesterday)


def take_days_off(counsellor: Counsellor, *, starts_on: date, ends_on: date, now: datetime | None = None) -> DaysOff:
    """Refused, with the list, while appointments are planned then. The same days asked for twice are taken once."""
    with transaction.atomic():
        _lock(counsellor)
        if already := DaysOff.objects.filter(counsellor=counsellor, starts_on=starts_on, ends_on=ends_on).first():
            return already
        absence = DaysOff(counsellor=counsellor, starts_on=starts_on, ends_on=ends_on)
        absence.full_clean()
        today = timezone.localdate(now or timezone.now())
        if ends_on < today:
            raise ValidationError({"ends_on": "Ces jours sont passés."}, code="past")
        if ends_on > today + FURTHEST_ABSENCE:
            raise ValidationError({"ends_on": "Choisissez des jours dans les trois ans."}, code="too_far")
        if ends_on - starts_on > LONGEST_ABSENCE:
            raise ValidationError({"ends_on": "Une absence dure un an au plus."}, code="too_long")
        if planned := agenda.planned_between(counsellor, starts_on, ends_on):
            raise StillPlannedError(planned)
        absence.save()
    return absence


def give_back(absence: DaysOff) -> None:
    """They receive on these days after all."""
    DaysOff.objects.filter(pk=absence.pk).delete()


def _save(rule: Availability) -> Availability:
    rule.full_clean()
    if _minutes(rule) < rule.length:
        raise ValidationError({"ends": "Entre ces heures, il n’y a pas la place d’un rendez-vous."}, code="too_short")
    if _meets_another(rule):
        told = "Vous recevez déjà à ce moment-là : changez plutôt l’autre disponibilité."
        raise ValidationError(told, code="overlap")
    rule.save()
    return rule


def _minutes(rule: Availability) -> int:
    return (rule.ends.hour - rule.starts.hour) * 60 + rule.ends.minute - rule.starts.minute


def _meets_another(rule: Availability) -> bool:
    """Whether, on some day, two of a counsellor's would hold at the same hour."""
    same = Availability.objects.filter(counsellor=rule.counsellor, weekday=rule.weekday).exclude(pk=rule.pk)
    same = same.running(rule.since, rule.until or date.max)
    return same.filter(starts__lt=rule.ends, ends__gt=rule.starts).exists()


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"An availability does not take {', '.join(sorted(unknown))}.")
    return fields


def _lock(counsellor: Counsellor) -> None:
    """A slot is taken under the same lock: what is read here is still true when it is written."""
    Counsellor.objects.select_for_update().get(pk=counsellor.pk)

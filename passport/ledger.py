"""What happens to a passport: opened, spent by two signatures, corrected by a counter-entry, never rewritten.

Each verb locks the passport’s row first, then the counsellor’s where a number
is taken. A refusal is a ValidationError whose sentence the person reads, and
leaves nothing behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accompaniment.agreements import check_two_people
from accompaniment.models import LearningAgreement, PackageKind
from accounts.models import Counsellor, Member
from association.clocks import months_later
from passport import chain, messages, rules
from passport.models import Cheque, Entry, Passport, Sheet, day_of
from passport.standing import end_of

State = Cheque.State


@dataclass(frozen=True)
class Visit:
    """What a counsellor says of a visit. `hours` are whole; `starts_at` has a time zone."""

    kind: str
    starts_at: datetime
    hours: int
    what: str
    place: str = ""
    origin: str = ""
    is_collective: bool = False


def open_passport(
    agreement: LearningAgreement, sheet: Sheet, *, starts_on: date | None, now: datetime | None = None
) -> Passport:
    """The passport of an agreement that both signed; without `starts_on`, it starts with its first signed visit."""
    moment, version = now or timezone.now(), agreement.roadmap.version
    passport = Passport(member=agreement.member, agreement=agreement, sheet=sheet, version=version, opened_at=moment)
    _set_window(passport, starts_on)
    with transaction.atomic():
        passport.full_clean()
        passport.save()
        facts: dict[str, Any] = {"quotas": {kind.code: kind.hours for kind in version.kinds.all()}}
        if passport.starts_on and passport.ends_on:
            first, last = midnight(passport.starts_on), midnight(passport.ends_on + timedelta(days=1))
            facts |= {"starts_at": first, "ends_at": last, "zone": chain.ZONE}
        chain.append(passport, "open", now=moment, texts={"member": agreement.member.reference}, **facts)
    return passport


def propose(
    passport: Passport, visit: Visit, *, counsellor: Counsellor, key: UUID, means: str, now: datetime | None = None
) -> Cheque:
    """The counsellor signs: the cheque has its number, and its hours are reserved until the member signs.

    The same `key` and visit give the same cheque; the same key with another visit is refused.
    """
    moment = now or timezone.now()
    # In universal time: Python adds hours to what clocks show, and these may change meanwhile.
    visit = replace(visit, starts_at=visit.starts_at.astimezone(UTC))
    cheque = Cheque(key=key, counsellor=counsellor, counsellor_signed_at=moment, counsellor_means=means)
    for name, value in vars(visit).items():
        setattr(cheque, name, value)
    with locked(passport) as cheque.passport:
        if found := Cheque.objects.filter(key=key).first():
            return _same(found, visit, cheque.passport, counsellor)
        kind = _check(cheque, moment)
        cheque.day, cheque.rank = _number(counsellor, moment)
        rules.check_overlap(cheque)
        cheque.kind = kind.code
        cheque.full_clean(exclude=["entry"])
        cheque.save()
        messages.to_sign(cheque)
    return cheque


def withdraw(cheque: Cheque, *, counsellor: Counsellor, now: datetime | None = None) -> Cheque:
    """Who accompanies the member takes a proposal back before it is signed; its number stays."""
    return _close(cheque, State.WITHDRAWN, by=counsellor, now=now)


def take_back(cheque: Cheque) -> Cheque:
    """A proposal whose author accompanies the member no more, or that cannot be signed: nobody’s decision."""
    return _close(cheque, State.WITHDRAWN)


def sign(cheque: Cheque, *, member: Member, means: str, now: datetime | None = None) -> Cheque:
    """The member signs: the hours are spent, once, whatever comes at the same moment. Signed again, nothing changes."""
    moment = now or timezone.now()
    with locked(cheque.passport) as passport:
        found = Cheque.objects.select_related("counsellor__user").get(pk=cheque.pk)
        if passport.member_id != member.pk:
            raise ValidationError("Ce chèque n’est pas le vôtre.", code="not_yours")
        if found.state == State.SIGNED:
            return found
        _check_proposed(found)
        check_two_people(passport.member, found.counsellor)
        rules.check_open(passport)
        if day_of(moment) > rules.last_day_to_sign(found):
            raise ValidationError("Le délai de sept jours pour signer est passé.", code="too_late")
        found.passport = passport
        _start(passport, found)
        found.member_signed_at, found.member_means, found.state = moment, means, State.SIGNED
        found.entry = _spend(found, moment)
        found.save()
        messages.signed(found)
    return found


def cancel(cheque: Cheque, *, reason: str, counsellor: Counsellor, now: datetime | None = None) -> Entry:
    """A counter-entry gives the hours back and says why; both stay in sight. Once, and never itself cancelled."""
    moment = now or timezone.now()
    if not reason.strip():
        raise rules.refused("reason", "Dites pourquoi cette visite est annulée.", code="no_reason")
    with locked(cheque.passport) as passport:
        rules.check_writer(passport, counsellor, now=moment)
        found = Cheque.objects.select_related("entry").get(pk=cheque.pk)
        if found.state != State.SIGNED or found.entry is None:
            raise ValidationError("Seule une visite signée s’annule, et une seule fois.", code="not_signed")
        entry = chain.append(
            passport,
            "cancel",
            now=moment,
            kind=found.kind,
            hours=-found.hours,
            cancels=found.entry.seq,
            counsellor=counsellor.number,
            texts={"reason": reason.strip()},
        )
        Cheque.objects.filter(pk=found.pk).update(state=State.CANCELLED)
        messages.cancelled(found)
    return entry


def expire_due(now: datetime) -> int:
    """Each minute: proposals that nobody signed in seven days give their hours back; how many."""
    old = Cheque.objects.proposed().filter(starts_at__lt=now - rules.SIGNED_WITHIN)
    due = [cheque for cheque in old.order_by("passport_id", "pk") if day_of(now) > rules.last_day_to_sign(cheque)]
    return sum(_expire(cheque) for cheque in due)


def _expire(cheque: Cheque) -> bool:
    """Whether it was still open; one that was signed meanwhile holds no other back."""
    try:
        _close(cheque, State.EXPIRED)
    except ValidationError:
        return False
    return True


def _check(cheque: Cheque, now: datetime) -> PackageKind:
    rules.check_open(cheque.passport)
    rules.check_writer(cheque.passport, cheque.counsellor, now=now)
    rules.check_length(cheque)
    kind = cheque.passport.version.kinds.filter(code=cheque.kind).first()
    if kind is None:
        raise rules.refused("kind", "Ce forfait n’a pas cette activité.", code="kind")
    rules.check_window(cheque, kind, now=now)
    rules.check_hours(cheque)
    return kind


def _same(found: Cheque, visit: Visit, passport: Passport, counsellor: Counsellor) -> Cheque:
    said = all(getattr(found, name) == value for name, value in vars(visit).items())
    if not said or found.passport_id != passport.pk or found.counsellor_id != counsellor.pk:
        raise ValidationError("Ce formulaire a déjà servi pour une autre visite.", code="key_used")
    return found


def _number(counsellor: Counsellor, now: datetime) -> tuple[date, int]:
    """The day and the next rank, under the counsellor’s lock: without a gap nor a double."""
    Counsellor.objects.select_for_update().get(pk=counsellor.pk)
    day = day_of(now)
    last = Cheque.objects.filter(counsellor=counsellor, day=day).aggregate(last=Max("rank"))["last"]
    return day, (last or 0) + 1


def _spend(cheque: Cheque, now: datetime) -> Entry:
    return chain.append(
        cheque.passport,
        "visit",
        now=now,
        kind=cheque.kind,
        hours=cheque.hours,
        starts_at=cheque.starts_at,
        ends_at=cheque.ends_at,
        zone=chain.ZONE,
        cheque=cheque.number,
        counsellor=cheque.counsellor.number,
        counsellor_signed_at=cheque.counsellor_signed_at,
        counsellor_means=cheque.counsellor_means,
        member_signed_at=cheque.member_signed_at,
        member_means=cheque.member_means,
        texts={"what": cheque.what, "place": cheque.place},
    )


def _start(passport: Passport, cheque: Cheque) -> None:
    """The earliest signed visit starts a passport that has no day of its own.

    One that was proposed before the first signature may be signed after it, and
    come before: the window begins that much earlier.
    """
    first, was = day_of(cheque.starts_at), passport.starts_on
    if was is None or (first < was and rules.begins_by_itself(passport)):
        months = passport.version.window_months
        passport.starts_on, passport.ends_on = first, end_of(first, was=was, end=passport.ends_on, months=months)
        passport.save(update_fields=["starts_on", "ends_on"])
        return
    kind = passport.version.kinds.get(code=cheque.kind)
    rules.check_window(cheque, kind, now=max(cheque.ends_at, cheque.counsellor_signed_at))


def midnight(day: date) -> datetime:
    """The first moment of a day in Paris."""
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)


def _set_window(passport: Passport, starts_on: date | None) -> None:
    passport.starts_on = starts_on
    passport.ends_on = months_later(starts_on, passport.version.window_months) if starts_on else None


def _close(cheque: Cheque, state: str, *, by: Counsellor | None = None, now: datetime | None = None) -> Cheque:
    with locked(cheque.passport) as passport:
        if by is not None:
            rules.check_writer(passport, by, now=now or timezone.now())
        found = Cheque.objects.get(pk=cheque.pk)
        _check_proposed(found)
        found.state, found.passport = state, passport
        found.save(update_fields=["state"])
        messages.closed(found)
    return found


def _check_proposed(cheque: Cheque) -> None:
    if cheque.state != State.PROPOSED:
        raise ValidationError(f"Ce chèque est {cheque.get_state_display()}.", code="not_proposed")


@contextmanager
def locked(passport: Passport) -> Iterator[Passport]:
    """The passport as it is now, which nobody else changes before the end."""
    with transaction.atomic():
        rows = Passport.objects.select_for_update(of=("self",)).select_related("member", "version")
        yield rows.get(pk=passport.pk)

"""Taking a person out of what the site keeps: no name, address, text or file is left; dates and numbers stay nobody's.

The list of those who were erased is also kept in a file beside the database
(`settings.ERASURES`), without a name: a backup put back erases them again.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Greatest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts import relays
from accounts.models import Counsellor, Member, Referent, User
from association.clocks import months_later
from events import bookings
from passport import forgetting
from spaces.models import Erasure
from spaces.personal_data import HOLDINGS, Fate, Person, files_of

GONE = "effacé"
GONE_ADDRESS = "efface"
KEPT = (
    "Les dates d’adhésion et d’accompagnement et les heures de passeport, sans nom, pour justifier l’activité de "
    "l’association et l’argent reçu."
)


@dataclass(frozen=True)
class Keep:
    """The law or a contract makes the association keep something of this person until a day."""

    reason: str
    until: date


PLACES = "events.Booking"
# What leaves some columns and keeps others has its own verb, where the rows are written.
EMPTIED_BY: dict[str, Callable[[models.QuerySet[Any], datetime], int]] = {
    "accounts.Relay": relays.forget,
    PLACES: bookings.anonymise,
    "passport.Passport": forgetting.passports,
    "passport.Cheque": forgetting.cheques,
    "passport.Decision": forgetting.decisions,
    "passport.Dispute": forgetting.disputes,
    "passport.Evaluation": forgetting.evaluations,
    "passport.Gift": forgetting.gifts,
    "passport.PaperCheque": forgetting.papers,
}

Ask = Callable[[Person], Iterable[Keep]]
_reasons: list[Ask] = []


def reason_to_keep(ask: Ask) -> Ask:
    """Registers a rule of another app that puts an erasure off."""
    _reasons.append(ask)
    return ask


@reason_to_keep
def passport_in_use(person: Person) -> list[Keep]:
    """A prescriber pays for it: its counsellor ends it first, at any time."""
    running = forgetting.running(person.member.pk) if person.member else None
    if running is None:
        return []
    last = max(filter(None, (running.ends_on, running.trial_ends_on)), default=None)
    told = "Un passeport est en cours : demandez d’abord à votre conseiller d’y mettre fin"
    return [Keep(told, last or months_later(timezone.localdate(), running.version.window_months))]


def reasons_to_keep(person: Person) -> list[Keep]:
    return [keep for ask in _reasons for keep in ask(person)]


def erase(person: Person, *, why: Erasure.Why, now: datetime | None = None) -> Erasure:
    """All at once, for good. Refused, with the reason and the day, while something must be kept."""
    moment = now or timezone.now()
    _check_nothing_is_kept(person)
    _check_nobody_is_left_alone(person, moment)
    with transaction.atomic():
        _give_places_back(person, moment)
        _lock(person)
        moment = now or timezone.now()  # whoever was waited for may have written since
        _check_nothing_is_kept(person)  # a passport may have opened meanwhile
        account = digest(person.user) if person.user else ""
        _end_sessions(person)
        _take_out(person, moment)
        if person.member:
            _empty_member(person.member, moment)
        if person.user:
            _empty_or_delete(person.user, moment)
        erasure = Erasure.objects.create(
            member_reference=person.member.reference if person.member else "",
            user_digest=account,
            why=why,
            kept=KEPT if person.member else "",
            erased_at=moment,
        )
        transaction.on_commit(lambda: _write_down(erasure))
    return erasure


def _lock(person: Person) -> None:
    """In the order of all others: the member, their passports, the account that is written to."""
    if person.member:
        Member._base_manager.select_for_update().get(pk=person.member.pk)
        forgetting.lock(person.member.pk)
    if person.user:
        User._base_manager.select_for_update().get(pk=person.user.pk)


def _check_nothing_is_kept(person: Person) -> None:
    if keeps := reasons_to_keep(person):
        told = " ".join(f"{keep.reason} (jusqu’au {keep.until:%d/%m/%Y})." for keep in keeps)
        raise ValidationError(f"Vos données ne peuvent pas encore être effacées : {told}", code="kept")


def erase_again(*, now: datetime | None = None) -> int:
    """Whoever is on the list and in the database, as in a backup that was put back; how many they were.

    Who must be kept, as on the day of that backup, holds nobody else back: their refusals are raised at the end.
    """
    members, accounts = _listed()
    people = [Person(member.user, member) for member in Member.objects.not_erased().filter(reference__in=members)]
    alone = User.objects.filter(is_active=True).exclude(member__reference__in=members).order_by("pk")
    people += [Person(user, None) for user in alone.iterator() if digest(user) in accounts]
    kept = []
    for person in people:
        try:
            erase(person, why=Erasure.Why.ASKED, now=now)
        except ValidationError as refusal:
            kept.append(f"{person.member.reference if person.member else person.user}: {' '.join(refusal.messages)}")
    if kept:
        raise ValidationError(kept, code="kept")
    return len(people)


def digest(user: User) -> str:
    """Says of an account that it is this one, and nothing else of it; a number given again to another is not it."""
    return sha256(f"{user.pk} {user.date_joined.timestamp()}".encode()).hexdigest()


def _check_nobody_is_left_alone(person: Person, now: datetime) -> None:
    """A counsellor's members have another one first; a site keeps an administrator."""
    if person.user is None:
        return
    if Referent.objects.live(now).filter(role=Referent.Role.REFERENT, counsellor__user=person.user).exists():
        told = "Vous accompagnez encore des membres : confiez-les d’abord à un autre conseiller."
        raise ValidationError(told, code="referent")
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.user.pk)
    if person.user.is_superuser and not others.exists():
        told = "Vous êtes la seule personne à administrer le site : nommez-en d’abord une autre."
        raise ValidationError(told, code="last_administrator")


def _give_places_back(person: Person, now: datetime) -> None:
    """First of all: whoever writes about a meeting locks it before its people, and would wait for each other."""
    for holding in HOLDINGS:
        if holding.model == PLACES:
            rows = holding.rows(person)
            for row in rows:
                _forget_in_the_log(row)
            bookings.anonymise(rows, now)


def _take_out(person: Person, now: datetime) -> None:
    """What the list of holdings says of each row, the last of the list first; files leave after the transaction."""
    for holding in reversed(HOLDINGS):
        rows = holding.rows(person)
        if holding.fate == Fate.UNLINKED:
            rows.filter(holding.leads_to(person)).update(**{holding.path: None})
            continue
        for row in rows:
            _forget_in_the_log(row)
            for stored in files_of(row):
                _forget(stored)
        if holding.fate == Fate.DELETED:
            rows.delete()
        elif empty := EMPTIED_BY.get(holding.model):
            empty(rows, now)


def _forget(stored: FieldFile) -> None:
    storage, name = stored.storage, str(stored.name)
    transaction.on_commit(lambda: storage.delete(name))


def _forget_in_the_log(row: models.Model) -> None:
    """Wagtail's log calls things by their names, also after they are gone."""
    kind = ContentType.objects.get_for_model(row)
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    entries.exclude(label=GONE).update(label=GONE, data={})


def _empty_member(member: Member, now: datetime) -> None:
    live = Referent.objects.filter(member=member)
    live.filter(ends_at__isnull=True).update(ends_at=now)
    live.filter(ends_at__gt=now).update(ends_at=now)
    live.exclude(reason="").update(reason=GONE)
    empty = {"user": None, "born_on": None} | dict.fromkeys(("first_name", "last_name", "email", "telephone"), "")
    Member.objects.filter(pk=member.pk).update(erased_at=now, **empty)


def _empty_or_delete(user: User, now: datetime) -> None:
    """An account that numbers depend on stays, as nobody's; any other goes."""
    if not Counsellor.objects.filter(user=user).exists():
        user.delete()
        return
    Counsellor.objects.filter(user=user, ends_on=None).update(ends_on=Greatest(timezone.localdate(now), F("starts_on")))
    empty = User(email=f"{GONE_ADDRESS}-{user.pk}@example.invalid", is_active=False)
    empty.set_unusable_password()
    facts = ("email", "first_name", "last_name", "password", "is_active", "is_staff", "is_superuser", "last_login")
    User.objects.filter(pk=user.pk).update(**{name: getattr(empty, name) for name in facts})


def _end_sessions(person: Person) -> None:
    """A session's content is unreadable to the database: each is opened."""
    if person.user:
        mine = str(person.user.pk)
        open_sessions = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        keys = [session.pk for session in open_sessions if session.get_decoded().get(SESSION_KEY) == mine]
        Session.objects.filter(pk__in=keys).delete()


def _write_down(erasure: Erasure) -> None:
    """A line of the list that is kept beside the database: day, reference of the member, digest of the account."""
    line = f"{erasure.erased_at.isoformat()} {erasure.member_reference or '-'} {erasure.user_digest or '-'}\n"
    with settings.ERASURES.open("a") as listed:
        listed.write(line)
        listed.flush()
        os.fsync(listed.fileno())


def _listed() -> tuple[set[str], set[str]]:
    """References of members and digests of accounts, of the file and of the database."""
    members = set(Erasure.objects.values_list("member_reference", flat=True))
    accounts = set(Erasure.objects.values_list("user_digest", flat=True))
    if settings.ERASURES.exists():
        for line in settings.ERASURES.read_text().splitlines():
            _day, member, account = line.split()
            members.add(member)
            accounts.add(account)
    return members - {"", "-"}, accounts - {"", "-"}

"""A member contests a signed visit: until it is settled, it is not billed. Who accompanies them keeps or cancels it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import Counsellor, User
from accounts.referents import who_follows
from notices import outbox
from passport import ledger, reading, rules
from passport.models import Cheque, Dispute, Entry, Passport

Outcome = Dispute.Outcome
NO_WORDS = "Dites ce qui ne va pas\N{NO-BREAK SPACE}: votre conseiller le lira."
NO_ANSWER = "Répondez au membre\N{NO-BREAK SPACE}: il lira ces mots."


def open_dispute(cheque: Cheque, words: str, user: User, now: datetime | None = None) -> Dispute:
    """By the member of that passport, of a visit that both signed; one at a time for each visit."""
    moment, said = now or timezone.now(), words.strip()
    if not said:
        raise rules.refused("words", NO_WORDS, code="no_words")
    with ledger.locked(cheque.passport) as passport:
        if not reading.own(user).filter(pk=passport.pk).exists():
            raise ValidationError("Cette visite n’est pas la vôtre.", code="not_yours")
        if not passport.cheques.signed().filter(pk=cheque.pk).exists():
            raise ValidationError("Seule une visite signée se conteste.", code="not_signed")
        if waiting(passport).filter(cheque=cheque).exists():
            raise ValidationError("Cette visite est déjà contestée.", code="already_open")
        dispute = Dispute(cheque=cheque, words=said, opened_at=moment)
        dispute.full_clean()
        dispute.save()
        _tell_counsellors(dispute, passport)
    return dispute


def take_back(dispute: Dispute, now: datetime | None = None) -> Dispute:
    """By the member, before it is settled."""
    with ledger.locked(dispute.cheque.passport) as passport:
        found = _open(dispute)
        return _close(found, Outcome.WITHDRAWN, by=passport.member.user, answer="", now=now or timezone.now())


def settle(
    dispute: Dispute, *, outcome: str, answer: str, counsellor: Counsellor, now: datetime | None = None
) -> Dispute:
    """The visit is kept, or cancelled by a counter-entry whose reason is the answer; the member reads it."""
    moment, said = now or timezone.now(), answer.strip()
    if outcome not in {Outcome.KEPT, Outcome.CANCELLED}:
        raise rules.refused("outcome", "Dites si la visite est maintenue ou annulée.", code="outcome")
    if not said:
        raise rules.refused("answer", NO_ANSWER, code="no_answer")
    with ledger.locked(dispute.cheque.passport) as passport:
        rules.check_writer(passport, counsellor, now=moment)
        found = _open(dispute)
        if outcome == Outcome.CANCELLED:
            ledger.cancel(found.cheque, reason=said, counsellor=counsellor, now=moment)
        _close(found, Outcome(outcome), by=counsellor.user, answer=said, now=moment)
        _tell_member(found, passport)
    return found


def cancel_visit(cheque: Cheque, *, reason: str, counsellor: Counsellor, now: datetime | None = None) -> Entry:
    """A counter-entry, by who accompanies the member; what they contested of that visit is settled with it."""
    moment = now or timezone.now()
    with ledger.locked(cheque.passport) as passport:
        entry = ledger.cancel(cheque, reason=reason, counsellor=counsellor, now=moment)
        for dispute in waiting(passport).filter(cheque=cheque):
            _close(dispute, Outcome.CANCELLED, by=counsellor.user, answer=reason.strip(), now=moment)
    return entry


def waiting(passport: Passport) -> QuerySet[Dispute]:
    """Those that nobody has answered."""
    return Dispute.objects.filter(cheque__passport=passport, settled_at=None)


def _open(dispute: Dispute) -> Dispute:
    found = Dispute.objects.select_related("cheque").filter(pk=dispute.pk, settled_at=None).first()
    if found is None:
        raise ValidationError("Cette contestation est déjà réglée.", code="settled")
    return found


def _close(dispute: Dispute, outcome: Outcome, *, by: User | None, answer: str, now: datetime) -> Dispute:
    """Never before it was opened, wherever the clock was put."""
    moment = max(now, dispute.opened_at)
    dispute.outcome, dispute.settled_by, dispute.settled_at, dispute.answer = outcome, by, moment, answer
    dispute.full_clean(exclude=["cheque", "settled_by"])
    dispute.save(update_fields=["outcome", "settled_by", "settled_at", "answer"])
    return dispute


def _tell_counsellors(dispute: Dispute, passport: Passport) -> None:
    for row in who_follows(passport.member):
        outbox.put(
            kind="dispute_opened",
            to=row.counsellor.user.email,
            template="dispute_opened",
            context={"path": reverse("dispute_settle", args=[dispute.reference])},
            person=row.counsellor.user,
            key=f"dispute_opened {dispute.reference} {row.counsellor_id}",
            about=dispute.reference,
        )


def _tell_member(dispute: Dispute, passport: Passport) -> None:
    member = passport.member
    if member.mailbox:
        path = reverse("my_cheque", args=[dispute.cheque.reference])
        outbox.put(
            kind="dispute_settled",
            to=member.mailbox,
            template="dispute_settled",
            context={"path": path, "has_account": member.user_id is not None},
            person=member.user,
            key=f"dispute_settled {dispute.reference}",
            about=dispute.reference,
        )

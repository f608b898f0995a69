"""What is decided of a passport besides its visits: suspended, resumed, prolonged, ended; each an entry, with why.

A suspension and a prolongation hold once the prescriber who pays has accepted
them. Resuming gives back the days of the suspension: the window ends that much
later.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from passport import chain, decision_messages, rules
from passport.balances import balance
from passport.ledger import locked, midnight
from passport.models import IN_USE, Cheque, Decision, Passport, day_of

Act = Decision.Act
State = Decision.State
Standing = Passport.State

WAIT_FOR_PRESCRIBER = (Act.SUSPEND, Act.EXTEND)
HAVE_A_LAST_DAY = (Act.EXTEND, Act.TRIAL)
# A visit that waits for its signature could not be signed any more.
NOTHING_WAITS = (Act.SUSPEND, Act.END)
FROM = {
    Act.SUSPEND: (Standing.OPEN,),
    Act.RESUME: (Standing.SUSPENDED,),
    Act.EXTEND: IN_USE,
    Act.TRIAL: IN_USE,
    Act.END: IN_USE,
}
BECOMES = {Act.SUSPEND: Standing.SUSPENDED, Act.RESUME: Standing.OPEN, Act.END: Standing.ENDED}
LONGEST_TRIAL = timedelta(days=366)
ALL_USED = "Toutes les heures sont utilisées."
WINDOW_OVER = "La durée du passeport est passée."


def ask(
    passport: Passport,
    act: str,
    *,
    reason: str,
    by: User,
    until: date | None = None,
    motive: str = "",
    now: datetime | None = None,
) -> Decision:
    """By the counsellor. What does not wait for the prescriber holds at once."""
    moment = now or timezone.now()
    with locked(passport) as found:
        decision = Decision(
            passport=found, act=act, motive=motive, reason=reason.strip(), until=until, asked_by=by, asked_at=moment
        )
        _check(decision, moment)
        decision.full_clean(exclude=["entry"])
        decision.save()
        if act in WAIT_FOR_PRESCRIBER:
            decision_messages.asked(decision)
        else:
            _apply(decision, by=by, now=moment)
    return decision


def accept(decision: Decision, *, by: User, proof: str = "", now: datetime | None = None) -> Decision:
    """By the prescriber, never by who asked nor the member; or by staff, who say in `proof` where that agreement is."""
    moment = now or timezone.now()
    with locked(decision.passport) as passport:
        found = _waiting(decision, passport)
        if not proof.strip() and by.pk in {found.asked_by_id, passport.member.user_id}:
            told = "Cette décision vient de vous, ou elle vous concerne\N{NO-BREAK SPACE}: quelqu’un d’autre y répond."
            raise ValidationError(told, code="both_sides")
        _check(found, moment)
        found.proof = proof.strip()
        _apply(found, by=by, now=moment)
        decision_messages.answered(found)
    return found


def refuse(decision: Decision, *, by: User, answer: str, now: datetime | None = None) -> Decision:
    """By the prescriber, who says why."""
    if not answer.strip():
        raise rules.refused("answer", "Dites pourquoi\N{NO-BREAK SPACE}: le conseiller le lira.", code="no_answer")
    return _close(decision, State.REFUSED, by=by, answer=answer, now=now)


def withdraw(decision: Decision, *, by: User, now: datetime | None = None) -> Decision:
    """By the counsellor, before the prescriber answers."""
    return _close(decision, State.WITHDRAWN, by=by, answer="", now=now)


def end_due(now: datetime) -> int:
    """Each minute: passports whose window, trial period and time to sign are over; how many."""
    today = day_of(now)
    over = today - rules.SIGNED_WITHIN
    due = Passport.objects.open().filter(Q(trial_ends_on=None) | Q(trial_ends_on__lt=over), ends_on__lt=over)
    return sum(_end(passport, today, now) for passport in due.order_by("pk"))


def _end(passport: Passport, today: date, now: datetime) -> bool:
    with locked(passport) as found:
        last = max(found.ends_on or today, found.trial_ends_on or date.min)
        waits = found.cheques.filter(state=Cheque.State.PROPOSED).exists()
        if found.state != Standing.OPEN or waits or today <= last + rules.SIGNED_WITHIN:
            return False
        is_used = all(hours.used == hours.quota for hours in balance(found).values())
        found.state = Standing.COMPLETED if is_used else Standing.EXPIRED
        chain.append(found, "end", now=now, texts={"reason": ALL_USED if is_used else WINDOW_OVER})
        found.save(update_fields=["state"])
        _leave_nothing(found, now)
    return True


def _waiting(decision: Decision, passport: Passport) -> Decision:
    found = Decision.objects.filter(pk=decision.pk, state=State.ASKED).first()
    if found is None:
        raise ValidationError("Cette demande a déjà sa réponse.", code="answered")
    found.passport = passport
    return found


def _close(decision: Decision, state: State, *, by: User, answer: str, now: datetime | None) -> Decision:
    with locked(decision.passport) as passport:
        found = _waiting(decision, passport)
        found.state, found.decided_by, found.decided_at = state, by, now or timezone.now()
        found.answer = answer.strip()
        found.save(update_fields=["state", "decided_by", "decided_at", "answer"])
        if state == State.REFUSED:
            decision_messages.answered(found)
    return found


def _check(decision: Decision, now: datetime) -> None:
    passport = decision.passport
    if not decision.reason:
        raise rules.refused("reason", "Donnez la raison.", code="no_reason")
    if passport.state not in FROM[Act(decision.act)]:
        raise ValidationError(f"Ce passeport est {passport.get_state_display()}.", code="state")
    if decision.act in NOTHING_WAITS and passport.cheques.filter(state=Cheque.State.PROPOSED).exists():
        told = "Une visite attend sa signature\N{NO-BREAK SPACE}: faites-la signer ou retirez-la d’abord."
        raise ValidationError(told, code="proposals")
    if decision.act == Act.EXTEND:
        _check_extension(decision)
    if decision.act == Act.TRIAL:
        _check_trial(decision, now)


def _check_extension(decision: Decision) -> None:
    version, ends_on = decision.passport.version, decision.passport.ends_on
    if ends_on is None:
        raise ValidationError("Ce passeport commence avec sa première visite signée.", code="not_begun")
    if decision.motive not in version.motives:
        raise rules.refused("motive", "Choisissez un des motifs du forfait.", code="motive")
    longest = timedelta(days=version.longest_extension_days)
    if decision.until is None or not ends_on < decision.until <= ends_on + longest:
        told = f"Choisissez un jour après le {ends_on:%d/%m/%Y}, et au plus tard le {ends_on + longest:%d/%m/%Y}."
        raise rules.refused("until", told, code="until")


def _check_trial(decision: Decision, now: datetime) -> None:
    start, today = decision.passport.starts_on, day_of(now)
    if decision.until is None or not (start or today) <= decision.until <= today + LONGEST_TRIAL:
        raise rules.refused("until", "Choisissez un jour après le début du passeport, dans l’année.", code="until")


def _apply(decision: Decision, *, by: User, now: datetime) -> None:
    passport, act = decision.passport, Act(decision.act)
    facts: dict[str, Any] = {}
    if act == Act.RESUME and passport.ends_on is not None:
        # A clock that was put back takes no day away.
        passport.ends_on += max(day_of(now) - _suspended_on(passport), timedelta())
        facts["ends_at"] = _midnight_after(passport.ends_on)
    if act == Act.EXTEND:
        passport.ends_on = decision.until
    if act == Act.TRIAL:
        passport.trial_ends_on = decision.until
    if act in HAVE_A_LAST_DAY and decision.until is not None:
        facts["ends_at"] = _midnight_after(decision.until)
    texts = {"reason": decision.reason, "motive": decision.motive}
    decision.entry = chain.append(passport, act.value, now=now, texts=texts, zone=chain.ZONE, **facts)
    decision.state, decision.decided_by, decision.decided_at = State.HOLDS, by, now
    decision.save()
    passport.state = BECOMES.get(act, passport.state)
    passport.save(update_fields=["state", "ends_on", "trial_ends_on"])
    if act == Act.END:
        _leave_nothing(passport, now)


def _leave_nothing(passport: Passport, now: datetime) -> None:
    """Of a passport that is over, no hour is reserved and no request waits."""
    rules.give_back_all(passport, now)
    passport.decisions.filter(state=State.ASKED).update(state=State.WITHDRAWN, decided_at=now)


def _suspended_on(passport: Passport) -> date:
    last = passport.entries.filter(act=Act.SUSPEND).order_by("-seq").values_list("recorded_at", flat=True).first()
    return day_of(last) if last else day_of(timezone.now())


def _midnight_after(day: date) -> datetime:
    """The first moment outside a window whose last day this is."""
    return midnight(day + timedelta(days=1))

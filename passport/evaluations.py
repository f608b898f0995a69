"""What each side thinks of a visit, or of the whole: one to four and a few words, changed for thirty days."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from passport import reading
from passport.ledger import locked
from passport.models import Cheque, Evaluation, Passport

By = Evaluation.By
CHANGES_FOR = timedelta(days=30)
SCORES = [(4, "Très utile"), (3, "Utile"), (2, "Peu utile"), (1, "Pas utile")]


def told(score: int) -> str:
    """A score in words."""
    return dict(SCORES).get(score, "")


def may_judge(passport: Passport, by: str, user: User, now: datetime | None = None) -> bool:
    """Whether somebody speaks for this side of a passport: its member, who accompanies them now, or who pays."""
    if by == By.MEMBER:
        found = reading.own(user)
    else:
        found = reading.accompanied(user, now) if by == By.COUNSELLOR else reading.paid_by(user, now)
    return found.filter(pk=passport.pk).exists()


def latest(passport: Passport, by: str, cheque: Cheque | None = None) -> Evaluation | None:
    """What this side said of a visit, or of the whole."""
    return Evaluation.objects.filter(passport=passport, by=by, cheque=cheque).first()


def all_of(passport: Passport, cheque: Cheque | None = None) -> list[tuple[Evaluation, str]]:
    """What was said of a visit, or of the whole, each with its score in words."""
    rows = Evaluation.objects.filter(passport=passport, cheque=cheque).order_by("made_at", "pk")
    return [(row, told(row.score)) for row in rows]


def can_change(evaluation: Evaluation | None, now: datetime | None = None) -> bool:
    """Also what was not said yet."""
    return evaluation is None or (now or timezone.now()) <= evaluation.made_at + CHANGES_FOR


def judge(
    passport: Passport,
    *,
    by: str,
    user: User,
    score: int,
    words: str = "",
    words_are_shared: bool = False,
    cheque: Cheque | None = None,
    now: datetime | None = None,
) -> Evaluation:
    """Of a signed visit, or of the whole once a visit is signed. Said again within thirty days, it replaces."""
    moment = now or timezone.now()
    if not may_judge(passport, by, user, moment):
        raise ValidationError("Ce passeport n’est pas le vôtre.", code="not_yours")
    with locked(passport) as found:
        signed = found.cheques.signed() if cheque is None else found.cheques.signed().filter(pk=cheque.pk)
        if not signed.exists():
            raise ValidationError("Une visite s’évalue une fois signée.", code="not_signed")
        evaluation = latest(found, by, cheque)
        if not can_change(evaluation, moment):
            raise ValidationError("Cet avis a plus de trente jours\N{NO-BREAK SPACE}: il ne change plus.", code="old")
        evaluation = evaluation or Evaluation(passport=found, cheque=cheque, by=by, made_at=moment)
        evaluation.user, evaluation.score, evaluation.words = user, score, words.strip()
        evaluation.words_are_shared = words_are_shared and by == By.MEMBER
        evaluation.full_clean(exclude=["cheque"])
        evaluation.save()
    return evaluation

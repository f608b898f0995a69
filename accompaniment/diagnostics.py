"""The first interview: begun with a member, written answer by answer, finished, taken up again.

An answer is saved against what was seen of it: of two tabs the older is told,
and overwrites nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accompaniment import grids
from accompaniment.models import Answer, Appointment, Diagnostic, LearningAgreement
from accounts import members, referents
from accounts.models import Counsellor, Member, Referent, User

LONGEST_ANSWER = 5000
FINISHED = "Ce diagnostic est terminé : reprenez-le pour le modifier."
NO_GRID = "Aucune grille d’entretien n’est en vigueur : demandez-la à l’administration du site."
STALE = "Cette réponse a été changée ailleurs entre-temps."
OPEN_STATES = (Appointment.State.PLANNED, Appointment.State.DONE)


class StaleError(ValidationError):
    """Somebody, or another tab, saved this answer since: here is what it says now."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(STALE, code="stale")
        self.answer = answer


@dataclass(frozen=True)
class Typed:
    """What somebody typed under a question, and what they had seen there when they began."""

    code: str
    text: str
    seen: str


def members_to_start(user: User, now: datetime | None = None) -> QuerySet[Member]:
    """Those with whom this person may begin: whom they follow, and who come to them and whom nobody follows."""
    today = timezone.localdate(now or timezone.now())
    active = Counsellor.objects.active(today)
    coming = Appointment.objects.filter(
        member=OuterRef("pk"),
        kind=Appointment.Kind.DIAGNOSTIC,
        state__in=OPEN_STATES,
        counsellor__in=active.filter(user=user).values("pk"),
    )
    followers = Referent.objects.live(now).filter(member=OuterRef("pk"), counsellor__in=active.values("pk"))
    followed = Member.objects.followed_by(user, now).values("pk")
    found = Member.objects.filter(Q(pk__in=followed) | Q(Exists(coming)) & ~Q(Exists(followers)))
    return found.not_erased().exclude(user=user)


def latest_of(member: Member) -> Diagnostic | None:
    return Diagnostic.objects.filter(member=member).order_by("-started_at", "-pk").first()


def start(member: Member, by: User, appointment: Appointment | None = None, now: datetime | None = None) -> Diagnostic:
    """The one that is in progress, or a new one on the present grid; nobody's member gets a referent by it."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = Member.objects.select_for_update().get(pk=member.pk)
        if not members_to_start(by, moment).filter(pk=locked.pk).exists():
            raise ValidationError("Ce membre est suivi par un autre conseiller.", code="not_yours")
        if current := Diagnostic.objects.filter(member=locked, finished_at=None).first():
            return current
        grid = grids.in_force(moment)
        if grid is None:
            raise ValidationError(NO_GRID, code="no_grid")
        counsellor = Counsellor.objects.get(user=by)
        if not referents.who_follows(locked, moment):
            referents.assign(locked, counsellor=counsellor, by=by, now=moment)
        members.touch_contact(locked, on=timezone.localdate(moment))
        return Diagnostic.objects.create(
            member=locked,
            counsellor=counsellor,
            grid=grid,
            appointment=_appointment(locked, counsellor, appointment),
            started_at=moment,
        )


def _appointment(member: Member, counsellor: Counsellor, given: Appointment | None) -> Appointment | None:
    """The one that it is held at: the given one, else the latest with this counsellor, unless it had its own."""
    fitting = Appointment.objects.filter(
        member=member, kind=Appointment.Kind.DIAGNOSTIC, state__in=OPEN_STATES, diagnostic=None
    )
    if given is not None:
        return fitting.filter(pk=given.pk).first()
    return fitting.filter(counsellor=counsellor).order_by("-starts_at").first()


def seen_of(answer: Answer | None) -> str:
    """What a form gives back to say which answer it showed."""
    return f"{answer.revision}:{_mark(answer.text)}" if answer else f"0:{_mark('')}"


def save(diagnostic: Diagnostic, typed: Typed, *, now: datetime | None = None) -> Answer:
    """Keeps what was typed; what was not changed, or arrives twice, changes nothing."""
    text = typed.text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_ANSWER:
        told = f"Cette réponse est trop longue : {LONGEST_ANSWER} caractères au plus, elle en a {len(text)}."
        raise ValidationError(told, code="too_long")
    with transaction.atomic():
        locked = Diagnostic.objects.select_for_update().get(pk=diagnostic.pk)
        if locked.finished_at:
            raise ValidationError(FINISHED, code="finished")
        question = locked.grid.questions.get(code=typed.code)
        answer = Answer.objects.filter(diagnostic=locked, question=question).first()
        answer = answer or Answer(diagnostic=locked, question=question)
        revision, _, mark = typed.seen.partition(":")
        if text == answer.text or mark == _mark(text):
            return answer
        if revision != str(answer.revision):
            raise StaleError(answer)
        answer.text, answer.revision, answer.saved_at = text, answer.revision + 1, now or timezone.now()
        answer.save()
    return answer


def finish(diagnostic: Diagnostic, *, now: datetime | None = None) -> Diagnostic:
    with transaction.atomic():
        locked = Diagnostic.objects.select_for_update().get(pk=diagnostic.pk)
        if locked.finished_at:
            return locked
        if not locked.answers.exclude(text="").exists():
            raise ValidationError("Écrivez au moins une réponse avant de terminer.", code="empty")
        locked.finished_at = now or timezone.now()
        locked.save(update_fields=["finished_at"])
    return locked


def reopen(diagnostic: Diagnostic) -> Diagnostic:
    """To correct it, until an agreement that rests on it is proposed."""
    with transaction.atomic():
        locked = Diagnostic.objects.select_for_update().get(pk=diagnostic.pk)
        if LearningAgreement.objects.filter(
            roadmap__diagnostic=locked, state=LearningAgreement.State.PROPOSED
        ).exists():
            told = "Un contrat est proposé sur ce diagnostic : retirez-le avant de reprendre le diagnostic."
            raise ValidationError(told, code="proposed")
        if Diagnostic.objects.filter(member=locked.member_id, finished_at=None).exclude(pk=locked.pk).exists():
            raise ValidationError("Un autre diagnostic est en cours avec ce membre.", code="in_progress")
        locked.finished_at = None
        locked.save(update_fields=["finished_at"])
    return locked


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]

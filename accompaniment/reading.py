"""Who reads and who writes what a member and their counsellor keep together: those two, and nobody else.

Not even administrators: help in an emergency is a counsellor's, short, and told to the member.
"""

from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from accompaniment.models import Diagnostic, LearningAgreement, Roadmap
from accounts.models import Member, User


def diagnostics_written_by(user: User, now: datetime | None = None) -> QuerySet[Diagnostic]:
    return _written_by(Diagnostic, user, now).select_related("member__user", "counsellor__user", "grid")


def diagnostics_read_by(user: User, now: datetime | None = None) -> QuerySet[Diagnostic]:
    """The member reads it from its first word on."""
    return _read_by(Diagnostic, user, now).select_related("member__user", "counsellor__user", "grid")


def roadmaps_written_by(user: User, now: datetime | None = None) -> QuerySet[Roadmap]:
    return _of_roadmap(_written_by(Roadmap, user, now))


def roadmaps_read_by(user: User, now: datetime | None = None) -> QuerySet[Roadmap]:
    return _of_roadmap(_read_by(Roadmap, user, now))


def agreements_written_by(user: User, now: datetime | None = None) -> QuerySet[LearningAgreement]:
    return _of_agreement(_written_by(LearningAgreement, user, now))


def agreements_read_by(user: User, now: datetime | None = None) -> QuerySet[LearningAgreement]:
    """What is still prepared is not for the member to read."""
    draft = Q(state=LearningAgreement.State.DRAFT, member__user=user)
    return _of_agreement(_read_by(LearningAgreement, user, now).exclude(draft))


def _written_by[T: Model](model: type[T], user: User, now: datetime | None) -> QuerySet[T]:
    """Of those whom this person accompanies now. Nobody is their own counsellor."""
    followed = Member.objects.followed_by(user, now).not_erased().exclude(user=user)
    return _all(model).filter(member__in=followed)


def _read_by[T: Model](model: type[T], user: User, now: datetime | None) -> QuerySet[T]:
    followed = Member.objects.followed_by(user, now).not_erased()
    return _all(model).filter(Q(member__in=followed) | Q(member__user=user, member__erased_at=None))


def _all(model: type[Any]) -> QuerySet[Any]:
    return model._default_manager.all()


def _of_roadmap(found: QuerySet[Roadmap]) -> QuerySet[Roadmap]:
    return found.select_related("member__user", "counsellor__user", "version__package", "diagnostic")


def _of_agreement(found: QuerySet[LearningAgreement]) -> QuerySet[LearningAgreement]:
    roadmap = ("roadmap__version__package", "roadmap__diagnostic")
    return found.select_related("member__user", "counsellor__user", *roadmap, "paper__scanned_by", "paper__seen_by")

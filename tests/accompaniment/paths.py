"""What is on the way of a member: `make_package()`, `make_diagnostic(member)`, `make_roadmap()`, `make_agreement()`."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from accompaniment import agreements, setup
from accompaniment.models import Answer, Diagnostic, Grid, LearningAgreement, PackageVersion, Roadmap, RoadmapLine
from accompaniment.models.agreements import reflection_ends
from accounts.models import Counsellor, Member, Referent
from tests.people import make_member, make_referent


def make_package() -> PackageVersion:
    """The package of a new association, in force."""
    setup.make_package_and_grid()
    return PackageVersion.objects.live().latest_first().first()


def make_grid() -> Grid:
    setup.make_package_and_grid()
    return Grid.objects.live().latest_first().first()


def make_followed(**fields: Any) -> tuple[Member, Counsellor]:
    """A member with an account, and the counsellor who accompanies them."""
    member = make_member(**fields)
    return member, make_referent(member).counsellor


def counsellor_of(member: Member) -> Counsellor:
    row = Referent.objects.filter(member=member).first() or make_referent(member)
    return row.counsellor


def make_diagnostic(
    member: Member | None = None, *, answers: dict[str, str] | None = None, **fields: Any
) -> Diagnostic:
    """In progress, unless `finished_at` is given; its answers by the code of their question."""
    person = member or make_member()
    grid = make_grid()
    counsellor = fields.pop("counsellor", None) or counsellor_of(person)
    diagnostic = Diagnostic.objects.create(member=person, counsellor=counsellor, **{"grid": grid} | fields)
    for code, text in (answers or {}).items():
        Answer.objects.create(diagnostic=diagnostic, question=grid.questions.get(code=code), text=text, revision=1)
    return diagnostic


def make_finished(member: Member | None = None, **fields: Any) -> Diagnostic:
    answers = fields.pop("answers", {"synthese": "Une cuisine collective, près de chez elle."})
    return make_diagnostic(member, answers=answers, finished_at=timezone.now(), **fields)


def make_roadmap(
    member: Member | None = None, *, lines: dict[str, list[int]] | None = None, diagnostic: Diagnostic | None = None
) -> Roadmap:
    """`lines` are the hours of each session, by the code of their kind."""
    version, found = make_package(), diagnostic or make_finished(member)
    roadmap = Roadmap.objects.create(
        member=found.member,
        diagnostic=found,
        version=version,
        counsellor=found.counsellor,
        aim="Cuisiner",
    )
    for code, hours in (lines or {"rv": [1, 1], "candidature": [2]}).items():
        kind = version.kinds.get(code=code)
        for number, length in enumerate(hours, 1):
            RoadmapLine.objects.create(roadmap=roadmap, kind=kind, hours=length, what=f"{kind.label} {number}")
    return roadmap


def make_agreement(
    roadmap: Roadmap | None = None, *, state: str = LearningAgreement.State.DRAFT, now: datetime | None = None
) -> LearningAgreement:
    """A draft; a proposed one is proposed by the rule, which freezes what it says."""
    found = roadmap or make_roadmap()
    fields: dict[str, Any] = {"commitments": "Venir aux rendez-vous.", "counsellor": found.counsellor}
    if state != LearningAgreement.State.DRAFT:
        moment = now or timezone.now()
        fields |= {
            "proposed_at": moment,
            "reflect_until": reflection_ends(moment, found.version.reflection_days),
            "content": agreements.content_of(LearningAgreement(roadmap=found, member=found.member, **fields)),
        }
    return LearningAgreement.objects.create(roadmap=found, member=found.member, state=state, **fields)

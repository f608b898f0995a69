"""Where a member is on their way: the session, the diagnostic, the roadmap, the agreement, each with its day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from accompaniment import agreements, paper_agreements
from accompaniment.means import PAPER_SEEN
from accompaniment.models import Appointment, Diagnostic, LearningAgreement, Roadmap
from accounts.models import Member
from pages.templatetags.french import long_date, moment

State = LearningAgreement.State
AskDay = Callable[[Member], date | None]
_informed: list[AskDay] = []
DIAGNOSTIC = "Diagnostic"
SIGN_NOW = "Le temps de réflexion est passé : signez-le, et faites-le signer."
MEMBER_SIGNED = "La personne a signé : à votre tour."
MEMBER_SIGNS_NOW = "Vous avez signé : à la personne de signer."
YOU_SIGN_NOW = "Le temps de réflexion est passé : vous pouvez le signer."
YOU_SIGNED = "Vous avez signé : à votre conseiller de signer."


def informed_by(ask: AskDay) -> AskDay:
    """Registers what knows the day on which a member came to an information session."""
    _informed.append(ask)
    return ask


@dataclass(frozen=True)
class Step:
    """`state` is done, now or todo; `text` says what happened or what comes."""

    title: str
    state: str
    text: str
    url: str = ""


# Given a member, and whether a counsellor reads it: what follows the agreement, where that has begun.
AskStep = Callable[[Member, bool], Step | None]
_followed: list[AskStep] = []


def followed_by(ask: AskStep) -> AskStep:
    """Registers what knows the step after the agreement."""
    _followed.append(ask)
    return ask


def steps_of(member: Member, *, for_counsellor: bool = False, now: datetime | None = None) -> list[Step]:
    """The counsellor also sees an agreement that is still prepared."""
    at = now or timezone.now()
    diagnostics = Diagnostic.objects.filter(member=member).select_related("roadmap")
    diagnostic = diagnostics.order_by("-started_at", "-pk").first()
    roadmap: Roadmap | None = getattr(diagnostic, "roadmap", None)
    agreement = agreements.latest_of(roadmap, with_drafts=for_counsellor) if roadmap else None
    return [
        _information(member),
        _diagnostic(member, diagnostic, at),
        _roadmap(roadmap),
        _agreement(agreement, at, for_counsellor),
        *(step for ask in _followed if (step := ask(member, for_counsellor))),
    ]


def has_begun(steps: list[Step]) -> bool:
    """Whether one of these steps is a diagnostic that was begun."""
    return any(step.title == DIAGNOSTIC and step.url for step in steps)


def may_begin(member: Member) -> bool:
    """Whether the first diagnostic is still to come."""
    return not Diagnostic.objects.filter(member=member).exists()


def sentence_of(agreement: LearningAgreement, now: datetime, *, for_counsellor: bool = False) -> str:
    """Where it stands, said to the member or to who accompanies them."""
    ended = timezone.localdate(agreement.ended_at) if agreement.ended_at else None
    if agreement.state == State.WITHDRAWN:
        return f"Retiré par l’association le {long_date(ended)}."
    if agreement.state == State.DECLINED:
        return f"Refusé le {long_date(ended)}."
    if agreement.state == State.DRAFT:
        return "En préparation."
    if agreement.state == State.SIGNED and agreement.member_signed_at and agreement.counsellor_signed_at:
        last = max(agreement.member_signed_at, agreement.counsellor_signed_at)
        return f"Signé {'des deux côtés' if for_counsellor else 'par vous deux'} le {_day(last)}.{_on_paper(agreement)}"
    if agreement.can_be_signed(now):
        return _who_signs(agreement, for_counsellor=for_counsellor)
    when = f"à partir du {long_date(agreement.reflect_until)}."
    return f"Il pourra être signé {when}" if for_counsellor else f"Vous pourrez le signer {when}"


def _who_signs(agreement: LearningAgreement, *, for_counsellor: bool) -> str:
    if for_counsellor and agreement.counsellor_signed_at:
        return MEMBER_SIGNS_NOW
    if agreement.member_signed_at:
        return MEMBER_SIGNED if for_counsellor else YOU_SIGNED
    return SIGN_NOW if for_counsellor else YOU_SIGN_NOW


def _on_paper(agreement: LearningAgreement) -> str:
    if agreement.member_means != PAPER_SEEN:
        return ""
    return f" Sur papier\N{NO-BREAK SPACE}: {paper_agreements.in_words(agreement.paper)}."


def _day(moment: datetime) -> str:
    return long_date(timezone.localdate(moment))


def _information(member: Member) -> Step:
    title = "Réunion d’information"
    days = [day for ask in _informed if (day := ask(member))]
    if days:
        return Step(title, "done", f"Le {long_date(min(days))}.")
    return Step(title, "todo", "Aucune présence n’est notée.")


def _diagnostic(member: Member, diagnostic: Diagnostic | None, now: datetime) -> Step:
    title = DIAGNOSTIC
    if diagnostic is None:
        coming = Appointment.objects.upcoming(now).filter(member=member, kind=Appointment.Kind.DIAGNOSTIC)
        next_one = coming.soonest_first().first()
        text = f"Rendez-vous le {moment(next_one.starts_at)}." if next_one else "Un entretien avec un conseiller."
        return Step(title, "now" if next_one else "todo", text)
    url = reverse("diagnostic", args=[diagnostic.reference])
    if diagnostic.finished_at:
        return Step(title, "done", f"Terminé le {long_date(timezone.localdate(diagnostic.finished_at))}.", url)
    return Step(title, "now", f"Commencé le {long_date(timezone.localdate(diagnostic.started_at))}.", url)


def _roadmap(roadmap: Roadmap | None) -> Step:
    title = "Feuille de route"
    if roadmap is None:
        return Step(title, "todo", "Les activités prévues, après le diagnostic.")
    text = f"Écrite le {long_date(timezone.localdate(roadmap.made_at))}."
    return Step(title, "done", text, reverse("roadmap", args=[roadmap.reference]))


def _agreement(agreement: LearningAgreement | None, now: datetime, for_counsellor: bool) -> Step:
    title = "Contrat pédagogique"
    if agreement is None:
        return Step(title, "todo", "Ce que chacun s’engage à faire, avec la feuille de route.")
    url = reverse("agreement", args=[agreement.reference])
    if agreement.state == State.PROPOSED and agreement.proposed_at:
        day = long_date(timezone.localdate(agreement.proposed_at))
        said = sentence_of(agreement, now, for_counsellor=for_counsellor)
        return Step(title, "now", f"Proposé le {day}. {said}", url)
    state = {State.DRAFT: "now", State.SIGNED: "done"}.get(State(agreement.state), "todo")
    return Step(title, state, sentence_of(agreement, now, for_counsellor=for_counsellor), url)

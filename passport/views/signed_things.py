"""What a page says of what is signed: a visit, or a learning agreement."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from accompaniment import looks, path
from accompaniment.models import LearningAgreement
from passport import means, rules, signing
from passport.models import Cheque, day_of


def facts_of(thing: signing.Thing, now: datetime) -> dict[str, Any]:
    """For the templates of `passport/signing/`."""
    facts = _of_cheque(thing, now) if isinstance(thing, Cheque) else _of_agreement(thing, now)
    facts["member"] = signing.member_of(thing)
    facts["signed_at"] = thing.member_signed_at
    facts["in_words"] = means.in_words(thing.member_means) if thing.member_means else ""
    facts["in_your_words"] = means.in_words(thing.member_means, to_them=True) if thing.member_means else ""
    return facts


def _of_cheque(cheque: Cheque, now: datetime) -> dict[str, Any]:
    state = Cheque.State(cheque.state)
    why_not = _obstacle(cheque, now) if state == Cheque.State.PROPOSED else WHY_NOT.get(state, "")
    return {
        "cheque": cheque,
        "title": "Signer une visite",
        "what": "cette visite",
        "after": signing.after(cheque),
        "waits": state == Cheque.State.PROPOSED and not why_not,
        "why_not": why_not,
        "last_day": rules.last_day_to_sign(cheque),
        "own_page": reverse("sign_cheque", args=[cheque.reference]),
    }


WHY_NOT = {
    Cheque.State.WITHDRAWN: "Cette visite est retirée par l’association\N{NO-BREAK SPACE}: il n’y a rien à signer.",
    Cheque.State.EXPIRED: "Cette visite n’a pas été signée dans les sept jours\N{NO-BREAK SPACE}: elle ne compte pas.",
    Cheque.State.CANCELLED: "Cette visite, signée, a été annulée ensuite\N{NO-BREAK SPACE}: ses heures sont rendues.",
}


def _obstacle(cheque: Cheque, now: datetime) -> str:
    try:
        rules.check_open(cheque.passport)
    except ValidationError as refused:
        return " ".join(refused.messages)
    if day_of(now) > rules.last_day_to_sign(cheque):
        return "Le délai de sept jours pour signer est passé."
    return ""


def _of_agreement(agreement: LearningAgreement, now: datetime) -> dict[str, Any]:
    said = agreement.content
    is_waiting = signing.waits_for_member(agreement, now)
    return {
        "agreement": agreement,
        "title": "Signer le contrat pédagogique",
        "what": "ce contrat",
        "said": said,
        "paper": getattr(agreement, "paper", None),
        "strips": looks.strips(said["kinds"], said["lines"]) if said else [],
        "waits": is_waiting,
        "why_not": "" if is_waiting or agreement.member_signed_at else path.sentence_of(agreement, now),
        "own_page": reverse("sign_agreement", args=[agreement.reference]),
    }

"""What is written to people about decisions that wait for who pays, and about their answer: no name, no figure."""

from accounts.models import Affiliation, User
from notices import outbox
from pages.addresses import absolute
from passport.models import Decision, day_of


def asked(decision: Decision) -> None:
    """To those who act today for the prescriber that pays."""
    organisation = decision.passport.sheet.order.organisation
    rows = Affiliation.objects.current(day_of(decision.asked_at)).filter(organisation=organisation)
    for person in User.objects.filter(pk__in=rows.values("user"), is_active=True).order_by("pk"):
        _tell(decision, person, "decision_asked", f"/espace/prescripteur/decisions/{decision.reference}/")


def answered(decision: Decision) -> None:
    """To the counsellor who asked, unless they wrote the answer down themselves."""
    person = decision.asked_by
    if person and person != decision.decided_by and person.is_active:
        _tell(decision, person, "decision_answered", f"/espace/conseil/passeports/{decision.passport.reference}/")


def _tell(decision: Decision, person: User, template: str, path: str) -> None:
    outbox.put(
        kind=template,
        to=person.email,
        template=template,
        context={"decision": decision, "address": absolute(path)},
        person=person,
        key=f"{template} {decision.reference} {person.pk}",
        about=decision.reference,
    )

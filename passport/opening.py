"""A passport opens by itself: once the agreement has both signatures and a sheet of its package is the member’s."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accompaniment.models import LearningAgreement
from accounts.models import Member
from association.clocks import months_later
from passport import ledger
from passport.models import IN_USE, Gift, Passport, day_of
from passport.rules import signed_on_of

NO_AGREEMENT = "Le contrat pédagogique n’est pas encore signé des deux côtés."
NO_SHEET = "Aucune planche n’est encore donnée à ce membre."
ANOTHER = "Un passeport est déjà en cours."


def open_if_ready(member: Member, now: datetime) -> Passport | None:
    """Whatever came last, the signatures or the sheet; nothing while something is missing (`waits_for`)."""
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        agreement, gift = signed_agreement_of(member), gift_of(member)
        if agreement is None or gift is None or _refusal(member, agreement, gift, now):
            return None
        return ledger.open_passport(agreement, gift.sheet, starts_on=agreement.starts_on, now=now)


def waits_for(member: Member) -> str:
    """What is missing, in a sentence; nothing where there is nothing to open or all is there."""
    agreement, gift = signed_agreement_of(member), gift_of(member)
    if agreement is None and gift is None:
        return ""
    if agreement is None:
        return NO_AGREEMENT
    return NO_SHEET if gift is None else _refusal(member, agreement, gift, timezone.now())


def signed_agreement_of(member: Member) -> LearningAgreement | None:
    """The last one that both signed and that no passport holds."""
    signed = LearningAgreement.objects.filter(member=member, state=LearningAgreement.State.SIGNED, passport=None)
    newest = signed.order_by("-made_at", "-pk").select_related("member", "roadmap__version__package")
    return newest.first()


def gift_of(member: Member) -> Gift | None:
    """The sheet that is theirs and not yet a passport."""
    given = Gift.objects.filter(member=member, taken_back_at=None, sheet__passport=None)
    return given.select_related("sheet__order__version__package").order_by("given_at", "pk").first()


def when_signed(agreement: LearningAgreement, now: datetime) -> None:
    open_if_ready(agreement.member, now)


def _refusal(member: Member, agreement: LearningAgreement, gift: Gift, now: datetime) -> str:
    planned, bought = agreement.roadmap.version, gift.sheet.order.version
    if planned.pk != bought.pk:
        return (
            f"Le contrat signé porte sur «\N{NO-BREAK SPACE}{planned}\N{NO-BREAK SPACE}», la planche donnée sur "
            f"«\N{NO-BREAK SPACE}{bought}\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}: donnez une planche du même forfait, "
            "ou proposez un autre contrat."
        )
    # Without a first day of its own, an agreement is for a passport that opens while it would have run.
    first = agreement.starts_on or signed_on_of(agreement)
    last = months_later(first, planned.window_months) if first else None
    if last and last < day_of(now):
        return (
            f"La durée du contrat signé est passée depuis le {last:%d/%m/%Y}, avant que le passeport "
            "s’ouvre\N{NO-BREAK SPACE}: proposez un autre contrat."
        )
    in_use = Passport.objects.filter(member=member, state__in=IN_USE)
    return ANOTHER if in_use.exists() else ""

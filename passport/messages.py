"""What is written to people about their visits, each in the transaction that makes it true.

Never hours, a day or an activity: these are read after the login.
"""

from django.urls import reverse

from accounts.models import Counsellor, Member
from accounts.referents import who_follows
from notices import outbox
from passport.models import Cheque


def to_sign(cheque: Cheque) -> None:
    _tell_member(cheque, "visit_to_sign")


def signed(cheque: Cheque) -> None:
    _tell_member(cheque, "visit_signed")


def cancelled(cheque: Cheque) -> None:
    _tell_member(cheque, "visit_cancelled")


def closed(cheque: Cheque) -> None:
    """A proposal that nobody signed: taken back, or too old, and then who wrote it is told too."""
    if cheque.state == Cheque.State.EXPIRED:
        _tell_member(cheque, "visit_expired")
        _tell_counsellor(cheque, cheque.counsellor, "visit_expired_counsellor")
    else:
        _tell_member(cheque, "visit_withdrawn")


def left_behind(cheque: Cheque) -> None:
    """A proposal of who accompanies the member no more: whoever does now may write it anew."""
    for row in who_follows(cheque.passport.member):
        _tell_counsellor(cheque, row.counsellor, "visit_left_behind")


def _tell_member(cheque: Cheque, template: str) -> None:
    """To the address where they are written to; without one, they hear of it from their counsellor."""
    member: Member = cheque.passport.member
    if not member.mailbox:
        return
    outbox.put(
        kind=template,
        to=member.mailbox,
        template=template,
        context={"path": reverse("sign_cheque", args=[cheque.reference]), "has_account": member.user_id is not None},
        person=member.user,
        key=f"{template} {cheque.reference}",
        about=cheque.reference,
    )


def _tell_counsellor(cheque: Cheque, counsellor: Counsellor, template: str) -> None:
    """Nothing of the member, who is named behind the login."""
    if not counsellor.user.is_active:
        return
    outbox.put(
        kind=template,
        to=counsellor.user.email,
        template=template,
        context={"path": reverse("counsellor_space")},
        person=counsellor.user,
        key=f"{template} {cheque.reference} {counsellor.pk}",
        about=cheque.reference,
    )

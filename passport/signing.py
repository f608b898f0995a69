"""What a member signs besides their own session: by a link that opens one thing, once, for fifteen minutes.

Read by the member's telephone, it asks for their login; opened on the
counsellor's, for the member's code. Never does a counsellor's session sign for
the member. Only the digest of a token is kept.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accompaniment import agreements, looks
from accompaniment.models import LearningAgreement
from accounts.models import Member, User
from passport import ledger, means, pins, rules
from passport.balances import balance
from passport.models import Cheque, SigningLink
from passport.reading import counsellor_of

LASTS = timedelta(minutes=15)
WRONG = (
    "Ce code n’est pas accepté. Après 5 codes faux de suite, il est bloqué\N{NO-BREAK SPACE}: la personne en choisit "
    "un autre dans son espace, ou signe sur son téléphone."
)
Thing = Cheque | LearningAgreement
Way = SigningLink.Means


class DeadLinkError(Exception):
    """Unknown, too old, or used: nobody learns which."""


@dataclass(frozen=True)
class After:
    """What is left once a cheque is signed: of its kind, and in all."""

    label: str
    drawing: str
    of_kind: int
    quota: int
    in_all: int
    of_package: int


def after(cheque: Cheque) -> After:
    """Hours that are not used, this cheque's being so; what others propose or reserve is still among them."""
    all_hours = balance(cheque.passport)
    spent = cheque.hours if cheque.state == Cheque.State.PROPOSED else 0
    mine = all_hours[cheque.kind]
    quota, used = (sum(getattr(hours, name) for hours in all_hours.values()) for name in ("quota", "used"))
    drawing = looks.drawing_of(mine.kind.look)
    return After(mine.kind.label, drawing, mine.quota - mine.used - spent, mine.quota, quota - used - spent, quota)


def make_link(thing: Thing, *, way: Way, by: User, now: datetime | None = None) -> str:
    """The token of a link that who accompanies the member shows them; those before it open nothing any more."""
    moment = now or timezone.now()
    member = member_of(thing)
    if isinstance(thing, Cheque):
        rules.check_open(thing.passport)
        rules.check_writer(thing.passport, counsellor_of(by), now=moment)
    agreements.check_two_people(member, counsellor_of(by))
    if not waits_for_member(thing, moment):
        raise ValidationError("Il n’y a plus rien à signer ici.", code="nothing_to_sign")
    token = secrets.token_urlsafe(32)
    about = {"cheque": thing} if isinstance(thing, Cheque) else {"agreement": thing}
    with transaction.atomic():
        SigningLink.objects.filter(means=way, used_at=None, expires_at__gt=moment, **about).update(expires_at=moment)
        SigningLink.objects.create(
            digest=_digest(token), means=way, made_by=by, made_at=moment, expires_at=moment + LASTS, **about
        )
    return token


def find(token: str, now: datetime | None = None) -> SigningLink:
    """What this token opens, used or not. Raises DeadLinkError."""
    rows = SigningLink.objects.select_related(
        "cheque__passport__member__user", "cheque__counsellor__user", "agreement__member__user", "agreement__roadmap"
    )
    found = rows.filter(digest=_digest(token), expires_at__gt=now or timezone.now()).first()
    if found is None or member_of(thing_of(found)).erased_at:
        raise DeadLinkError
    return found


def sign_here(token: str, code: str, *, now: datetime | None = None) -> Thing:
    """The member signs on the counsellor's telephone with their own code. The same, sent twice, is signed once."""
    link = find(token, now)
    if link.means != Way.PIN:
        raise DeadLinkError
    if not pins.is_right(member_of(thing_of(link)), code, now=now):
        raise ValidationError({"code": ValidationError(WRONG, code="pin")})
    return _sign(link, means.PIN, now)


def sign_there(token: str, user: User, *, how: str, now: datetime | None = None) -> Thing:
    """The member signs on their own telephone, in their own session; `how` they have just shown who they are."""
    link = find(token, now)
    if link.means != Way.QR or member_of(thing_of(link)).user_id != user.pk:
        raise DeadLinkError
    return _sign(link, means.qr(how), now)


def sign(thing: Thing, *, member: Member, how: str, now: datetime | None = None) -> Thing:
    """By a member in their own session, or as `how` says: the only door to both signatures of members."""
    if isinstance(thing, Cheque):
        return ledger.sign(thing, member=member, means=how, now=now)
    if thing.member_id != member.pk:
        raise ValidationError("Ce contrat n’est pas le vôtre.", code="not_yours")
    return agreements.sign_as_member(thing, means=how, now=now)


def thing_of(link: SigningLink) -> Thing:
    found = link.cheque or link.agreement
    if found is None:
        raise DeadLinkError
    return found


def member_of(thing: Thing) -> Member:
    return thing.passport.member if isinstance(thing, Cheque) else thing.member


def waits_for_member(thing: Thing, now: datetime) -> bool:
    if isinstance(thing, Cheque):
        return thing.state == Cheque.State.PROPOSED
    return thing.member_signed_at is None and thing.can_be_signed(now)


def is_signed(thing: Thing) -> bool:
    """By the member."""
    return thing.member_signed_at is not None


def _sign(link: SigningLink, how: str, now: datetime | None) -> Thing:
    """Uses the link up and signs, both or neither; a second press finds it used and what was signed."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = SigningLink.objects.select_for_update().get(pk=link.pk)
        thing = thing_of(link)
        thing.refresh_from_db()
        if row.expires_at <= moment or (row.used_at and not is_signed(thing)):
            raise DeadLinkError
        row.used_at = row.used_at or moment
        row.save(update_fields=["used_at"])
        return sign(thing, member=member_of(thing), how=how, now=now)


def _digest(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()

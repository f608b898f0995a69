"""A member’s code to sign on a counsellor’s telephone: six digits that nobody else knows.

Five wrong ones in a row block it until the member chooses another in their own
session. Whoever tries learns nothing more: no code, a wrong one and a blocked
one get the same answer, after the same work.
"""

import re
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import Member
from passport.models import Pin

TRIES = 5
SIX_DIGITS = re.compile(r"[0-9]{6}")
DIGITS = "01234567890"


def choose(member: Member, code: str, *, now: datetime | None = None) -> Pin:
    """Keeps a new code, and opens again what was blocked."""
    if not SIX_DIGITS.fullmatch(code):
        raise ValidationError("Le code est fait de 6 chiffres.", code="not_six_digits")
    if is_easy(member, code):
        told = "Ce code est trop facile à deviner : évitez une suite, une répétition ou votre date de naissance."
        raise ValidationError(told, code="easy")
    kept = {"digest": make_password(_mixed(member, code)), "set_at": now or timezone.now()}
    pin, _made = Pin.objects.update_or_create(member=member, defaults=kept | {"tries": 0, "locked_at": None})
    return pin


def remove(member: Member) -> None:
    Pin.objects.filter(member=member).delete()


def of(member: Member) -> Pin | None:
    return Pin.objects.filter(member=member).first()


def is_right(member: Member, code: str, *, now: datetime | None = None) -> bool:
    """Whether this is their code; a wrong one is counted, whatever becomes of the caller's work."""
    if not SIX_DIGITS.fullmatch(code):
        return False
    with transaction.atomic(durable=True):
        pin = Pin.objects.select_for_update().filter(member=member).first()
        if pin is None:
            make_password(_mixed(member, code))
            return False
        matches = check_password(_mixed(member, code), pin.digest)
        if pin.locked_at:
            return False
        pin.tries = 0 if matches else pin.tries + 1
        pin.locked_at = (now or timezone.now()) if pin.tries >= TRIES else None
        pin.save(update_fields=["tries", "locked_at"])
    return matches


def is_easy(member: Member, code: str) -> bool:
    """One digit, a sequence, a part that comes again, the day or the year of a birth."""
    repeats = code in (code[0] * 6, code[:2] * 3, code[:3] * 2)
    return repeats or code in DIGITS or code in DIGITS[::-1] or code in _of_birth(member)


def _of_birth(member: Member) -> set[str]:
    born = member.born_on
    return {f"{born:{form}}" for form in ("%d%m%y", "%m%d%y", "%y%m%d", "%Y%m", "%m%Y")} if born else set()


def _mixed(member: Member, code: str) -> str:
    """With a key that is not in the database: a copy of it alone lets nobody try the million codes."""
    return salted_hmac("passport.pins", f"{member.pk} {code}", algorithm="sha256").hexdigest()

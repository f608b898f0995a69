"""The address by which an account is known, and whether its owner has shown that it is theirs."""

from collections.abc import Iterable
from unicodedata import normalize

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


def folded(address: str) -> str:
    """The same text for every spelling of one address."""
    return normalize("NFKC", address).strip().casefold()


def mark_verified(user: User) -> None:
    """The account's present address is its owner's, and the only one: they came by a link sent to it."""
    email = user.email.lower()
    with transaction.atomic():
        EmailAddress.objects.filter(user=user).exclude(email=email).delete()
        EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})


def known_by(address: str, users: Iterable[User]) -> list[User]:
    """Those whose address it is now: a former one opens nothing."""
    return [user for user in users if folded(user.email) == folded(address)]

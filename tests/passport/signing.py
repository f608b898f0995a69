"""A visit of yesterday that waits: `make_waiting()`; and whoever has just shown who they are: `confirmed(user)`."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from passport import signing
from passport.models import Cheque
from tests.accounts.doors import PASSWORD
from tests.logins import CompleteLogin
from tests.passport.factories import at, counsellor_of, make_passport, make_proposal

CONFIRM = reverse("account_reauthenticate")


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def logged_in(user: User) -> Client:
    """Some time ago: nothing shown lately."""
    client = CompleteLogin()
    client.force_login(with_password(user))
    return client


def confirmed(user: User) -> Client:
    client = logged_in(user)
    client.post(CONFIRM, {"password": PASSWORD})
    return client


def make_waiting() -> Cheque:
    """Of yesterday, on a passport of ten days."""
    today = timezone.localdate()
    first = today - timedelta(days=10)
    passport = make_passport(starts_on=first, now=at(first, 8))
    return make_proposal(passport, day=today - timedelta(days=1), what="Relire le CV", place="Au local")


def own_page(cheque: Cheque) -> str:
    return reverse("sign_cheque", args=[cheque.reference])


def owner(cheque: Cheque) -> User:
    return cheque.passport.member.user


def state(cheque: Cheque) -> str:
    return Cheque.objects.get(pk=cheque.pk).state


def link(cheque: Cheque, way: str = "pin") -> str:
    """The address of a new link."""
    token = signing.make_link(cheque, way=way, by=counsellor_of(cheque.passport).user)
    return reverse("sign_by_link", args=[token])

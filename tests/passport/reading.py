"""What the tests of a member’s pages share: a passport that runs, and its pages as they are read."""

import re
from datetime import date, timedelta
from html import unescape

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from passport.models import Cheque, Passport
from tests.passport.factories import at, make_passport
from tests.people import make_member, make_referent

DAY = timedelta(days=1)
MINE = "/espace/passeport/"


def make_running() -> Passport:
    """Open since forty days."""
    member, first = make_member(), days_ago(40)
    counsellor = make_referent(member, starts_at=timezone.now() - 60 * DAY).counsellor
    return make_passport(member=member, counsellor=counsellor, starts_on=first, now=at(first, 8))


def days_ago(days: int) -> date:
    return timezone.localdate() - days * DAY


def read(client: Client, passport: Passport, path: str = MINE) -> str:
    """The words of a page, asked for by the member."""
    client.force_login(passport.member.user)
    answer = client.get(path)
    assert answer.status_code == 200
    return plain(answer.content.decode())


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", text)).replace("\N{NO-BREAK SPACE}", " "))


def of(cheque: Cheque, name: str = "my_cheque") -> str:
    return reverse(name, args=[cheque.reference])

"""A month in which three thousand passports moved: how long the treasurer waits for its lines."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from association.clocks import months_later
from passport import triggers
from passport.models import Order
from tests.passport.volume import fill_passports
from tests.people import make_treasurer
from tests.trials.test_passport_volume import cost
from tests.volume import analyse

pytestmark = [pytest.mark.trial, pytest.mark.django_db]

PASSPORTS = 3_200
# Queries and seconds.
LINES = (15, 0.400)


def test_the_lines_of_a_month_are_there_at_once(tell):
    fill_passports(PASSPORTS)
    with triggers.GUARD.lifted():
        Order.objects.filter(number__endswith="1").update(billing="heures", price=1050)
    analyse()
    this = timezone.localdate().replace(day=1)
    tell(f"{connection.vendor}: {PASSPORTS} passports")

    treasurer = make_treasurer()
    for first in (this, months_later(this, -1)):
        cost(treasurer, f"{reverse('treasury_lines')}?mois={first:%Y-%m}", tell, most=LINES)

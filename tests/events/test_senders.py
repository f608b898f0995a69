"""Who sent a member: their sheets are offered first."""

import pytest

from events import informed
from passport import sheets
from tests.events.factories import make_booking
from tests.passport.factories import make_sheet
from tests.people import make_member, make_organisation

pytestmark = pytest.mark.django_db


def test_a_prescriber_that_booked_for_a_member_gives_its_sheets_first():
    member, other = make_member(), make_member()
    booked, named, neither = (make_organisation(is_prescriber=True) for _ in range(3))
    make_booking(member=member, booked_for=booked)
    make_booking(member=member, sent_by=named)
    make_booking(member=other)
    theirs, _others = make_sheet(organisation=booked), make_sheet(organisation=neither)

    assert informed.senders(member) == {booked.pk, named.pk}
    assert informed.senders(other) == set()
    assert set(sheets.free_for(member)) == {theirs}
    assert sheets.free_for(other).count() == 2

"""The stamps of a passport are its hours: the same figures as the ledger, in a few questions."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from accompaniment.models import PackageVersion
from accounts.models import Member
from passport import ledger
from passport.balances import balance
from passport.models import Passport, Reservation
from passport.picture import picture
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_proposal, make_signed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def make_lived() -> Passport:
    """Three hours used, two to sign, one cancelled, one reserved and one given back."""
    passport = make_passport()
    make_signed(passport)
    make_signed(passport, day=FIRST + 9 * DAY, kind="candidature", hours=2)
    cancelled = make_signed(passport, day=FIRST + 10 * DAY)
    ledger.cancel(cancelled, reason="Erreur", counsellor=counsellor_of(passport), now=at(FIRST + 11 * DAY))
    make_proposal(passport, day=FIRST + 12 * DAY, kind="metiers", hours=2)
    for number, ended in enumerate((None, timezone.now())):
        origin, day = f"test:{number}", FIRST + 20 * DAY
        Reservation.objects.create(
            passport=passport, origin=origin, kind="rv", hours=1, starts_at=at(day), ended_at=ended
        )
    return passport


def test_its_stamps_are_the_hours_of_the_ledger() -> None:
    passport = make_lived()
    drawn = {kind.kind.code: kind for kind in picture(passport).kinds}
    for code, hours in balance(passport).items():
        kind = drawn[code]
        assert (kind.used, kind.proposed, kind.reserved, kind.free) == (
            *(hours.used, hours.proposed, hours.reserved),
            hours.free,
        )
        assert len(kind.stamps) == hours.quota


def test_a_visit_spends_what_was_reserved_for_it() -> None:
    passport = make_passport()
    for kind, hours in (("rv", 1), ("candidature", 3)):
        day = at(FIRST + 6 * DAY)
        Reservation.objects.create(passport=passport, origin=f"event:{kind}", kind=kind, hours=hours, starts_at=day)
    make_proposal(passport, kind="candidature", hours=2, origin="event:candidature")
    drawn = picture(passport)
    assert [(kind.proposed, kind.reserved) for kind in drawn.kinds[:2]] == [(0, 1), (2, 1)]
    assert [hours.reserved for hours in balance(passport).values()] == [kind.reserved for kind in drawn.kinds]


def test_totals_add_up() -> None:
    drawn = picture(make_lived())
    assert (drawn.quota, drawn.used, drawn.left) == (35, 3, 32)
    assert drawn.proposed + drawn.reserved + drawn.free == drawn.left
    assert drawn.is_live


def test_what_is_drawn_is_said() -> None:
    said = {kind.kind.code: plain(kind.said) for kind in picture(make_lived()).kinds}
    assert said["rv"] == "1 h utilisée : 7 septembre. 1 h réservée : 21 septembre. 4 h libres."
    assert said["candidature"] == "2 h utilisées : 10 septembre (2 h). 10 h libres."
    assert said["metiers"] == "2 h à signer : 13 septembre (2 h). 4 h libres."


def test_a_first_day_of_a_month_is_said_as_one_says_it() -> None:
    passport = make_passport()
    make_signed(passport, day=FIRST)
    assert plain(picture(passport).kinds[0].said).startswith("1 h utilisée : 1er septembre.")


def test_it_asks_three_questions(django_assert_num_queries) -> None:
    passport = Passport.objects.select_related("version").get(pk=make_lived().pk)
    with django_assert_num_queries(3):
        assert picture(passport).used == 3


def test_a_hostile_name_is_only_text() -> None:
    passport = make_passport()
    Member.objects.filter(pk=passport.member_id).update(first_name="<script>x</script>", last_name="\u202eنور")
    shown = render_to_string("passport/picture.html", {"picture": picture(Passport.objects.get(pk=passport.pk))})
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown


def test_a_package_of_other_kinds_is_drawn_too() -> None:
    passport = make_passport()
    version = PackageVersion.objects.get(pk=passport.version_id)
    assert [kind.quota for kind in picture(passport).kinds] == [kind.hours for kind in version.kinds.all()]


def test_over_it_has_no_free_hours_to_use() -> None:
    passport = make_passport()
    passport.state = Passport.State.ENDED
    assert "non utilisées sur 35" in render_to_string("passport/picture.html", {"picture": picture(passport)})

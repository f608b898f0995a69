"""The life of two sessions at random: never too many in them, nobody overtaken, nobody lost."""

from collections import Counter
from copy import copy
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies
from hypothesis.stateful import invariant, rule

from events import bookings, kept_seats, sessions
from events.bookings import AlreadyBookedError
from events.models import Booking, InfoSession, KeptSeats
from notices.models import Notice
from tests import lives
from tests.events.asking import NOW, State, asked, session_of
from tests.factories import make_user
from tests.people import make_organisation

PEOPLE = 7
TOO_LATE = timedelta(hours=2)
SAID = {
    State.HELD: "booking_to_confirm",
    State.CONFIRMED: "booking_confirmed",
    State.WAITING: "booking_waiting",
    State.OFFERED: "booking_offered",
    State.CANCELLED: "booking_cancelled",
    State.LAPSED: "booking_lapsed",
}
TAKING = {State.HELD, State.CONFIRMED, State.OFFERED}

person = strategies.integers(1, PEOPLE)
which = strategies.integers(0, 1)  # of the sessions, of the prescribers
any_booking = strategies.integers(0, 40)
passing = strategies.sampled_from([timedelta(minutes=11), timedelta(hours=1), timedelta(hours=9), timedelta(days=2)])


class Seen:
    """What the database holds at a moment, read once and counted here anew."""

    def __init__(self, sessions, now):
        self.sessions = list(InfoSession.objects.filter(pk__in=[session.pk for session in sessions]).order_by("pk"))
        self.bookings = list(Booking.objects.order_by("session", "number"))
        self.kept = [kept for kept in KeptSeats.objects.all() if kept.until >= timezone.localdate(now)]
        self.taking = {row.pk for row in self.bookings if takes(row)}

    def rows(self, session):
        return [row for row in self.bookings if row.session_id == session.pk]

    def waiting(self, session):
        return [row.number for row in self.rows(session) if row.state == State.WAITING]

    def taken(self, session, body=None):
        return sum(takes(row) and body in {None, row.booked_for_id} for row in self.rows(session))

    def unused(self, session):
        """Of the seats kept for each prescriber, those that are not taken by their people."""
        mine = [kept for kept in self.kept if kept.session_id == session.pk]
        return {kept.organisation_id: max(0, kept.seats - self.taken(session, kept.organisation_id)) for kept in mine}

    def free(self, session):
        """Neither taken nor kept."""
        return session.seats - self.taken(session) - sum(self.unused(session).values())

    def newcomer(self, session, body=None):
        """Whether one who comes now finds a seat."""
        own = body is not None and self.unused(session).get(body.pk, 0) > 0 and self.taken(session) < session.seats
        return own or (self.free(session) > 0 and not self.waiting(session))


def takes(row):
    return row.state in TAKING and not row.is_walk_in


class Life(lives.Undone):
    """Two sessions, a few people and two prescribers."""

    def __init__(self):
        super().__init__()
        self.now = NOW
        self.sessions = [session_of(seats=2), session_of(seats=1, starts_in=timedelta(days=9))]
        self.bodies = [make_organisation(is_prescriber=True) for _ in range(2)]
        self.staff = make_user()
        self.given = Counter()  # numbers of arrival, by session
        self.walked_in = set()
        self.seen = Seen(self.sessions, self.now)

    def attempt(self, action):
        """What it gave, or None where it was refused, for a reason that is said."""
        try:
            with transaction.atomic():
                return action()
        except (ValidationError, AlreadyBookedError):
            return None

    def session(self, number):
        """As it is read by whoever acts: their own copy."""
        return copy(self.seen.sessions[number])

    def pick(self, number):
        """One of the bookings, in the order in which they were made."""
        found = sorted(self.seen.bookings, key=lambda row: row.pk)
        return copy(found[number % len(found)]) if found else None

    # What people do

    @rule(number=which, who=person)
    def book(self, number, who):
        session = self.session(number)
        expected = State.HELD if self.seen.newcomer(session) else State.WAITING
        made = self.attempt(lambda: bookings.book(session, asked(f"p{who}"), now=self.now))
        if made:
            self.given[session.pk] += 1
            assert made.state == expected

    @rule(number=which)
    def many_book(self, number):
        session = self.session(number)
        for who in range(1, PEOPLE + 1):
            if self.attempt(lambda who=who: bookings.book(session, asked(f"p{who}"), now=self.now)):
                self.given[session.pk] += 1

    @rule(number=which, who=person, body=which)
    def book_for(self, number, who, body):
        session, organisation = self.session(number), self.bodies[body]
        expected = State.CONFIRMED if self.seen.newcomer(session, organisation) else State.WAITING
        call = {"organisation": organisation, "by": self.staff, "now": self.now}
        made = self.attempt(lambda: bookings.book_for(session, asked(f"p{who}"), **call))
        if made:
            self.given[session.pk] += 1
            assert made.state == expected

    @rule(number=which, who=person)
    def walk_in(self, number, who):
        session = self.session(number)
        new = not [row for row in self.seen.rows(session) if row.is_live and row.email == f"p{who}@example.org"]
        came = self.attempt(lambda: bookings.walk_in(session, asked(f"p{who}"), by=self.staff, now=self.now))
        if came:
            self.given[session.pk] += new
            self.walked_in.add(came.pk)

    @rule(number=any_booking, staff=strategies.booleans())
    def confirm(self, number, staff):
        if booking := self.pick(number):
            self.attempt(lambda: bookings.confirm(booking, by=self.staff if staff else None, now=self.now))

    @rule(number=any_booking)
    def cancel(self, number):
        if booking := self.pick(number):
            self.attempt(lambda: bookings.cancel(booking, now=self.now))

    @rule(yes=strategies.booleans())
    def answer_an_offer(self, yes):
        if booking := Booking.objects.filter(state=State.OFFERED).order_by("pk").first():
            self.attempt(lambda: (bookings.accept if yes else bookings.decline)(booking, self.now))

    @rule(number=any_booking)
    def come_back(self, number):
        booking = self.pick(number)
        if booking and not booking.is_live and self.attempt(lambda: bookings.rejoin(booking, self.now)):
            self.given[booking.session_id] += 1
            self.walked_in.discard(booking.pk)

    @rule(number=any_booking)
    def another_date(self, number):
        booking = self.pick(number)
        if not booking:
            return
        [there] = [session for session in self.seen.sessions if session.pk != booking.session_id]
        self.attempt(lambda: bookings.move(booking, to=copy(there), now=self.now))
        self.given[there.pk] += Booking.objects.count() - len(self.seen.bookings)

    # What time and the association do

    @rule(time=passing)
    def time_passes(self, time):
        self.now += time
        bookings.settle_due(self.now)

    @rule(number=which, body=which, seats=strategies.integers(0, 2), days=strategies.integers(0, 3))
    def keep_seats(self, number, body, seats, days):
        session, call = self.session(number), {"organisation": self.bodies[body], "by": self.staff, "now": self.now}
        until = timezone.localdate(self.now) + timedelta(days=days)
        if seats:
            self.attempt(lambda: kept_seats.keep(session, number=seats, until=until, **call))
        else:
            self.attempt(lambda: kept_seats.release(session, **call))

    @rule(number=which, seats=strategies.integers(1, 4), days=strategies.sampled_from([0, 0, -2, 3]))
    def edit(self, number, seats, days):
        session = self.session(number)
        self.attempt(lambda: self._edited(session, seats, timedelta(days=days)))

    def _edited(self, session, seats, later):
        with sessions.alone(session, self.now):
            before, after = (InfoSession.objects.get(pk=session.pk) for _copy in range(2))
            after.seats, after.starts_at, after.ends_at = seats, after.starts_at + later, after.ends_at + later
            sessions.check(after, now=self.now, before=before)
            after.save()
            sessions.saved(after, before=before, now=self.now)

    @rule(number=which)
    def cancel_or_restore_the_session(self, number):
        session = self.session(number)
        if session.is_cancelled:
            self.attempt(lambda: sessions.restore(session, by=self.staff, now=self.now))
            return
        told = Notice.objects.filter(kind="meeting_cancelled").count()
        concerned = Booking.objects.filter(session=session).live().count()
        if self.attempt(lambda: sessions.cancel(session, because="Grève.", by=self.staff, now=self.now)):
            assert Notice.objects.filter(kind="meeting_cancelled").count() == told + concerned

    # What is always true

    @invariant()
    def all_is_well(self):
        before, self.seen = self.seen, Seen(self.sessions, self.now)
        for session in self.seen.sessions:
            assert self.seen.taken(session) <= session.seats
            self.nobody_is_overtaken(session, before)
            if not session.is_cancelled:
                self.nothing_is_over(session)
                self.nobody_waits_for_a_seat_that_is_free(session)
            self.nobody_is_lost(session)
        self.each_was_told_how_they_stand()

    def nobody_is_overtaken(self, session, before):
        """Who got a seat in this step leaves behind nobody who came before, unless it was kept for their prescriber."""
        kept = {body for seen in (before, self.seen) for body, unused in seen.unused(session).items() if unused}
        seated = [row for row in self.seen.rows(session) if row.pk in self.seen.taking - before.taking]
        for row in seated:
            earlier = [number for number in self.seen.waiting(session) if number < row.number]
            assert row.booked_for_id in kept or not earlier

    def nothing_is_over(self, session):
        """Each minute what is over is put away."""
        over = {State.HELD: "held_until", State.OFFERED: "offered_until"}
        assert not [row for row in self.seen.rows(session) if row.state in over and self.is_past(row, over[row.state])]

    def is_past(self, row, limit):
        return getattr(row, limit) <= self.now

    def nobody_waits_for_a_seat_that_is_free(self, session):
        if session.starts_at - self.now >= TOO_LATE and self.seen.free(session) > 0:
            assert not self.seen.waiting(session)
        if not session.has_ended(self.now):
            assert session.is_full != self.seen.newcomer(session)

    def nobody_is_lost(self, session):
        numbers = [row.number for row in self.seen.rows(session)]
        assert max(numbers, default=0) == self.given[session.pk]
        assert len(set(numbers)) == len(numbers)

    def each_was_told_how_they_stand(self):
        last = dict(Notice.objects.filter(kind__in=SAID.values()).order_by("pk").values_list("about", "kind"))
        for row in self.seen.bookings:
            assert row.pk in self.walked_in or last[row.reference] == SAID[State(row.state)]


@pytest.mark.django_db
def test_sessions_are_never_too_full_and_nobody_is_overtaken_or_lost():
    lives.live(Life, lives=8, steps=25)


@pytest.mark.trial
@pytest.mark.django_db
def test_nobody_is_overtaken_or_lost_in_long_lives_either(tell):
    many, steps = 80, 50
    lives.live(Life, lives=many, steps=steps)
    tell(f"lives of sessions: {many} of {steps} steps, never too full, nobody overtaken, nobody lost")

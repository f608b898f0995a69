"""The sheet of a meeting as its counsellor reads it: who is expected, who is to be called, who waits, who came."""

from dataclasses import dataclass, replace
from datetime import datetime

from accounts.models import Member, User
from events import attendance, hosting
from events.models import Booking, Meeting
from pages.search.words import folded_lines, raw_words

State, Attendance = Booking.State, Booking.Attendance
# A list that holds on a few screens of a telephone is read faster than it is searched.
SEARCHED_FROM = 16
LONGEST_QUESTION = 100


@dataclass(frozen=True)
class Line:
    """One person; `needs` is empty for whoever does not receive people at this meeting.

    `is_mine` is true of a member whom the reader accompanies.
    """

    booking: Booking
    needs: tuple[str, ...] = ()
    is_mine: bool = False
    rank: int = 0


@dataclass(frozen=True)
class Counts:
    booked: int
    seats: int
    waiting: int
    came: int
    excused: int
    absent: int
    unknown: int


@dataclass(frozen=True)
class Sheet:
    session: Meeting
    counts: Counts
    expected: list[Line]
    to_call: list[Line]
    unconfirmed: list[Line]
    waiting: list[Line]
    gone: list[Line]
    question: str
    is_searched: bool
    is_open: bool
    is_host: bool


def read(session: Meeting, *, by: User, now: datetime, question: str = "") -> Sheet:
    """In a number of queries that does not grow with the people."""
    is_host = hosting.is_host(by, session)
    rows = _rows(session, with_needs=is_host)
    mine = _followed(by, rows)
    lines = [_line(row, mine, with_needs=is_host) for row in rows if row.anonymised_at is None]
    asked = question[:LONGEST_QUESTION].strip()
    expected = [line for line in lines if line.booking.state == State.CONFIRMED]
    held = [line for line in lines if line.booking.state in (State.HELD, State.OFFERED)]
    waiting = sorted((line for line in lines if line.booking.state == State.WAITING), key=_number)
    return Sheet(
        session=session,
        counts=_counts(session, rows, now),
        expected=_found(expected, raw_words(asked)) if asked else expected,
        to_call=[line for line in held if line.booking.is_to_call_back],
        unconfirmed=[line for line in held if not line.booking.is_to_call_back],
        waiting=[replace(line, rank=rank) for rank, line in enumerate(waiting, 1)],
        gone=[line for line in lines if not line.booking.is_live],
        question=asked,
        is_searched=len(expected) >= SEARCHED_FROM,
        is_open=attendance.is_open(session, now),
        is_host=is_host,
    )


def read_counts(session: Meeting, now: datetime) -> Counts:
    return _counts(session, list(session.bookings.all()), now)


def line_of(booking: Booking, *, by: User) -> Line:
    """One person as on the sheet."""
    return _line(booking, _followed(by, [booking]), with_needs=hosting.is_host(by, booking.session))


def to_sign(session: Meeting) -> list[Booking]:
    """Those who have a place, for the sheet on paper."""
    return [row for row in _rows(session, with_needs=False) if row.state == State.CONFIRMED and not row.anonymised_at]


def _rows(session: Meeting, *, with_needs: bool) -> list[Booking]:
    """By the name that is shown: a member's is that of their record."""
    rows = session.bookings.select_related("member__user", "member__departement", "departement", "booked_for")
    found = list(rows.select_related("arrangement") if with_needs else rows)
    for row in found:
        row.session = session
    people = [row.member or row for row in found]
    names = folded_lines([f"{person.last_name} {person.first_name}" for person in people])
    return [found[place] for _name, place in sorted((name, place) for place, name in enumerate(names))]


def _followed(by: User, rows: list[Booking]) -> set[int]:
    members = {row.member_id for row in rows if row.member_id}
    return set(Member.objects.followed_by(by).filter(pk__in=members).values_list("pk", flat=True))


def _line(booking: Booking, mine: set[int], *, with_needs: bool) -> Line:
    arrangement = getattr(booking, "arrangement", None) if with_needs else None
    needs = tuple(arrangement.in_words) if arrangement else ()
    return Line(booking, needs, is_mine=booking.member_id in mine)


def _number(line: Line) -> int:
    return line.booking.number


def _found(lines: list[Line], asked: list[str]) -> list[Line]:
    """Those of whom every word asked for begins a word of the name."""
    names = folded_lines([line.booking.name for line in lines])
    return [line for line, name in zip(lines, names, strict=True) if all(f" {word}" in f" {name}" for word in asked)]


def _counts(session: Meeting, rows: list[Booking], now: datetime) -> Counts:
    def noted(attendance: str) -> int:
        return sum(row.attendance == attendance for row in rows)

    return Counts(
        booked=sum(row.holds_a_seat(now) and not row.is_walk_in for row in rows),
        seats=session.seats,
        waiting=sum(row.state == State.WAITING for row in rows),
        came=noted(Attendance.CAME),
        excused=noted(Attendance.EXCUSED),
        absent=noted(Attendance.ABSENT),
        unknown=sum(row.state == State.CONFIRMED and not row.attendance for row in rows),
    )

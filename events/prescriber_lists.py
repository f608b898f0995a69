"""What a prescriber's lists show: sessions with the seats left for them, people they may read of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.db.models.functions import Lower, TruncMonth
from django.http import Http404
from django.utils import timezone
from django.utils.text import capfirst

from accounts.models import Organisation
from accounts.models.organisations import OrganisationQuerySet
from association.models import Departement
from events import prescribing
from events.models import Booking, BookingQuerySet, InfoSession, KeptSeats, Meeting
from events.seats import Room, rooms
from pages.filters import choice, read_choice, read_month, read_page
from pages.tables import Sheet
from pages.templatetags.french import month_year, short_date

PER_PAGE = 20
# Enough sessions to choose from in a list that is opened on a phone.
MOST_SESSIONS = 150
OURS, SENT = "inscrite par vous", "venue de votre part"
KNOWN = [(value, label) for value, label in Booking.Attendance.choices if value]
HEADERS = [
    *("Réunion", "Date", "Heure", "Ville", "Prénom", "Nom", "E-mail", "Téléphone", "Département", "Public"),
    *("Inscription", "État", "Présence"),
]


def page_of(rows: Any, number: int) -> Page[Any]:
    """Raises Http404 for a page that does not exist."""
    paginator = Paginator(rows, PER_PAGE)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    return paginator.page(number)


def chosen_body(query: Mapping[str, str], bodies: list[Organisation], *, name: str = "organisme") -> Organisation:
    """The one that the address names, or the first."""
    by_reference = {body.reference: body for body in bodies}
    return by_reference[read_choice(query, name, by_reference) or bodies[0].reference]


def body_choice(bodies: list[Organisation], chosen: Organisation) -> list[dict[str, Any]]:
    """A filter where there are several to choose from."""
    if len(bodies) < 2:
        return []
    options: list[Any] = [(body.reference, body.name, None) for body in bodies]
    drawn = choice("organisme", "Organisme", "", options, chosen.reference)
    drawn["options"] = drawn["options"][1:]
    return [drawn]


@dataclass(frozen=True)
class Seats:
    """What is left of a session for one prescriber."""

    left: int
    kept: int
    kept_until: date | None
    waiting: int


def seats_of(room: Room, body: Organisation, kept_until: date | None) -> Seats:
    kept = min(room.empty, room.kept.get(body.pk, 0))
    return Seats(room.left(body.pk), kept, kept_until if kept else None, room.waiting)


def seats_for(body: Organisation, sessions: Iterable[Meeting], now: datetime) -> dict[int, Seats]:
    listed = list(sessions)
    rows = KeptSeats.objects.filter(organisation=body, session__in=listed)
    until = dict(rows.values_list("session", "until"))
    return {pk: seats_of(room, body, until.get(pk)) for pk, room in rooms(listed, now).items()}


def sessions(query: Mapping[str, str], bodies: list[Organisation], now: datetime) -> dict[str, Any]:
    """The sessions to come, with the seats left for the body that is chosen, and how many of its people come."""
    body, number = chosen_body(query, bodies), read_page(query)
    departements = dict(Departement.objects.by_code().values_list("code", "name"))
    code = read_choice(query, "departement", departements)
    found = prescribing.open_sessions(now)
    if code:
        found = found.filter(departement__code=code)
    mine = Count("bookings", filter=Q(bookings__booked_for=body, bookings__state__in=Booking.LIVE))
    listed = found.select_related("place", "departement").annotate(ours=mine).soonest_first()
    page = page_of(listed, number)
    seats = seats_for(body, page.object_list, now)
    options: list[Any] = [(value, name, None) for value, name in departements.items()]
    chosen = {"departement": code, "organisme": body.reference if len(bodies) > 1 else ""}
    return {
        "page": page,
        "rows": [(session, seats[session.pk]) for session in page.object_list],
        "body": body,
        "choices": [
            *body_choice(bodies, body),
            choice("departement", "Département", "Tous les départements", options, code),
        ],
        "query": {name: value for name, value in chosen.items() if value},
        "is_filtered": bool(code),
    }


@dataclass(frozen=True)
class Filters:
    """What was chosen of the people to show."""

    body: Organisation | None
    session: str
    month: date | None
    state: str

    @property
    def active(self) -> dict[str, str]:
        chosen = {
            "organisme": self.body.reference if self.body else "",
            "reunion": self.session,
            "mois": f"{self.month:%Y-%m}" if self.month else "",
            "etat": self.state,
        }
        return {name: value for name, value in chosen.items() if value}

    def among(self, bookings: BookingQuerySet) -> BookingQuerySet:
        if self.session:
            bookings = bookings.filter(session__reference=self.session)
        if self.month:
            first = self.month
            bookings = bookings.filter(session__starts_at__year=first.year, session__starts_at__month=first.month)
        if self.state in Booking.State.values:
            return bookings.filter(state=self.state)
        return bookings.filter(attendance=self.state) if self.state else bookings


class People:
    """Those of whom these bodies may read something now, by session, state and month."""

    def __init__(self, query: Mapping[str, str], bodies: OrganisationQuerySet) -> None:
        self.bodies = list(bodies.by_name())
        self.all = prescribing.readable(bodies)
        held = InfoSession.objects.filter(pk__in=self.all.values("session")).latest_first()
        self.sessions = list(held.values_list("reference", "title", "starts_at")[:MOST_SESSIONS])
        by_reference = {body.reference: body for body in self.bodies}
        self.filters = Filters(
            body=by_reference.get(read_choice(query, "organisme", by_reference)),
            session=read_choice(query, "reunion", [reference for reference, *_ in self.sessions]),
            month=read_month(query),
            state=read_choice(query, "etat", [*Booking.State.values, *(value for value, _ in KNOWN)]),
        )
        if self.filters.body:
            self.all = prescribing.readable(Organisation.objects.filter(pk=self.filters.body.pk))

    @property
    def found(self) -> BookingQuerySet:
        people = self.filters.among(self.all).select_related(
            "session__place", "departement", "member", "booked_for", "sent_by"
        )
        return people.order_by("-session__starts_at", "-session", Lower("last_name"), Lower("first_name"), "pk")

    def rows(self, bookings: Iterable[Booking], now: datetime) -> list["Person"]:
        listed = list(bookings)
        places = prescribing.ranks(listed)
        ours = {body.pk for body in self.bodies}
        return [
            Person(
                booking,
                is_ours=booking.booked_for_id in ours,
                may_cancel=prescribing.may_cancel(booking, self.bodies, now),
                rank=places.get(booking.pk, 0),
            )
            for booking in listed
        ]

    @property
    def choices(self) -> list[dict[str, Any]]:
        chosen = self.filters.active
        starts = self.all.annotate(month=TruncMonth("session__starts_at")).order_by("-month")
        months = {
            f"{timezone.localtime(start):%Y-%m}": month_year(start)
            for start in starts.values_list("month", flat=True).distinct()
        }
        rows: list[tuple[str, str, str, list[Any]]] = [
            (
                "reunion",
                "Réunion",
                "Toutes",
                [(ref, f"{short_date(start)}, {title}", None) for ref, title, start in self.sessions],
            ),
            ("mois", "Mois", "Tous", [(value, label, None) for value, label in months.items()]),
            (
                "etat",
                "État",
                "Tous",
                [(value, capfirst(label), None) for value, label in [*Booking.State.choices, *KNOWN]],
            ),
        ]
        if len(self.bodies) > 1:
            rows.insert(0, ("organisme", "Organisme", "Tous", [(b.reference, b.name, None) for b in self.bodies]))
        return [choice(name, label, every, options, chosen.get(name, "")) for name, label, every, options in rows]

    def sheet(self, now: datetime) -> Sheet:
        rows = [person.cells for person in self.rows(self.found, now)]
        return Sheet("inscriptions", "Inscriptions", HEADERS, rows)


@dataclass(frozen=True)
class Person:
    """What a prescriber reads of a booking: of who came by themselves, the name, the session and whether they came."""

    booking: Booking
    is_ours: bool
    may_cancel: bool
    rank: int

    @property
    def name(self) -> str:
        typed = f"{self.booking.first_name} {self.booking.last_name}".strip()
        return typed or self.booking.name

    @property
    def email(self) -> str:
        return self.booking.email if self.is_ours else ""

    @property
    def telephone(self) -> str:
        return self.booking.telephone if self.is_ours else ""

    @property
    def presence(self) -> str:
        """Only what is known."""
        if not self.booking.attendance:
            return ""
        alone = ", sans avoir réservé" if self.booking.is_walk_in else ""
        return f"{self.booking.get_attendance_display()}{alone}"

    @property
    def origin(self) -> str:
        return OURS if self.is_ours else SENT

    @property
    def cells(self) -> list[str]:
        booking, session = self.booking, self.booking.session
        start = timezone.localtime(session.starts_at)
        first, last = booking.first_name, booking.last_name or booking.name
        shown = self.is_ours
        return [
            *(
                session.title,
                f"{start:%d/%m/%Y}",
                f"{start:%H:%M}",
                session.place.city if session.place else "en ligne",
            ),
            *(first, last, self.email, self.telephone),
            booking.departement.name if shown and booking.departement else "",
            booking.get_audience_display() if shown else "",
            *(self.origin, booking.get_state_display(), self.presence),
        ]

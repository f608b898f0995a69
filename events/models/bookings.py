from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.contact_details import check_mailbox, check_name, check_telephone
from accounts.models import Member, Organisation, User
from association.models import Audience, Departement
from events.models.meetings import Meeting
from private_files.names import new_reference


class HeardFrom(models.TextChoices):
    PRESCRIBER = "prescripteur", "par un conseiller ou un organisme"
    INTERNET = "internet", "sur internet"
    POSTER = "affiche", "par une affiche ou un dépliant"
    FRIENDS = "entourage", "par quelqu’un de mon entourage"
    EMPLOYER = "employeur", "par un employeur"
    OTHER = "autre", "autrement"


class Need(models.TextChoices):
    """What somebody needs to take part at ease: never why."""

    STEP_FREE = "plain-pied", "un accès sans marche"
    SIGN_LANGUAGE = "lsf", "un interprète en langue des signes"
    HEARING_LOOP = "boucle", "une boucle magnétique, ou une place devant"
    INTERPRETER = "interprete", "un interprète dans une autre langue"
    LARGE_PRINT = "gros-caracteres", "des documents en gros caractères"
    COMPANION = "accompagnant", "une place pour la personne qui m’accompagne"


def taking_a_seat() -> Q:
    """What counts against the seats: confirmed, held and offered places; not who came without having booked."""
    return Q(state__in=Booking.TAKING, is_walk_in=False)


def over(now: datetime) -> Q:
    """Holds and offers whose time is over: they hold nothing, even before they are put away."""
    return Q(state=Booking.State.HELD, held_until__lte=now) | Q(state=Booking.State.OFFERED, offered_until__lte=now)


class BookingQuerySet(models.QuerySet["Booking"]):
    def live(self) -> Self:
        """Those that hold a seat or wait for one."""
        return self.filter(state__in=Booking.LIVE)

    def taking_a_seat(self) -> Self:
        return self.filter(taking_a_seat())

    def over(self, now: datetime) -> Self:
        return self.filter(over(now))

    def waiting(self) -> Self:
        return self.filter(state=Booking.State.WAITING)

    def in_order(self) -> Self:
        """By the number given under the session's lock: the order of arrival."""
        return self.order_by("number")

    def by_name(self) -> Self:
        return self.order_by(Lower("last_name"), Lower("first_name"), "pk")

    def readable_by_prescribers(self, organisations: models.QuerySet[Organisation]) -> Self:
        """Those that these bodies booked, and those whom they sent and who agreed that they know."""
        return self.filter(Q(booked_for__in=organisations) | Q(sent_by__in=organisations, tells_prescriber=True))


class Booking(models.Model):
    """A person's place in a meeting, or in its waiting list.

    Its link is `events.links.address_of(booking)`; nothing that opens it is
    kept. A member's booking reads their name from their record. Once
    `anonymised_at` is set, what is left counts in the figures and is nobody's.
    """

    class State(models.TextChoices):
        HELD = "retenue", "à confirmer"
        CONFIRMED = "confirmee", "confirmée"
        WAITING = "attente", "en liste d’attente"
        OFFERED = "proposee", "place proposée"
        CANCELLED = "annulee", "annulée"
        LAPSED = "perdue", "expirée"

    class Attendance(models.TextChoices):
        UNKNOWN = "", "pas encore notée"
        CAME = "venu", "présent"
        EXCUSED = "excuse", "excusé"
        ABSENT = "absent", "absent"

    TAKING = (State.HELD, State.CONFIRMED, State.OFFERED)
    LIVE = (*TAKING, State.WAITING)

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    session = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="bookings", verbose_name="réunion")
    number = models.PositiveIntegerField("numéro d’arrivée", editable=False)
    state = models.CharField("état", max_length=10, choices=State)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings", verbose_name="membre"
    )
    first_name = models.CharField("prénom", max_length=150, blank=True, validators=[check_name])
    last_name = models.CharField("nom", max_length=150, blank=True, validators=[check_name])
    email = models.EmailField("adresse e-mail", blank=True, validators=[check_mailbox])
    telephone = models.CharField("téléphone", max_length=30, blank=True, validators=[check_telephone])
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="département"
    )
    audience = models.CharField("public", max_length=10, choices=Audience, blank=True)
    heard_from = models.CharField("a connu la réunion", max_length=12, choices=HeardFrom, blank=True)
    sent_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="envoyé par",
    )
    tells_prescriber = models.BooleanField("mon conseiller peut savoir que je suis venu·e", default=False)
    booked_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="inscrit par"
    )
    booked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="saisi par"
    )
    is_walk_in = models.BooleanField("venu sans avoir réservé", default=False)
    form_token = models.UUIDField(null=True, unique=True, editable=False)
    booked_at = models.DateTimeField("demandée le", default=timezone.now, editable=False)
    held_until = models.DateTimeField("retenue jusqu’à", null=True, editable=False)
    offered_until = models.DateTimeField("proposée jusqu’à", null=True, editable=False)
    confirmed_at = models.DateTimeField("confirmée le", null=True, editable=False)
    ended_at = models.DateTimeField("annulée ou expirée le", null=True, editable=False)
    changes = models.PositiveIntegerField("changements pour les calendriers", default=0, editable=False)
    refuses_reminders = models.BooleanField("sans rappels", default=False)
    # For which start of the meeting each reminder went, so that one that is moved is said again.
    reminded_days_for = models.DateTimeField(null=True, editable=False)
    reminded_hours_for = models.DateTimeField(null=True, editable=False)
    attendance = models.CharField("présence", max_length=6, choices=Attendance, blank=True, default="")
    attended_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="notée par"
    )
    attended_at = models.DateTimeField("notée le", null=True, editable=False)
    invited_at = models.DateTimeField("invité au diagnostic le", null=True, editable=False)
    opinion_at = models.DateTimeField("avis donné le", null=True, editable=False)
    anonymised_at = models.DateTimeField("rendue anonyme le", null=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = "réservation"
        verbose_name_plural = "réservations"
        indexes = [
            models.Index(fields=["session", "state", "number"], name="events_bookings_in_order"),
            models.Index(fields=["held_until"], name="events_bookings_held", condition=Q(state="retenue")),
            models.Index(fields=["offered_until"], name="events_bookings_offered", condition=Q(state="proposee")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="events_booking_number_is_given_once"),
            models.UniqueConstraint(
                "session",
                Lower("email"),
                condition=~Q(email="") & Q(state__in=("retenue", "confirmee", "proposee", "attente")),
                name="events_booking_once_by_mailbox",
                violation_error_message="Une place est déjà demandée avec cette adresse.",
            ),
            models.UniqueConstraint(
                fields=["session", "telephone"],
                condition=Q(email="", state__in=("retenue", "confirmee", "proposee", "attente")) & ~Q(telephone=""),
                name="events_booking_once_by_telephone",
                violation_error_message="Une place est déjà demandée avec ce numéro.",
            ),
            models.UniqueConstraint(
                fields=["session", "member"],
                condition=Q(member__isnull=False, state__in=("retenue", "confirmee", "proposee", "attente")),
                name="events_booking_once_by_member",
                violation_error_message="Ce membre a déjà une place.",
            ),
            models.CheckConstraint(
                name="events_booking_held_until_a_moment",
                condition=~Q(state="retenue") | Q(held_until__isnull=False),
            ),
            models.CheckConstraint(
                name="events_booking_offered_until_a_moment",
                condition=~Q(state="proposee") | Q(offered_until__isnull=False),
            ),
            models.CheckConstraint(
                name="events_booking_attended_was_confirmed",
                condition=Q(attendance="") | Q(state="confirmee"),
                violation_error_message="Seule une place confirmée a une présence.",
            ),
            models.CheckConstraint(
                name="events_booking_of_somebody_who_can_be_told",
                condition=Q(anonymised_at__isnull=False)
                | Q(is_walk_in=True)
                | Q(member__isnull=False)
                | (~Q(last_name="") & (~Q(email="") | ~Q(telephone=""))),
                violation_error_message="Donnez une adresse e-mail ou un numéro de téléphone.",
            ),
            models.CheckConstraint(
                name="events_anonymised_booking_is_nobody",
                condition=Q(anonymised_at__isnull=True)
                | Q(member=None, first_name="", last_name="", email="", telephone=""),
            ),
        ]

    def __str__(self) -> str:
        return f"réservation {self.reference}"

    @property
    def name(self) -> str:
        if self.member:
            return str(self.member)
        return f"{self.first_name} {self.last_name}".strip() or "sans nom"

    @property
    def mailbox(self) -> str:
        """Where the person is written to; maybe nowhere."""
        return self.member.mailbox if self.member else self.email

    @property
    def phone(self) -> str:
        return (self.member.telephone if self.member else "") or self.telephone

    @property
    def is_live(self) -> bool:
        return self.state in Booking.LIVE

    @property
    def is_to_call_back(self) -> bool:
        """Held for somebody without an e-mail, or offered to them: a counsellor calls them."""
        return self.state in (Booking.State.HELD, Booking.State.OFFERED) and not self.mailbox

    def holds_a_seat(self, now: datetime) -> bool:
        """One that is `over` does not."""
        if self.state == Booking.State.HELD:
            return self.held_until is not None and self.held_until > now
        if self.state == Booking.State.OFFERED:
            return self.offered_until is not None and self.offered_until > now
        return self.state == Booking.State.CONFIRMED


class Arrangement(models.Model):
    """What a person asked for, to take part at ease: read by the host alone, erased a month after, never exported."""

    booking = models.OneToOneField(
        Booking, on_delete=models.CASCADE, related_name="arrangement", verbose_name="réservation"
    )
    needs = models.JSONField("besoins", default=list)

    class Meta:
        verbose_name = "besoin pour participer"
        verbose_name_plural = "besoins pour participer"

    def __str__(self) -> str:
        return ", ".join(self.in_words)

    @property
    def in_words(self) -> list[str]:
        return [Need(value).label for value in self.needs if value in Need.values]

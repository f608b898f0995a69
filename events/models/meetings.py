from datetime import datetime
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from wagtail.fields import RichTextField
from wagtail.models import PreviewableMixin

from accounts.models import Counsellor
from association.models import Audience, Departement
from events.models.places import Place
from events.structured_data import event
from pages.addresses import absolute
from pages.models import SearchEntry, SearchKind
from pages.search import entries
from pages.templatetags.french import moment as moment_in_words

HOME = {"title": "Accueil", "url": "/"}
SCHEDULE = {"title": "Réunions d’information", "url": "/reunions/"}
REFERENCE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_reference() -> str:
    """Ten characters that cannot be guessed nor mistaken for one another."""
    return get_random_string(10, REFERENCE_ALPHABET)


class Kind(models.TextChoices):
    """What a meeting is: an information session, open to all, or one of the members' events."""

    INFO = "information", "réunion d’information"
    WORKSHOP = "atelier", "atelier"
    ENCOUNTER = "rencontre", "rencontre"
    OUTING = "sortie", "sortie"
    ASSEMBLY = "assemblee", "assemblée générale"


class State(models.TextChoices):
    """Where a session stands for its editors."""

    DRAFT = "brouillon", "brouillon"
    PLANNED = "programmee", "programmée"
    PUBLISHED = "publiee", "publiée"
    CANCELLED = "annulee", "annulée"
    PAST = "passee", "passée"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def open_to_all(self, now: datetime | None = None) -> Self:
        """What any visitor may see: published information sessions, cancelled ones included."""
        return self.filter(kind=Kind.INFO, publish_at__lte=now or timezone.now())

    def open_to_members(self, now: datetime | None = None) -> Self:
        """What current members may see besides: their published events, cancelled ones included."""
        return self.filter(publish_at__lte=now or timezone.now()).exclude(kind=Kind.INFO)

    def upcoming(self, now: datetime | None = None) -> Self:
        """Not ended yet."""
        return self.filter(ends_at__gt=now or timezone.now())

    def past(self, now: datetime | None = None) -> Self:
        return self.filter(ends_at__lte=now or timezone.now())

    def soonest_first(self) -> Self:
        return self.order_by("starts_at", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-starts_at", "-pk")

    def nearest_first(self, now: datetime | None = None) -> Self:
        """Those to come, soonest first, then the past ones, latest first."""
        coming = Q(ends_at__gt=now or timezone.now())
        return self.order_by(
            Case(When(coming, then=0), default=1),
            Case(When(coming, then=F("starts_at")), default=None),
            "-starts_at",
            "pk",
        )

    def in_state(self, state: State, now: datetime | None = None) -> Self:
        """Those whose `state` at this moment is this one."""
        moment = now or timezone.now()
        if state == State.CANCELLED:
            return self.filter(cancelled_at__isnull=False)
        sessions = self.filter(cancelled_at__isnull=True)
        if state == State.DRAFT:
            return sessions.filter(publish_at__isnull=True)
        if state == State.PLANNED:
            return sessions.filter(publish_at__gt=moment)
        published = sessions.open_to_all(moment)
        return published.past(moment) if state == State.PAST else published.upcoming(moment)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Also out of the search, as `Meeting.delete` does for one."""
        with transaction.atomic():
            for reference in self.values_list("reference", flat=True):
                entries.take(SearchKind.SESSIONS, reference)
            return super().delete()


class Meeting(PreviewableMixin, models.Model):
    """People meet at a time, in a place or online, on seats that are booked.

    Two proxies name what it is: `InfoSession`, open to all, and `MemberEvent`,
    for members. A plain model: reverting a page's revision can never revert
    seats or times. `publish_at` empty is a draft; in the future, a planned
    publication. `online_url` is shown to nobody but those who booked. `is_full`
    is what lists say of the seats: it changes with them, under the same lock.
    """

    reference = models.CharField("référence", max_length=10, unique=True, default=new_reference, editable=False)
    kind = models.CharField("nature", max_length=12, choices=Kind, default=Kind.INFO)
    title = models.CharField("titre", max_length=120)
    summary = models.TextField("résumé", max_length=250, blank=True)
    programme = RichTextField("programme", blank=True, features=["bold", "ol", "ul"])
    audience = models.CharField("public", max_length=10, choices=Audience, default=Audience.EVERYONE)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    departement = models.ForeignKey(
        Departement,
        on_delete=models.PROTECT,
        related_name="sessions",
        null=True,
        blank=True,
        verbose_name="département",
        help_text="Pour une réunion en ligne ; sinon, celui du lieu.",
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name="lieu"
    )
    online_url = models.URLField("lien de connexion", blank=True, help_text="Montré aux seules personnes inscrites.")
    seats = models.PositiveSmallIntegerField("places", default=12, validators=[MinValueValidator(1)])
    is_full = models.BooleanField("complet", default=False, editable=False)
    guest_seats = models.PositiveSmallIntegerField("places d’invités", default=0)
    activity = models.SlugField(
        "activité du passeport",
        max_length=20,
        blank=True,
        help_text="Le code de l’activité dont cet événement utilise des heures.",
    )
    hours = models.PositiveSmallIntegerField("heures de passeport", default=0)
    organiser = models.CharField("qui anime", max_length=120, blank=True)
    host = models.ForeignKey(
        Counsellor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name="conseiller qui reçoit",
    )
    publish_at = models.DateTimeField(
        "publiée à partir de", null=True, blank=True, help_text="Vide : la réunion reste un brouillon."
    )
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    cancelled_because = models.CharField("raison de l’annulation", max_length=200, blank=True)
    sheet_closed_at = models.DateTimeField("feuille close le", null=True, blank=True, editable=False)
    sequence = models.PositiveIntegerField("version du calendrier", default=0, editable=False)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "réunion"
        verbose_name_plural = "réunions"
        indexes = [models.Index(fields=["starts_at", "id"], name="events_soonest_first")]
        constraints = [
            models.CheckConstraint(
                name="events_session_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="La réunion finit après avoir commencé.",
            ),
            models.CheckConstraint(
                name="events_session_has_a_seat",
                condition=Q(seats__gte=1),
                violation_error_message="Une réunion a au moins une place.",
            ),
            models.CheckConstraint(
                name="events_meeting_hours_have_an_activity",
                condition=Q(hours=0) | ~Q(activity=""),
                violation_error_message="Choisissez l’activité dont ces heures sont prises.",
            ),
            models.CheckConstraint(
                name="events_info_session_spends_no_hour",
                condition=~Q(kind="information") | Q(hours=0, activity=""),
                violation_error_message="Une réunion d’information n’utilise aucune heure de passeport.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {timezone.localtime(self.starts_at):%d/%m/%Y %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.place:
            self.departement_id = self.place.departement_id
        with transaction.atomic():
            if self._changes_in_calendars():
                self.sequence += 1
            super().save(*args, **kwargs)
            if self.is_for_all:
                entries.put(self)

    def get_absolute_url(self) -> str:
        return reverse("info_session" if self.is_for_all else "member_event", args=[self.reference])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            entries.take(SearchKind.SESSIONS, self.reference)
            return super().delete(*args, **kwargs)

    def _changes_in_calendars(self) -> bool:
        """Whether what a calendar shows of a session that exists is about to change."""
        shown = ("title", "starts_at", "ends_at", "place_id", "online_url", "cancelled_at", "cancelled_because")
        before = Meeting._base_manager.filter(pk=self.pk).values_list(*shown).first() if self.pk else None
        return before is not None and before != tuple(getattr(self, name) for name in shown)

    def search_entry(self) -> SearchEntry:
        """What the search reads of it; the place, but never the address of an online meeting."""
        said = [self.programme, self.get_audience_display(), self.organiser, str(self.place or "en ligne")]
        return SearchEntry(
            kind=SearchKind.SESSIONS,
            key=self.reference,
            title=self.title,
            lead=self.summary,
            text=entries.plain(said),
            published_on=timezone.localdate(self.starts_at),
            departements=entries.codes([self.departement] if self.departement else []),
        )

    def get_context(self, now: datetime | None = None) -> dict[str, Any]:
        """What the template of its page reads, in public and in the editors' preview."""
        return {
            "session": self,
            "has_ended": self.has_ended(now or timezone.now()),
            "breadcrumbs": [HOME, SCHEDULE, {"title": self.title, "url": self.get_absolute_url()}],
            "description": self.description,
            "canonical_url": absolute(self.get_absolute_url()),
            "structured_data": [event(self)],
        }

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "events/info_session.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return super().get_preview_context(request, mode_name) | self.get_context()

    @property
    def description(self) -> str:
        """For search engines and shared links: when and where come before what."""
        where = self.place.city if self.place else "en ligne" if self.is_online else ""
        when = moment_in_words(self.starts_at).capitalize()
        return f"{', '.join(filter(None, [when, where]))}. {self.summary}".strip()

    def state(self, now: datetime | None = None) -> State:
        moment = now or timezone.now()
        if self.is_cancelled:
            return State.CANCELLED
        if self.publish_at is None:
            return State.DRAFT
        if not self.is_published(moment):
            return State.PLANNED
        return State.PAST if self.has_ended(moment) else State.PUBLISHED

    def is_published(self, now: datetime) -> bool:
        return self.publish_at is not None and self.publish_at <= now

    def has_ended(self, now: datetime) -> bool:
        """A session whose end is not typed yet has not ended."""
        return self.ends_at is not None and self.ends_at <= now

    @property
    def is_for_all(self) -> bool:
        return self.kind == Kind.INFO

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_online(self) -> bool:
        return bool(self.online_url)

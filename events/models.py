from datetime import datetime
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import PreviewableMixin

from association.models import Audience, Departement
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


class Place(models.Model):
    """Somewhere people meet."""

    name = models.CharField("nom", max_length=120)
    address = models.CharField("adresse", max_length=160)
    postcode = models.CharField("code postal", max_length=5)
    city = models.CharField("ville", max_length=80)
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, related_name="places", verbose_name="département"
    )
    directions = models.TextField("comment venir", blank=True)
    accessible = models.BooleanField("accessible en fauteuil roulant", default=False)
    access_note = models.CharField("précision sur l’accès", max_length=200, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("postcode"), FieldPanel("city"), FieldPanel("departement")]),
        FieldPanel("directions"),
        FieldRowPanel([FieldPanel("accessible"), FieldPanel("access_note")]),
    ]

    class Meta:
        verbose_name = "lieu"
        verbose_name_plural = "lieux"

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Its sessions follow it: their département, and what the search knows of them."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.sessions.update(departement=self.departement_id)
            sessions = self.sessions.select_related("departement").order_by("pk")
            entries.write(session.search_entry() for session in sessions)


class State(models.TextChoices):
    """Where a session stands for its editors."""

    DRAFT = "brouillon", "brouillon"
    PLANNED = "programmee", "programmée"
    PUBLISHED = "publiee", "publiée"
    CANCELLED = "annulee", "annulée"
    PAST = "passee", "passée"


class InfoSessionQuerySet(models.QuerySet["InfoSession"]):
    def open_to_all(self, now: datetime | None = None) -> Self:
        """What any visitor may see: published sessions, cancelled ones included."""
        return self.filter(publish_at__lte=now or timezone.now())

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
        """Also out of the search, as `InfoSession.delete` does for one."""
        with transaction.atomic():
            for reference in self.values_list("reference", flat=True):
                entries.take(SearchKind.SESSIONS, reference)
            return super().delete()


class InfoSession(PreviewableMixin, models.Model):
    """A group meeting on the jobs of the social economy, in a place or online.

    A plain model: reverting a page's revision can never revert seats or times.
    `publish_at` empty is a draft; in the future, a planned publication.
    `online_url` is shown to nobody but those who booked.
    """

    reference = models.CharField("référence", max_length=10, unique=True, default=new_reference, editable=False)
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
        help_text="Pour une réunion en ligne ; sinon, celui du lieu.",
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name="lieu"
    )
    online_url = models.URLField("lien de connexion", blank=True, help_text="Montré aux seules personnes inscrites.")
    seats = models.PositiveSmallIntegerField("places", default=12, validators=[MinValueValidator(1)])
    organiser = models.CharField("qui anime", max_length=120, blank=True)
    publish_at = models.DateTimeField(
        "publiée à partir de", null=True, blank=True, help_text="Vide : la réunion reste un brouillon."
    )
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True, editable=False)
    cancelled_because = models.CharField("raison de l’annulation", max_length=200, blank=True)
    sequence = models.PositiveIntegerField("version du calendrier", default=0, editable=False)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = InfoSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "réunion d’information"
        verbose_name_plural = "réunions d’information"
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
            entries.put(self)

    def get_absolute_url(self) -> str:
        return reverse("info_session", args=[self.reference])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            entries.take(SearchKind.SESSIONS, self.reference)
            return super().delete(*args, **kwargs)

    def _changes_in_calendars(self) -> bool:
        """Whether what a calendar shows of a session that exists is about to change."""
        shown = ("title", "starts_at", "ends_at", "place_id", "online_url", "cancelled_at", "cancelled_because")
        before = InfoSession.objects.filter(pk=self.pk).values_list(*shown).first() if self.pk else None
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
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_online(self) -> bool:
        return bool(self.online_url)

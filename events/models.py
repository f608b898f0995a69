from datetime import datetime
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField

from association.models import Audience, Departement
from pages.models import SearchEntry, SearchKind
from pages.search import entries

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


class InfoSession(models.Model):
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
        if self.place_id:
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

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_online(self) -> bool:
        return bool(self.online_url)

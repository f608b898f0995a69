from typing import Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone

from accounts.models import Member, User
from association.models import Departement, Sector, StructureKind
from private_files.names import new_reference, unguessable
from private_files.storage import private_storage


class ProfileQuerySet(models.QuerySet["Profile"]):
    def of(self, user: User) -> Self:
        """The page of this person themselves."""
        return self.filter(member__user=user, member__erased_at__isnull=True)

    def followed_by(self, user: User) -> Self:
        """Pages of the members whom this counsellor accompanies now."""
        return self.filter(member__in=Member.objects.followed_by(user))


class Profile(models.Model):
    """A member's own page: what companies see of it is its last approved version."""

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="profile", verbose_name="membre")
    created_at = models.DateTimeField("créée le", default=timezone.now, editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "page de candidat"
        verbose_name_plural = "pages de candidats"

    def __str__(self) -> str:
        return f"page de {self.member}"


class VersionQuerySet(models.QuerySet["Version"]):
    def in_progress(self) -> Self:
        return self.filter(state__in=Version.IN_PROGRESS)

    def submitted(self) -> Self:
        return self.filter(state=Version.State.SUBMITTED)

    def approved(self) -> Self:
        return self.filter(state=Version.State.APPROVED)

    def with_all_they_say(self) -> Self:
        """Everything that the page and the mini-CV show, in a fixed number of queries."""
        experiences = Experience.objects.select_related("sector").order_by("position")
        return self.prefetch_related(
            Prefetch("sectors", Sector.objects.order_by("name")),
            Prefetch("structures", StructureKind.objects.order_by("name")),
            Prefetch("departements", Departement.objects.by_code()),
            Prefetch("experiences", experiences),
        )


class Version(models.Model):
    """What the page says, at one moment of its life.

    One version is being written or read by the counsellor (draft, submitted,
    returned), one is approved, the others were replaced: constraints hold both.
    `languages` is a list of {"name", "level"}, `skills` of texts, `links` of
    {"title", "url"}.
    """

    class State(models.TextChoices):
        DRAFT = "brouillon", "brouillon"
        SUBMITTED = "envoyee", "envoyée au conseiller"
        RETURNED = "a_reprendre", "à reprendre"
        APPROVED = "validee", "validée"
        REPLACED = "remplacee", "remplacée"

    class Availability(models.TextChoices):
        NOW = "tout_de_suite", "tout de suite"
        ONE_MONTH = "un_mois", "dans un mois"
        THREE_MONTHS = "trois_mois", "dans trois mois"
        LISTENING = "a_l_ecoute", "à l’écoute d’une proposition"

    IN_PROGRESS = (State.DRAFT, State.SUBMITTED, State.RETURNED)

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="versions")
    state = models.CharField("état", max_length=12, choices=State, default=State.DRAFT)
    headline = models.CharField("en une phrase", max_length=120, blank=True)
    summary = models.TextField("qui je suis", max_length=2000, blank=True)
    skills = models.JSONField("compétences", default=list, blank=True)
    languages = models.JSONField("langues", default=list, blank=True)
    links = models.JSONField("liens", default=list, blank=True)
    availability = models.CharField("disponibilité", max_length=14, choices=Availability, blank=True)
    sectors = models.ManyToManyField(Sector, blank=True, related_name="+", verbose_name="secteurs visés")
    structures = models.ManyToManyField(StructureKind, blank=True, related_name="+", verbose_name="structures visées")
    departements = models.ManyToManyField(Departement, blank=True, related_name="+", verbose_name="départements")
    portrait = models.FileField("portrait", upload_to=unguessable, storage=private_storage, max_length=200, blank=True)
    portrait_reference = models.CharField(max_length=16, default=new_reference, editable=False)
    changed_at = models.DateTimeField("modifiée le", default=timezone.now)
    submitted_at = models.DateTimeField("envoyée le", null=True)
    decided_at = models.DateTimeField("relue le", null=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version d’une page"
        verbose_name_plural = "versions de pages"
        constraints = [
            models.UniqueConstraint(
                fields=["profile"],
                condition=Q(state__in=["brouillon", "envoyee", "a_reprendre"]),
                name="candidates_one_version_is_being_written",
            ),
            models.UniqueConstraint(
                fields=["profile"], condition=Q(state="validee"), name="candidates_one_version_is_approved"
            ),
            models.CheckConstraint(
                name="candidates_what_was_decided_has_a_date",
                condition=~Q(state__in=["validee", "a_reprendre"]) | Q(decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                F("decided_at").desc(),
                F("id").desc(),
                condition=Q(state="validee"),
                name="candidates_approved_newest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.profile}, {self.get_state_display()}"


class Experience(models.Model):
    """A job or another experience. Dates have the precision they are given: « 2019 », « mi 2018 »."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="experiences")
    position = models.PositiveSmallIntegerField()
    title = models.CharField("intitulé", max_length=120)
    employer = models.CharField("chez qui", max_length=120, blank=True)
    sector = models.ForeignKey(
        Sector, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="secteur"
    )
    starts = models.CharField("début", max_length=30, blank=True)
    ends = models.CharField("fin", max_length=30, blank=True)
    years = models.PositiveSmallIntegerField("durée en années", null=True, blank=True)
    text = models.TextField("ce que j’y ai fait", max_length=1000, blank=True)

    class Meta:
        verbose_name = "expérience"
        verbose_name_plural = "expériences"
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="candidates_experience_has_a_place")
        ]

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """What the counsellor or the member says of a version, between them."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="de")
    text = models.TextField("message", max_length=2000)
    said_at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "commentaire"
        verbose_name_plural = "commentaires"

    def __str__(self) -> str:
        return f"{self.author}, {self.said_at}"

from django.db import models
from django.db.models import Q
from wagtail.models import Page


class SearchKind(models.TextChoices):
    """The kinds of things that the search finds, as a visitor filters them."""

    NEWS = "actualites", "actualités"
    GUIDES = "guides", "guides"
    VIDEOS = "videos", "vidéos"
    SESSIONS = "reunions", "réunions d’information"
    DEPARTEMENTS = "departements", "départements"
    ASSOCIATION = "association", "l’association"


class SearchEntry(models.Model):
    """What the search knows of one public thing: a page, or a row that `key` names.

    Says what a thing says, never whether it is public nor where it is: both are
    read from the thing's own row when it is shown. `pages.search` alone writes
    it. Full-text columns and indexes are the database's own, made and kept up
    to date by it from `title_words` and `body_words`.
    """

    # Short columns first: a row is counted and sorted without reading its texts.
    kind = models.CharField("sorte", max_length=20, choices=SearchKind)
    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="page"
    )
    key = models.CharField("référence", max_length=40, blank=True)
    published_on = models.DateField("date")
    departements = models.CharField("départements", max_length=600, blank=True)
    title = models.CharField("titre", max_length=255)
    lead = models.TextField("résumé", blank=True)
    text = models.TextField("texte", blank=True)
    title_words = models.TextField("mots du titre", blank=True)
    body_words = models.TextField("mots du texte", blank=True)

    class Meta:
        verbose_name = "entrée de la recherche"
        verbose_name_plural = "entrées de la recherche"
        constraints = [
            models.CheckConstraint(
                name="pages_search_entry_is_a_page_or_has_a_key",
                condition=Q(page=None) & ~Q(key="") | Q(page__isnull=False, key=""),
            ),
            models.UniqueConstraint(
                fields=["kind", "key"], condition=~Q(key=""), name="pages_search_entry_is_written_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def codes(self) -> list[str]:
        """The codes of its départements; none means the whole region."""
        return self.departements.strip(",").split(",") if self.departements else []

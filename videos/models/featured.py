from django.contrib.admin import display
from django.db import models
from django.db.models import Q
from wagtail.admin.panels import FieldPanel

from pages.templatetags.french import month_year
from videos.forms import FeaturedVideoForm


class FeaturedVideo(models.Model):
    """The company of one month, planned ahead. A month has one at most."""

    month = models.DateField(
        "mois",
        unique=True,
        error_messages={"unique": "Ce mois a déjà son entreprise."},
        help_text="Le premier jour du mois.",
    )
    video = models.ForeignKey("videos.VideoPage", on_delete=models.CASCADE, related_name="months", verbose_name="vidéo")

    panels = [FieldPanel("month", help_text="N’importe quel jour du mois."), FieldPanel("video")]
    base_form_class = FeaturedVideoForm

    class Meta:
        verbose_name = "entreprise du mois"
        verbose_name_plural = "entreprises du mois"
        constraints = [
            models.CheckConstraint(
                name="videos_featured_month_starts_on_its_first_day",
                condition=Q(month__day=1),
                violation_error_message="Un mois se note par son premier jour.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month_name()} : {self.video}"

    @display(description="mois")
    def month_name(self) -> str:
        return month_year(self.month)

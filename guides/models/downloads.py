from django.db import models


class GuideDownloads(models.Model):
    """How often a guide's file was asked for on a day. Nothing about who asked."""

    guide = models.ForeignKey("guides.GuidePage", on_delete=models.CASCADE, related_name="downloads")
    day = models.DateField("jour")
    count = models.PositiveIntegerField("téléchargements", default=0)

    class Meta:
        verbose_name = "téléchargements d’un guide"
        constraints = [models.UniqueConstraint("guide", "day", name="guides_downloads_are_counted_by_day")]

    def __str__(self) -> str:
        return f"{self.guide}, {self.day} : {self.count}"

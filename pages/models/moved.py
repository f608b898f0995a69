from django.db import models
from wagtail.models import Page


class MovedPath(models.Model):
    """An old address and all below it, now those of `page`.

    `path` starts and ends with a slash, relative to the site's root.
    """

    path = models.CharField("ancienne adresse", max_length=2048, unique=True)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name="page")
    moved_at = models.DateTimeField("depuis", auto_now=True)

    class Meta:
        verbose_name = "ancienne adresse"
        verbose_name_plural = "anciennes adresses"

    def __str__(self) -> str:
        return self.path

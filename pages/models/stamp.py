from django.db import models


class Stamp(models.Model):
    """One row whose value changes, in the same transaction, with anything that is published.

    Written by database triggers only (`pages.freshness`); objects cached by a
    process are kept under its value, so that none survives a publication.
    """

    value = models.CharField(max_length=36)

    class Meta:
        verbose_name = "état de publication"

    def __str__(self) -> str:
        return self.value

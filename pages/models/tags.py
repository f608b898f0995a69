from django.db import models
from django.utils.text import slugify
from taggit.models import TagBase


class Tag(TagBase):
    """A subject of the site's content. Images and files have tags of their own, elsewhere."""

    free_tagging = True

    class Meta:
        verbose_name = "mot-clé"
        verbose_name_plural = "mots-clés"

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slugify(tag) or "mot"
        return slug if i is None else f"{slug}-{i}"


class Tagged(models.Model):
    """What the link between a kind of page and its tags has in common."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="%(app_label)s_%(class)s")

    class Meta:
        abstract = True

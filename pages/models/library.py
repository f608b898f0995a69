"""The editors' libraries: images, documents, videos. Nothing private to a person ever enters them."""

import base64
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField, get_upload_to
from wagtail.models import Collection
from wagtail.search import index
from wagtailmedia.models import AbstractMedia

from pages.library import sandbox
from private_files.storage import private_storage

COVERS = "Couvertures"
FILM_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


class Picture(AbstractImage):
    """A picture. Its original is kept aside; only the sizes made from it are public."""

    file = WagtailImageField(
        verbose_name="fichier",
        upload_to=get_upload_to,
        storage=private_storage,
        width_field="width",
        height_field="height",
    )
    description = models.CharField(
        "texte de remplacement",
        max_length=255,
        help_text="Ce que l’on voit, pour qui ne voit pas l’image. Une phrase.",
    )
    credit = models.CharField("crédit", max_length=160, blank=True, help_text="Auteur ou autrice, ou organisme.")
    licence = models.CharField("licence", max_length=80, blank=True, help_text="Par exemple « CC BY 4.0 ».")
    source = models.URLField("source", blank=True, help_text="L’adresse où l’image a été trouvée.")

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "source",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        permissions = [("choose_picture", "Peut choisir une image")]


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


class File(AbstractDocument):
    """A file that editors offer. Pages and cover are read from the file when it changes.

    A cover is a picture that anyone sees: a file of a restricted collection has none.
    """

    file = models.FileField("fichier", upload_to="documents", storage=private_storage)
    page_count = models.PositiveIntegerField("nombre de pages", null=True, blank=True, editable=False)
    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="couverture",
    )

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
        permissions = [("choose_file", "Peut choisir un document")]

    def clean(self) -> None:
        """A refused file has had its sentence: no second one about the name that it does not have."""
        if self.file:
            super().clean()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        fresh = bool(self.file) and is_fresh(self, "file")
        if fresh:
            self._set_document_file_metadata()
        super().save(*args, **kwargs)
        if fresh:
            self._read_pages()
        if self.cover and self.is_restricted:
            self.cover.delete()
            self.cover = None

    @property
    def is_restricted(self) -> bool:
        return self.collection.get_view_restrictions().exists()

    def _read_pages(self) -> None:
        """The number of pages and the cover of a PDF; neither for anything else."""
        is_pdf = self.file_extension.lower() == "pdf"
        with self.open_file() as file:
            facts = sandbox.read_or_nothing("pdf", file) if is_pdf else {}
        self.page_count = facts.get("pages")
        drawn = bool(facts) and not self.is_restricted
        self.cover = self._drawn_cover(base64.b64decode(facts["cover"])) if drawn else None
        super().save(update_fields=["page_count", "cover"])

    def _drawn_cover(self, content: bytes) -> Picture:
        """The same picture for the next edition, so that whatever shows it follows."""
        cover = self.cover or Picture(collection=_covers())
        if cover.pk:
            transaction.on_commit(partial(cover.file.storage.delete, str(cover.file.name)))
            cover.renditions.all().delete()
        cover.title = f"Couverture : {self.title}"[:255]
        cover.description = f"Couverture du document « {self.title} »"[:255]
        cover.file = ContentFile(content, name="couverture.png")
        cover._set_image_file_metadata()
        cover.save()
        return cover


class Film(AbstractMedia):
    """A public film with its poster, captions and transcript."""

    file = models.FileField("fichier", upload_to="videos")
    thumbnail = models.FileField(
        "affiche",
        upload_to="videos",
        blank=True,
        help_text="Laissez vide : elle est prise dans le film.",
    )
    captions = models.FileField(
        "sous-titres (WebVTT)",
        upload_to="videos",
        blank=True,
        validators=[FileExtensionValidator(["vtt"], "Un fichier de sous-titres WebVTT, en .vtt.")],
    )
    transcript = RichTextField("transcription", blank=True, features=["bold", "ol", "ul", "h3"])

    admin_form_fields = ("title", "file", "captions", "transcript", "thumbnail", "collection", "tags")

    class Meta:
        verbose_name = "film"
        verbose_name_plural = "films"

    def clean(self) -> None:
        if self.file:
            super().clean()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Length, size and poster are read from the film; a poster sent with it is kept.

        Captions and posters that others have taken the place of are deleted.
        """
        fresh = bool(self.file) and is_fresh(self, "file")
        given = bool(self.thumbnail) and is_fresh(self, "thumbnail")
        before = self._side_files()
        super().save(*args, **kwargs)
        if fresh:
            self._read_film(keep_poster=given)
        self._forget(before - self._side_files())

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Wagtail deletes the film and its poster, and knows no captions."""
        self._forget({str(self.captions.name)} if self.captions else set())
        return super().delete(*args, **kwargs)

    def _read_film(self, *, keep_poster: bool) -> None:
        with self.file.open("rb") as file:
            facts = sandbox.read_or_nothing("film", file)
        if not facts:
            return
        self.duration, self.width, self.height = facts["duration"], facts["width"], facts["height"]
        if not keep_poster:
            name = f"{Path(self.filename).stem}.webp"
            self.thumbnail.save(name, ContentFile(base64.b64decode(facts["poster"])), save=False)
        super().save(update_fields=["duration", "width", "height", "thumbnail"])

    def _side_files(self) -> set[str]:
        """The names under which the row now keeps captions and poster."""
        row = Film.objects.filter(pk=self.pk).values_list("captions", "thumbnail").first()
        return {name for name in row or () if name}

    def _forget(self, names: set[str]) -> None:
        """Delete these files once it is sure that nothing points to them."""
        for name in names:
            transaction.on_commit(partial(self.file.storage.delete, name))

    @property
    def mime(self) -> str:
        return FILM_TYPES.get(self.file_extension.lower(), "video/mp4")

    @property
    def weight(self) -> int | None:
        """In octets; None where the file is not to be found."""
        try:
            return self.file.size
        except OSError:
            return None

    @property
    def poster_url(self) -> str:
        return self.thumbnail.url if self.thumbnail else ""

    @property
    def captions_url(self) -> str:
        return self.captions.url if self.captions else ""


def is_fresh(instance: models.Model, field: str) -> bool:
    """Whether the file of `field` has not been read yet: it, or the row that holds it, is not stored."""
    return instance._state.adding or not getattr(instance, field)._committed


def _covers() -> Collection:
    found = Collection.objects.filter(name=COVERS).first()
    return found or Collection.get_first_root_node().add_child(name=COVERS)

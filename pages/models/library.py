"""The editors' libraries: images, documents, videos. Nothing private to a person ever enters them."""

from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField, get_upload_to
from wagtail.search import index
from wagtailmedia.models import AbstractMedia

from private_files.storage import private_storage


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
    licence = models.CharField("licence", max_length=80, blank=True, help_text="Par exemple « CC BY 4.0 ».")
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
    """A file that editors offer. Pages and cover are read from the file when it changes."""

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


class Film(AbstractMedia):
    """A public film with its poster, captions and transcript."""

    file = models.FileField("fichier", upload_to="videos")
    thumbnail = models.FileField(
        "affiche",
        upload_to="videos",
        blank=True,
        help_text="Laissez vide : elle est prise dans le film.",
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

    @property
    def poster_url(self) -> str:
        return self.thumbnail.url if self.thumbnail else ""

    @property
    def captions_url(self) -> str:
        return self.captions.url if self.captions else ""

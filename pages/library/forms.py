"""The forms by which a file enters the libraries: it is checked by what it holds, whatever it is called."""

import base64
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.admin.forms.collections import BaseCollectionMemberForm, CollectionForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.models import Collection
from wagtailmedia.forms import BaseMediaForm

from pages.library import sandbox
from pages.library.collections import NOT_HERE, NOT_RESTRICTED, holds_public_files, is_restricted
from pages.library.names import extension_of, safe_name
from pages.library.refusal import RefusedError
from pages.library.text import check_captions, check_text
from private_files import virus

ARCHIVES = {"docx", "odp", "ods", "odt", "pptx", "xlsx"}
TEXTS = {"csv", "txt"}
FILMS = {"mp4": "MP4", "webm": "WebM"}
LARGEST_FILM = 300 * 1024 * 1024


def checked(check: Callable[[UploadedFile], None], upload: Any) -> Any:
    """The upload under a safe name, once it holds no known virus and `check` has let it pass.

    A file that was already here is left alone.
    """
    if isinstance(upload, UploadedFile):
        try:
            if not upload.size:
                raise RefusedError("Ce fichier est vide.")
            if not getattr(upload, "scanned", False):
                virus.scan(upload)
            check(upload)
        except (RefusedError, virus.InfectedError, virus.NotScannedError) as refused:
            raise ValidationError(str(refused), code="refused") from refused
        upload.name = safe_name(str(upload.name))
        upload.seek(0)
    return upload


class PictureField(WagtailImageField):
    """Wagtail decodes a picture to check it, and fails on some: it sees only what has been drawn again."""

    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile):
            self.check_image_file_size(data)
        return super().to_python(checked(redraw, data))


class PublicFileForm(BaseCollectionMemberForm):
    """What anyone reads stays out of restricted collections: a restriction would protect nothing."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # The field is hidden from those who have only one collection.
        field = "collection" if "collection" in self.fields else None
        collection = cleaned.get("collection") if field else self.collections[0]
        if collection and is_restricted(collection):
            self.add_error(field, NOT_HERE)
        return cleaned


class PictureForm(PublicFileForm, BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = PictureField(label=stock.label, required=stock.required, widget=stock.widget)


class FileForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        return checked(check_document, self.cleaned_data["file"])


class FilmForm(PublicFileForm, BaseMediaForm):
    def clean_file(self) -> Any:
        return checked(check_film, self.cleaned_data["file"])

    def clean_captions(self) -> Any:
        return checked(lambda upload: check_captions(upload.read()), self.cleaned_data["captions"])

    def clean_thumbnail(self) -> Any:
        return checked(redraw, self.cleaned_data["thumbnail"])

    def clean(self) -> dict[str, Any]:
        if self.instance.type != "video":
            raise ValidationError("Cette bibliothèque ne reçoit que des vidéos.", code="refused")
        return super().clean()


class MovedCollectionForm(CollectionForm):
    def clean_parent(self) -> Collection:
        parent = super().clean_parent()
        if is_restricted(parent) and holds_public_files(self.instance):
            raise ValidationError(NOT_RESTRICTED, code="public")
        return parent


def redraw(upload: UploadedFile) -> None:
    """Replace the upload's content by the picture alone: no place, no camera, nothing after its end.

    In the upload itself, because Wagtail may also keep it as it came, until
    its description is written.
    """
    content = base64.b64decode(sandbox.read("image", upload)["content"])
    upload.seek(0)
    upload.truncate()
    upload.write(content)
    upload.size = len(content)


def check_document(upload: UploadedFile) -> None:
    extension = extension_of(str(upload.name))
    if extension == "pdf":
        sandbox.read("pdf", upload)
    elif extension in TEXTS:
        check_text(upload.read())
    elif extension in ARCHIVES:
        if sandbox.read("archive", upload)["kind"] != extension:
            raise RefusedError(f"Ce fichier n’est pas un document {extension.upper()}, malgré son nom.")
    else:
        raise RefusedError(
            "Ce genre de fichier n’est pas accepté. Envoyez un PDF, un document ODT, ODS, ODP, DOCX, XLSX ou PPTX, "
            "un texte TXT ou un tableau CSV."
        )


def check_film(upload: UploadedFile) -> None:
    if extension_of(str(upload.name)) not in FILMS:
        raise RefusedError("Ce genre de fichier n’est pas accepté. Envoyez une vidéo MP4 ou WebM.")
    if (upload.size or 0) > LARGEST_FILM:
        raise RefusedError("Cette vidéo est trop lourde : 300 Mo au plus.")
    sandbox.read("film", upload)

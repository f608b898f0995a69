"""The editors' form: a deck enters by what its file holds, whatever it is called."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from decks import decks
from decks.models import SlideDeck
from pages.library import sandbox
from pages.library.forms import checked
from pages.library.names import extension_of
from pages.library.refusal import RefusedError
from pages.templatetags.french import NBSP

KINDS = {"odp", "pdf", "pptx"}
LARGEST = 60 * 1024 * 1024


def check_deck(upload: UploadedFile) -> None:
    kind = extension_of(str(upload.name))
    if kind not in KINDS:
        raise RefusedError("Ce genre de fichier n’est pas accepté. Envoyez un diaporama PPTX, ODP ou PDF.")
    if (upload.size or 0) > LARGEST:
        raise RefusedError(f"Ce diaporama est trop lourd{NBSP}: 60{NBSP}Mo au plus. Réduisez ses images.")
    if sandbox.read("deck", upload)["kind"] != kind:
        raise RefusedError(f"Ce fichier n’est pas un diaporama {kind.upper()}, malgré son nom.")


class SlideDeckForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].validators.append(MaxLengthValidator(400))
        # A name as long as a machine allows is shortened, not refused.
        self.fields["file"].max_length = None
        if not self.instance.pk:
            self.initial.setdefault("edition_on", timezone.localdate())

    def clean_file(self) -> Any:
        return checked(check_deck, self.cleaned_data["file"])

    def _post_clean(self) -> None:
        """The model checks everything but the file, which `decks.put` stores."""
        self.upload = self.cleaned_data.get("file")
        stored = self.instance.file.name
        super()._post_clean()
        self.instance.file = stored
        if isinstance(self.upload, UploadedFile):
            self.instance.kind = extension_of(str(self.upload.name))

    def save(self, commit: bool = True) -> SlideDeck:
        upload = self.upload if isinstance(self.upload, UploadedFile) else None
        return decks.put(self.instance, upload=upload)

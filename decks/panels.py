from typing import Any

from django.forms import FileInput
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel


class FilePanel(Panel):
    """What is known of the present file, and a link to read it; read only."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "decks/admin/file_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {
                "deck": self.instance,
                "previews": self.instance.previews.in_order(),
            }


# A file of the private storage has no address of its own: the panel below links to it.
ACCEPT = ".pptx,.odp,.pdf"
FILE_HELP = "PPTX, ODP ou PDF, 60 Mo au plus, sans macro. Il n’est lu que par les membres et l’équipe."
DECK_PANELS = [
    FieldPanel("title"),
    FieldPanel("topic"),
    FieldPanel("summary", help_text="Deux phrases : ce que l’on y apprend, et pour qui."),
    FieldRowPanel([FieldPanel("author"), FieldPanel("edition_on")]),
    MultiFieldPanel(
        [FieldPanel("file", help_text=FILE_HELP, widget=FileInput(attrs={"accept": ACCEPT})), FilePanel()], "Le fichier"
    ),
    FieldPanel("published_at"),
]

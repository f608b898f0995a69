from django.apps import AppConfig


class DecksConfig(AppConfig):
    name = "decks"
    verbose_name = "Diaporamas"

    def ready(self) -> None:
        from decks import files, tasks  # noqa: F401  # registers what it does
        from private_files import kinds

        kinds.register("diaporama", files.find_deck)
        kinds.register("apercu", files.find_preview)

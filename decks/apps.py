from django.apps import AppConfig


class DecksConfig(AppConfig):
    name = "decks"
    verbose_name = "Diaporamas"

    def ready(self) -> None:
        from decks import tasks  # noqa: F401  # registers what it does

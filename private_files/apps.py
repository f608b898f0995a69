from django.apps import AppConfig
from django.core.checks import register


class PrivateFilesConfig(AppConfig):
    name = "private_files"
    verbose_name = "Fichiers privés"

    def ready(self) -> None:
        from private_files.checks import scanner_is_set

        register(scanner_is_set)

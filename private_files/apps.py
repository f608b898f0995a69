from django.apps import AppConfig


class PrivateFilesConfig(AppConfig):
    name = "private_files"
    verbose_name = "Fichiers privés"

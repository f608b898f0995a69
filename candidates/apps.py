from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"
    verbose_name = "Pages de candidats"

    def ready(self) -> None:
        from candidates import portraits
        from private_files import kinds

        kinds.register(portraits.KIND, portraits.find)

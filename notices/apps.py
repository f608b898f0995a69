from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "Messages"

    def ready(self) -> None:
        import notices.tasks  # noqa: F401  # registers its errand

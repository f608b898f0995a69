from django.apps import AppConfig
from django.core.checks import register


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "Messages"

    def ready(self) -> None:
        import notices.tasks  # noqa: F401  # registers its errand
        from notices.checks import sender_is_there

        register(sender_is_there)

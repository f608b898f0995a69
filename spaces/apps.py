from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "spaces"
    verbose_name = "Espaces"

    def ready(self) -> None:
        import spaces.tasks  # noqa: F401  # registers its errand
        from errands.minutes import each_minute
        from private_files import kinds
        from spaces import exports, retention

        kinds.register(exports.KIND, exports.find)
        each_minute("kept too long", retention.apply)
        each_minute("exports expired", exports.delete_expired)

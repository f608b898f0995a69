from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from pages import freshness

        post_migrate.connect(freshness.install_after_last_app, dispatch_uid="pages.freshness")

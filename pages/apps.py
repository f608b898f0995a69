from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from pages import freshness, moved
        from pages.search import entries

        post_migrate.connect(freshness.install_after_last_app, dispatch_uid="pages.freshness")
        page_published.connect(entries.put_page, dispatch_uid="pages.search")
        page_unpublished.connect(entries.take_page, dispatch_uid="pages.search")
        page_slug_changed.connect(moved.record_slug_change, dispatch_uid="pages.moved.slug")
        post_page_move.connect(moved.record_move, dispatch_uid="pages.moved.move")

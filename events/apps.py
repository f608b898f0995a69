from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Réunions"

    def ready(self) -> None:
        from events.models import InfoSession
        from pages.models import SearchKind
        from pages.search import sources

        sources.register(SearchKind.SESSIONS, model=InfoSession, key="reference", view="info_session")

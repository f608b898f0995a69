from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Réunions"

    def ready(self) -> None:
        from accompaniment import agenda, path
        from association import guards
        from errands.minutes import each_minute
        from events import bookings, guard, hosted, informed, reminders
        from events.models import InfoSession
        from pages.models import SearchKind
        from pages.search import sources
        from passport import sheets

        sources.register(SearchKind.SESSIONS, model=InfoSession, key="reference", view="info_session")
        agenda.sources.append(hosted.hosted)
        path.informed_by(informed.informed_on)
        sheets.sent_by(informed.senders)
        each_minute("places offered", bookings.settle_due)
        each_minute("reminders sent", reminders.remind)
        each_minute("arrangements erased", bookings.erase_arrangements)
        guards.keep(guard.GUARD, app=self)

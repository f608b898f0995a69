from django.apps import AppConfig


class AccompanimentConfig(AppConfig):
    name = "accompaniment"
    verbose_name = "Accompagnement"

    def ready(self) -> None:
        from accompaniment import appointments, immutability, reminders
        from association import guards
        from errands.minutes import each_minute

        guards.keep(immutability.GUARD, app=self)
        each_minute("appointments of those who left", appointments.cancel_of_those_who_left)
        each_minute("appointments reminded", reminders.remind)

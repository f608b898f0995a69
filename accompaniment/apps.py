from django.apps import AppConfig


class AccompanimentConfig(AppConfig):
    name = "accompaniment"
    verbose_name = "Accompagnement"

    def ready(self) -> None:
        from accompaniment import appointments, immutability, paper_agreements, reminders
        from association import guards
        from errands.minutes import each_minute
        from private_files import kinds

        guards.keep(immutability.GUARD, app=self)
        kinds.register(paper_agreements.KIND, paper_agreements.find)
        each_minute("appointments of those who left", appointments.cancel_of_those_who_left)
        each_minute("appointments reminded", reminders.remind)

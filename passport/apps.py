from django.apps import AppConfig


class PassportConfig(AppConfig):
    name = "passport"
    verbose_name = "Passeports"

    def ready(self) -> None:
        from django.core.checks import register

        import passport.steps  # registers the last step of the path
        import passport.tasks  # noqa: F401  # registers its errand
        from accompaniment import agreements
        from accompaniment import appointments as planned
        from association import guards
        from errands.minutes import each_minute
        from passport import appointments, audits, checks, opening, paper, triggers, upkeep
        from private_files import kinds

        guards.keep(triggers.GUARD, app=self)
        agreements.when_signed(opening.when_signed)
        register(checks.key_is_there)
        for name, job in upkeep.JOBS.items():
            each_minute(name, job)
        kinds.register(audits.KIND, audits.find)
        kinds.register(paper.KIND, paper.find)
        planned.followed_by(appointments.changed)

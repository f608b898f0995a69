from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"
    verbose_name = "Pages de candidats"

    def ready(self) -> None:
        from candidates import film_uploads, films, portraits, tasks, watching  # noqa: F401  # registers what it does
        from private_files import kinds, uploads

        kinds.register(portraits.KIND, portraits.find)
        kinds.register("video", watching.find_film)
        kinds.register("affiche", watching.find_poster)
        kinds.register("sous-titres", watching.find_captions)
        uploads.accepts(
            film_uploads.PURPOSE, largest=films.LARGEST, may=film_uploads.may_send, finish=film_uploads.take
        )

"""What a film needs before its page is published."""

from django.utils.html import strip_tags

from pages.models import Film
from pages.templatetags.french import duration, sentence_list

LONGEST = 180


def objections(film: Film) -> list[str]:
    """What the film lacks, in words that follow « le film »; nothing when it can be published."""
    found = []
    if not film.duration:
        found.append("n’a pas de durée connue")
    elif film.duration > LONGEST:
        found.append(f"dure {duration(film.duration)}, plus de {duration(LONGEST)}")
    if not film.captions:
        found.append("n’a pas de sous-titres")
    if not strip_tags(film.transcript).strip():
        found.append("n’a pas de transcription")
    return found


def refusal(film: Film) -> str:
    """The sentence that an editor reads; empty when the film can be published."""
    if found := objections(film):
        return (
            f"Cette page ne peut pas être publiée : le film {sentence_list(found)}. "
            "Corrigez-le dans la bibliothèque des vidéos. En attendant, enregistrez la page comme brouillon."
        )
    return ""

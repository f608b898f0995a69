from django import template
from django.template.defaultfilters import linebreaks_filter

from candidates.languages import in_words

register = template.Library()


@register.filter
def spoken(language: dict[str, str]) -> str:
    """« wolof (courant) »."""
    return in_words(language)


@register.filter
def said(transcript: str) -> str:
    """What is said in a film, in paragraphs; nothing where nothing is written."""
    return linebreaks_filter(transcript) if transcript.strip() else ""

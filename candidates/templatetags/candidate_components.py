from django import template

from candidates.languages import in_words

register = template.Library()


@register.filter
def spoken(language: dict[str, str]) -> str:
    """« wolof (courant) »."""
    return in_words(language)

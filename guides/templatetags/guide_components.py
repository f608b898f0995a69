from typing import Any

from django import template

from guides.models import GuidePage

register = template.Library()


@register.inclusion_tag("components/guide_file_link.html")
def guide_file_link(guide: GuidePage) -> dict[str, Any]:
    """A guide in a short list, with its type, pages, weight and edition. The link leads to its page."""
    return {"guide": guide, "file": guide.document}


@register.inclusion_tag("components/guide_card.html")
def guide_card(guide: GuidePage, level: int = 3) -> dict[str, Any]:
    """A guide in a list, as a stamp with its cover."""
    return {"guide": guide, "level": level}

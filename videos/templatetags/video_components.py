from datetime import date
from typing import Any

from django import template

from videos.models import VideoPage

register = template.Library()


@register.inclusion_tag("components/featured_card.html")
def featured_card(
    video: VideoPage, month: date | None = None, *, featured: bool = False, level: int = 3
) -> dict[str, Any]:
    """A company's film in a list, with the month that was its own."""
    return {"video": video, "month": month, "featured": featured, "level": level}

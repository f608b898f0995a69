from typing import Any

from django import template

from news.models import NewsPage

register = template.Library()


@register.inclusion_tag("components/news_card.html")
def news_card(news: NewsPage, level: int = 3) -> dict[str, Any]:
    return {"news": news, "level": level}

"""A piece of news, as search engines read it."""

from typing import TYPE_CHECKING

from pages.addresses import absolute
from pages.structured_data import LONGEST_HEADLINE, Node, filled, the_association

if TYPE_CHECKING:
    from news.models import NewsPage


def article(news: "NewsPage") -> Node:
    """For a link to somebody else's article, ours is about theirs."""
    changed_at = news.last_published_at
    said = {
        "@type": "NewsArticle",
        "headline": news.title[:LONGEST_HEADLINE],
        "description": news.description,
        "url": absolute(news.address),
        "mainEntityOfPage": absolute(news.address),
        "datePublished": news.published_on.isoformat(),
        "dateModified": changed_at.isoformat() if changed_at else "",
        "image": [news.share_image] if news.share_image else [],
        "keywords": [tag.name for tag in news.tags.order_by("name")],
        "isBasedOn": news.source_url if news.is_link else "",
        "inLanguage": "fr",
        "author": the_association(),
        "publisher": the_association(),
    }
    return filled(said)

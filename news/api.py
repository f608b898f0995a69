"""What there is to read of the news, field by field."""

from news.models import NewsIndexPage, NewsPage
from pages.api.fields import Body, Choice, Departements, Field, Picture, RichText, Tags
from pages.api.tree import PageType

NEWS = PageType(
    NewsPage,
    {
        "kind": Choice("kind"),
        "published_on": Field("published_on"),
        "departements": Departements(),
        "tags": Tags(),
        "image": Picture("image"),
        "body": Body("body"),
        "comment": RichText("comment"),
        "source_name": Field("source_name"),
        "source_url": Field("source_url"),
        "source_date": Field("source_date"),
        "credit": Field("credit"),
        "link_works": Field("link_works"),
        "link_checked_on": Field("link_checked_on"),
    },
    date="published_on",
    departements="departements",
    tags="tagged_items__tag",
)
NEWS_INDEX = PageType(NewsIndexPage, {})

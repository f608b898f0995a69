from news.models.news import NewsPage, NewsQuerySet, NewsTag

from news.models.index import NewsIndexPage  # isort: skip  # its list asks for the news above

__all__ = ["NewsIndexPage", "NewsPage", "NewsQuerySet", "NewsTag"]

from django.core.paginator import Paginator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index


class HomePage(Page):
    """The twenty newest, as a first site has."""

    def get_context(self, request, *args, **kwargs):
        newest = NewsPage.objects.live().order_by("-date", "-pk").defer("body")[:20]
        return super().get_context(request, *args, **kwargs) | {"news": newest}


class NewsIndexPage(Page):
    """Twenty a page."""

    def get_context(self, request, *args, **kwargs):
        news = NewsPage.objects.child_of(self).live().order_by("-date", "-pk").defer("body")
        page = Paginator(news, 20).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"news": page}


class NewsPage(Page):
    date = models.DateField(db_index=True)
    intro = models.CharField(max_length=250)
    body = RichTextField()
    image = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    content_panels = [*Page.content_panels, *map(FieldPanel, ("date", "intro", "body", "image"))]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    api_fields = [APIField("date"), APIField("intro")]

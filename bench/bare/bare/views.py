from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from wagtail.models import Page


def search(request):
    query = request.GET.get("query")
    found = Page.objects.live().search(query) if query else Page.objects.none()
    page = Paginator(found, 10).get_page(request.GET.get("page", 1))
    return TemplateResponse(request, "bare/search.html", {"search_query": query, "search_results": page})

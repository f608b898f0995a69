from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from pages import slugs
from pages.viewsets import KeyFigureViewSet, TagViewSet

register_snippet(KeyFigureViewSet)
register_snippet(TagViewSet)


@hooks.register("before_move_page")
def refuse_a_reserved_address(request: HttpRequest, page: Page, destination: Page) -> HttpResponseRedirect | None:
    """A move may bring a page under the home page with a name that its form would refuse there."""
    if not slugs.is_reserved(page.slug, parent=destination):
        return None
    messages.error(request, slugs.refusal(page.slug))
    return redirect("wagtailadmin_explore", page.get_parent().pk)

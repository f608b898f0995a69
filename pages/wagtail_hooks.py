from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from pages import slugs
from pages.library.collections import NOT_HERE, hide_covers, is_restricted
from pages.models import File, Picture
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


@hooks.register("before_bulk_action")
def refuse_reserved_addresses(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: BulkAction
) -> HttpResponseRedirect | None:
    """So may a move of several pages at once, of which none is moved."""
    if action_type != "move" or not issubclass(action.model, Page):
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    pages = [page for page in objects if isinstance(page, Page)]
    refused = [page.slug for page in pages if slugs.is_reserved(page.slug, parent=destination)]
    for slug in refused:
        messages.error(request, slugs.refusal(slug))
    return redirect(action.next_url) if refused else None


@hooks.register("before_bulk_action")
def a_list_puts_no_picture_in_a_restricted_collection(
    request: HttpRequest, action_type: str, _objects: Iterable[object], action: BulkAction
) -> HttpResponseRedirect | None:
    """Moving from a list shows no form of the picture; it is refused with the sentence that the form would show."""
    if action_type != "add_to_collection" or not issubclass(action.model, Picture):
        return None
    if not is_restricted(action.cleaned_form.cleaned_data["collection"]):
        return None
    messages.error(request, NOT_HERE)
    return redirect(action.next_url)


@hooks.register("after_bulk_action")
def documents_moved_from_a_list_lose_their_covers_in_a_restricted_collection(
    _request: HttpRequest, action_type: str, _objects: Iterable[object], action: BulkAction
) -> None:
    if action_type == "add_to_collection" and issubclass(action.model, File):
        hide_covers(action.cleaned_form.cleaned_data["collection"])

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from decks import listing, permissions, visits
from decks.models import Preview, SlideDeck

View = Callable[..., HttpResponseBase]


def for_readers(view: View) -> View:
    """Who may read the decks. A member whose membership is over is told so, and whom to call."""

    @wraps(view)
    def guarded(request: RoleRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.can_read_decks(request.user, roles=request.roles):
            return render(request, "decks/closed.html", status=HTTPStatus.FORBIDDEN)
        return view(request, *args, **kwargs)

    return for_role(Role.MEMBER, Role.COUNSELLOR, Role.EDITOR, Role.ADMIN)(guarded)


@require_safe
@for_readers
def deck_list(request: RoleRequest) -> HttpResponse:
    now = timezone.now()
    found = listing.context(request.GET, now=now)
    found["since"] = visits.come(request.user, now=now)
    found["breadcrumbs"] = _breadcrumbs()
    return render(request, "decks/list.html", found)


@require_safe
@for_readers
def deck(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(SlideDeck.objects.published().without_texts(), reference=reference)
    previews = [preview for preview in found.previews.in_order() if preview.number != Preview.COVER]
    related = listing.with_covers(SlideDeck.objects.published().filter(topic=found.topic).exclude(pk=found.pk))
    return render(
        request,
        "decks/deck.html",
        {
            "deck": found,
            "previews": previews,
            "related": related.newest_first()[:3],
            "breadcrumbs": _breadcrumbs(found),
        },
    )


def _breadcrumbs(found: SlideDeck | None = None) -> list[dict[str, str]]:
    steps = [{"title": "Mon espace", "url": "/espace/"}, {"title": "Diaporamas", "url": "/espace/diaporamas/"}]
    return [*steps, {"title": found.title, "url": ""}] if found else steps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import RoleRequest, for_current_members
from decks import listing, visits
from decks.models import Preview, SlideDeck

for_readers = for_current_members(closed="decks/closed.html")


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

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from association.models import Departement
from home.context import site_sections
from home.front import about_departement
from pages import pictures
from pages.addresses import absolute


@login_not_required
@require_safe
def departement(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """News, sessions and guides of one département. A wrong name with a right code leads to the right address."""
    chosen = get_object_or_404(Departement.objects.select_related("image"), code=code)
    if slug != chosen.slug:
        return redirect(chosen, permanent=True)
    context = {
        "departement": chosen,
        "lists": SimpleLazyObject(lambda: about_departement(chosen, timezone.now())),
        "description": f"Emploi dans l’économie sociale et solidaire {chosen.locative} : actualités, réunions, guides.",
        "canonical_url": absolute(chosen.get_absolute_url()),
        "share_image": pictures.share_address(chosen.image),
        "share_size": pictures.SHARE_SIZE,
        "breadcrumbs": [{"title": "Accueil", "url": "/"}, {"title": chosen.name, "url": chosen.get_absolute_url()}],
    }
    return render(request, "home/departement.html", context)


@login_not_required
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every section and page of the association, for people."""
    context = {
        "sections": SimpleLazyObject(site_sections),
        "description": "Toutes les pages du site.",
        "canonical_url": absolute("/plan-du-site/"),
        "breadcrumbs": [{"title": "Accueil", "url": "/"}, {"title": "Plan du site", "url": "/plan-du-site/"}],
    }
    return render(request, "home/site_map.html", context)

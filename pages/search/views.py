"""The page of the search."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from association.models import Departement
from pages import freshness
from pages.filters import choice, read_choice, read_page
from pages.models import SearchKind
from pages.search.answers import answers
from pages.search.finding import Results, results

LONGEST_QUESTION = 200
ON_A_PAGE = 10


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()
    question = asked[:LONGEST_QUESTION]
    places = freshness.keep(request, "search:places", lambda: (known_departements(), None))
    kind = read_choice(request.GET, "type", SearchKind.values)
    departement = read_choice(request.GET, "departement", places)
    found = results(request, question, kind=kind, departement=departement)
    page = part(found, read_page(request.GET))
    context = {
        "question": question,
        "was_cut": len(asked) > LONGEST_QUESTION,
        "found": found,
        "page_of_answers": page,
        "answers": answers(request, question, found, list(page.object_list)),
        "filters": [kind_filter(found), departement_filter(found, places)],
        "query": {"q": question} | {k: v for k, v in (("type", kind), ("departement", departement)) if v},
        "is_filtered": bool(kind or departement),
        "without_filters": {"q": question},
        "breadcrumbs": [{"title": "Accueil", "url": "/"}, {"title": "Recherche", "url": reverse("search")}],
    }
    return render(request, "search/search.html", context)


def known_departements() -> dict[str, str]:
    return dict(Departement.objects.by_code().values_list("code", "name"))


def part(found: Results, number: int) -> Page[Any]:
    try:
        return Paginator(found.order, ON_A_PAGE).page(number)
    except EmptyPage as error:
        raise Http404 from error


def kind_filter(found: Results) -> dict[str, Any]:
    options = [(kind.value, kind.label.capitalize(), found.kinds[kind]) for kind in SearchKind]
    return choice("type", "Type de contenu", "Tous les contenus", useful(options, found.kind), found.kind)


def departement_filter(found: Results, places: dict[str, str]) -> dict[str, Any]:
    options = [(code, name, found.departements[code]) for code, name in places.items()]
    kept = useful(options, found.departement)
    return choice("departement", "Département", "Tous les départements", kept, found.departement)


def useful(options: list[tuple[str, str, int]], chosen: str) -> list[tuple[str, str, int]]:
    """Those that would find something, and the one in force."""
    return [option for option in options if option[2] or option[0] == chosen]

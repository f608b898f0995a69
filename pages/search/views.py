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
    kind, departement = request.GET.get("type", ""), request.GET.get("departement", "")
    if kind not in ("", *SearchKind.values) or departement not in ("", *places):
        raise Http404
    found = results(request, question, kind=kind, departement=departement)
    page = asked_page(found, request.GET.get("page", "1"))
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


def asked_page(found: Results, number: str) -> Page[Any]:
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise Http404
    try:
        return Paginator(found.order, ON_A_PAGE).page(int(number))
    except EmptyPage as error:
        raise Http404 from error


def kind_filter(found: Results) -> dict[str, Any]:
    options = [
        {"value": kind.value, "label": kind.label.capitalize(), "count": found.kinds[kind]} for kind in SearchKind
    ]
    return chosen("type", "Type de contenu", found.kind, "Tous les contenus", found.kinds.total(), options)


def departement_filter(found: Results, places: dict[str, str]) -> dict[str, Any]:
    options = [{"value": code, "label": name, "count": found.departements[code]} for code, name in places.items()]
    return chosen("departement", "Département", found.departement, "Tous les départements", None, options)


def chosen(
    name: str, label: str, value: str, every: str, total: int | None, options: list[dict[str, Any]]
) -> dict[str, Any]:
    """A filter as the component draws it: only what would find something, and what is in force."""
    first = {"value": "", "label": every, "count": total}
    useful = [option for option in options if option["count"] or option["value"] == value]
    all_options = [option | {"selected": option["value"] == value} for option in [first, *useful]]
    return {"name": name, "label": label, "options": all_options}

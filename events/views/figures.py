"""How many: for those who run the association, and for each prescriber of its own."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import for_role
from accounts.roles import Role
from events import figures_sheets, opinions, prescriber_figures, prescribing
from events.figures import Asked, sessions_held
from events.forms.figures import FiguresForm
from events.prescriber_lists import body_choice, chosen_body
from pages.filters import choice, read_choice
from pages.tables import FORMATS, Sheet, download

# What is read on a page; the file holds them all.
MOST_SESSIONS = 12


@for_role(Role.COUNSELLOR, Role.ADMIN)
@require_safe
def figures(request: Any) -> HttpResponse:
    """By period, département, public and prescriber; what people thought; each table as a file."""
    now = timezone.now()
    form = FiguresForm(request.GET, today=timezone.localdate(now))
    asked = Asked.by(form)
    sheets = figures_sheets.sheets(asked, now)
    thought = opinions.by_session(sessions_held(asked, now))
    if request.GET.get("export"):
        if not form.is_valid():
            raise Http404
        return _file(request, [*(sheet for sheet, _ in sheets), figures_sheets.thought(thought)])
    context = {
        "form": form,
        "period": asked.period,
        "summary": sheets[0][0],
        "sheets": sheets[1:],
        "thought": thought[:MOST_SESSIONS],
        "thought_more": len(thought) > MOST_SESSIONS,
        "fewest": opinions.FEWEST,
        "query": form.query,
    }
    return render(request, "events/figures/figures.html", context)


@for_role(Role.PRESCRIBER)
@require_safe
def prescriber(request: Any) -> HttpResponse:
    """Of one body and one year, without small groups."""
    bodies = list(prescribing.bodies(request.user).by_name())
    body = chosen_body(request.GET, bodies)
    shown = prescriber_figures.figures(request.GET, body, timezone.now())
    if request.GET.get("export"):
        return _file(request, [sheet for sheet, _ in shown.sheets])
    years: list[Any] = [(str(year), str(year), None) for year in shown.years]
    drawn = choice("annee", "Année", "", years, str(shown.year))
    drawn["options"] = drawn["options"][1:]
    context = {
        "figures": shown,
        "choices": [*body_choice(bodies, body), drawn],
        "query": {"organisme": body.reference, "annee": shown.year},
        "meaning": prescriber_figures.MEANING,
    }
    return render(request, "events/figures/prescriber.html", context)


def _file(request: Any, sheets: list[Sheet]) -> HttpResponse:
    by_code = {sheet.code: sheet for sheet in sheets}
    code = read_choice(request.GET, "tableau", by_code)
    file_format = read_choice(request.GET, "export", FORMATS)
    if not code:
        raise Http404
    return download(by_code[code], file_format)

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.styleguide import samples

EDITS = "wagtailadmin.access_admin"


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component of the site on one page, for whoever works on the templates and for the editors."""
    if not (settings.SHOW_STYLEGUIDE or request.user.has_perm(EDITS)):
        raise Http404
    return render(request, "pages/styleguide.html", samples())

"""A site whose only page fails."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path


@login_not_required
def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("A page that fails.")


urlpatterns = [path("", broken)]

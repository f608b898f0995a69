"""What the header and the footer of every page show."""

from typing import Any

from django.http import HttpRequest

from association.models import Departement, Identity
from pages import freshness


def site(request: HttpRequest) -> dict[str, Any]:
    if request.path_info.startswith("/gestion/"):
        return {}
    return {}

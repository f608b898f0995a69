"""Who may read a file that editors keep in a restricted collection."""

from django.http import HttpRequest
from wagtail.models import Collection


def may_read(request: HttpRequest, collection: Collection) -> bool:
    return all(restriction.accept_request(request) for restriction in collection.get_view_restrictions())

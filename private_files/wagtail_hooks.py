from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.documents.models import AbstractDocument

from private_files.permissions import may_read


# Before Wagtail's own check, which sends a stranger to the login and so tells right names from wrong ones.
@hooks.register("before_serve_document", order=-10)
def a_restricted_document_does_not_exist(document: AbstractDocument, request: HttpRequest) -> None:
    """Who may not read a document is told what a wrong address is told."""
    if not may_read(request, document.collection):
        raise Http404

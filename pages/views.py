from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.collection_privacy import set_privacy
from wagtail.admin.views.collections import Edit
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.permissions import policy_registry

from pages.library.collections import NOT_RESTRICTED, hide_covers, holds_public_files, is_restricted
from pages.library.forms import MovedCollectionForm
from pages.styleguide import samples

EDITS = "wagtailadmin.access_admin"


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component of the site on one page, for whoever works on the templates and for the editors."""
    if not (settings.SHOW_STYLEGUIDE or request.user.has_perm(EDITS)):
        raise Http404
    return render(request, "pages/styleguide.html", samples())


@never_cache
@require_admin_access
def collection_privacy(request: HttpRequest, collection_id: int) -> HttpResponse:
    """Wagtail's own, which would also restrict a collection whose files anyone can read.

    A restriction that stands on one can only be lifted.
    """
    collection = get_object_or_404(Collection, pk=collection_id)
    wanted = request.POST.get("restriction_type", CollectionViewRestriction.NONE)
    lifts = wanted == CollectionViewRestriction.NONE and is_restricted(collection)
    if lifts or not holds_public_files(collection):
        with transaction.atomic():
            response = set_privacy(request, collection_id)
            hide_covers(collection)
        return response
    if not policy_registry.get_by_type(Collection).user_has_permission_for_instance(request.user, "change", collection):
        raise PermissionDenied
    return render_modal_workflow(request, "pages/admin/collection_stays_public.html", None, {"reason": NOT_RESTRICTED})


class EditCollectionView(Edit):
    form_class = MovedCollectionForm

    @transaction.atomic
    def save_instance(self) -> Collection:
        collection = super().save_instance()
        hide_covers(Collection.objects.get(pk=collection.pk))  # where it is now
        return collection


edit_collection = never_cache(require_admin_access(EditCollectionView.as_view()))

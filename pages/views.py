from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.collections import CollectionViewRestrictionForm
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.collection_privacy import set_privacy
from wagtail.admin.views.collections import Edit
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.permissions import policy_registry

from pages.library.collections import NOT_RESTRICTED, holds_public_files
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
    """Wagtail's own, which would also restrict a collection whose files anyone can read."""
    collection = get_object_or_404(Collection, pk=collection_id)
    wanted = request.POST.get("restriction_type", CollectionViewRestriction.NONE)
    if wanted == CollectionViewRestriction.NONE or not holds_public_files(collection):
        return set_privacy(request, collection_id)
    if not policy_registry.get_by_type(Collection).user_has_permission_for_instance(request.user, "change", collection):
        raise PermissionDenied
    form = CollectionViewRestrictionForm(request.POST)
    form.add_error("restriction_type", NOT_RESTRICTED)
    address = reverse("wagtailadmin_collections:set_privacy", args=[collection_id])
    context = {"action_url": address, "object": collection, "form": form}
    return render_modal_workflow(
        request, "wagtailadmin/shared/set_privacy.html", None, context, json_data={"step": "set_privacy"}
    )


class EditCollectionView(Edit):
    form_class = MovedCollectionForm


edit_collection = never_cache(require_admin_access(EditCollectionView.as_view()))

"""Who accompanies a member has them sign: the QR code for their telephone, or the page of their code on this one."""

from typing import Any

import qrcode  # type: ignore[import-untyped]  # it has no types
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]  # it has no types

from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from pages.addresses import absolute
from passport import reading, signing
from passport.models import Cheque, SigningLink
from passport.views.signed_things import facts_of
from passport.views.signing import CHEQUE, FORMS

Way = SigningLink.Means


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def cheque_to_sign(request: RoleRequest, reference: str) -> HttpResponse:
    theirs = Cheque.objects.filter(passport__in=reading.accompanied(request.user))
    cheque = get_object_or_404(theirs.select_related(*CHEQUE), reference=reference)
    return to_sign(request, cheque)


def to_sign(request: RoleRequest, thing: signing.Thing) -> HttpResponse:
    """By GET, where the signature stands; each press makes a new link, shown once."""
    drawing: SafeString | str = ""
    way = request.POST.get("way", "")
    if request.method == "POST":
        if way not in Way.values:
            return redirect(request.path)
        try:
            token = signing.make_link(thing, way=Way(way), by=request.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(request.path)
        address = reverse("sign_by_link", args=[token])
        if way == Way.PIN:
            return redirect(address)
        drawing = drawn(absolute(address))
    context: dict[str, Any] = facts_of(thing, timezone.now()) | {"drawing": drawing}
    return render(request, "passport/signing/to_sign.html", context)


def drawn(address: str) -> SafeString:
    """An SVG that a telephone reads; the address itself is written nowhere."""
    svg = qrcode.make(address, image_factory=SvgPathFillImage, border=2).to_string(encoding="unicode")
    told = 'class="qr" role="img" aria-label="QR code à lire avec le téléphone de la personne"'
    return mark_safe(svg.replace("<svg ", f"<svg {told} ", 1))  # noqa: S308  # squares and our own words

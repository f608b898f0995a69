"""Both signatures of a learning agreement, after the time to reflect."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accompaniment import agreements, reading
from accompaniment.models import LearningAgreement
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import means, opening
from passport.models import Passport
from passport.reading import counsellor_of
from passport.views.signed_things import facts_of
from passport.views.signing import FORMS, asks_again, shown, sign_in_session
from passport.views.to_sign import to_sign

State = LearningAgreement.State


@for_role(Role.MEMBER)
@require_http_methods(FORMS)
def sign_agreement(request: RoleRequest, reference: str) -> HttpResponse:
    mine = reading.agreements_read_by(request.user).filter(member__user=request.user)
    found = get_object_or_404(mine, reference=reference)
    return sign_in_session(request, found, found.member)


def theirs(request: RoleRequest, reference: str) -> LearningAgreement:
    """Once proposed, of those whom this counsellor accompanies now."""
    proposed = reading.agreements_written_by(request.user).exclude(state=State.DRAFT)
    return get_object_or_404(proposed, reference=reference)


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def sign_agreement_staff(request: RoleRequest, reference: str) -> HttpResponse:
    """The counsellor’s own signature, in their own session."""
    found, now = theirs(request, reference), timezone.now()
    refusal: list[str] = []
    if request.method == "POST":
        how, counsellor = means.session(shown(request)), counsellor_of(request.user)
        try:
            agreements.sign_as_counsellor(found, counsellor=counsellor, means=how)
        except ValidationError as refused:
            refusal = refused.messages
        else:
            return redirect(request.path)
    context = (
        facts_of(found, now)
        | asks_again(request)
        | {
            "refusal": refusal,
            "can_sign": found.can_be_signed(now) and not found.counsellor_signed_at,
            "is_open": Passport.objects.filter(agreement=found).exists(),
            "waits_for": opening.waits_for(found.member) if found.state == State.SIGNED else "",
        }
    )
    return render(request, "passport/signing/agreement_staff.html", context, status=409 if refusal else 200)


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def agreement_to_sign(request: RoleRequest, reference: str) -> HttpResponse:
    return to_sign(request, theirs(request, reference))

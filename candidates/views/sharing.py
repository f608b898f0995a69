"""Who may see one's page, and who did."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import members
from accounts.access import for_role
from accounts.models import Member, User
from accounts.roles import Role
from candidates import consents, looks
from candidates.models import Consent, Look
from candidates.permissions import can_write_page
from candidates.sharing_forms import ConsentForm, ObjectionForm
from candidates.views.member import my_member
from pages.filters import read_page

LOOKS_PER_PAGE = 30
# Where the form says what a rule says of the consent.
SHOWN_UNDER = {"organisation": "whom"}


@for_role(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def my_consents(request: Any) -> HttpResponse:
    """Those that run, those that ended, and a form for one more."""
    member, today = my_member(request.user), timezone.localdate()
    form = ConsentForm(request.POST if request.method == "POST" else None, member=member, today=today)
    if request.method == "POST" and form.is_valid() and _gives(form, member, request.user):
        messages.success(request, "C’est noté. Vous pouvez retirer cet accord à tout moment, en un clic.")
        return redirect("my_page_consents")
    given = Consent.objects.filter(member=member).select_related("organisation").newest_first()
    running = set(Consent.objects.live().filter(member=member).values_list("pk", flat=True))
    context = {
        "form": form,
        "member": member,
        "may_write": can_write_page(request.user, member=member),
        "running": [consent for consent in given if consent.pk in running],
        "ended": [consent for consent in given if consent.pk not in running],
    }
    return render(request, "candidates/my_consents.html", context)


def _gives(form: ConsentForm, member: Member, by: User) -> bool:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            if born_on := data.get("born_on"):
                member.born_on = members.correct(member, born_on=born_on, by=by).born_on
            consents.give(
                member,
                organisation=form.organisation,
                until=data["until"],
                with_video=data["with_video"],
                by=by,
            )
    except ValidationError as error:
        for name, told in error.message_dict.items():
            field = SHOWN_UNDER.get(name, name)
            form.add_error(field if field in form.fields else None, told)
        return False
    return True


@for_role(Role.MEMBER)
@require_POST
def withdraw(request: Any, reference: str) -> HttpResponse:
    mine = Consent.objects.filter(member__user=request.user).select_related("member")
    consents.withdraw(get_object_or_404(mine, reference=reference), by=request.user)
    messages.success(request, "Accord retiré : votre page ne se voit plus par lui, dès maintenant.")
    return redirect("my_page_consents")


@for_role(Role.MEMBER)
@require_POST
def withdraw_all(request: Any) -> HttpResponse:
    consents.withdraw_all(my_member(request.user), by=request.user)
    messages.success(request, "Tous vos accords sont retirés : plus aucune entreprise ne voit votre page.")
    return redirect("my_page_consents")


@for_role(Role.MEMBER)
@require_safe
def my_looks(request: Any) -> HttpResponse:
    found = Look.objects.filter(member__user=request.user).select_related("user", "organisation").newest_first()
    page = Paginator(found, LOOKS_PER_PAGE).get_page(read_page(request.GET))
    return render(request, "candidates/my_looks.html", {"page": page})


@for_role(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: Any, reference: str) -> HttpResponse:
    """The member says that a look should not have been."""
    mine = Look.objects.filter(member__user=request.user).select_related("member", "user", "organisation")
    look = get_object_or_404(mine, reference=reference)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        looks.object_to(look, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, "Votre conseiller et l’association sont prévenus. Ils vous répondent.")
        return redirect("my_page_looks")
    return render(request, "candidates/objection.html", {"look": look, "form": form})

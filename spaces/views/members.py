"""A counsellor's members: the list, a record, and what is done with it. Somebody else's member does not exist here."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import invitations, members, memberships, permissions, referents, relays
from accounts.access import RoleRequest, for_role
from accounts.doubts import doubt_of
from accounts.models import InvitedAs, Member
from accounts.roles import Role
from spaces import member_record, members_list
from spaces.forms import HandOverForm, InviteForm, MemberForm, MembershipForm, NewMemberForm, StandInForm


def mine(request: RoleRequest, reference: str) -> Member:
    followed = Member.objects.followed_by(request.user).not_erased()
    return get_object_or_404(followed.select_related("departement", "user", "profile"), reference=reference)


@for_role(Role.COUNSELLOR)
@require_safe
def member_list(request: RoleRequest) -> HttpResponse:
    context = members_list.context(request.user, request.GET, on=timezone.localdate())
    return render(request, "spaces/members.html", context)


@for_role(Role.COUNSELLOR)
@require_safe
def record(request: RoleRequest, reference: str) -> HttpResponse:
    member = mine(request, reference)
    context = member_record.context(member, by=request.user, now=timezone.now())
    return render(request, "spaces/member_record.html", context)


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def add_member(request: RoleRequest) -> HttpResponse:
    form = NewMemberForm(_sent(request))
    if form.is_valid() and (member := _done(form, lambda: _add(form, request))):
        messages.success(request, f"{member} est dans vos membres.")
        return redirect("member_record", reference=member.reference)
    return render(request, "spaces/add_member.html", {"form": form})


def _add(form: NewMemberForm, request: RoleRequest) -> Member:
    """The record, the membership and the invitation, in one go or not at all."""
    with transaction.atomic():
        member = members.record(by=request.user, **form.facts())
        if form.cleaned_data["belongs"]:
            memberships.start(member, by=request.user)
        if form.cleaned_data["invites"]:
            invitations.invite(member.email, invited_as=InvitedAs.MEMBER, by=request.user, member=member)
    return member


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_member(request: RoleRequest, reference: str) -> HttpResponse:
    member = mine(request, reference)
    facts = {name: getattr(member, name) for name in MemberForm.base_fields}
    form = MemberForm(_sent(request), initial=facts)
    if form.is_valid() and _done(form, lambda: members.correct(member, by=request.user, **form.cleaned_data)):
        return _back(request, member, "La fiche est corrigée.")
    return _form(request, member, form, "Corriger la fiche", "Enregistrer")


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: RoleRequest, reference: str) -> HttpResponse:
    """Once the other counsellor accepts, the one who hands over reads nothing more of the member."""
    member = mine(request, reference)
    if not permissions.can_hand_over(request.user, member=member):
        return _refuse(request, member, "Seul le conseiller référent confie un membre à quelqu’un d’autre.")
    form = HandOverForm(_sent(request), member=member, not_counsellors=_referents(member))
    if form.is_valid() and (relay := _done(form, lambda: _hand_over(form, member, request))):
        return _back(request, member, f"La demande part à {relay.to}. Vous restez référent jusqu’à sa réponse.")
    return _form(request, member, form, "Confier à un autre conseiller", "Demander ce relais", warning=HAND_OVER)


HAND_OVER = "Dès que ce conseiller aura accepté, vous ne pourrez plus lire ni modifier le dossier."
STAND_IN = "Ce conseiller pourra tout ce que vous pouvez dans ce dossier, jusqu’au jour choisi."


def _hand_over(form: HandOverForm, member: Member, request: RoleRequest) -> Any:
    data = form.cleaned_data
    return relays.ask(member, to=data["counsellor"], reason=data["reason"], by=request.user)


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def stand_in(request: RoleRequest, reference: str) -> HttpResponse:
    member = mine(request, reference)
    if not permissions.can_hand_over(request.user, member=member):
        return _refuse(request, member, "Seul le conseiller référent choisit qui le remplace.")
    form = StandInForm(_sent(request), member=member, not_counsellors=_followers(member))
    if form.is_valid() and (row := _done(form, lambda: _stand_in(form, member, request))):
        return _back(request, member, f"{row.counsellor} vous remplace.")
    return _form(request, member, form, "Choisir un remplaçant", "Enregistrer", warning=STAND_IN)


def _stand_in(form: StandInForm, member: Member, request: RoleRequest) -> Any:
    data = form.cleaned_data
    return referents.stand_in(
        member, counsellor=data["counsellor"], until=form.until_moment(), reason=data["reason"], by=request.user
    )


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_member(request: RoleRequest, reference: str) -> HttpResponse:
    member = mine(request, reference)
    form = InviteForm(_sent(request), initial={"email": member.email})
    if form.is_valid() and _done(form, lambda: _invite(form, member, request)):
        if doubt := doubt_of(form.cleaned_data["email"]):
            messages.warning(request, doubt)
        return _back(request, member, f"L’invitation part à {form.cleaned_data['email']}. Elle est valable 7 jours.")
    return _form(request, member, form, "Inviter à ouvrir un compte", "Envoyer l’invitation")


def _invite(form: InviteForm, member: Member, request: RoleRequest) -> Any:
    email = form.cleaned_data["email"]
    return invitations.invite(email, invited_as=InvitedAs.MEMBER, by=request.user, member=member)


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def renew_membership(request: RoleRequest, reference: str) -> HttpResponse:
    """The first membership, or one more."""
    member = mine(request, reference)
    verb = memberships.renew if memberships.last_membership(member) else memberships.start
    form = MembershipForm(_sent(request))
    if form.is_valid() and (row := _done(form, lambda: verb(member, by=request.user, **form.cleaned_data))):
        return _back(request, member, f"Adhésion notée jusqu’au {row.ends_on:%d/%m/%Y}.")
    return _form(request, member, form, "Noter l’adhésion", "Noter l’adhésion")


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request: RoleRequest, reference: str) -> HttpResponse:
    member = mine(request, reference)
    form = forms.Form(_sent(request))
    if form.is_valid() and _done(form, lambda: (memberships.end(member, by=request.user), True)):
        return _back(request, member, "L’adhésion est terminée.")
    return _form(request, member, form, "Mettre fin à l’adhésion", "Mettre fin aujourd’hui", warning=END)


END = "Les diaporamas et la page de candidat se ferment aussitôt. La personne garde ses données et leur export."


@for_role(Role.COUNSELLOR)
@require_POST
def note_contact(request: RoleRequest, reference: str) -> HttpResponse:
    member = mine(request, reference)
    members.touch_contact(member)
    return _back(request, member, "Contact noté aujourd’hui.")


def _sent(request: RoleRequest) -> QueryDict | None:
    """What was typed; a form may be sent with nothing in it."""
    return request.POST if request.method == "POST" else None


def _done(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the rule gives, or None once its refusal is beside the field that it is about."""
    try:
        return act()
    except ValidationError as error:
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, refused in by_field.items():
            form.add_error(name if name in form.fields else None, refused)
        return None


def _referents(member: Member) -> list[int]:
    return [row.counsellor_id for row in referents.who_follows(member) if row.role == "referent"]


def _followers(member: Member) -> list[int]:
    return [row.counsellor_id for row in referents.who_follows(member)]


def _form(
    request: RoleRequest, member: Member, form: forms.Form, title: str, action: str, *, warning: str = ""
) -> HttpResponse:
    context = {"member": member, "form": form, "title": title, "action": action, "warning": warning}
    return render(request, "spaces/member_form.html", context)


def _back(request: RoleRequest, member: Member, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("member_record", reference=member.reference)


def _refuse(request: RoleRequest, member: Member, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("member_record", reference=member.reference)

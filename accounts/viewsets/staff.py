"""Counsellors, and the invitations by which everybody comes."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # it has no types
from django import forms
from django.db.models import Count, Q, QuerySet
from django.forms import BaseForm
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button

from accounts import actions, counsellors, invitations, staff_forms
from accounts.models import Counsellor, Invitation, Referent
from accounts.viewsets.listing import PeopleIndexView, PeopleInspectView, PeopleViewSet, RuleCreateView, button

VIEWSET = "people_counsellors"
INVITATIONS = "people_invitations"


def counsellor_actions(counsellor: Counsellor) -> list[Button]:
    if counsellor.ends_on and counsellor.ends_on < timezone.localdate():
        return []
    return [button(VIEWSET, "retire", "Mettre fin aux fonctions", "circle-xmark", counsellor.number)]


class CounsellorIndexView(PeopleIndexView):
    add_item_label = "Nommer un conseiller"
    list_export = ["number", "user.last_name", "user.first_name", "user.email", "starts_on", "ends_on", "followed"]
    export_headings = {
        "user.last_name": "Nom",
        "user.first_name": "Prénom",
        "user.email": "Adresse e-mail",
        "followed": "Membres suivis",
    }

    def get_base_queryset(self) -> QuerySet[Counsellor]:
        followed = Q(referents__role=Referent.Role.REFERENT, referents__ends_at=None, referents__member__erased_at=None)
        return Counsellor.objects.select_related("user").annotate(followed=Count("referents", filter=followed))

    def actions_on(self, instance: Counsellor) -> list[Button]:
        return counsellor_actions(instance)


class CounsellorCreateView(RuleCreateView):
    page_title = "Nommer un conseiller"
    success_message = "%(object)s fait désormais partie des conseillers."
    error_message = "Personne n’est nommé : corrigez ce qui est signalé."
    submit_button_label = "Nommer"

    def get_form(self, form_class: Any = None) -> BaseForm:
        return staff_forms.AppointForm(self.request.POST or None)

    def save_instance(self) -> Counsellor:
        return counsellors.appoint(self.form.user, by=self.request.user)


class CounsellorInspectView(PeopleInspectView):
    page_title = "Fiche"

    def get_queryset(self) -> QuerySet[Counsellor]:
        return Counsellor.objects.select_related("user")

    def actions_on(self, instance: Counsellor) -> list[Button]:
        return counsellor_actions(instance)


class CounsellorViewSet(PeopleViewSet):
    """A new one comes by an invitation or, who has an account already, by being appointed: both give the number."""

    model = Counsellor
    name = VIEWSET
    url_prefix = "personnes/conseillers"
    icon = "user"
    menu_label = "Conseillers"
    menu_name = "conseillers"
    index_view_class = CounsellorIndexView
    add_view_class = CounsellorCreateView
    inspect_view_class = CounsellorInspectView
    search_fields = ["user__last_name", "user__first_name", "user__email"]
    ordering = ["user__last_name", "user__first_name", "pk"]
    export_filename = "conseillers"
    actions_allowed = ("add", "view")
    form_fields = ["user"]
    inspect_view_fields = ["user", "number", "starts_on", "ends_on"]
    list_display = [
        "__str__",
        Column("number", label="Numéro", sort_key="number"),
        Column("followed", label="Membres suivis", sort_key="followed"),
        DateColumn("starts_on", label="Depuis le", sort_key="starts_on"),
        DateColumn("ends_on", label="Jusqu’au", sort_key="ends_on"),
    ]
    own_actions = (("fin", "retire", actions.RetireCounsellor),)


def state_of(invitation: Invitation) -> str:
    if invitation.accepted_at:
        return "acceptée"
    if invitation.revoked_at:
        return "retirée"
    return "expirée" if invitation.expires_at <= timezone.now() else "en attente"


def invitation_actions(invitation: Invitation) -> list[Button]:
    if invitation.accepted_at or invitation.revoked_at:
        return []
    return [
        button(INVITATIONS, "resend", "Renvoyer", "mail", invitation.reference, 40),
        button(INVITATIONS, "revoke", "Retirer", "cross", invitation.reference, 41),
    ]


class InvitationFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label="État",
        method="by_state",
        choices=[("attend", "En attente"), ("acceptee", "Acceptées"), ("morte", "Expirées ou retirées")],
        empty_label="Toutes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Invitation
        fields = ["state", "invited_as"]

    def by_state(self, found: Any, _name: str, value: str) -> Any:
        if value == "attend":
            return found.open()
        accepted = Q(accepted_at__isnull=False)
        if value == "acceptee":
            return found.filter(accepted)
        return found.exclude(accepted).exclude(revoked_at=None, expires_at__gt=timezone.now())


class InvitationIndexView(PeopleIndexView):
    add_item_label = "Inviter quelqu’un"
    list_export = ["email", "get_invited_as_display", "organisation", "invited_by", "sent_at", "expires_at", "state"]
    export_headings = {"get_invited_as_display": "Comme", "state": "État"}

    def get_base_queryset(self) -> QuerySet[Invitation]:
        return Invitation.objects.select_related("organisation", "invited_by")

    def to_row_dict(self, item: Invitation) -> dict[str, Any]:
        return super().to_row_dict(item) | {"state": state_of(item)}

    def actions_on(self, instance: Invitation) -> list[Button]:
        return invitation_actions(instance)


class InvitationCreateView(RuleCreateView):
    page_title = "Inviter"
    success_message = "L’invitation est envoyée."
    error_message = "L’invitation n’est pas envoyée : corrigez ce qui est signalé."
    submit_button_label = "Envoyer l’invitation"

    def get_form(self, form_class: Any = None) -> BaseForm:
        return staff_forms.InviteAloneForm(self.request.POST or None)

    def save_instance(self) -> Invitation:
        return invitations.invite(by=self.request.user, **self.form.cleaned_data)


class InvitationInspectView(PeopleInspectView):
    page_title = "Invitation"

    def actions_on(self, instance: Invitation) -> list[Button]:
        return invitation_actions(instance)


class InvitationViewSet(PeopleViewSet):
    model = Invitation
    name = INVITATIONS
    url_prefix = "personnes/invitations"
    icon = "mail"
    menu_label = "Invitations"
    menu_name = "invitations"
    index_view_class = InvitationIndexView
    add_view_class = InvitationCreateView
    inspect_view_class = InvitationInspectView
    filterset_class = InvitationFilters
    search_fields = ["email", "organisation__name", "member__last_name"]
    ordering = ["-created_at", "-pk"]
    export_filename = "invitations"
    actions_allowed = ("add", "view")
    form_fields = ["email", "invited_as"]
    inspect_view_fields = [
        *("email", "invited_as", "member", "organisation", "invited_by", "sent_at", "expires_at"),
        *("accepted_at", "accepted_by", "revoked_at"),
    ]
    list_display = [
        "__str__",
        Column("organisation", label="Organisme", sort_key="organisation__name"),
        Column("invited_by", label="Invité par", sort_key="invited_by__last_name"),
        DateColumn("sent_at", label="Envoyée le", sort_key="sent_at"),
        Column("state", label="État", accessor=state_of),
    ]
    own_actions = (("renvoyer", "resend", actions.ResendInvitation), ("retirer", "revoke", actions.RevokeInvitation))

"""Prescribers and companies, and the demands of companies for an account."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # it has no types
from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.widgets.button import Button

from accounts import actions
from accounts.models import AccountRequest, Affiliation, Organisation
from accounts.viewsets.listing import (
    PeopleIndexView,
    PeopleInspectView,
    PeopleViewSet,
    RuleCreateView,
    RuleEditView,
    button,
)
from association.models import Departement

VIEWSET = "people_organisations"
REQUESTS = "people_requests"


def organisation_actions(organisation: Organisation) -> list[Button]:
    if organisation.closed_on:
        return []
    return [
        button(VIEWSET, "invite", "Inviter une personne", "mail", organisation.reference, 40),
        button(VIEWSET, "detach", "Détacher une personne", "user", organisation.reference, 41),
        button(VIEWSET, "close", "Fermer l’organisme", "circle-xmark", organisation.reference, 42),
    ]


class OrganisationFilters(WagtailFilterSet):
    open = django_filters.ChoiceFilter(
        label="État",
        method="by_state",
        choices=[("ouverts", "Ouverts"), ("fermes", "Fermés")],
        empty_label="Tous",
        widget=forms.RadioSelect,
    )
    departement = django_filters.ModelChoiceFilter(
        label="Département", queryset=Departement.objects.by_code(), widget=forms.RadioSelect, empty_label="Tous"
    )

    class Meta:
        model = Organisation
        fields = ["open", "is_prescriber", "is_company", "departement"]

    def by_state(self, found: Any, _name: str, value: str) -> Any:
        return found.filter(closed_on__isnull=value == "ouverts")


class OrganisationIndexView(PeopleIndexView):
    add_item_label = "Ajouter un organisme"
    list_export = [
        *("reference", "name", "is_prescriber", "is_company", "siret", "departement.name", "address", "email"),
        *("telephone", "website", "people", "closed_on"),
    ]
    export_headings = {"departement.name": "Département", "people": "Personnes"}

    def get_base_queryset(self) -> QuerySet[Organisation]:
        today = timezone.localdate()
        running = Q(affiliations__starts_on__lte=today) & (
            Q(affiliations__ends_on=None) | Q(affiliations__ends_on__gte=today)
        )
        return Organisation.objects.select_related("departement").annotate(people=Count("affiliations", filter=running))

    def get_edit_url(self, _instance: Organisation) -> None:
        """A name leads to the record, which has every action."""
        return


class OrganisationCreateView(RuleCreateView):
    success_message = "L’organisme « %(object)s » est enregistré."
    error_message = "L’organisme n’est pas enregistré : corrigez ce qui est signalé."


class OrganisationEditView(RuleEditView):
    success_message = OrganisationCreateView.success_message
    error_message = OrganisationCreateView.error_message


class OrganisationInspectView(PeopleInspectView):
    page_title = "Fiche"

    def actions_on(self, instance: Organisation) -> list[Button]:
        return organisation_actions(instance)

    def get_affiliations_display_value(self) -> str:
        rows = Affiliation.objects.filter(organisation=self.object).select_related("user").order_by("-starts_on", "pk")
        said = (
            f"{row.user} ({row.user.email}), du {row.starts_on:%d/%m/%Y}"
            + (f" au {row.ends_on:%d/%m/%Y}" if row.ends_on else "")
            for row in rows
        )
        return " ; ".join(said) or "personne"


class OrganisationViewSet(PeopleViewSet):
    model = Organisation
    name = VIEWSET
    url_prefix = "personnes/organismes"
    icon = "site"
    menu_label = "Organismes"
    menu_name = "organismes"
    index_view_class = OrganisationIndexView
    add_view_class = OrganisationCreateView
    edit_view_class = OrganisationEditView
    inspect_view_class = OrganisationInspectView
    filterset_class = OrganisationFilters
    search_fields = ["name", "siret", "email", "address"]
    ordering = ["name", "pk"]
    export_filename = "organismes"
    actions_allowed = ("add", "change", "view")
    inspect_view_fields = [
        *("reference", "name", "is_prescriber", "is_company", "siret", "departement", "address", "email"),
        *("telephone", "website", "closed_on", "affiliations"),
    ]
    list_display = [
        "name",
        BooleanColumn("is_prescriber", label="Prescripteur", sort_key="is_prescriber"),
        BooleanColumn("is_company", label="Entreprise", sort_key="is_company"),
        Column("departement", label="Département", sort_key="departement__name"),
        Column("people", label="Personnes", sort_key="people"),
        DateColumn("closed_on", label="Fermé le", sort_key="closed_on"),
    ]
    own_actions = (
        ("inviter", "invite", actions.InviteToOrganisation),
        ("detacher", "detach", actions.Detach),
        ("fermer", "close", actions.CloseOrganisation),
    )
    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldRowPanel([FieldPanel("is_prescriber"), FieldPanel("is_company")])], "Rôle"),
        FieldRowPanel([FieldPanel("siret"), FieldPanel("departement")]),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("telephone")]),
        FieldPanel("website"),
    ]


def request_actions(demand: AccountRequest) -> list[Button]:
    if demand.answered_at:
        return []
    return [
        button(REQUESTS, "accept", "Accepter", "check", demand.reference, 40),
        button(REQUESTS, "refuse", "Refuser", "cross", demand.reference, 41),
    ]


class RequestFilters(WagtailFilterSet):
    answered = django_filters.ChoiceFilter(
        label="Réponse",
        method="by_answer",
        choices=[("attend", "En attente"), *AccountRequest.Answer.choices],
        empty_label="Toutes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = AccountRequest
        fields = ["answered"]

    def by_answer(self, found: Any, _name: str, value: str) -> Any:
        return found.filter(answer="" if value == "attend" else value)


class RequestIndexView(PeopleIndexView):
    list_export = [
        *("organisation_name", "siret", "person_name", "email", "telephone", "message", "asked_at"),
        *("get_answer_display", "answered_at"),
    ]
    export_headings = {"get_answer_display": "Réponse", "person_name": "Nom"}

    def actions_on(self, instance: AccountRequest) -> list[Button]:
        return request_actions(instance)


class RequestInspectView(PeopleInspectView):
    page_title = "Demande"

    def actions_on(self, instance: AccountRequest) -> list[Button]:
        return request_actions(instance)


class AccountRequestViewSet(PeopleViewSet):
    model = AccountRequest
    name = REQUESTS
    url_prefix = "personnes/demandes"
    icon = "mail"
    menu_label = "Demandes de compte"
    menu_name = "demandes"
    index_view_class = RequestIndexView
    inspect_view_class = RequestInspectView
    filterset_class = RequestFilters
    search_fields = ["organisation_name", "person_name", "email", "siret"]
    ordering = ["-asked_at", "-pk"]
    export_filename = "demandes-de-compte"
    inspect_view_fields = [
        *("organisation_name", "siret", "person_name", "email", "telephone", "message", "asked_at"),
        *("answer", "answered_at", "answered_by", "organisation"),
    ]
    list_display = [
        "__str__",
        Column("email", label="Adresse e-mail", sort_key="email"),
        DateColumn("asked_at", label="Demandé le", sort_key="asked_at"),
        Column("get_answer_display", label="Réponse", sort_key="answer"),
    ]
    own_actions = (("accepter", "accept", actions.AcceptRequest), ("refuser", "refuse", actions.RefuseRequest))

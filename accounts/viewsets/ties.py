"""Memberships, and who accompanies whom: read here, written from the member's own screen."""

from datetime import timedelta
from typing import Any

import django_filters  # type: ignore[import-untyped]  # it has no types
from django import forms
from django.db.models import F, QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from accounts.models import Membership, Referent
from accounts.viewsets.listing import PeopleIndexView, PeopleViewSet

A_MONTH = timedelta(days=30)


class MembershipFilters(WagtailFilterSet):
    when = django_filters.ChoiceFilter(
        label="Quand",
        method="by_day",
        choices=[("en-cours", "En cours"), ("bientot", "Finissent dans le mois"), ("passees", "Passées")],
        empty_label="Toutes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Membership
        fields = ["when"]

    def by_day(self, found: Any, _name: str, value: str) -> Any:
        today = timezone.localdate()
        if value == "passees":
            return found.filter(ends_on__lt=today)
        running = found.running(today)
        return running.filter(ends_on__lte=today + A_MONTH) if value == "bientot" else running


class MembershipIndexView(PeopleIndexView):
    list_export = ["member.reference", "member.last_name", "member.first_name", "starts_on", "ends_on", "recorded_at"]
    export_headings = {"member.reference": "Référence", "member.last_name": "Nom", "member.first_name": "Prénom"}

    def get_base_queryset(self) -> QuerySet[Membership]:
        return Membership.objects.filter(member__erased_at=None).select_related("member")


class MembershipViewSet(PeopleViewSet):
    model = Membership
    name = "people_memberships"
    url_prefix = "personnes/adhesions"
    icon = "date"
    menu_label = "Adhésions"
    menu_name = "adhesions"
    index_view_class = MembershipIndexView
    filterset_class = MembershipFilters
    search_fields = ["member__last_name", "member__first_name"]
    ordering = ["-starts_on", "-pk"]
    export_filename = "adhesions"
    inspect_view_enabled = False
    list_display = [
        Column("member", label="Membre", sort_key="member__last_name"),
        DateColumn("starts_on", label="Du", sort_key="starts_on"),
        DateColumn("ends_on", label="Au", sort_key="ends_on"),
        DateColumn("recorded_at", label="Notée le", sort_key="recorded_at"),
    ]


class ReferentFilters(WagtailFilterSet):
    live = django_filters.ChoiceFilter(
        label="Quand",
        method="by_moment",
        choices=[("en-cours", "En cours"), ("passes", "Passés")],
        empty_label="Tous",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Referent
        fields = ["live", "role"]

    def by_moment(self, found: Any, _name: str, value: str) -> Any:
        return found.live() if value == "en-cours" else found.filter(ends_at__lte=timezone.now())


class ReferentIndexView(PeopleIndexView):
    list_export = ["member.reference", "member", "counsellor", "get_role_display", "starts_at", "ends_at", "reason"]
    export_headings = {
        "member.reference": "Référence",
        "member": "Membre",
        "counsellor": "Conseiller",
        "get_role_display": "Rôle",
    }

    def get_base_queryset(self) -> QuerySet[Referent]:
        rows = Referent.objects.filter(member__erased_at=None).select_related("member", "counsellor__user")
        return rows.annotate(counsellor_name=F("counsellor__user__last_name"))


class ReferentViewSet(PeopleViewSet):
    model = Referent
    name = "people_referents"
    url_prefix = "personnes/suivis"
    icon = "group"
    menu_label = "Suivis"
    menu_name = "suivis"
    index_view_class = ReferentIndexView
    filterset_class = ReferentFilters
    search_fields = ["member__last_name", "member__first_name", "counsellor__user__last_name"]
    ordering = ["-starts_at", "-pk"]
    export_filename = "suivis"
    inspect_view_enabled = False
    list_display = [
        Column("member", label="Membre", sort_key="member__last_name"),
        Column("counsellor", label="Conseiller", sort_key="counsellor_name"),
        Column("get_role_display", label="Rôle", sort_key="role"),
        DateColumn("starts_at", label="Depuis", sort_key="starts_at"),
        DateColumn("ends_at", label="Jusqu’à", sort_key="ends_at"),
    ]

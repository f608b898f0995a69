"""Members, and what administrators do for them."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # it has no types
from django import forms
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.widgets.button import Button

from accounts import actions, members, referents
from accounts.doubts import doubt_of
from accounts.models import Counsellor, Invitation, Member, MemberQuerySet, Membership, Referent
from accounts.viewsets.listing import (
    PeopleIndexView,
    PeopleInspectView,
    PeopleViewSet,
    RuleCreateView,
    RuleEditView,
    button,
)
from association.models import Departement

VIEWSET = "people_members"


def listed() -> QuerySet[Member]:
    """Those who were not erased, each with the end of the last membership and the name of the referent."""
    last = Membership.objects.filter(member=OuterRef("pk")).order_by("-ends_on")
    name = Concat("counsellor__user__first_name", Value(" "), "counsellor__user__last_name")
    referent = Referent.objects.live().filter(member=OuterRef("pk"), role=Referent.Role.REFERENT)
    return (
        Member.objects.not_erased()
        .select_related("departement")
        .annotate(
            member_until=Subquery(last.values("ends_on")[:1]), referent_name=Subquery(referent.values_list(name)[:1])
        )
    )


def member_actions(member: Member) -> list[Button]:
    wanted = [
        ("start_membership", "Noter une adhésion", "date"),
        ("end_membership", "Terminer l’adhésion", "circle-xmark"),
        ("entrust", "Confier à un conseiller", "user"),
        ("stand_in", "Nommer un remplaçant", "group"),
        ("emergency", "Ouvrir une aide d’urgence", "warning"),
    ]
    if not member.user_id:
        wanted.insert(0, ("invite", "Inviter", "mail"))
    return [
        button(VIEWSET, name, label, icon, member.reference, 40 + place)
        for place, (name, label, icon) in enumerate(wanted)
    ]


class MemberFilters(WagtailFilterSet):
    membership = django_filters.ChoiceFilter(
        label="Adhésion",
        method="by_membership",
        choices=[("en-cours", "En cours"), ("passee", "Passée ou absente")],
        empty_label="Toutes",
        widget=forms.RadioSelect,
    )
    account = django_filters.ChoiceFilter(
        label="Compte",
        method="by_account",
        choices=[("oui", "A un compte"), ("non", "Sans compte")],
        empty_label="Tous",
        widget=forms.RadioSelect,
    )
    departement = django_filters.ModelChoiceFilter(
        label="Département", queryset=Departement.objects.by_code(), widget=forms.RadioSelect, empty_label="Tous"
    )
    referent = django_filters.ModelChoiceFilter(
        label="Conseiller référent",
        method="by_referent",
        queryset=Counsellor.objects.select_related("user").by_name(),
        null_label="Personne",
        empty_label="Tous",
        widget=forms.Select,
    )

    class Meta:
        model = Member
        fields = ["membership", "account", "departement", "referent"]

    def by_membership(self, found: MemberQuerySet, _name: str, value: str) -> MemberQuerySet:
        current = found.current()
        return current if value == "en-cours" else found.exclude(pk__in=Member.objects.current().values("pk"))

    def by_account(self, found: MemberQuerySet, _name: str, value: str) -> MemberQuerySet:
        return found.filter(user__isnull=value == "non")

    def by_referent(self, found: MemberQuerySet, _name: str, value: Any) -> MemberQuerySet:
        live = Referent.objects.live().filter(member=OuterRef("pk"), role=Referent.Role.REFERENT)
        if isinstance(value, Counsellor):
            return found.filter(Exists(live.filter(counsellor=value)))
        return found.exclude(Exists(live))


class MemberIndexView(PeopleIndexView):
    add_item_label = "Ajouter un membre"
    list_export = [
        *("reference", "last_name", "first_name", "email", "telephone", "born_on", "departement.name"),
        *("member_until", "referent_name", "has_account", "last_contact_on", "created_at"),
    ]
    export_headings = {
        "departement.name": "Département",
        "member_until": "Membre jusqu’au",
        "referent_name": "Conseiller référent",
        "has_account": "A un compte",
    }

    def get_base_queryset(self) -> QuerySet[Member]:
        return listed()

    def to_row_dict(self, item: Member) -> dict[str, Any]:
        return super().to_row_dict(item) | {"has_account": item.user_id is not None}

    def get_edit_url(self, _instance: Member) -> None:
        """A name leads to the record, which has every action: drawn on each row, they were most of the list's cost."""
        return


class MemberCreateView(RuleCreateView):
    success_message = "La fiche de %(object)s est enregistrée."
    error_message = "La fiche n’est pas enregistrée : corrigez ce qui est signalé."

    def save_instance(self) -> Member:
        return members.record(by=self.request.user, **self.form.cleaned_data)


class MemberEditView(RuleEditView):
    success_message = MemberCreateView.success_message
    error_message = MemberCreateView.error_message

    def get_queryset(self) -> QuerySet[Member]:
        return Member.objects.not_erased()

    def save_instance(self) -> Member:
        return members.correct(self.object, by=self.request.user, **self.form.cleaned_data)


def _told(row: Invitation) -> str:
    by = f" par {row.invited_by}" if row.invited_by else ""
    return f"{timezone.localdate(row.sent_at):%d/%m/%Y}{by}, à {row.email}"


class MemberInspectView(PeopleInspectView):
    page_title = "Fiche"

    def get_queryset(self) -> QuerySet[Member]:
        return Member.objects.not_erased().select_related("user", "departement")

    def actions_on(self, instance: Member) -> list[Button]:
        return member_actions(instance)

    def get_memberships_display_value(self) -> str:
        rows = self.object.memberships.newest_first()
        return ", ".join(f"{row.starts_on:%d/%m/%Y} – {row.ends_on:%d/%m/%Y}" for row in rows) or "aucune"

    def get_referents_display_value(self) -> str:
        rows = referents.who_follows(self.object)
        return ", ".join(f"{row.counsellor} ({row.get_role_display()})" for row in rows) or "personne"

    def get_invitations_display_value(self) -> str:
        rows = self.object.invitations.select_related("invited_by").newest_first()
        said = [_told(row) for row in rows]
        return ". ".join([", ".join(said) or "aucune", *filter(None, [doubt_of(rows[0].email) if said else ""])])


class MemberViewSet(PeopleViewSet):
    model = Member
    name = VIEWSET
    url_prefix = "personnes/membres"
    icon = "user"
    menu_label = "Membres"
    menu_name = "membres"
    index_view_class = MemberIndexView
    add_view_class = MemberCreateView
    edit_view_class = MemberEditView
    inspect_view_class = MemberInspectView
    filterset_class = MemberFilters
    search_fields = ["last_name", "first_name", "email", "telephone"]
    ordering = ["last_name", "first_name", "pk"]
    export_filename = "membres"
    actions_allowed = ("add", "change", "view")
    inspect_view_fields = [
        *("reference", "first_name", "last_name", "email", "telephone", "born_on", "departement"),
        *("last_contact_on", "created_at", "user", "memberships", "referents", "invitations"),
    ]
    list_display = [
        "__str__",
        Column("departement", label="Département", sort_key="departement__name"),
        Column("email", label="Adresse e-mail", sort_key="email"),
        DateColumn("member_until", label="Membre jusqu’au", sort_key="member_until"),
        # Not sorted by: it would be read for everybody, and the filter finds whom somebody follows.
        Column("referent_name", label="Référent"),
        BooleanColumn("user_id", label="Compte"),
    ]
    own_actions = (
        ("inviter", "invite", actions.InviteMember),
        ("adhesion", "start_membership", actions.StartMembership),
        ("fin-adhesion", "end_membership", actions.EndMembership),
        ("confier", "entrust", actions.Entrust),
        ("remplacer", "stand_in", actions.StandIn),
        ("urgence", "emergency", actions.HelpInEmergency),
    )
    panels = [
        FieldRowPanel([FieldPanel("first_name"), FieldPanel("last_name")]),
        FieldRowPanel([FieldPanel("email"), FieldPanel("telephone")]),
        FieldRowPanel([FieldPanel("born_on", widget=forms.DateInput), FieldPanel("departement")]),
        FieldPanel("last_contact_on", widget=forms.DateInput),
    ]

"""The administrators' screens for people, under « Personnes »."""

from wagtail.admin.viewsets.model import ModelViewSetGroup

from accounts.viewsets.members import MemberViewSet
from accounts.viewsets.organisations import AccountRequestViewSet, OrganisationViewSet
from accounts.viewsets.staff import CounsellorViewSet, InvitationViewSet
from accounts.viewsets.ties import MembershipViewSet, ReferentViewSet

__all__ = ["PeopleGroup"]


class PeopleGroup(ModelViewSetGroup):
    menu_label = "Personnes"
    menu_name = "personnes"
    menu_icon = "group"
    menu_order = 230
    items = (
        MemberViewSet,
        MembershipViewSet,
        ReferentViewSet,
        CounsellorViewSet,
        OrganisationViewSet,
        InvitationViewSet,
        AccountRequestViewSet,
    )

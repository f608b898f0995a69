"""The editors' screens under « Réunions »."""

from wagtail.snippets.views.snippets import SnippetViewSetGroup

from events.viewsets.member_events import MemberEventViewSet
from events.viewsets.places import PlaceViewSet
from events.viewsets.sessions import InfoSessionViewSet

__all__ = ["InfoSessionViewSet", "MemberEventViewSet", "PlaceViewSet", "SessionsGroup"]


class SessionsGroup(SnippetViewSetGroup):
    menu_label = "Réunions"
    menu_name = "reunions"
    menu_icon = "calendar-alt"
    menu_order = 210
    items = (InfoSessionViewSet, MemberEventViewSet, PlaceViewSet)

from wagtail.snippets.models import register_snippet

from association.viewsets import DepartementViewSet

register_snippet(DepartementViewSet)

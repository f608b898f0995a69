from wagtail.snippets.models import register_snippet

from association.viewsets import DepartementViewSet, SectorViewSet, StructureKindViewSet

register_snippet(DepartementViewSet)
register_snippet(SectorViewSet)
register_snippet(StructureKindViewSet)

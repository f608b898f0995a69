from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from guides import downloads
from guides.models import GuideDownloads, GuidePage
from pages.templatetags.french import short_date


class DownloadsReport(ReportView):
    """The guides and how often each was downloaded, the most asked for first."""

    page_title = "Téléchargements des guides"
    header_icon = "download"
    index_url_name = "guide_downloads"
    index_results_url_name = "guide_downloads_results"
    model = GuidePage
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "-downloaded"
    columns = [
        TitleColumn(
            "title",
            label="Guide",
            sort_key="title",
            get_url=lambda guide: reverse("wagtailadmin_pages:edit", args=[guide.pk]),
        ),
        Column(
            "edition_on", label="Édition", sort_key="edition_on", accessor=lambda guide: short_date(guide.edition_on)
        ),
        NumberColumn("downloaded", label="Téléchargements", sort_key="downloaded"),
        NumberColumn("downloaded_recently", label="Ces 30 derniers jours", sort_key="downloaded_recently"),
    ]
    list_export = ["title", "edition_on", "downloaded", "downloaded_recently"]
    export_headings = {
        "title": "Guide",
        "edition_on": "Édition",
        "downloaded": "Téléchargements",
        "downloaded_recently": "Ces 30 derniers jours",
    }

    def get_base_queryset(self) -> QuerySet[GuidePage]:
        recent = timezone.localdate() - downloads.RECENT
        return GuidePage.objects.defer_streamfields().annotate(
            downloaded=_sum(), downloaded_recently=_sum(day__gte=recent)
        )

    def get_queryset(self) -> QuerySet[GuidePage]:
        return self.order_queryset(self.get_base_queryset())


def _sum(**days: Any) -> Coalesce:
    rows = GuideDownloads.objects.filter(guide=OuterRef("pk"), **days).order_by().values("guide")
    return Coalesce(Subquery(rows.annotate(total=Sum("count")).values("total")), 0)

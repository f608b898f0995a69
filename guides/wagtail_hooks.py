from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from guides.views import DownloadsReport


@hooks.register("register_admin_urls")
def downloads_urls() -> list[URLPattern]:
    return [
        path("rapports/telechargements/", DownloadsReport.as_view(), name="guide_downloads"),
        path(
            "rapports/telechargements/resultats/",
            DownloadsReport.as_view(results_only=True),
            name="guide_downloads_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def downloads_menu_item() -> MenuItem:
    return MenuItem("Téléchargements des guides", reverse("guide_downloads"), icon_name="download", order=100)

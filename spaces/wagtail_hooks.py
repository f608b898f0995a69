from wagtail import hooks

from spaces.viewsets import RetentionReportViewSet


@hooks.register("register_admin_viewset")
def register_reports() -> RetentionReportViewSet:
    return RetentionReportViewSet()

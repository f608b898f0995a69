from wagtail import hooks

from notices.viewsets import NoticeViewSet


@hooks.register("register_admin_viewset")
def notices() -> NoticeViewSet:
    return NoticeViewSet()

"""The tag of the frame that speaks to search engines."""

from django import template
from django.utils.safestring import SafeString

from pages import structured_data as data
from pages.templatetags.components import json_ld

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString:
    """The graph of the page: the association, its `breadcrumbs`, its own `structured_data`; nothing in a preview."""
    identity = context.get("identity")
    if identity is None or getattr(context.get("request"), "is_preview", False):
        return SafeString("")
    breadcrumbs = context.get("breadcrumbs") or []
    place = [data.breadcrumb_list(breadcrumbs)] if len(breadcrumbs) > 1 else []
    return json_ld(data.graph([data.organization(identity), *place, *(context.get("structured_data") or [])]))

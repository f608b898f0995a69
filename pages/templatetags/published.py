"""Tags for what is published: pictures, addresses, pieces of HTML kept until the next publication."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from pages import addresses, freshness, pictures
from pages.models import Film, Picture

register = template.Library()


@register.simple_tag
def drawing(picture: Picture | None, use: str, alt: str | None = None, eager: bool = False) -> SafeString:
    """The picture's markup for one use of `pages.pictures.USES`."""
    return pictures.markup(picture, use=use, alt=alt, eager=eager)


@register.simple_tag
def poster(film: Film, eager: bool = False) -> SafeString:
    """The film's poster, without text: its title stands beside it."""
    if not film.thumbnail:
        return SafeString("")
    when = format_html(' fetchpriority="{}"', "high") if eager else format_html(' loading="{}"', "lazy")
    width, height = film.width or 854, film.height or 480
    return format_html(
        '<img src="{}" alt="" width="{}" height="{}" decoding="async"{}>', film.poster_url, width, height, when
    )


@register.filter
def address(page: Page) -> str:
    return addresses.address(page.url_path)


class FreshNode(template.Node):
    def __init__(self, nodes: NodeList, name: FilterExpression, until: FilterExpression | None) -> None:
        self.nodelist = nodes
        self.name = name
        self.until = until

    def render(self, context: template.Context) -> SafeString:
        request = context["request"]
        if getattr(request, "is_preview", False):
            return self.nodelist.render(context)

        def build() -> tuple[str, Any]:
            html = self.nodelist.render(context)
            return str(html), self.until.resolve(context) if self.until else None

        return mark_safe(freshness.keep(request, f"html:{self.name.resolve(context)}", build))  # noqa: S308  # rendered by the nodes


@register.tag
def fresh(parser: Parser, token: Token) -> FreshNode:
    """`{% fresh name until %}…{% endfresh %}`: HTML kept in the process until something is published.

    `name` says all that the piece depends on besides what is published (a
    page's id, the filters); `until`, optional and read after rendering, is
    the moment from which it is no longer true by itself.
    """
    _tag, name, *rest = token.split_contents()
    nodes = parser.parse(["endfresh"])
    parser.delete_first_token()
    return FreshNode(nodes, parser.compile_filter(name), parser.compile_filter(rest[0]) if rest else None)

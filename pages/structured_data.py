"""What pages say of themselves to search engines: schema.org, as JSON-LD.

Each page has one graph: the association, the page's place on the site, and
what the page itself is about. The nodes name the association by its `@id`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.templatetags.static import static
from django.utils.html import strip_tags

from association.models import Identity
from pages.addresses import absolute

Node = dict[str, Any]
LONGEST_HEADLINE = 110


def association_id() -> str:
    return absolute("/#association")


def the_association() -> Node:
    """For another node of the same graph."""
    return {"@id": association_id()}


def organization(identity: Identity) -> Node:
    address = {
        "streetAddress": identity.address,
        "postalCode": identity.postcode,
        "addressLocality": identity.city,
        "addressRegion": identity.region,
    }
    said = {
        "@type": "Organization",
        "@id": association_id(),
        "name": identity.name,
        "url": absolute("/"),
        "logo": absolute(static("icons/icon-512.png")),
        "description": identity.tagline,
        "address": filled({"@type": "PostalAddress", "addressCountry": "FR"} | address) if identity.city else "",
        "telephone": identity.telephone,
        "email": identity.email,
        "areaServed": identity.region,
    }
    return filled(said)


def breadcrumb_list(breadcrumbs: Iterable[Mapping[str, str]]) -> Node:
    steps = [
        {"@type": "ListItem", "position": position, "name": step["title"], "item": absolute(step["url"])}
        for position, step in enumerate(breadcrumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def graph(nodes: Iterable[Node]) -> Node:
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def filled(node: Node) -> Node:
    """The node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def text(html: str) -> str:
    """The words of a rich text, a space between its paragraphs."""
    return " ".join(strip_tags(html.replace("</", " </")).split())

"""An information session, as search engines read it. Never the link of an online one."""

from typing import TYPE_CHECKING

from django.utils import timezone

from pages.addresses import absolute
from pages.structured_data import Node, filled, the_association

if TYPE_CHECKING:
    from events.models import InfoSession

TO_BE_TOLD = "Lieu communiqué bientôt"


def event(session: "InfoSession") -> Node:
    url = absolute(session.get_absolute_url())
    mode = "Online" if session.is_online and not session.place else "Offline"
    said = {
        "@type": "Event",
        "name": session.title,
        "description": session.summary or session.title,
        "url": url,
        "startDate": timezone.localtime(session.starts_at).isoformat(),
        "endDate": timezone.localtime(session.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if session.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": _location(session),
        "organizer": the_association(),
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": session.seats,
        "offers": {
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "EUR",
            "url": url,
            "availability": f"https://schema.org/{'SoldOut' if session.is_full else 'InStock'}",
        },
        "inLanguage": "fr",
    }
    if session.is_cancelled:
        del said["offers"]
    return filled(said)


def _location(session: "InfoSession") -> Node:
    if place := session.place:
        address = {
            "@type": "PostalAddress",
            "streetAddress": place.address,
            "postalCode": place.postcode,
            "addressLocality": place.city,
            "addressRegion": session.departement.name if session.departement else "",
            "addressCountry": "FR",
        }
        return {"@type": "Place", "name": place.name, "address": address}
    if session.is_online:
        return {"@type": "VirtualLocation", "url": absolute(session.get_absolute_url())}
    region = session.departement.name if session.departement else ""
    address = filled({"@type": "PostalAddress", "addressRegion": region, "addressCountry": "FR"})
    return {"@type": "Place", "name": TO_BE_TOLD, "address": address}

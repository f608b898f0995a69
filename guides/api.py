"""What there is to read of the guides, field by field."""

from typing import Any

from guides.models import GuideIndexPage, GuidePage
from pages.addresses import absolute
from pages.api import shapes
from pages.api.fields import Body, Choice, Cover, Departements, Field, Picture, Pointer, Tags
from pages.api.library import Library
from pages.api.tree import PageType


class GuideFile(Pointer):
    """The file of the present edition, under the guide's own address."""

    kind = "files"

    def say(self, thing: GuidePage, library: Library) -> Any:
        return shapes.file(self.found(thing, library), url=absolute(thing.file_address))


GUIDE = PageType(
    GuidePage,
    {
        "topic": Choice("topic"),
        "audience": Choice("audience"),
        "edition_on": Field("edition_on"),
        "review_on": Field("review_on"),
        "file": GuideFile("document"),
        "cover": Cover("document"),
        "departements": Departements(),
        "tags": Tags(),
        "image": Picture("image"),
        "body": Body("body"),
    },
    date="edition_on",
    departements="departements",
    tags="tagged_items__tag",
)
GUIDE_INDEX = PageType(GuideIndexPage, {})

from pages.models.base import BasePage, BasePageManager, BasePageQuerySet
from pages.models.figures import KeyFigure
from pages.models.library import File, Film, Picture, Rendition
from pages.models.moved import MovedPath
from pages.models.search_entry import SearchEntry, SearchKind
from pages.models.stamp import Stamp
from pages.models.tags import Tag, Tagged

__all__ = [
    "BasePage",
    "BasePageManager",
    "BasePageQuerySet",
    "File",
    "Film",
    "KeyFigure",
    "MovedPath",
    "Picture",
    "Rendition",
    "SearchEntry",
    "SearchKind",
    "Stamp",
    "Tag",
    "Tagged",
]

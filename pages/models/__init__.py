from pages.models.base import BasePage, BasePageManager, BasePageQuerySet
from pages.models.figures import KeyFigure
from pages.models.library import File, Film, Picture, Rendition
from pages.models.moved import MovedPath
from pages.models.stamp import Stamp
from pages.models.tags import Tag, Tagged

__all__ = [
    "BasePage",
    "BasePageManager",
    "BasePageQuerySet",
    "File",
    "Film",
    "KeyFigure",
    "Picture",
    "MovedPath",
    "Rendition",
    "Stamp",
    "Tag",
    "Tagged",
]

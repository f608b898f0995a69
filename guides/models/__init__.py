from guides.models.downloads import GuideDownloads
from guides.models.guide import GuidePage, GuideQuerySet, GuideTag
from guides.models.index import GuideIndexPage

__all__ = ["GuideDownloads", "GuideIndexPage", "GuidePage", "GuideQuerySet", "GuideTag"]

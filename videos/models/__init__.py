from videos.models.featured import FeaturedVideo
from videos.models.index import VideoIndexPage
from videos.models.video import VideoPage, VideoQuerySet, VideoTag

__all__ = ["FeaturedVideo", "VideoIndexPage", "VideoPage", "VideoQuerySet", "VideoTag"]

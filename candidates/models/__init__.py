from candidates.models.consents import Consent, Look
from candidates.models.profiles import Comment, Experience, Profile, Version
from candidates.models.videos import Video, VideoHelp

__all__ = ["Comment", "Consent", "Experience", "Look", "Profile", "Version", "Video", "VideoHelp"]

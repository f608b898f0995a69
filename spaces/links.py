"""Where first pages lead to, in the other apps."""

from candidates.models import Profile

MY_PAGE = "/espace/ma-page/"
MY_CONSENTS = "/espace/ma-page/accords/"
MY_LOOKS = "/espace/ma-page/consultations/"
DECKS = "/espace/diaporamas/"
CANDIDATES = "/espace/entreprise/candidats/"


def review_of(profile: Profile) -> str:
    return f"/espace/conseil/candidats/{profile.reference}/"


def video_of(profile: Profile) -> str:
    return f"/espace/video/candidats/{profile.reference}/"

"""Where first pages lead to, in the other apps."""

from django.urls import reverse

from candidates.models import Profile


def review_of(profile: Profile) -> str:
    return reverse("candidate_review", args=[profile.reference])


def video_of(profile: Profile) -> str:
    return reverse("volunteer_video", args=[profile.reference])

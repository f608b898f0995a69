"""Messages about a candidate's page. None says anything of what is on it."""

from django.urls import reverse

from accounts.models import Member, Referent, User
from association.models import Identity
from candidates.models import Look, Profile, Version, Video
from notices import outbox


def counsellors_of(member: Member) -> list[User]:
    """Those who accompany the member now, and can log in."""
    live = Referent.objects.live().filter(member=member, counsellor__user__is_active=True)
    return list(User.objects.filter(counsellor__referents__in=live).distinct().order_by("pk"))


def tell_counsellors(member: Member, *, template: str, key: str) -> None:
    path = reverse("candidate_review", args=[Profile.objects.get(member=member).reference])
    for user in counsellors_of(member):
        outbox.put(
            kind=template,
            to=user.email,
            template=template,
            context={"path": path},
            person=user,
            key=f"{key} {user.pk}",
        )


def tell_member(member: Member, *, template: str, key: str) -> None:
    """To the account's address: it is there that one reads what was said."""
    if member.user is not None:
        outbox.put(
            kind=template,
            to=member.user.email,
            template=template,
            context={"path": reverse("my_page")},
            person=member.user,
            key=key,
        )


def tell_of_submission(version: Version) -> None:
    key = f"page-submitted {version.pk} {version.submitted_at}"
    tell_counsellors(version.profile.member, template="page_submitted", key=key)


def tell_of_a_film(video: Video) -> None:
    """It is ready: the member can watch it, who accompanies them approves it."""
    tell_member(video.profile.member, template="film_ready", key=f"film-ready {video.pk}")
    tell_counsellors(video.profile.member, template="film_to_watch", key=f"film-to-watch {video.pk}")


def tell_of_an_objection(look: Look) -> None:
    """To the counsellors, and to the association's own address: the look may be a counsellor's."""
    tell_counsellors(look.member, template="look_objected", key=f"objection {look.pk}")
    identity = Identity.objects.first()
    if identity is not None and identity.email:
        outbox.put(
            kind="look_objected",
            to=identity.email,
            template="look_objected_association",
            context={"member": look.member.reference},
            key=f"objection {look.pk} association",
        )

"""What waits for somebody: each thing says what to do, why, and where. It is read, never stored."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.urls import reverse

from accounts.models import Member, Membership, User
from candidates.models import Consent, Look, Version, Video
from pages.templatetags.french import long_date, short_date
from spaces import links

State = Version.State

SOON = timedelta(days=30)
CONSENT_SOON = timedelta(days=14)
OBJECTION_IS_NEW = timedelta(days=14)
MOST_OF_A_KIND = 8


@dataclass(frozen=True)
class Waiting:
    title: str
    url: str
    why: str
    since: str = ""


WRITING = {
    None: ("Commencez votre page", "Elle présente votre parcours aux entreprises que vous choisissez."),
    State.DRAFT: ("Terminez votre page", "Elle est commencée. Envoyez-la ensuite à votre conseiller, qui la relit."),
    State.RETURNED: ("Reprenez votre page", "Votre conseiller l’a relue et vous propose des changements."),
}


def about_my_page(states: set[str], *, has_consent: bool) -> list[Waiting]:
    """What the member does next with their page; nothing while the counsellor reads it."""
    if State.SUBMITTED in states:
        return []
    written = next((state for state in (State.RETURNED, State.DRAFT) if state in states), None)
    if written or State.APPROVED not in states:
        title, why = WRITING[written]
        return [Waiting(title, reverse("my_page"), why)]
    if not has_consent:
        why = "Elle est validée, et personne d’autre que votre conseiller ne la voit encore."
        return [Waiting("Choisissez qui voit votre page", reverse("my_page_consents"), why)]
    return []


def about_my_video(video: Video | None) -> list[Waiting]:
    if video and video.state == Video.State.REFUSED:
        return [Waiting("Envoyez votre vidéo de nouveau", reverse("my_page_video"), video.refusal)]
    return []


def about_my_consents(consents: list[Consent], on: date) -> list[Waiting]:
    return [
        Waiting(
            f"Votre accord pour {consent.organisation or 'toutes les entreprises'} se termine",
            reverse("my_page_consents"),
            f"Le {long_date(consent.ends_on)}. Vous pouvez le prolonger.",
        )
        for consent in consents
        if consent.ends_on <= on + CONSENT_SOON
    ]


def about_my_membership(ends_on: date | None, on: date) -> list[Waiting]:
    if ends_on and ends_on <= on + SOON:
        why = "Parlez du renouvellement avec votre conseiller."
        return [Waiting(f"Votre adhésion se termine le {short_date(ends_on)}", "#conseiller", why)]
    return []


def pages_to_read(user: User) -> list[Waiting]:
    """Sent by members whom this counsellor accompanies now, the longest awaited first."""
    sent = Version.objects.filter(
        state=State.SUBMITTED, profile__member__in=Member.objects.followed_by(user), profile__member__erased_at=None
    ).select_related("profile__member")
    return [
        Waiting(
            f"La page de {version.profile.member}",
            links.review_of(version.profile),
            "À relire : la valider, ou proposer des changements.",
            _sent(version.submitted_at),
        )
        for version in sent.order_by("submitted_at", "pk")[:MOST_OF_A_KIND]
    ]


def videos_to_watch(user: User) -> list[Waiting]:
    ready = Video.objects.filter(
        state=Video.State.READY, approved_at=None, profile__member__in=Member.objects.followed_by(user)
    ).select_related("profile__member")
    return [
        Waiting(
            f"La vidéo de {video.profile.member}",
            links.review_of(video.profile),
            "À regarder, puis à valider : personne d’autre ne la voit d’ici là.",
            _sent(video.sent_at),
        )
        for video in ready.order_by("sent_at", "pk")[:MOST_OF_A_KIND]
    ]


def memberships_to_renew(user: User, on: date) -> list[Waiting]:
    """Those that run, end soon, and are not followed by another."""
    running = Membership.objects.running(on).values("member")
    ending = (
        Member.objects.followed_by(user)
        .not_erased()
        .filter(pk__in=running)
        .annotate(ends_on=Max("memberships__ends_on"))
        .filter(ends_on__lte=on + SOON)
    )
    return [
        Waiting(
            f"L’adhésion de {member}",
            reverse("member_record", args=[member.reference]),
            f"Elle se termine le {long_date(member.ends_on)}.",
        )
        for member in ending.order_by("ends_on", "pk")[:MOST_OF_A_KIND]
    ]


def objections(user: User, now: datetime) -> list[Waiting]:
    made = Look.objects.filter(
        objected_at__gt=now - OBJECTION_IS_NEW, member__in=Member.objects.followed_by(user)
    ).select_related("member")
    return [
        Waiting(
            f"{look.member} conteste une consultation",
            reverse("member_record", args=[look.member.reference]),
            "Le message est dans son dossier. Répondez-lui.",
            f"depuis le {short_date(look.objected_at)}",
        )
        for look in made.order_by("objected_at", "pk")[:MOST_OF_A_KIND]
    ]


def _sent(moment: datetime | None) -> str:
    return f"envoyée le {short_date(moment)}" if moment else ""

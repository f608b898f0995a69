"""What waits for somebody: each thing says what to do, why, and where. It is read, never stored."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse

from accompaniment.models import Appointment, LearningAgreement
from accounts import relays
from accounts.models import Member, Membership, User
from candidates.models import Consent, Look, Profile, Version, Video
from events import hosting
from events.models import Meeting
from pages.templatetags.french import count_of, long_date, moment, short_date
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


def about_my_agreement(member: Member) -> list[Waiting]:
    """What is proposed to the member, to read and think over."""
    proposed = LearningAgreement.objects.filter(member=member, state=LearningAgreement.State.PROPOSED)
    return [
        Waiting(
            "Lisez le contrat qui vous est proposé",
            reverse("agreement", args=[agreement.reference]),
            "Prenez le temps d’y réfléchir : rien ne commence avant votre signature.",
            f"proposé le {short_date(agreement.proposed_at)}",
        )
        for agreement in proposed.order_by("-proposed_at")
    ]


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


def appointments_to_mark(user: User, now: datetime) -> list[Waiting]:
    """Of this counsellor, begun: did the member come? The oldest first."""
    begun = Appointment.objects.planned().filter(counsellor__user=user, starts_at__lte=now, member__erased_at=None)
    return [
        Waiting(
            f"Le rendez-vous de {appointment.member}",
            reverse("agenda_appointment", args=[appointment.reference]),
            "À noter : cette personne est-elle venue ?",
            short_date(appointment.starts_at),
        )
        for appointment in begun.select_related("member").soonest_first()[:MOST_OF_A_KIND]
    ]


def pages_and_videos(user: User) -> list[Waiting]:
    """Of members whom this counsellor accompanies now: pages to read, videos to watch; the longest awaited first."""
    sent = Version.objects.filter(profile=OuterRef("pk"), state=State.SUBMITTED).order_by("submitted_at")
    ready = Video.objects.filter(profile=OuterRef("pk"), state=Video.State.READY, approved_at=None).order_by("sent_at")
    awaited = Profile.objects.filter(member__in=Member.objects.followed_by(user), member__erased_at=None).annotate(
        page=Subquery(sent.values("submitted_at")[:1]), video=Subquery(ready.values("sent_at")[:1])
    )
    rows = list(awaited.filter(Q(page__isnull=False) | Q(video__isnull=False)).select_related("member").order_by("pk"))
    pages = sorted((row for row in rows if row.page), key=lambda row: row.page)
    videos = sorted((row for row in rows if row.video), key=lambda row: row.video)
    return [
        *(_awaited(row, "La page", TO_READ, row.page) for row in pages[:MOST_OF_A_KIND]),
        *(_awaited(row, "La vidéo", TO_WATCH, row.video) for row in videos[:MOST_OF_A_KIND]),
    ]


TO_READ = "À relire\N{NO-BREAK SPACE}: la valider, ou proposer des changements."
TO_WATCH = "À regarder, puis à valider\N{NO-BREAK SPACE}: personne d’autre ne la voit d’ici là."


def _awaited(profile: Profile, what: str, why: str, since: datetime) -> Waiting:
    return Waiting(f"{what} de {profile.member}", links.review_of(profile), why, _sent(since))


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


def relays_to_answer(user: User) -> list[Waiting]:
    """Asked by a colleague: to become somebody's referent."""
    return [
        Waiting(
            f"{relay.former} vous propose un relais",
            reverse("relay", args=[relay.reference]),
            f"Pour accompagner {relay.member}\N{NO-BREAK SPACE}: accepter, ou dire pourquoi non.",
            f"depuis le {short_date(relay.asked_at)}",
        )
        for relay in relays.to_answer(user)[:MOST_OF_A_KIND]
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


def people_to_call(meetings: list[Meeting]) -> list[Waiting]:
    """Who has no e-mail keeps a place only if somebody calls in time: at meetings of this counsellor, or of nobody."""
    return [
        Waiting(
            f"{count_of(meeting.to_call, 'personne')} à rappeler",
            f"{reverse('sheet', args=[meeting.reference])}#appels",
            f"Pour confirmer une place : {meeting.title}, {moment(meeting.starts_at)}.",
        )
        for meeting in meetings[:MOST_OF_A_KIND]
    ]


def sheets_to_close(user: User, now: datetime) -> list[Waiting]:
    return [
        Waiting(
            f"La feuille du {short_date(meeting.starts_at)}",
            f"{reverse('sheet', args=[meeting.reference])}#fin",
            f"{meeting.title} : notez qui est venu, puis fermez-la.",
        )
        for meeting in hosting.sheets_of(user, now)[:MOST_OF_A_KIND]
    ]


def _sent(moment: datetime) -> str:
    return f"envoyée le {short_date(moment)}"

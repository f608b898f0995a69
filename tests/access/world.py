"""A small world in which everybody is linked to somebody, and every private field holds a word of its own.

The words (`MARKS`) are found in no page that a stranger can read.
"""

import time
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accompaniment import agreements
from accompaniment.models import Appointment
from accounts import relays
from accounts.authentication.idle import LAST_SEEN
from accounts.models import Member, Organisation, Relay, User
from accounts.roles import EDITORS
from candidates.models import Comment, Profile, Video, VideoHelp
from home import site_setup
from private_files import uploads
from private_files.models import Upload
from spaces.models import Export
from tests.access import passport_world
from tests.access.marks import mark
from tests.accompaniment.paths import make_agreement, make_finished, make_roadmap
from tests.candidates.factories import (
    give_portrait,
    make_approved,
    make_consent,
    make_experience,
    make_look,
    make_version,
)
from tests.decks.factories import make_deck
from tests.events.factories import make_booking, make_event
from tests.factories import make_admin, make_departements, make_news, make_session, make_user
from tests.logins import CompleteLogin
from tests.people import (
    make_affiliation,
    make_counsellor,
    make_member,
    make_membership,
    make_organisation,
    make_referent,
    make_treasurer,
    make_volunteer,
)

DAY = timedelta(days=1)
UPLOAD = "test-access"
uploads.accepts(UPLOAD, largest=1000, may=lambda _user: True, finish=lambda _user, _upload: None)


@dataclass
class World:
    people: dict[str, User] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    member: Member | None = None


def make_world() -> World:
    site_setup.prepare()
    make_departements()
    world = World()
    make_people(world)
    make_page(world)
    make_agenda(world)
    make_path(world)
    make_files(world)
    make_places(world)
    make_member_event(world)
    passport_world.add_to(world)
    world.fixed = addresses(world)
    for person, user in world.people.items():
        world.browsers[person] = CompleteLogin()
        world.browsers[person].force_login(user)
        be_seen(world.browsers[person])
    world.browsers["V"] = Client()
    return world


def be_seen(browser: Client) -> None:
    """This is not their first page: nothing need be noted of them for a while."""
    session = browser.session
    session[LAST_SEEN] = int(time.time())
    session.save()


def make_people(world: World) -> None:
    user = make_user(first_name=mark("prenom"), last_name=mark("nom"), email=f"{mark('mail')}@example.org")
    member = make_member(
        user=user, first_name=mark("prenom"), last_name=mark("nom"), email=user.email, born_on=date(1980, 5, 4)
    )
    other, former = make_member(), make_member(current=False)
    today = timezone.localdate()
    make_membership(former, starts_on=today - 400 * DAY, ends_on=today - DAY)
    # Whoever books a place chooses who sends them among the prescribers: their names are no secret.
    bodies = {letter: make_organisation(name=f"{mark('organisme')}{letter}") for letter in ("E", "E2")}
    bodies |= {letter: make_organisation(name=f"Relais {letter}", is_prescriber=True) for letter in ("P", "P2")}
    world.member = member
    world.people = {
        "M": user,
        "M2": other.user,
        "O": former.user,
        **make_counsellors_of(member, other),
        **{letter: make_affiliation(organisation=body).user for letter, body in bodies.items()},
        "R": make_user(groups=[EDITORS], is_staff=True),
        "A": make_admin(),
        "T": make_treasurer(),
        "B": make_volunteer(),
        "B2": make_volunteer(),
        "N": make_user(),
    }
    world.paths["relay"] = Relay.objects.get().reference
    make_consents(world, bodies["E"])
    make_approved(other)
    make_approved(former)
    make_consent(former, bodies["E"])


def make_counsellors_of(member: Member, other: Member) -> dict[str, User]:
    """The referent, the former one, who stands in and who helps in an emergency; and the referent of the other."""
    counsellors = {letter: make_counsellor() for letter in ("C", "C2", "S", "F", "X")}
    now = timezone.now()
    make_referent(member, counsellors["F"], starts_at=now - 90 * DAY, ends_at=now - 2 * DAY)
    make_referent(member, counsellors["C"])
    make_referent(member, counsellors["S"], role="remplacant", ends_at=now + 5 * DAY)
    help_began = now - timedelta(hours=1)
    make_referent(
        member,
        counsellors["X"],
        starts_at=help_began,
        ends_at=help_began + timedelta(hours=20),
        role="urgence",
        reason=mark("raison"),
    )
    make_referent(other, counsellors["C2"])
    relays.ask(member, to=counsellors["C2"], reason=mark("raison"), by=counsellors["C"].user)
    return {letter: counsellor.user for letter, counsellor in counsellors.items()}


def make_consents(world: World, company: Organisation) -> None:
    """The member lets a company see their page; it looked at it, which the member did not like."""
    consent = make_consent(world.member, company, text=mark("accord"))
    look = make_look(world.member, user=world.people["E"], organisation=company, objection=mark("objection"))
    world.paths |= {"consent": consent.reference, "look": look.reference, "organisation": company.reference}


def make_page(world: World) -> None:
    approved = make_approved(
        world.member,
        headline=mark("phrase"),
        summary=mark("resume"),
        skills=[mark("competence")],
        links=[{"title": mark("lien"), "url": "https://example.org/"}],
    )
    give_portrait(approved)
    make_experience(approved, title=mark("emploi"), employer=mark("employeur"))
    profile = approved.profile
    make_experience(make_version(profile, state="envoyee", headline=mark("brouillon")))
    Comment.objects.create(profile=profile, author=world.people["C"], text=mark("message"))
    VideoHelp.objects.create(profile=profile, volunteer=world.people["B"])
    world.paths |= {"profile": profile.reference, "portrait": approved.portrait_reference}


def make_places(world: World) -> None:
    """A session, where the first prescriber booked somebody."""
    session = make_session(title="Une réunion pour tous")
    body = Organisation.objects.of(world.people["P"]).get()
    booking = make_booking(session, booked_for=body, last_name=mark("inscrit"), email=f"{mark('courriel')}@example.org")
    world.paths |= {"session": session.reference, "booking": booking.reference}


def make_member_event(world: World) -> None:
    event = make_event(title="Un atelier", guest_seats=2)
    guest = event.guests.create(name="Odile Parangon")
    world.paths |= {"event": event.reference, "guest": str(guest.pk)}


def make_agenda(world: World) -> None:
    """Somebody came to a session; the member meets the referent."""
    past = make_session(starts_in=-2 * DAY)
    came = make_booking(past, attendance="venu", last_name=mark("inscrit"))
    starts_at = timezone.now() + 3 * DAY
    appointment = Appointment.objects.create(
        member=world.member,
        counsellor=world.people["C"].counsellor,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        place=mark("lieu"),
    )
    world.paths |= {"appointment": appointment.reference, "past": past.reference, "came": came.reference}


def make_path(world: World) -> None:
    counsellor = world.people["C"].counsellor
    diagnostic = make_finished(world.member, counsellor=counsellor, answers={"projet": mark("diagnostic")})
    roadmap = make_roadmap(diagnostic=diagnostic)
    roadmap.lines.update(what=mark("route"))
    agreement = make_agreement(roadmap)
    agreement.commitments = mark("engagement")
    agreement.save()
    agreements.propose(agreement)
    world.paths |= {
        "diagnostic": diagnostic.reference,
        "roadmap": roadmap.reference,
        "agreement": agreement.reference,
    }


def make_files(world: World) -> None:
    profile = Profile.objects.get(member=world.member)
    video = Video(
        profile=profile,
        state="prete",
        transcript=mark("transcription"),
        seconds=60,
        width=1280,
        height=720,
        approved_at=timezone.now(),
    )
    video.film.save("film.mp4", ContentFile(b"film" * 100), save=False)
    video.poster.save("affiche.webp", ContentFile(b"affiche"), save=False)
    captions = f"WEBVTT\n\n00:00.000 --> 00:02.000\n{mark('soustitre')}\n"
    video.captions.save("sous-titres.vtt", ContentFile(captions.encode()), save=False)
    video.save()
    deck = make_deck(
        title=mark("diaporama"),
        summary=mark("sommaire"),
        author=mark("auteur"),
        slides=[mark("texte")],
        file_name=f"{mark('fichier')}.pptx",
        previews=1,
    )
    upload = Upload.objects.create(owner=world.people["M"], purpose=UPLOAD, name=f"{mark('upload')}.mp4", size=10)
    now = timezone.now()
    export = Export(user=world.people["M"], ready_at=now, expires_at=now + 7 * DAY)
    export.file.save("export.zip", ContentFile(b"tout ce que je suis"))
    draft = make_news(title="Un brouillon de la rédaction", live=False)
    world.paths |= {
        "video": video.reference,
        "deck": deck.reference,
        "preview": deck.previews.get().reference,
        "upload": upload.reference,
        "export": export.reference,
        "draft": draft.slug,
    }


def addresses(world: World) -> dict[str, str]:
    """What is asked for in the table that has no address of its own kind."""
    known = world.paths
    files = {
        "file: deck": ("diaporama", known["deck"]),
        "file: preview": ("apercu", known["preview"]),
        "file: portrait": ("portrait", known["portrait"]),
        "file: film": ("video", known["video"]),
        "file: poster": ("affiche", known["video"]),
        "file: captions": ("sous-titres", known["video"]),
        "file: export": ("export", known["export"]),
        "file: nothing": ("portrait", "zzzzzzzzzzzzzzzz"),
        "file: no such kind": ("rien", known["deck"]),
    }
    return (
        {name: reverse("private_file", args=args) for name, args in files.items()}
        | passport_world.fixed(world)
        | {
            "draft page": f"/actualites/{known['draft']}/",
            "document": "/documents/1/rien.pdf",
            "media: document": "/media/documents/rien.pdf",
            "media: film": "/media/media/rien.mp4",
            "media: original": "/media/original_images/rien.png",
            "admin": "/gestion/",
            "admin: accounts": reverse("wagtailusers_users:index"),
            "admin: groups": reverse("wagtailusers_groups:index"),
            "admin: site history": reverse("wagtailadmin_reports:site_history"),
        }
    )

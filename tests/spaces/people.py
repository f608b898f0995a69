"""Somebody of whom the site holds a row of every kind, each with a marker where a person can be read."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.utils import timezone

from accompaniment.models import (
    Answer,
    Appointment,
    Diagnostic,
    Grid,
    LearningAgreement,
    Package,
    PackageKind,
    PackageVersion,
    PaperAgreement,
    Question,
    Roadmap,
    RoadmapLine,
)
from accounts import invitations
from accounts.models import AccountRequest, InvitedAs, Referent
from candidates.models import Comment, Video, VideoHelp
from decks.models import Visit
from events.models import Arrangement, Booking
from home.models import ContactMessage
from notices import outbox
from private_files.models import Upload
from spaces.models import Export
from tests.candidates.factories import (
    give_portrait,
    make_approved,
    make_consent,
    make_experience,
    make_look,
    make_version,
)
from tests.factories import make_session, make_user
from tests.people import make_counsellor, make_member, make_organisation, make_referent, make_volunteer

MARK = "Zyxwvut"
EMAIL = f"{MARK.lower()}@example.org"


def make_marked():
    """A member, and every text, address and file of theirs has `MARK` in it."""
    user = make_user(email=EMAIL, first_name=MARK, last_name=MARK)
    member = make_member(
        user=user,
        first_name=MARK,
        last_name=MARK,
        email=EMAIL,
        telephone="0639981234",
        born_on=date(1990, 5, 17),
    )
    counsellor = make_counsellor()
    make_referent(member, counsellor)
    make_referent(
        member,
        make_counsellor(),
        role=Referent.Role.EXCEPTIONAL,
        starts_at=timezone.now() - timedelta(hours=2),
        ends_at=timezone.now() + timedelta(hours=2),
        reason=f"{MARK} a besoin d’aide",
    )
    _page_of(member, counsellor)
    _path_of(member, counsellor)
    invitations.invite(EMAIL, invited_as=InvitedAs.MEMBER, by=counsellor.user, member=make_other(counsellor))
    EmailAddress.objects.create(user=user, email=EMAIL, primary=True, verified=True)
    AccountRequest.objects.create(organisation_name=MARK, person_name=MARK, email=EMAIL, message=MARK)
    ContactMessage.objects.create(name=MARK, email=EMAIL, text=MARK)
    outbox.put(kind="essai", to=EMAIL, template="export_ready", person=user)
    Upload.objects.create(owner=user, purpose="essai", name=f"{MARK}.mp4", size=3)
    Visit.objects.create(user=user, last_at=timezone.now())
    Export.objects.create(user=user, file=ContentFile(MARK.encode(), name="export.zip"))
    return member


def make_other(counsellor):
    other = make_member(account=False)
    make_referent(other, counsellor)
    return other


def _page_of(member, counsellor):
    approved = give_portrait(make_approved(member, headline=MARK, summary=MARK, skills=[MARK]))
    make_version(approved.profile, headline=MARK, links=[{"title": MARK, "url": f"https://example.org/{MARK}"}])
    make_experience(approved, title=MARK, text=MARK)
    Comment.objects.create(profile=approved.profile, author=counsellor.user, text=f"Bonjour {MARK}")
    Comment.objects.create(profile=approved.profile, author=member.user, text=MARK)
    Video.objects.create(
        profile=approved.profile,
        film=ContentFile(MARK.encode(), name="film.mp4"),
        poster=ContentFile(b"x", name="a.webp"),
        state=Video.State.READY,
        transcript=MARK,
    )
    VideoHelp.objects.create(profile=approved.profile, volunteer=make_volunteer())
    company = make_organisation()
    make_consent(member, company, text=f"{MARK} permet")
    make_look(member, organisation=company, user=make_user(), objection=MARK)


def _path_of(member, counsellor):
    """From the session to the agreement."""
    session = make_session()
    place = Booking.objects.create(session=session, number=1, state=Booking.State.CONFIRMED, member=member)
    Arrangement.objects.create(booking=place, needs=["plain-pied"])
    facts = {"first_name": MARK, "last_name": MARK, "email": EMAIL, "telephone": "0639981234"}
    Booking.objects.create(session=session, number=2, state=Booking.State.CONFIRMED, **facts)
    start = timezone.now() + timedelta(days=3)
    appointment = Appointment.objects.create(
        member=member, counsellor=counsellor, starts_at=start, ends_at=start + timedelta(hours=1), place=f"Chez {MARK}"
    )
    grid = Grid.objects.create(number=90)
    question = Question.objects.create(grid=grid, code="motivation", label="Motivation")
    interview = Diagnostic.objects.create(member=member, counsellor=counsellor, appointment=appointment, grid=grid)
    Answer.objects.create(diagnostic=interview, question=question, text=f"{MARK} aime cuisiner")
    version = PackageVersion.objects.create(package=Package.objects.create(code="essai", name="Essai"), number=90)
    kind = PackageKind.objects.create(version=version, code="rv", label="RV", look="rv", hours=6, usual_hours=1)
    roadmap = Roadmap.objects.create(
        member=member, diagnostic=interview, version=version, counsellor=counsellor, aim=f"{MARK} veut cuisiner"
    )
    RoadmapLine.objects.create(roadmap=roadmap, kind=kind, hours=1, what=MARK)
    agreement = LearningAgreement.objects.create(
        member=member, roadmap=roadmap, counsellor=counsellor, commitments=MARK, content={"aim": MARK}
    )
    paper = PaperAgreement(agreement=agreement, signed_on=timezone.localdate(), scanned_by=counsellor.user)
    paper.scanned_at = timezone.now()
    paper.scan.save("contrat.pdf", ContentFile(MARK.encode()))

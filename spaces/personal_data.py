"""What the site keeps of somebody: every column that leads to a person, and what becomes of it when they are erased.

A test walks all models: one that leads to a person and is not here fails it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.models import Member, User


class Fate(StrEnum):
    """What becomes of a row when the person it leads to is erased."""

    DELETED = "supprimé"
    EMPTIED = "gardé sans nom"
    UNLINKED = "gardé, sans la personne"


@dataclass(frozen=True)
class Person:
    """Whom it is about: an account, a member's record, or both."""

    user: User | None
    member: Member | None

    @property
    def emails(self) -> set[str]:
        """The account's, which is verified, and the record's unless it is also somebody else's: a relative's."""
        found = {self.user.email.lower()} if self.user else set()
        if self.member and self.member.email and not self._is_shared(self.member.email):
            found.add(self.member.email.lower())
        return found

    def _is_shared(self, email: str) -> bool:
        mine = (self.user.pk if self.user else None, self.member.pk if self.member else None)
        known = zip((User, Member), mine, strict=True)
        return any(model._base_manager.filter(email__iexact=email).exclude(pk=pk).exists() for model, pk in known)


@dataclass(frozen=True)
class Holding:
    """Rows of a model that lead to a person by `path`: a lookup to User, to Member, or of an address.

    `title` is what the person reads in their export; without it the rows are not
    theirs to read (they speak of others), and `why` says so. `hidden` columns
    open something (a digest, a secret) and say nothing of anybody.
    """

    model: str
    path: str
    fate: Fate
    title: str = ""
    why: str = ""
    hidden: tuple[str, ...] = ()

    def rows(self, person: Person) -> models.QuerySet[Any]:
        model = apps.get_model(self.model)
        return model._base_manager.filter(self.leads_to(person)).order_by("pk")

    def leads_to(self, person: Person) -> Q:
        if self.path in ADDRESSES:
            return reduce(or_, (Q(**{f"{self.path}__iexact": email}) for email in person.emails), NOBODY)
        target = person.member if self.of_member else person.user
        return Q(**{self.path: target.pk}) if target else NOBODY

    @property
    def of_member(self) -> bool:
        return "member" in self.path.split("__") or (self.model, self.path) == ("accounts.Member", "pk")


NOBODY = Q(pk__in=[])
# A message that is not sent yet may hold a link that opens something.
MESSAGE = ("text", "html", "key")
ADDRESSES = {"email", "recipient"}
ACTS = "Ce que vous avez fait pour l’association parle d’autres personnes."
EDITING = "Le travail de rédaction appartient au site."

DELETED, EMPTIED, UNLINKED = Fate.DELETED, Fate.EMPTIED, Fate.UNLINKED
KEPT_NUMBERS = "Les dates restent, sans nom : elles justifient l’activité de l’association."

KEPT_HOURS = "Les heures, les dates et les empreintes restent, sans nom : elles justifient l’argent reçu."
KEPT_FIGURES = "Le fait qu’une place a été demandée reste, sans nom : il compte dans les chiffres."
OF_BOOKINGS = ("form_token",)

HOLDINGS = [
    Holding("accounts.Member", "pk", EMPTIED, "Votre fiche de membre", KEPT_NUMBERS),
    Holding("accounts.Membership", "member", EMPTIED, "Vos adhésions", KEPT_NUMBERS),
    Holding("accounts.Referent", "member", EMPTIED, "Vos conseillers", KEPT_NUMBERS),
    Holding("accounts.Relay", "member", EMPTIED, "Les relais entre vos conseillers", KEPT_NUMBERS),
    Holding("accounts.Invitation", "member", DELETED, "Vos invitations", hidden=("digest",)),
    Holding("accounts.Invitation", "email", DELETED, "Les invitations envoyées à votre adresse", hidden=("digest",)),
    Holding("accounts.AccountRequest", "email", DELETED, "Vos demandes de compte"),
    Holding("candidates.Profile", "member", DELETED, "Votre page"),
    Holding("candidates.Version", "profile__member", DELETED, "Ce que dit votre page"),
    Holding("candidates.Experience", "version__profile__member", DELETED, "Vos expériences"),
    Holding("candidates.Comment", "profile__member", DELETED, "Vos échanges avec votre conseiller"),
    Holding("candidates.Video", "profile__member", DELETED, "Vos vidéos"),
    Holding("candidates.VideoHelp", "profile__member", DELETED, "Les bénévoles qui préparent votre vidéo"),
    Holding("candidates.Consent", "member", DELETED, "Vos accords"),
    Holding("candidates.Look", "member", DELETED, "Qui a consulté votre page"),
    Holding("events.Booking", "member", EMPTIED, "Vos places", KEPT_FIGURES, hidden=OF_BOOKINGS),
    Holding("events.Booking", "email", EMPTIED, "Les places demandées avec votre adresse", KEPT_FIGURES, OF_BOOKINGS),
    Holding("events.Arrangement", "booking__member", DELETED, "Vos besoins pour participer"),
    Holding("accompaniment.Appointment", "member", DELETED, "Vos rendez-vous"),
    Holding("accompaniment.Diagnostic", "member", DELETED, "Vos diagnostics"),
    Holding("accompaniment.Answer", "diagnostic__member", DELETED, "Ce que disent vos diagnostics"),
    Holding("accompaniment.Roadmap", "member", DELETED, "Vos feuilles de route"),
    Holding("accompaniment.RoadmapLine", "roadmap__member", DELETED, "Ce que prévoient vos feuilles de route"),
    Holding("accompaniment.LearningAgreement", "member", DELETED, "Vos contrats pédagogiques"),
    Holding("accompaniment.PaperAgreement", "agreement__member", DELETED, "Vos contrats signés sur papier"),
    Holding("passport.Passport", "member", EMPTIED, "Vos passeports", KEPT_HOURS, hidden=("chain",)),
    Holding("passport.Entry", "passport__member", EMPTIED, "Ce qui est écrit dans vos passeports", KEPT_HOURS),
    Holding("passport.EntryText", "entry__passport__member", DELETED, "Les textes de vos passeports", hidden=("salt",)),
    Holding("passport.Cheque", "passport__member", EMPTIED, "Vos chèques-emploi", KEPT_HOURS, hidden=("key",)),
    Holding("passport.Reservation", "passport__member", EMPTIED, "Vos heures réservées", KEPT_HOURS),
    Holding("passport.Look", "passport__member", DELETED, "Qui a consulté vos passeports"),
    Holding("passport.Gift", "member", EMPTIED, "Les planches qui vous ont été données", KEPT_HOURS),
    Holding("passport.Decision", "passport__member", EMPTIED, "Ce qui a été décidé de vos passeports", KEPT_HOURS),
    Holding("passport.Note", "passport__member", DELETED, "Les notes de vos visites"),
    Holding("passport.Dispute", "cheque__passport__member", EMPTIED, "Vos contestations", KEPT_HOURS),
    Holding("passport.Evaluation", "passport__member", EMPTIED, "Les avis sur vos visites", KEPT_HOURS),
    Holding("passport.Pin", "member", DELETED, "Votre code de signature", hidden=("digest",)),
    Holding("passport.PaperCheque", "cheque__passport__member", EMPTIED, "Vos chèques sur papier", KEPT_HOURS),
    Holding("accounts.User", "pk", EMPTIED, "Votre compte", hidden=("password",)),
    Holding("accounts.Affiliation", "user", DELETED, "Les organismes pour lesquels vous agissez"),
    Holding("passport.StoppedSummary", "user", DELETED, "Le résumé mensuel que vous ne recevez plus"),
    Holding("accounts.Counsellor", "user", EMPTIED, "Vous, comme conseiller", KEPT_NUMBERS),
    Holding("accounts.User_groups", "user", DELETED, "Vos rôles"),
    Holding("accounts.User_user_permissions", "user", DELETED, "Vos droits"),
    Holding("account.EmailAddress", "user", DELETED, "Vos adresses e-mail"),
    Holding("mfa.Authenticator", "user", DELETED, "Vos moyens de connexion", hidden=("data",)),
    Holding("usersessions.UserSession", "user", DELETED, "Vos sessions ouvertes", hidden=("session_key", "data")),
    Holding("notices.Notice", "person", DELETED, "Les messages que vous avez reçus", hidden=MESSAGE),
    Holding("notices.Notice", "recipient", DELETED, "Les messages envoyés à votre adresse", hidden=MESSAGE),
    Holding("private_files.Upload", "owner", DELETED, "Vos envois de fichiers", hidden=("mark",)),
    Holding("decks.Visit", "user", DELETED, "Votre dernière visite des diaporamas"),
    Holding("spaces.Export", "user", DELETED, "Vos exports"),
    Holding("home.ContactMessage", "email", DELETED, "Vos messages à l’association"),
    Holding("wagtailusers.UserProfile", "user", DELETED, "Vos réglages de rédaction"),
    Holding("wagtailcore.APIToken", "user", DELETED, why="Un jeton n’est montré qu’une fois."),
    *(
        Holding(model, path, UNLINKED, why=ACTS)
        for model, path in (
            ("accounts.Member", "user"),
            ("accounts.Membership", "recorded_by"),
            ("accounts.Referent", "recorded_by"),
            ("accounts.Relay", "asked_by"),
            ("accounts.Invitation", "invited_by"),
            ("accounts.Invitation", "accepted_by"),
            ("accounts.AccountRequest", "answered_by"),
            ("candidates.Look", "user"),
            ("passport.Look", "user"),
            ("passport.Order", "asked_by"),
            ("passport.Order", "decided_by"),
            ("passport.Gift", "given_by"),
            ("passport.AuditFile", "asked_by"),
            ("passport.Decision", "asked_by"),
            ("passport.Decision", "decided_by"),
            ("passport.Dispute", "settled_by"),
            ("passport.Evaluation", "user"),
            ("passport.PaperCheque", "scanned_by"),
            ("passport.PaperCheque", "seen_by"),
            ("passport.SigningLink", "made_by"),
            ("passport.InvoicedMonth", "recorded_by"),
            ("events.Booking", "booked_by"),
            ("events.Booking", "attended_by"),
            ("events.KeptSeats", "recorded_by"),
            ("accompaniment.Appointment", "made_by"),
            ("accompaniment.PaperAgreement", "scanned_by"),
            ("accompaniment.PaperAgreement", "seen_by"),
            ("candidates.Version", "decided_by"),
            ("candidates.Comment", "author"),
            ("candidates.Video", "sent_by"),
            ("candidates.Video", "approved_by"),
            ("wagtailcore.ModelLogEntry", "user"),
            ("wagtailcore.PageLogEntry", "user"),
        )
    ),
    Holding("candidates.VideoHelp", "volunteer", DELETED, why=ACTS),
    *(
        Holding(model, path, UNLINKED, why=EDITING)
        for model, path in (
            ("wagtailcore.Page", "owner"),
            ("wagtailcore.Page", "locked_by"),
            ("wagtailcore.Revision", "user"),
            ("wagtailcore.Comment", "resolved_by"),
            ("wagtailcore.TaskState", "finished_by"),
            ("wagtailcore.WorkflowState", "requested_by"),
            ("wagtailcore.UploadedFile", "uploaded_by_user"),
            ("pages.Picture", "uploaded_by_user"),
            ("pages.File", "uploaded_by_user"),
            ("pages.Film", "uploaded_by_user"),
            ("wagtailimages.Image", "uploaded_by_user"),
            ("wagtaildocs.Document", "uploaded_by_user"),
            ("wagtailmedia.Media", "uploaded_by_user"),
        )
    ),
    *(
        Holding(model, "user", DELETED, why=EDITING)
        for model in (
            "wagtailcore.Comment",
            "wagtailcore.CommentReply",
            "wagtailcore.PageSubscription",
            "wagtailadmin.EditingSession",
            "wagtailadmin.FormState",
        )
    ),
]


def readable() -> Iterator[Holding]:
    """What goes into somebody's export, in the order of this list."""
    return (holding for holding in HOLDINGS if holding.title)


def files_of(row: models.Model) -> Iterator[models.fields.files.FieldFile]:
    """The files that a row keeps on the disk."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.FileField) and (stored := getattr(row, field.attname)):
            yield stored

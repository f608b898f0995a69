"""What administrators do to people, each on a screen that says what will happen before it does."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages

from accounts import (
    counsellors,
    invitations,
    memberships,
    organisations,
    permissions,
    referents,
    requests,
    staff_forms,
)
from accounts.action_views import ActionView
from accounts.models import (
    AccountRequest,
    Counsellor,
    Invitation,
    InvitedAs,
    Member,
    Organisation,
    Referent,
    User,
)


class PersonActionView(ActionView):
    """By whoever manages people and organisations."""

    header_icon = "user"
    done = ""

    def is_allowed(self, user: User) -> bool:
        return permissions.can_manage_people(user)

    def perform(self, data: dict[str, Any]) -> Any:
        raise NotImplementedError

    def answer(self, form: Any) -> HttpResponse:
        self.perform(form.cleaned_data)
        messages.success(self.request, self.done)
        return redirect(self.back())


class MemberAction(PersonActionView):
    queryset = Member.objects.not_erased()
    viewset = "people_members"


class InviteMember(MemberAction):
    page_title = submit_button_label = "Inviter"
    form_class = staff_forms.InviteForm
    explanation = "Un lien valable sept jours est envoyé à cette adresse. Le lien envoyé avant celui-ci ne sert plus."
    done = "L’invitation est envoyée."

    def get_initial(self) -> dict[str, Any]:
        return {"email": self.thing.email}

    def perform(self, data: dict[str, Any]) -> None:
        invitations.invite(data["email"], invited_as=InvitedAs.MEMBER, member=self.thing, by=self.by)


class StartMembership(MemberAction):
    page_title = submit_button_label = "Noter une adhésion"
    form_class = staff_forms.MembershipForm
    explanation = "Une adhésion dure un an, premier et dernier jours compris, sauf si vous donnez une autre fin."
    done = "L’adhésion est notée."

    def get_initial(self) -> dict[str, Any]:
        today, last = timezone.localdate(), memberships.last_membership(self.thing)
        return {"starts_on": max(last.ends_on + memberships.DAY, today) if last else today}

    def perform(self, data: dict[str, Any]) -> None:
        memberships.start(self.thing, by=self.by, **data)


class EndMembership(MemberAction):
    page_title = submit_button_label = "Terminer l’adhésion"
    explanation = (
        "Dès aujourd’hui, cette personne ne voit plus les diaporamas ni les offres, et sa page n’est plus montrée "
        "aux entreprises. Ses propres données lui restent ouvertes."
    )
    done = "L’adhésion est terminée."

    def perform(self, _data: dict[str, Any]) -> None:
        memberships.end(self.thing, by=self.by)


class Entrust(MemberAction):
    page_title = submit_button_label = "Confier à un conseiller"
    form_class = staff_forms.EntrustForm
    explanation = "Le conseiller choisi devient le référent ; celui d’avant ne lit et n’écrit plus rien, aussitôt."
    done = "Le membre est confié à ce conseiller."

    def perform(self, data: dict[str, Any]) -> Referent:
        return referents.hand_over(self.thing, to=data["counsellor"], reason=data["reason"], by=self.by)


class StandIn(MemberAction):
    page_title = submit_button_label = "Nommer un remplaçant"
    form_class = staff_forms.StandInForm
    explanation = "Le remplaçant fait tout ce que fait le référent, jusqu’au soir du jour que vous donnez."
    done = "Le remplaçant est nommé."

    def perform(self, data: dict[str, Any]) -> Referent:
        until = timezone.make_aware(datetime.combine(data["until"] + memberships.DAY, time()))
        return referents.stand_in(self.thing, counsellor=data["counsellor"], until=until, by=self.by)


class HelpInEmergency(MemberAction):
    page_title = submit_button_label = "Ouvrir une aide d’urgence"
    form_class = staff_forms.EmergencyHelpForm
    explanation = (
        "Le conseiller choisi fait tout ce que fait le référent, pendant vingt-quatre heures au plus. "
        "Le membre est prévenu : un e-mail le lui dit, et il lit dans son espace qui l’aide et pourquoi."
    )
    done = "L’aide d’urgence est ouverte, le membre est prévenu."

    def perform(self, data: dict[str, Any]) -> Referent:
        lasting = timedelta(hours=data["hours"])
        return referents.help_in_emergency(
            self.thing, counsellor=data["counsellor"], reason=data["reason"], lasting=lasting, by=self.by
        )


class OrganisationAction(PersonActionView):
    queryset = Organisation.objects.filter(closed_on=None)
    viewset = "people_organisations"


class InviteToOrganisation(OrganisationAction):
    page_title = submit_button_label = "Inviter une personne"
    form_class = staff_forms.InviteForm
    explanation = InviteMember.explanation
    done = InviteMember.done

    def perform(self, data: dict[str, Any]) -> None:
        invitations.invite(data["email"], invited_as=InvitedAs.ORGANISATION, organisation=self.thing, by=self.by)


class Detach(OrganisationAction):
    page_title = submit_button_label = "Détacher une personne"
    form_class = staff_forms.DetachForm
    explanation = "Dès aujourd’hui, cette personne ne voit plus rien de ce que voit l’organisme."
    done = "La personne est détachée."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organisation": self.thing}

    def perform(self, data: dict[str, Any]) -> None:
        organisations.leave(data["affiliation"], by=self.by)


class CloseOrganisation(OrganisationAction):
    page_title = submit_button_label = "Fermer l’organisme"
    explanation = "Ses personnes ne voient plus rien, ses invitations ne servent plus. Cela ne se défait pas."
    done = "L’organisme est fermé."

    def perform(self, _data: dict[str, Any]) -> None:
        organisations.close(self.thing, by=self.by)


class RetireCounsellor(PersonActionView):
    queryset = Counsellor.objects.select_related("user")
    viewset = "people_counsellors"
    lookup = "number"
    page_title = submit_button_label = "Mettre fin aux fonctions"
    explanation = (
        "Cette personne ne suit plus aucun membre, dès maintenant. Ses rendez-vous à venir sont annulés, et ses "
        "membres prévenus. Son numéro reste le sien."
    )
    done = "Cette personne n’est plus conseillère."

    def perform(self, _data: dict[str, Any]) -> None:
        counsellors.retire(self.thing, by=self.by)


class InvitationAction(PersonActionView):
    queryset = Invitation.objects.all()
    viewset = "people_invitations"


class ResendInvitation(InvitationAction):
    page_title = submit_button_label = "Renvoyer"
    explanation = "Un nouveau lien, valable sept jours, est envoyé à la même adresse. L’ancien ne sert plus."
    done = "L’invitation est renvoyée."

    def perform(self, _data: dict[str, Any]) -> None:
        invitations.resend(self.thing, by=self.by)


class RevokeInvitation(InvitationAction):
    page_title = submit_button_label = "Retirer"
    explanation = "Le lien ne servira plus."
    done = "L’invitation est retirée."

    def perform(self, _data: dict[str, Any]) -> None:
        invitations.revoke(self.thing, by=self.by)


class RequestAction(PersonActionView):
    queryset = AccountRequest.objects.all()
    viewset = "people_requests"


class AcceptRequest(RequestAction):
    page_title = submit_button_label = "Accepter"
    form_class = staff_forms.AcceptRequestForm
    explanation = "L’entreprise est créée, ou celle que vous choisissez est reprise, et la personne reçoit un lien."
    done = "La demande est acceptée, l’invitation est envoyée."

    def perform(self, data: dict[str, Any]) -> None:
        requests.accept(self.thing, organisation=data["organisation"], by=self.by)


class RefuseRequest(RequestAction):
    page_title = submit_button_label = "Refuser"
    explanation = "La personne reçoit un message qui le dit poliment et l’invite à appeler."
    done = "La demande est refusée."

    def perform(self, _data: dict[str, Any]) -> None:
        requests.refuse(self.thing, by=self.by)

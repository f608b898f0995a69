"""The first page of each space: what waits for the person comes first, then the rest."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accompaniment import agreements
from accompaniment.links import path_of
from accounts.models import Referent
from candidates.models import Consent, Look, Profile, Version, Video
from passport.models import Dispute
from spaces.counsellor_home import MOST_HELPED
from tests.accompaniment.agendas import make_appointment
from tests.accompaniment.paths import make_agreement, make_roadmap
from tests.factories import make_departement, make_home, make_place, make_session, make_user
from tests.passport.factories import make_passport, make_proposal, make_signed
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

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
DAY = timedelta(days=1)


def read(client, user, path):
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def make_version(member, state, **fields):
    profile, _ = Profile.objects.get_or_create(member=member)
    decided = {} if state in {"brouillon", "envoyee"} else {"decided_at": timezone.now()}
    return Version.objects.create(profile=profile, state=state, **decided | fields)


def make_consent(member, **fields):
    given = timezone.now() - DAY
    return Consent.objects.create(**{"member": member, "ends_on": TODAY() + 90 * DAY, "given_at": given} | fields)


def test_a_new_member_is_asked_to_begin_their_page(client):
    page = read(client, make_member().user, "/espace/membre/")

    assert "Commencez votre page" in page
    assert page.index("À faire") < page.index("Mon adhésion") < page.index("Mon conseiller")
    assert "Personne ne vous accompagne encore" in page
    assert "Aucune entreprise ne voit votre page." in page


@pytest.mark.parametrize(
    ("state", "asked"),
    [("brouillon", "Terminez votre page"), ("a_reprendre", "Reprenez votre page"), ("validee", "Choisissez qui voit")],
)
def test_what_a_member_does_next_follows_their_page(client, state, asked):
    member = make_member()
    make_version(member, state)

    assert asked in read(client, member.user, "/espace/membre/")


def test_a_page_that_the_counsellor_reads_asks_nothing_of_the_member(client):
    member = make_member()
    make_version(member, "envoyee")

    page = read(client, member.user, "/espace/membre/")

    assert "Rien ne vous attend aujourd’hui." in page
    assert "chez votre conseiller" in page


def test_a_member_sees_who_sees_their_page_and_who_looked(client):
    member = make_member()
    make_version(member, "validee")
    company = make_organisation(name="La Ruche")
    make_consent(member, organisation=company, ends_on=TODAY() + 5 * DAY)
    Look.objects.create(member=member, what="page", organisation=company, user=make_user(last_name="Zede"))

    page = read(client, member.user, "/espace/membre/")

    assert "Visible par La Ruche" in page
    assert "Votre accord pour La Ruche se termine" in page
    assert "par Zede" in page


def test_a_member_knows_who_accompanies_them_and_who_helped_in_an_emergency(client):
    member = make_member()
    referent = make_referent(member, make_counsellor(user=make_user(first_name="Inès", last_name="Abadie")))
    stand_in = make_referent(member, role="remplacant", ends_at=timezone.now() + DAY)
    former = make_referent(member, role="remplacant", ends_at=timezone.now() - timedelta(hours=1))
    began = timezone.now() - timedelta(hours=30)
    helper = make_referent(
        member, starts_at=began, ends_at=began + timedelta(hours=24), role="urgence", reason="Malaise au rendez-vous"
    )

    page = read(client, member.user, "/espace/membre/")

    assert "Inès Abadie" in page
    assert referent.counsellor.user.email in page
    assert str(stand_in.counsellor) in page
    assert str(former.counsellor) not in page
    assert f"{helper.counsellor} vous aide en urgence" in page
    assert "Malaise au rendez-vous" in page


def test_a_membership_that_ends_soon_is_said_in_time(client):
    member = make_member(current=False)
    make_membership(member, ends_on=TODAY() + 12 * DAY)

    assert "Votre adhésion se termine le" in read(client, member.user, "/espace/membre/")


def test_a_membership_that_is_renewed_already_does_not_end_soon(client):
    member = make_member(current=False)
    make_membership(member, ends_on=TODAY() + 12 * DAY)
    make_membership(member, starts_on=TODAY() + 13 * DAY, ends_on=TODAY() + 378 * DAY)

    assert "Votre adhésion se termine le" not in read(client, member.user, "/espace/membre/")


def test_a_former_member_reads_what_closed_and_what_stays(client):
    member = make_member(current=False)
    make_membership(member, starts_on=TODAY() - 400 * DAY, ends_on=TODAY() - DAY)
    make_version(member, "validee")
    make_consent(member)

    page = read(client, member.user, "/espace/membre/")

    assert "Votre adhésion est terminée" in page
    assert "Aucune entreprise ne voit votre page." in page
    assert "Relire ma page" in page
    assert "Tous les diaporamas" not in page
    assert "/espace/mes-donnees/" in page


@pytest.mark.parametrize(("starts", "said"), [(3, "n’a pas encore commencé"), (None, "pas d’adhésion en cours")])
def test_somebody_who_is_not_a_member_yet_is_told_when(client, starts, said):
    member = make_member(current=False)
    if starts:
        make_membership(member, starts_on=TODAY() + starts * DAY)

    assert said in read(client, member.user, "/espace/membre/")


def test_a_counsellor_reads_first_what_waits_for_them(client):
    counsellor = make_counsellor()
    waits, ends, other = make_member(last_name="Attend"), make_member(current=False, last_name="Finit"), make_member()
    make_membership(ends, ends_on=TODAY() + 9 * DAY)
    for member in (waits, ends):
        make_referent(member, counsellor)
    make_version(waits, "envoyee", submitted_at=timezone.now())
    make_version(other, "envoyee", submitted_at=timezone.now())

    page = read(client, counsellor.user, "/espace/conseil/")

    assert "La page de Awa Attend" in page
    assert "L’adhésion de Awa Finit" in page
    assert str(other) not in page
    assert page.index("À faire") < page.index("personnes accompagnées") < page.index("Tous mes membres")


def test_a_counsellor_without_anybody_is_told_what_to_do(client):
    page = read(client, make_counsellor().user, "/espace/conseil/")

    assert "Rien ne vous attend" in page
    assert "Ajouter un membre" in page


def test_what_a_counsellor_handed_over_waits_for_them_no_more(client):
    counsellor, member = make_counsellor(), make_member()
    row = make_referent(member, counsellor)
    make_version(member, "envoyee", submitted_at=timezone.now())
    assert str(member) in read(client, counsellor.user, "/espace/conseil/")

    Referent.objects.filter(pk=row.pk).update(ends_at=timezone.now())

    assert str(member) not in read(client, counsellor.user, "/espace/conseil/")


def test_a_prescriber_sees_their_body_its_people_and_the_sessions_near(client):
    essonne = make_departement("91")
    body = make_organisation(name="Mairie de Longval", is_prescriber=True, departement=essonne)
    user = make_affiliation(organisation=body).user
    make_affiliation(organisation=body, user=make_user(first_name="Odile", last_name="Sarr"))
    make_affiliation(user=make_user(last_name="Partie"), organisation=body, ends_on=TODAY() - DAY)
    make_session(title="Ici", place=make_place(code="91"))
    make_session(title="Ailleurs")

    page = read(client, user, "/espace/prescripteur/")

    assert "Mairie de Longval" in page
    assert "Odile Sarr" in page
    assert "Partie" not in page
    assert "Ici" in page
    assert "Ailleurs" not in page


def test_a_company_sees_how_many_candidates_show_it_their_page(client):
    company = make_organisation()
    user = make_affiliation(organisation=company).user
    assert "Aucun candidat ne vous montre sa page" in read(client, user, "/espace/entreprise/")
    member = make_member()
    make_version(member, "validee")
    make_consent(member, organisation=company)

    page = read(client, user, "/espace/entreprise/")

    assert "Une personne vous montre sa page" in page
    assert str(member) not in page


def test_a_treasurer_and_a_volunteer_are_told_what_will_come(client):
    assert "Rien ne vous attend" in read(client, make_treasurer(), "/espace/tresorerie/")
    assert "Aucune vidéo à préparer" in read(client, make_volunteer(), "/espace/video/")


def test_a_volunteer_sees_the_first_name_of_whom_they_help_and_nothing_else(client):
    volunteer, member = make_volunteer(), make_member(last_name="Secret")
    make_version(member, "brouillon").profile.helps.create(volunteer=volunteer)

    make_video(member, state="prete")
    page = read(client, volunteer, "/espace/video/")

    assert "La vidéo de Awa" in page
    assert "À regarder, à sous-titrer." in page
    assert "Secret" not in page


def test_a_volunteer_loses_sight_of_a_member_whose_membership_ended(client):
    volunteer, member = make_volunteer(), make_member(current=False)
    make_version(member, "brouillon").profile.helps.create(volunteer=volunteer)

    assert "La vidéo de Awa" not in read(client, volunteer, "/espace/video/")


SPACES = ["membre", "conseil", "prescripteur", "entreprise", "tresorerie", "video"]


@pytest.mark.parametrize("space", SPACES)
def test_a_space_is_closed_to_who_has_another_role(client, space):
    people = {
        "membre": make_member().user,
        "conseil": make_counsellor().user,
        "prescripteur": make_affiliation(organisation=make_organisation(is_prescriber=True, is_company=False)).user,
        "entreprise": make_affiliation().user,
        "tresorerie": make_treasurer(),
        "video": make_volunteer(),
    }
    for role, person in people.items():
        client.force_login(person)
        assert client.get(f"/espace/{space}/").status_code == (200 if role == space else 403)


def test_a_proposed_agreement_waits_for_the_member(client):
    member = make_member()
    draft = make_agreement(make_roadmap(member))
    assert "Lisez le contrat" not in read(client, member.user, "/espace/membre/")

    agreements.propose(draft)

    page = read(client, member.user, "/espace/membre/")
    assert "Lisez le contrat" in page
    assert f"/espace/contrats/{draft.reference}/" in page


@pytest.mark.parametrize("members", [2, 7])
def test_first_pages_cost_the_same_however_many_people(client, django_assert_max_num_queries, members):
    make_home()  # what the frame shows is then kept
    counsellor, company, volunteer = make_counsellor(), make_organisation(), make_volunteer()
    people = [make_member() for _ in range(members)]
    for member in people:
        make_referent(member, counsellor)
        make_version(member, "validee").profile.helps.create(volunteer=volunteer)
        make_version(member, "envoyee", submitted_at=timezone.now())
        make_consent(member, organisation=company)
        make_appointment(people[0], starts_at=timezone.now() + DAY, kind="individuel")
        make_appointment(member, counsellor, starts_at=timezone.now() - DAY * (member.pk % 50 + 1))
        Look.objects.create(member=people[0], what="page", user=make_user(), organisation=company)
    colleague = [make_affiliation(organisation=company).user for _ in range(members)][-1]
    homes = {
        "membre": people[0].user,
        "conseil": counsellor.user,
        "entreprise": colleague,
        "video": volunteer,
    }
    for space, person in homes.items():
        read(client, person, f"/espace/{space}/")
        with django_assert_max_num_queries(15):
            client.get(f"/espace/{space}/")


@pytest.mark.parametrize("passports", [1, 4])
def test_first_pages_cost_the_same_however_many_passports(client, django_assert_max_num_queries, passports):
    make_home()
    counsellor, today = make_counsellor(), timezone.localdate()
    people = [make_member() for _ in range(passports)]
    for member in people:
        make_referent(member, counsellor)
        facts = {"counsellor": counsellor, "starts_on": today - 20 * DAY, "now": timezone.now() - 20 * DAY}
        Referent.objects.filter(member=member).update(starts_at=timezone.now() - 30 * DAY)
        passport = make_passport(member=member, **facts)
        hour = 8 + 2 * people.index(member)
        visit = make_signed(passport, day=today - 3 * DAY, hour=hour)
        Dispute.objects.create(cheque=visit, words="Je n’y étais pas.")
        make_proposal(passport, day=today - 2 * DAY, hour=hour)
    for space, person in {"membre": people[0].user, "conseil": counsellor.user}.items():
        page = read(client, person, f"/espace/{space}/")
        assert ("Signez la visite" if space == "membre" else "conteste une visite") in page
        with django_assert_max_num_queries(15):
            client.get(f"/espace/{space}/")


def make_video(member, **fields):
    profile, _ = Profile.objects.get_or_create(member=member)
    return Video.objects.create(profile=profile, film="film.mp4", poster="affiche.webp", **fields)


def test_a_video_that_was_refused_is_asked_for_again(client):
    member = make_member()
    make_video(member, state="refusee", refusal="Le film dure plus de trois minutes.")

    page = read(client, member.user, "/espace/membre/")

    assert "Envoyez votre vidéo de nouveau" in page
    assert "Le film dure plus de trois minutes." in page


def test_a_counsellor_watches_videos_and_reads_objections(client):
    counsellor, member = make_counsellor(), make_member()
    make_referent(member, counsellor)
    make_video(member, state="prete")
    Look.objects.create(member=member, what="page", objected_at=timezone.now(), objection="Je ne les connais pas.")

    page = read(client, counsellor.user, "/espace/conseil/")

    assert f"La vidéo de {member}" in page
    assert f"{member} conteste une consultation" in page
    record = read(client, counsellor.user, f"/espace/conseil/membres/{member.reference}/")
    assert "Je ne les connais pas." in record


def test_a_counsellor_who_stands_in_for_many_reads_the_first_of_them(client):
    counsellor = make_counsellor()
    for _ in range(MOST_HELPED):
        make_referent(make_member(), counsellor, role=Referent.Role.STAND_IN)
    few = read(client, counsellor.user, "/espace/conseil/")
    urgent = make_member(last_name="Urgente")
    soon = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=2), "reason": "Un entretien"}
    make_referent(urgent, counsellor, role=Referent.Role.EXCEPTIONAL, **soon)

    many = read(client, counsellor.user, "/espace/conseil/")

    assert few.count("Vous remplacez") == MOST_HELPED
    assert "d’autres encore" not in few
    assert many.count("Vous remplacez") == MOST_HELPED - 1
    assert "Vous aidez en urgence" in many
    assert "d’autres encore" in many


def test_a_member_sees_their_appointments_to_come_and_what_moves_them(client):
    member = make_member(current=False)
    coming = make_appointment(member, starts_at=timezone.now() + DAY)
    make_appointment(member, starts_at=timezone.now() + DAY, state="annule", kind="individuel")
    other = make_appointment(starts_at=timezone.now() + DAY)

    page = read(client, member.user, "/espace/membre/")

    assert "Mon rendez-vous" in page
    assert path_of(coming) in page
    assert str(coming.counsellor) in page
    assert path_of(other) not in page


def test_a_counsellor_is_asked_whether_those_they_received_came(client):
    begun = make_appointment(starts_at=timezone.now() - DAY)
    make_appointment(counsellor=begun.counsellor, starts_at=timezone.now() + DAY)
    theirs = make_appointment(starts_at=timezone.now() - DAY)

    page = read(client, begun.counsellor.user, "/espace/conseil/")

    assert f"Le rendez-vous de {begun.member}" in page
    assert f"/espace/conseil/agenda/{begun.reference}/" in page
    assert theirs.reference not in page

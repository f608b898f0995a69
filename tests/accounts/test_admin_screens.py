"""The administrators' screens for people: lists, exports, actions; nobody else sees them.

The site is filled once for the module: each test works in a transaction of its own.
"""

import csv
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import transaction
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import AccountRequest, Invitation, Member, Organisation
from accounts.referents import who_follows
from accounts.roles import is_current_member
from accounts.viewsets import PeopleGroup
from home import site_setup
from tests.factories import make_admin, make_departement, make_user
from tests.people import (
    log_in,
    make_administrator,
    make_affiliation,
    make_counsellor,
    make_member,
    make_referent,
    make_treasurer,
    make_volunteer,
)

# Wagtail's own templates use variables that are not set.
pytestmark = pytest.mark.ignore_template_errors
ROOT = "/gestion/personnes"
LISTS = ["membres", "adhesions", "suivis", "conseillers", "organismes", "invitations", "demandes"]
VIEWSETS = list(PeopleGroup().registerables)


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        site_setup.setup_site()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def site(filled):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def admin(client):
    user = make_administrator(is_staff=True)
    log_in(client, user)
    return user


def make_invitation(**fields):
    now = timezone.now()
    defaults = {
        "email": "a@example.org",
        "invited_as": "benevole",
        "digest": "d",
        "expires_at": now + timedelta(days=7),
    }
    return Invitation.objects.create(**defaults | fields)


def make_demand(**fields):
    defaults = {"organisation_name": "La Ressourcerie", "person_name": "Inès", "email": "ines@example.org"}
    return AccountRequest.objects.create(**defaults | fields)


def make_everything(number=1):
    """A row, or several, on each list."""
    for place in range(number):
        member = make_member(departement=make_departement("93"))
        make_referent(member)
        make_affiliation()
        make_invitation(digest=f"d{number} {place}", invited_by=make_user(), email=f"a{place}@example.org")
        make_demand()


def follow(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response


def rows_of(client, name, **query):
    response = client.get(f"{ROOT}/{name}/", {"export": "csv"} | query)
    assert response["Content-Disposition"].startswith("attachment")
    return list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))


@pytest.mark.parametrize("name", LISTS)
def test_an_administrator_of_the_group_sees_every_list(client, admin, name):
    make_everything()

    page = follow(client, f"{ROOT}/{name}/")

    assert f"{ROOT}/membres/" in page.text  # the menu
    follow(client, f"{ROOT}/{name}/results/?q=a")
    assert len(rows_of(client, name)) >= 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: make_user(groups=["Rédaction"], is_staff=True),
        lambda: make_user(groups=["Modération"], is_staff=True),
        make_treasurer,
        make_volunteer,
        lambda: make_counsellor().user,
        lambda: make_member().user,
        lambda: make_affiliation().user,
    ],
)
def test_nobody_else_does(client, make):
    log_in(client, make())
    member = make_member()
    paths = [path for name in LISTS for path in (name, f"{name}/new", f"{name}/results")]
    paths += [f"membres/edit/{member.pk}", f"membres/inspect/{member.pk}"]

    assert [path for path in paths if client.get(f"{ROOT}/{path}/").status_code not in {302, 403}] == []
    assert client.post(f"{ROOT}/membres/{member.reference}/fin-adhesion/").status_code in {302, 403}
    assert is_current_member(member.user)


def test_editors_have_no_menu_for_people(client):
    log_in(client, make_user(groups=["Modération"], is_staff=True))

    assert "personnes" not in client.get("/gestion/").text


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_whatever_its_length(client, admin, django_assert_max_num_queries, name):
    make_everything()
    client.get(f"{ROOT}/{name}/")
    with django_assert_max_num_queries(22) as few:
        client.get(f"{ROOT}/{name}/")
    make_everything(5)

    with django_assert_max_num_queries(len(few)):
        client.get(f"{ROOT}/{name}/")


FILTERS = {
    "membres": [
        "membership=en-cours&account=oui&referent=null",
        "membership=passee&account=non",
        "referent=999999&departement=9223372036854775808",
    ],
    "adhesions": ["when=en-cours", "when=bientot", "when=passees"],
    "suivis": ["live=en-cours&role=referent", "live=passes"],
    "conseillers": [],
    "organismes": ["open=ouverts&is_company=true", "open=fermes"],
    "invitations": ["state=attend", "state=acceptee", "state=morte"],
    "demandes": ["answered=attend", "answered=refusee"],
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_filtered(client, admin, name):
    make_everything()

    for query in (*FILTERS[name], "q=%2526%27%22é&ordering=inconnu&p=99"):
        follow(client, f"{ROOT}/{name}/?{query}")


def test_filters_keep_what_they_say(client, admin):
    followed = make_member(last_name="Suivie")
    counsellor = make_referent(followed).counsellor
    make_member(last_name="Seule", account=False, current=False)

    assert [row["Nom"] for row in rows_of(client, "membres", membership="en-cours")] == ["Suivie"]
    assert [row["Nom"] for row in rows_of(client, "membres", membership="passee")] == ["Seule"]
    assert [row["Nom"] for row in rows_of(client, "membres", account="non")] == ["Seule"]
    assert [row["Nom"] for row in rows_of(client, "membres", referent=counsellor.pk)] == ["Suivie"]
    assert [row["Nom"] for row in rows_of(client, "membres", referent="null")] == ["Seule"]
    assert [row["Nom"] for row in rows_of(client, "membres", q="seul")] == ["Seule"]


def test_a_spreadsheet_speaks_french_and_runs_nothing(client, admin):
    words = ["=1+1", "+33 1 99 00 00 00", "-1", "@x", "\t=x", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "Zoé"]
    for word in words:
        make_member(last_name=word, account=False, current=False, born_on=date(1990, 5, 3))

    rows = rows_of(client, "membres")

    assert {row["Nom"] for row in rows} == {f"'{word}" for word in words[:-1]} | {"Zoé"}
    last = next(row for row in rows if row["Nom"] == "Zoé")
    assert (last["Prénom"], last["Date de naissance"], last["A un compte"], last["Membre jusqu’au"]) == (
        *("Awa", "03/05/1990"),
        *("non", ""),
    )
    answer = client.get(f"{ROOT}/membres/?export=xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "d", "n", "inlineStr"}


def test_who_was_erased_is_on_no_screen(client, admin):
    member = make_member(last_name="Effacée", account=False)
    make_referent(member)
    Member.objects.update(first_name="", last_name="", erased_at=datetime(2026, 1, 1, tzinfo=UTC))

    for name in ("membres", "adhesions", "suivis"):
        assert rows_of(client, name) == []
    for path in (f"edit/{member.pk}", f"inspect/{member.pk}", f"{member.reference}/inviter"):
        assert client.get(f"{ROOT}/membres/{path}/").status_code == 404


def test_a_member_is_recorded_and_corrected(client, admin):
    data = {"first_name": "Awa", "last_name": "Diallo", "last_contact_on": "01/11/2026", "born_on": "03/05/1990"}
    follow(client, f"{ROOT}/membres/new/")
    client.post(f"{ROOT}/membres/new/", data)
    member = Member.objects.get()
    assert (str(member), member.born_on) == ("Awa Diallo", date(1990, 5, 3))

    follow(client, f"{ROOT}/membres/edit/{member.pk}/")
    client.post(f"{ROOT}/membres/edit/{member.pk}/", data | {"last_name": "Diallo-Ba", "user": admin.pk})
    member.refresh_from_db()
    assert (member.last_name, member.user) == ("Diallo-Ba", None)


@pytest.mark.parametrize("wrong", [{"born_on": "30/02/1990"}, {"born_on": "01/01/1800"}, {"telephone": "non"}])
def test_a_wrong_record_is_refused_and_nothing_typed_is_lost(client, admin, wrong):
    answer = client.post(f"{ROOT}/membres/new/", {"last_name": "Diallo", "last_contact_on": "01/11/2026"} | wrong)

    assert answer.status_code == 200
    assert "Diallo" in answer.text
    assert not Member.objects.exists()


def act(client, path, **data):
    """Look at the screen of an action, then do it."""
    follow(client, f"{ROOT}/{path}/")
    return client.post(f"{ROOT}/{path}/", data)


def test_everything_is_done_for_a_member_from_their_record(client, admin):
    member, first, second = make_member(account=False, current=False), make_counsellor(), make_counsellor()
    root = f"membres/{member.reference}"

    assert act(client, f"{root}/inviter", email="awa@example.org").status_code == 302
    assert act(client, f"{root}/adhesion", starts_on="01/11/2026").status_code == 302
    assert act(client, f"{root}/confier", counsellor=first.pk, reason="Premier rendez-vous.").status_code == 302
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert act(client, f"{root}/remplacer", counsellor=second.pk, until=f"{tomorrow:%d/%m/%Y}").status_code == 302
    record = follow(client, f"{ROOT}/membres/inspect/{member.pk}/").text

    assert Invitation.objects.get().member == member
    assert [row.counsellor for row in who_follows(member)] == [first, second]
    assert "01/11/2026" in record
    assert str(second) in record


def test_a_membership_ends_from_the_record(client, admin):
    member = make_member()

    act(client, f"membres/{member.reference}/fin-adhesion")

    assert not is_current_member(member.user)
    again = act(client, f"membres/{member.reference}/fin-adhesion")
    assert "pas d’adhésion en cours" in again.text


def test_an_action_refused_by_a_field_says_so_beside_it(client, admin):
    member, counsellor = make_member(), make_counsellor()

    answer = act(client, f"membres/{member.reference}/remplacer", counsellor=counsellor.pk, until="01/01/2020")

    assert "dans les six mois" in answer.text
    assert not who_follows(member)


def test_an_organisation_is_looked_after(client, admin):
    client.post(
        f"{ROOT}/organismes/new/", {"name": "La Ressourcerie", "is_company": "on", "siret": "732 829 320 00074"}
    )
    company = Organisation.objects.get()
    assert company.siret == "73282932000074"
    refused = client.post(f"{ROOT}/organismes/new/", {"name": "Autre", "is_company": "on", "siret": "7328293200007"})
    assert "celui-ci en a 13" in refused.text
    row = make_affiliation(organisation=company)
    root = f"organismes/{company.reference}"
    assert row.user.email in follow(client, f"{ROOT}/organismes/inspect/{company.pk}/").text

    act(client, f"{root}/inviter", email="ines@example.org")
    assert Invitation.objects.get().organisation == company
    act(client, f"{root}/detacher", affiliation=row.pk)
    assert not Organisation.objects.of(row.user).exists()
    act(client, f"{root}/fermer")
    company.refresh_from_db()
    assert company.closed_on
    assert client.get(f"{ROOT}/{root}/inviter/").status_code == 404
    assert "Fermer l’organisme" not in follow(client, f"{ROOT}/organismes/inspect/{company.pk}/").text


def test_somebody_is_invited_sent_again_and_withdrawn(client, admin):
    follow(client, f"{ROOT}/invitations/new/")
    client.post(f"{ROOT}/invitations/new/", {"email": "lea@example.org", "invited_as": "conseiller"})
    invitation = Invitation.objects.get()
    assert (invitation.invited_as, invitation.invited_by) == ("conseiller", admin)
    assert "Retirer" in follow(client, f"{ROOT}/invitations/inspect/{invitation.pk}/").text

    act(client, f"invitations/{invitation.reference}/renvoyer")
    assert Invitation.objects.get().digest != invitation.digest
    act(client, f"invitations/{invitation.reference}/retirer")
    assert not Invitation.objects.open().exists()
    assert "a été retirée" in act(client, f"invitations/{invitation.reference}/renvoyer").text


def test_an_administrator_does_not_invite_themselves(client, admin):
    answer = client.post(f"{ROOT}/invitations/new/", {"email": admin.email, "invited_as": "tresorier"})

    assert "soi-même" in answer.text
    assert not Invitation.objects.exists()


def test_a_demand_is_accepted_or_refused(client, admin):
    first, second = make_demand(), make_demand(email="b@example.org")

    assert "Accepter" in follow(client, f"{ROOT}/demandes/inspect/{first.pk}/").text
    act(client, f"demandes/{first.reference}/accepter", organisation="")
    act(client, f"demandes/{second.reference}/refuser")

    assert Invitation.objects.get().organisation == Organisation.objects.get()
    assert not AccountRequest.objects.waiting().exists()
    assert "Accepter" not in follow(client, f"{ROOT}/demandes/inspect/{second.pk}/").text


def test_a_counsellor_leaves(client, admin):
    counsellor = make_counsellor()

    follow(client, f"{ROOT}/conseillers/inspect/{counsellor.pk}/")
    act(client, f"conseillers/{counsellor.number}/fin")

    counsellor.refresh_from_db()
    assert counsellor.ends_on
    assert client.get(f"{ROOT}/conseillers/abc/fin/").status_code == 404


def test_nobody_deletes_nor_types_what_rules_write(client):
    log_in(client, make_admin())
    make_everything()
    member = Member.objects.get()

    assert client.post(f"{ROOT}/membres/delete/{member.pk}/").status_code in {302, 403}
    for name in ("adhesions", "suivis", "demandes"):
        assert client.get(f"{ROOT}/{name}/new/").status_code in {302, 403}
    for name in ("adhesions", "suivis", "conseillers", "demandes"):
        assert client.get(f"{ROOT}/{name}/edit/1/").status_code in {302, 403}
    assert Member.objects.filter(pk=member.pk).exists()


def test_nobody_acts_as_somebody_else(client, admin):
    member = make_member()

    page = follow(client, f"{ROOT}/membres/inspect/{member.pk}/").text

    assert "personnifier" not in page.lower()
    assert not any("hijack" in str(viewset) or "impersonate" in str(viewset) for viewset in VIEWSETS)

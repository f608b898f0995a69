"""Administrators write packages and grids as drafts and put them in force; nobody else sees them."""

import pytest
from django.urls import reverse

from accompaniment import grids, packages
from accompaniment.draft_actions import GRIDS, PACKAGES
from accompaniment.models import Grid, Package, PackageVersion
from home import site_setup
from tests.factories import make_user
from tests.people import log_in, make_administrator, make_counsellor, make_member, make_treasurer

# Wagtail's own templates use variables that are not set.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def admin(client):
    site_setup.prepare()
    user = make_administrator(is_staff=True)
    log_in(client, user)
    return user


def page(answer):
    assert answer.status_code == 200
    return answer.text


def fields_of(answer):
    """All that the form of a draft would send."""
    form = answer.context["form"]
    sent = {field.html_name: field.value() for field in form}
    return {name: value for name, value in sent.items() if value not in (None, "") and value is not False}


def test_a_live_version_is_read_and_gives_a_draft_that_is_written_and_put_in_force(client, admin):
    [version] = packages.in_force()
    assert "Forfait crédit-temps" in page(client.get(reverse(f"{PACKAGES}:index")))
    read = page(client.get(reverse(f"{PACKAGES}:inspect", args=[version.pk])))
    assert "Ateliers candidatures" in read
    assert "Activités" in read
    assert "Nouvelle version" in read
    assert "Mettre en vigueur" not in read

    page(client.get(reverse(f"{PACKAGES}:renew", args=[version.pk])))
    answer = client.post(reverse(f"{PACKAGES}:renew", args=[version.pk]))
    draft = PackageVersion.objects.get(number=2)
    assert answer.url == reverse(f"{PACKAGES}:write", args=[draft.pk])
    data = fields_of(client.get(answer.url)) | {
        "row-0-hours": "8",
        "row-4-label": "",
        "row-1-place": "1",
        "row-0-place": "2",
    }
    data |= {"row-5-label": "Visites", "row-5-look": "entreprise", "row-5-hours": "3", "row-5-usual_hours": "3"}
    data |= {"price": "1050.50", "extension_motives": "Formation\n\n Arrêt maladie", "longest_extension_days": "31"}
    client.post(answer.url, data)
    client.post(reverse(f"{PACKAGES}:live", args=[draft.pk]))

    [sold] = packages.in_force()
    assert (sold.number, sold.hours) == (2, 12 + 8 + 6 + 7 + 3)
    assert (str(sold.price), sold.longest_extension_days) == ("1050.50", 31)
    assert sold.motives == ["Formation", "Arrêt maladie"]
    assert "1050,50" in page(client.get(reverse(f"{PACKAGES}:inspect", args=[sold.pk])))
    kinds = [(kind.code, kind.hours) for kind in sold.kinds.all()]
    assert kinds == [("candidature", 12), ("rv", 8), ("metiers", 6), ("rencontre", 7), ("visites", 3)]


def test_what_has_been_live_is_not_written_by_any_address(client, admin):
    for viewset, thing in [(PACKAGES, packages.in_force()[0]), (GRIDS, grids.in_force())]:
        for name in ("live", "drop"):
            assert "ne change plus" in page(client.post(reverse(f"{viewset}:{name}", args=[thing.pk])))
        write = reverse(f"{viewset}:write", args=[thing.pk])
        assert "ne change plus" in page(client.post(write, fields_of(client.get(write))))
        assert client.get(reverse(f"{viewset}:edit", args=[thing.pk])).status_code in {302, 403}
        assert client.get(reverse(f"{viewset}:delete", args=[thing.pk])).status_code in {302, 403, 404}

    assert packages.in_force()[0].hours == 35


def test_a_new_package_begins_as_a_draft_and_may_be_removed(client, admin):
    page(client.get(reverse(f"{PACKAGES}:add")))
    answer = client.post(reverse(f"{PACKAGES}:add"), {"name": "Forfait court"})
    draft = PackageVersion.objects.get(package__name="Forfait court")
    assert answer.url == reverse(f"{PACKAGES}:write", args=[draft.pk])
    assert "brouillon" in page(client.get(reverse(f"{PACKAGES}:index")))
    assert "Supprimer le brouillon" in page(client.get(reverse(f"{PACKAGES}:inspect", args=[draft.pk])))
    again = page(client.post(reverse(f"{PACKAGES}:add"), {"name": "Forfait court"}))
    assert "existe déjà" in again

    assert "au moins une activité" in page(client.post(reverse(f"{PACKAGES}:live", args=[draft.pk])))
    client.post(reverse(f"{PACKAGES}:drop", args=[draft.pk]))

    assert not Package.objects.filter(name="Forfait court").exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"row-0-hours": ""}, "Donnez les heures."),
        ({"row-0-usual_hours": "0"}, "supérieure ou égale à 1"),
        ({"window_months": "25"}, "inférieure ou égale à 24"),
        ({"row-0-look": "autre"}, "autre"),
        ({"price": "-1"}, "supérieure ou égale à 0"),
        ({"price": "1.001"}, "2 chiffres"),
        ({"price": "1e9"}, "9 chiffres"),
        ({"longest_extension_days": "367"}, "inférieure ou égale à 366"),
    ],
)
def test_a_wrong_draft_is_refused_and_nothing_typed_is_lost(client, admin, wrong, told):
    draft = packages.new_version(packages.in_force()[0])
    path = reverse(f"{PACKAGES}:write", args=[draft.pk])

    answer = client.post(path, fields_of(client.get(path)) | {"row-5-label": "À peine tapé"} | wrong)

    body = page(answer)
    assert told in body
    assert "À peine tapé" in body
    assert draft.kinds.count() == 5


def test_a_grid_is_renewed_and_asked(client, admin):
    grid = grids.in_force()
    assert "La synthèse" in page(client.get(reverse(f"{GRIDS}:inspect", args=[grid.pk])))
    page(client.get(reverse(f"{GRIDS}:index")))
    path = client.post(reverse(f"{GRIDS}:renew", args=[grid.pk])).url
    draft = Grid.objects.get(number=2)
    data = fields_of(client.get(path)) | {"row-0-label": ""}
    data |= {"row-8-label": "Permis", "row-8-kind": "choix", "row-8-choices": "oui\n\n non \noui"}

    client.post(path, data)
    client.post(reverse(f"{GRIDS}:live", args=[draft.pk]))

    asked = grids.in_force()
    assert asked == draft
    last = asked.questions.last()
    assert (last.label, last.choices) == ("Permis", ["oui", "non"])
    assert asked.questions.first().code == "projet"


def test_a_draft_of_a_grid_is_removed(client, admin):
    draft = grids.new_version(grids.in_force())

    assert client.post(reverse(f"{GRIDS}:drop", args=[draft.pk])).url == reverse(f"{GRIDS}:index")

    assert Grid.objects.count() == 1


def test_a_version_that_does_not_exist_is_not_found(client, admin):
    for viewset in (PACKAGES, GRIDS):
        for reference in ("99", "x", "9" * 30):
            assert client.get(reverse(f"{viewset}:write", args=[reference])).status_code == 404


@pytest.mark.parametrize(
    "make",
    [
        lambda: make_user(groups=["Rédaction"], is_staff=True),
        lambda: make_user(groups=["Modération"], is_staff=True),
        lambda: make_counsellor().user,
        lambda: make_member().user,
        make_treasurer,
    ],
)
def test_nobody_else_reads_or_writes_them(client, make):
    site_setup.prepare()
    log_in(client, make())
    things = [(PACKAGES, packages.in_force()[0]), (GRIDS, grids.in_force())]
    paths = [
        reverse(f"{viewset}:{name}", args=[thing.pk])
        for viewset, thing in things
        for name in ("inspect", "renew", "write", "live", "drop")
    ]

    assert {client.get(path).status_code for path in paths} <= {302, 403}
    for path in paths:
        client.post(path)
    assert (PackageVersion.objects.count(), Grid.objects.count()) == (1, 1)
    assert "accompagnement" not in client.get("/gestion/").text

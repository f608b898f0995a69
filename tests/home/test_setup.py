"""A new association's site, made by one command."""

import json

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Collection, Page, Site, Workflow, WorkflowPage

from accounts.models import User
from association.models import Departement, Identity, Sector, StructureKind
from home.models import AssociationPage, ContactPage, HomePage
from tests.factories import make_admin
from tests.people import log_in, make_administrator

pytestmark = pytest.mark.django_db


def tree():
    return list(Page.objects.order_by("path").values_list("url_path", "live", "title"))


def test_a_site_is_set_up_with_all_that_it_needs(client):
    call_command("setup_site", name="Emploi solidaire", hostname="emploi.example.org", port=443)

    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("emploi.example.org", 443, "Emploi solidaire")
    assert site.root_page.specific == HomePage.objects.get()
    assert Identity.load().name == "Emploi solidaire"
    assert not Identity.load().is_demo
    assert set(Departement.objects.values_list("code", flat=True)) == {"75", "77", "78", "91", "92", "93", "94", "95"}
    slugs = set(HomePage.objects.get().get_children().live().values_list("slug", flat=True))
    assert slugs == {
        *("actualites", "guides", "videos", "contact"),
        *("mentions-legales", "vos-donnees", "accessibilite"),
    }
    assert "Emploi solidaire" in str(AssociationPage.objects.get(slug="mentions-legales").body)
    assert {"Couvertures", "Dessins"} <= set(Collection.objects.values_list("name", flat=True))


def test_wagtail_s_own_page_groups_and_workflow_are_gone():
    call_command("setup_site")

    assert not Page.objects.filter(slug="home").exists()
    assert set(Group.objects.values_list("name", flat=True)) == {
        *("Rédaction", "Modération", "Administration", "Trésorerie", "Équipe vidéo"),
    }
    [workflow] = Workflow.objects.all()
    assert workflow.name == "Relecture"
    assert WorkflowPage.objects.get().page.specific == HomePage.objects.get()


def test_a_second_time_changes_nothing():
    call_command("setup_site", name="Emploi solidaire", hostname="emploi.example.org")
    before = tree()

    call_command("setup_site")

    assert tree() == before
    assert Site.objects.get().hostname == "emploi.example.org"
    assert Identity.load().name == "Emploi solidaire"
    assert Workflow.objects.count() == 1


def test_what_editors_changed_is_kept():
    call_command("setup_site")
    page = ContactPage.objects.get()
    page.title = "Écrivez-nous"
    page.save_revision().publish()
    Departement.objects.filter(code="93").update(intro="<p>La nôtre.</p>")

    call_command("setup_site")

    assert ContactPage.objects.get().title == "Écrivez-nous"
    assert Departement.objects.get(code="93").intro == "<p>La nôtre.</p>"


def test_a_group_of_wagtail_with_people_in_it_is_kept():
    group = Group.objects.get(name="Editors")
    group.user_set.add(User.objects.create_user("ada@example.org"))

    call_command("setup_site")

    assert Group.objects.filter(name="Editors").exists()


def test_another_territory_comes_from_a_file(tmp_path):
    path = tmp_path / "corse.json"
    path.write_text(json.dumps([{"code": "2A", "name": "Corse-du-Sud", "locative": "en Corse-du-Sud"}]))

    call_command("setup_site", departements=path)

    assert Departement.objects.get().slug == "corse-du-sud"


@pytest.mark.parametrize("content", ["{", '[{"code": "2A"}]', '[{"code": "999999", "name": "X", "locative": "x"}]'])
def test_a_territory_that_makes_no_sense_is_refused_and_nothing_is_made(tmp_path, content):
    path = tmp_path / "territoire.json"
    path.write_text(content)

    with pytest.raises(CommandError):
        call_command("setup_site", departements=path)

    assert not HomePage.objects.exists()


def test_the_administrator_chooses_their_password_themselves(capsys):
    call_command("setup_site", admin_email="ada@example.org")
    call_command("setup_site", admin_email="ADA@example.org")

    administrator = User.objects.get()
    assert administrator.is_superuser
    # Wagtail only sends the link of « mot de passe oublié » to accounts that have one.
    assert administrator.has_usable_password()
    assert "/compte/mot-de-passe/oublie/" in capsys.readouterr().out


def test_an_address_that_is_not_one_is_refused():
    with pytest.raises(CommandError):
        call_command("setup_site", admin_email="ada")

    assert not User.objects.exists()


def test_candidates_choose_from_lists_that_nobody_shortened_in_vain():
    call_command("setup_site")
    Sector.objects.exclude(name="Logement").delete()
    call_command("setup_site")

    assert [sector.name for sector in Sector.objects.all()] == ["Logement"]
    assert StructureKind.objects.filter(slug="entreprise-dinsertion").exists()


def test_administrators_name_sectors_and_kinds_of_structure(client):
    call_command("setup_site")
    client.force_login(make_admin())

    client.post(reverse("wagtailsnippets_association_sector:add"), {"name": "Textile"})

    assert Sector.objects.get(name="Textile").slug == "textile"
    assert client.get(reverse("wagtailsnippets_association_structurekind:list")).status_code == 200


@pytest.mark.ignore_template_errors  # Wagtail's own templates use variables that are not set
def test_administrators_watch_messages_work_and_what_is_kept(client):
    call_command("setup_site")
    log_in(client, make_administrator(is_staff=True))

    for viewset in ("messages-envoyes", "travaux", "conservation"):
        assert client.get(reverse(f"{viewset}:index")).status_code == 200, viewset
    assert client.get(reverse("wagtailsettings:edit", args=["spaces", "retention"]), follow=True).status_code == 200

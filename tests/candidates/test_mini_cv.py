"""The mini-CV says only what was chosen from lists, and is the same for everybody."""

import pytest
from django.urls import reverse

from candidates.differences import differences
from candidates.mini_cv import MiniCV, mini_cv
from candidates.models import Version
from tests.candidates.factories import (
    give_portrait,
    make_approved,
    make_consent,
    make_experience,
    make_sector,
    make_version,
)
from tests.people import make_affiliation, make_member

pytestmark = pytest.mark.django_db

SECRETS = {"first_name": "Prenomsecret", "last_name": "Nomsecret", "telephone": "0639980011"}
FREE = {
    "headline": "Titresecret",
    "summary": "Resumesecret",
    "skills": ["Competencesecret"],
    "links": [{"title": "Liensecret", "url": "https://secret.example.org/"}],
}


def secretive():
    """A page on which every free text is marked, and its mini-CV."""
    version = make_approved(
        make_member(**SECRETS),
        languages=[
            {"name": "wo", "level": "courant"},
            {"name": "fr", "level": ""},
            {"name": "Languesecret", "level": ""},
        ],
        **FREE,
    )
    told = {"employer": "Employeursecret", "starts": "Debutsecret", "ends": "Finsecret", "text": "Textesecret"}
    make_experience(version, title="Metiersecret", sector=make_sector(), years=3, **told)
    make_experience(version, title="Metiersecret", sector=make_sector(), years=2)
    make_experience(version, title="Metiersecret", sector=make_sector("Vélo"), years=9)
    make_experience(version, title="Metiersecret", years=9)
    make_experience(version, title="Metiersecret", sector=make_sector("Énergie"))
    return give_portrait(version)


def test_it_holds_what_was_chosen_from_lists():
    version = secretive()

    assert mini_cv(version) == MiniCV(
        reference=version.profile.reference,
        sectors=["Alimentation durable"],
        structures=["Association"],
        departements=["Seine-Saint-Denis"],
        availability="tout de suite",
        languages=["wolof (courant)", "français"],
        experience=[("Vélo", 9), ("Alimentation durable", 5)],
    )


def test_a_page_that_was_not_begun_has_an_empty_one():
    empty = mini_cv(Version(profile=make_version().profile))

    assert (empty.sectors, empty.experience) == ([], [])


def test_a_company_reads_no_word_that_the_member_wrote(client):
    version = secretive()
    make_consent(version.profile.member)
    client.force_login(make_affiliation().user)

    listed = client.get(reverse("company_candidates")).content.decode()
    alone = client.get(reverse("company_candidate", args=[version.profile.reference])).content.decode()

    for page in (listed, alone):
        assert "wolof (courant)" in page
        assert "secret" not in page
        assert "06" + "39980011" not in page
        assert version.portrait_reference not in page


def test_the_member_sees_it_as_the_company_does(client):
    version = secretive()
    member = version.profile.member
    make_consent(member)

    def shown(user, url):
        client.force_login(user)
        page = client.get(url).content.decode()
        return page[page.index('<dl class="facts mini-cv">') : page.index("</dl>")]

    company = shown(make_affiliation().user, reverse("company_candidate", args=[version.profile.reference]))
    assert shown(member.user, reverse("my_page_preview")) == company


def test_what_changes_is_told_field_by_field():
    before = make_approved()
    after = make_version(before.profile, headline="Autre", languages=[{"name": "wo", "level": "courant"}])
    make_experience(after, years=2, sector=make_sector())
    give_portrait(after)

    told = {change.label: (change.before, change.after) for change in differences(before, after)}

    assert told == {
        "En une phrase": ([before.headline], ["Autre"]),
        "Langues": ([], ["wolof (courant)"]),
        "Expériences": ([], ["Cuisinière, 2 ans, Alimentation durable"]),
        "Portrait": ([], [f"une image de {after.portrait.size} octets"]),
    }
    assert len(differences(None, after)) > len(told)


def test_a_portrait_whose_file_is_lost_is_said_so():
    before, after = make_approved(), None
    after = give_portrait(make_version(before.profile))
    after.portrait.storage.delete(after.portrait.name)

    assert [change.after for change in differences(before, after)] == [["une image qui ne se lit pas"]]

"""The member's own screens: everything by plain forms, nothing lost of what was typed."""

from datetime import timedelta
from html.parser import HTMLParser
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates import writing
from candidates.models import Consent, Look, Profile, Version
from tests.candidates.factories import (
    give_portrait,
    make_approved,
    make_consent,
    make_experience,
    make_look,
    make_profile,
    make_sector,
    make_structure,
    make_version,
)
from tests.factories import make_departement
from tests.people import make_affiliation, make_counsellor, make_member, make_organisation, make_referent

pytestmark = pytest.mark.django_db

PAGES = [
    *("my_page", "my_page_presentation", "my_page_search", "my_page_skills", "my_page_experiences"),
    *("my_page_experience_add", "my_page_portrait", "my_page_preview", "my_page_consents", "my_page_looks"),
]


@pytest.fixture
def member(client):
    person = make_member()
    client.force_login(person.user)
    return person


def seen(profile):
    return writing.latest(profile).changed_at.isoformat()


def text_of(response):
    return " ".join(response.content.decode().split())


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self, response):
        super().__init__()
        self.found = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.append(dict(attrs).get("href"))


def test_a_page_is_written_from_nothing_to_the_counsellor(client, member):
    sector, kind, place = make_sector(), make_structure(), make_departement("93")
    make_referent(member)

    assert "Commencer ma page" in text_of(client.get(reverse("my_page")))
    client.post(reverse("my_page_start"))
    profile = Profile.objects.get(member=member)
    sent = {"seen": seen(profile), "headline": "Jardinier", "summary": "Bonjour", "continue": "1"}
    assert client.post(reverse("my_page_presentation"), sent).url == reverse("my_page_search")
    search = {"sectors": [sector.pk], "structures": [kind.pk], "departements": [place.pk], "availability": "un_mois"}
    client.post(reverse("my_page_search"), {"seen": seen(profile), **search})
    more = {"title": "Maraîcher", "sector": sector.pk, "years": 4, "text": "Planter."}
    client.post(reverse("my_page_experience_add"), {"seen": seen(profile), **more})
    skills = {
        "skills": "tailler\n\nsemer\ntailler",
        "language_1": "wo",
        "level_1": "courant",
        "link_1": "https://a.example.org/",
    }
    client.post(reverse("my_page_skills"), {"seen": seen(profile), **skills})
    assert "Envoyer ma page à mon conseiller" in text_of(client.get(reverse("my_page_preview")))
    client.post(reverse("my_page_submit"))

    version = Version.objects.get()
    assert version.state == Version.State.SUBMITTED
    assert (version.headline, version.skills) == ("Jardinier", ["tailler", "semer"])
    assert version.languages == [{"name": "wo", "level": "courant"}]
    assert version.links == [{"title": "a.example.org", "url": "https://a.example.org/"}]
    assert [(one.title, one.years) for one in version.experiences.all()] == [("Maraîcher", 4)]
    assert "Chez votre conseiller" in text_of(client.get(reverse("my_page")))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_whatever_state_it_is_in(client, member, name):
    make_profile(member)
    assert client.get(reverse(name)).status_code == HTTPStatus.OK
    version = make_version(
        member.profile,
        languages=[{"name": "wo", "level": ""}],
        links=[{"title": "Un lien", "url": "https://a.example.org/"}],
        skills=["semer"],
    )
    make_experience(
        version, sector=make_sector(), years=1, employer="Chez nous", starts="2019", ends="2020", text="a\nb"
    )
    give_portrait(version)
    make_consent(member)
    make_consent(member, make_organisation(), withdrawn_at=timezone.now())
    make_look(member, user=make_counsellor().user)
    assert client.get(reverse(name)).status_code == HTTPStatus.OK

    for state in (Version.State.SUBMITTED, Version.State.RETURNED, Version.State.APPROVED):
        Version.objects.update(state=state, decided_at=timezone.now(), submitted_at=timezone.now())
        assert client.get(reverse(name)).status_code in {HTTPStatus.OK, HTTPStatus.FOUND}


@pytest.mark.parametrize("name", PAGES)
def test_nobody_but_members_come_here(client, name):
    client.force_login(make_affiliation().user)

    assert client.get(reverse(name)).status_code == HTTPStatus.FORBIDDEN


def test_a_former_member_reads_and_writes_no_more(client):
    member = make_member(current=False)
    make_version(make_profile(member))
    client.force_login(member.user)

    assert "Votre adhésion n’est pas en cours" in text_of(client.get(reverse("my_page")))
    assert client.get(reverse("my_page_preview")).status_code == HTTPStatus.OK
    assert client.get(reverse("my_page_presentation")).status_code == HTTPStatus.FORBIDDEN
    assert client.post(reverse("my_page_submit")).status_code == HTTPStatus.FORBIDDEN


def test_two_windows_lose_nothing(client, member):
    profile = make_profile(member)
    before = seen(profile)
    client.post(reverse("my_page_presentation"), {"seen": before, "headline": "Première"})

    late = client.post(reverse("my_page_presentation"), {"seen": before, "headline": "Seconde"})
    again = late.context["form"]["seen"].value()
    client.post(reverse("my_page_presentation"), {"seen": again, "headline": "Seconde"})

    assert "changé dans une autre fenêtre" in text_of(late)
    assert 'value="Seconde"' in late.content.decode()
    assert writing.latest(profile).headline == "Seconde"


@pytest.mark.parametrize("token", ["", "hier", "2026-01-01", "9" * 41])
def test_a_moment_changed_by_hand_overwrites_nothing(client, member, token):
    version = make_version(make_profile(member))

    response = client.post(reverse("my_page_presentation"), {"seen": token, "headline": "Autre"})

    assert response.status_code == HTTPStatus.OK
    version.refresh_from_db()
    assert version.headline != "Autre"


@pytest.mark.parametrize(
    ("name", "sent", "told"),
    [
        ("my_page_presentation", {"headline": ""}, "Écrivez une phrase qui vous présente."),
        ("my_page_presentation", {"headline": "a" * 121}, "120"),
        ("my_page_search", {"availability": "jamais"}, "Sélectionnez un choix valide"),
        ("my_page_search", {"availability": "un_mois", "sectors": ["99999"]}, "Sélectionnez un choix valide"),
        ("my_page_skills", {"link_1": "javascript:alert(1)"}, "commence par https://"),
        ("my_page_skills", {"link_1": "http://a.example.org"}, "commence par https://"),
        ("my_page_skills", {"link_1": "https://banque.example@mal.example.org/"}, "commence par https://"),
        ("my_page_skills", {"link_1": "https://[::1"}, "commence par https://"),
        ("my_page_skills", {"skills": "\n".join(f"savoir {n}" for n in range(16))}, "15 compétences au plus"),
        ("my_page_skills", {"skills": "a" * 61}, "trop long"),
        ("my_page_skills", {"language_1": "klingon"}, "Sélectionnez un choix valide"),
        ("my_page_experience_add", {"title": ""}, "Dites ce que vous faisiez."),
        ("my_page_experience_add", {"title": "a", "years": "-3"}, "supérieure ou égale à 1"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays_in_the_form(client, member, name, sent, told):
    profile = make_profile(member)

    response = client.post(reverse(name), {"seen": seen(profile), **sent})

    assert response.status_code == HTTPStatus.OK
    assert told in text_of(response)
    for typed in sent.values():
        if isinstance(typed, str) and typed.startswith(("http", "java")):
            assert typed in response.content.decode()
    assert Version.objects.count() == 0


def test_a_page_is_written_in_any_script_and_no_markup_is_read(client, member):
    words = "<b>Şükrü</b> العربية 你好 😀 {{ 7|add:7 }}"
    profile = make_profile(member)

    client.post(reverse("my_page_presentation"), {"seen": seen(profile), "headline": words, "summary": words})
    page = client.get(reverse("my_page_preview")).content.decode()

    assert writing.latest(profile).headline == words
    assert "<b>Şükrü" not in page
    assert "&lt;b&gt;Şükrü&lt;/b&gt; العربية 你好 😀 {{ 7|add:7 }}" in page


def test_experiences_are_changed_by_plain_forms(client, member):
    version = make_version(make_profile(member))
    make_experience(version, title="un")
    make_experience(version, title="deux")

    def send(name, *args, **sent):
        return client.post(reverse(name, args=args), {"seen": seen(version.profile), **sent})

    assert "un" in text_of(client.get(reverse("my_page_experience", args=[1])))
    send("my_page_experience_order", 2, "monter")
    send("my_page_experience", 1, title="DEUX")
    send("my_page_experience_order", 2, "retirer")

    assert [one.title for one in version.experiences.all()] == ["DEUX"]
    assert client.get(reverse("my_page_experience", args=[9])).status_code == HTTPStatus.NOT_FOUND
    assert send("my_page_experience_order", 1, "casser").status_code == HTTPStatus.NOT_FOUND


def test_a_list_that_changed_meanwhile_is_shown_again(client, member):
    version = make_version(make_profile(member))
    make_experience(version)

    url = reverse("my_page_experience_order", args=[1, "retirer"])
    response = client.post(url, {"seen": "2020-01-01T00:00:00+00:00"}, follow=True)

    assert "Cette liste a changé entre-temps" in text_of(response)
    assert version.experiences.count() == 1


def test_an_incomplete_page_is_not_sent(client, member):
    make_profile(member)
    client.post(reverse("my_page_presentation"), {"seen": seen(member.profile), "headline": "Jardinier"})

    response = client.post(reverse("my_page_submit"), follow=True)

    assert "il manque au moins un secteur visé" in text_of(response)


def test_what_was_sent_can_be_taken_back(client, member):
    make_version(make_profile(member), state=Version.State.SUBMITTED)

    assert client.get(reverse("my_page_presentation")).url == reverse("my_page")
    client.post(reverse("my_page_take_back"))

    assert client.get(reverse("my_page_presentation")).status_code == HTTPStatus.OK


def test_the_member_and_the_counsellor_write_to_each_other(client, member):
    make_version(make_profile(member))

    refused = client.post(reverse("my_page_message"), {"text": " "})
    client.post(reverse("my_page_message"), {"text": "Bonjour <i>vous</i>"})

    assert "Écrivez votre message." in text_of(refused)
    assert "Bonjour &lt;i&gt;vous&lt;/i&gt;" in text_of(client.get(reverse("my_page")))


def test_a_consent_is_given_and_withdrawn_in_one_click(client, member):
    company = make_organisation(name="Le Grand Bol")
    until = timezone.localdate() + timedelta(days=20)

    client.post(reverse("my_page_consents"), {"whom": company.reference, "until": until.isoformat()})
    consent = Consent.objects.get()
    shown = text_of(client.get(reverse("my_page_consents")))
    client.post(reverse("my_page_consent_withdraw", args=[consent.reference]))

    assert (consent.organisation, consent.ends_on, consent.with_video) == (company, until, False)
    assert "Le Grand Bol" in shown
    assert not Consent.objects.live().exists()


def test_all_companies_are_allowed_and_all_consents_withdrawn(client, member):
    until = timezone.localdate().isoformat()

    client.post(reverse("my_page_consents"), {"whom": "toutes", "until": until})
    client.post(reverse("my_page_consents"), {"whom": make_organisation().reference, "until": until})
    assert Consent.objects.live().count() == 2
    client.post(reverse("my_page_consent_withdraw_all"))

    assert Consent.objects.live().count() == 0


def test_the_video_asks_for_the_date_of_birth_once(client, member):
    until = timezone.localdate().isoformat()
    sent = {"whom": "toutes", "until": until, "with_video": "on"}

    asked = client.post(reverse("my_page_consents"), sent)
    young = client.post(reverse("my_page_consents"), sent | {"born_on": f"{timezone.localdate().year - 12}-01-01"})
    member.refresh_from_db()
    assert member.born_on is None
    client.post(reverse("my_page_consents"), sent | {"born_on": "1980-11-25"})

    member.refresh_from_db()
    assert "Donnez votre date de naissance" in text_of(asked)
    assert "à partir de 18 ans" in text_of(young)
    assert member.born_on.year == 1980
    assert Consent.objects.get().with_video
    assert "born_on" not in client.get(reverse("my_page_consents")).content.decode()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choisissez qui peut voir votre page."),
        ({"until": "demain"}, "Écrivez une date comme"),
        ({"until": "1999-01-01"}, "Cette date est passée."),
        ({"until": "2999-01-01"}, "choisissez au plus tard le"),
        ({"whom": "inconnue", "until": "2999-01-01"}, "Sélectionnez un choix valide"),
        ({"until": "2999-01-01", "with_video": "on", "born_on": "0001-01-01"}, "n’est pas possible"),
    ],
)
def test_a_consent_that_cannot_be_is_refused_with_a_sentence(client, member, sent, told):
    whom = {"whom": "toutes"} if sent else {}

    response = client.post(reverse("my_page_consents"), whom | sent)

    assert told in text_of(response)
    assert not Consent.objects.exists()


def test_consents_and_looks_of_others_do_not_exist(client, member):
    other = make_member()
    consent, look = make_consent(other), make_look(other)

    assert (
        client.post(reverse("my_page_consent_withdraw", args=[consent.reference])).status_code == HTTPStatus.NOT_FOUND
    )
    assert client.get(reverse("my_page_look_object", args=[look.reference])).status_code == HTTPStatus.NOT_FOUND
    assert Consent.objects.live().exists()


def test_the_member_sees_who_looked_and_objects(client, member):
    affiliation = make_affiliation()
    make_referent(make_profile(member).member)
    look = make_look(member, user=affiliation.user, organisation=affiliation.organisation)
    url = reverse("my_page_look_object", args=[look.reference])

    assert affiliation.organisation.name in text_of(client.get(reverse("my_page_looks")))
    assert "Dites ce qui ne va pas." in text_of(client.post(url, {"text": ""}))
    client.post(url, {"text": "Je ne veux pas."})

    assert Look.objects.get().objection == "Je ne veux pas."
    assert "Signalé le" in text_of(client.get(reverse("my_page_looks")))
    assert "Vous l’avez signalée" in text_of(client.get(url))


def test_links_lead_out_over_https_only(client, member):
    version = make_approved(member, links=[{"title": "Site", "url": "https://a.example.org/x"}])

    links = Links(client.get(reverse("candidate_page", args=[version.profile.reference])))

    assert "https://a.example.org/x" in links.found
    assert not any(str(link).lower().startswith(("javascript", "data")) for link in links.found)


def test_nothing_is_written_by_looking(client, member):
    for name in ("my_page_start", "my_page_submit", "my_page_take_back", "my_page_consent_withdraw_all"):
        assert client.get(reverse(name)).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_without_a_page_there_is_no_step(client, member):
    assert client.get(reverse("my_page_presentation")).status_code == HTTPStatus.NOT_FOUND

"""The administrators' lists with ten thousand members and five hundred companies."""

import pytest

from home import site_setup
from tests.people import log_in, make_administrator
from tests.volume import analyse, fill_people, slow

pytestmark = [pytest.mark.django_db, pytest.mark.trial, pytest.mark.ignore_template_errors]

ROOT = "/gestion/personnes"
LISTS = [
    *("membres/", "membres/?q=Nom+42", "membres/?q=nom", "membres/?membership=en-cours", "membres/?membership=passee"),
    *("membres/?account=non&referent=null", "membres/?p=300", "membres/?p=500", "membres/?ordering=-member_until"),
    *("membres/?ordering=member_until&p=300", "membres/?ordering=email", "adhesions/", "adhesions/?p=700"),
    *("adhesions/?when=bientot&q=Nom", "suivis/?live=en-cours", "suivis/?p=400", "conseillers/"),
    *("organismes/", "organismes/?p=20", "organismes/?q=Entreprise+42", "organismes/?ordering=-people"),
    *("invitations/?state=attend", "invitations/?p=300", "demandes/"),
]


def test_lists_answer_quickly(client, tell):
    site_setup.setup_site()
    people = fill_people()
    analyse()
    log_in(client, make_administrator(is_staff=True))
    client.get(f"{ROOT}/membres/")
    referent = f"membres/?referent={people.counsellors[3].pk}"

    assert slow(client, [f"{ROOT}/{path}" for path in [*LISTS, referent]], tell) == {}

"""Somebody without an account signs their agreement by hand: its copy sent from a telephone, seen on another."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accompaniment.models import LearningAgreement
from accounts.models import Referent
from passport.models import Gift, Passport
from tests.accompaniment.paths import make_agreement, make_roadmap
from tests.accounts.doors import PASSWORD
from tests.browser.following import follow
from tests.browser.looking import PHONE, looks_right
from tests.factories import make_home
from tests.logins import bring_in
from tests.passport.copies import picture
from tests.passport.factories import make_sheet
from tests.passport.signing import with_password
from tests.people import make_counsellor, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def come_in(context, live_server, user):
    context.clear_cookies()
    bring_in(context, live_server.url, with_password(user))


def show_who_one_is(page):
    page.get_by_label("Mot de passe").fill(PASSWORD)
    follow(page.get_by_role("button", name="Continuer"))


@pytest.fixture
def agreement():
    """Proposed a while ago to a member who has no account, for whom a sheet is paid."""
    make_home()
    long_ago = timezone.now() - timedelta(days=9)
    found = make_agreement(make_roadmap(make_member(account=False)), state="propose", now=long_ago)
    Gift.objects.create(sheet=make_sheet(), member=found.member)
    return found


def send_the_copy(page, axe, folder):
    """A file that is no picture first: the day that was typed stays."""
    photograph, wrong = folder / "contrat.jpg", folder / "contrat.txt"
    photograph.write_bytes(picture((600, 800)).read())
    wrong.write_bytes(b"rien")
    day = timezone.localdate().isoformat()
    page.get_by_label("Signé par le membre le").fill(day)
    page.get_by_label("Photo ou copie du contrat signé").set_input_files(wrong)
    follow(page.get_by_role("button", name="Envoyer la copie"))
    assert page.get_by_label("Signé par le membre le").input_value() == day
    looks_right(page, axe)
    page.get_by_label("Photo ou copie du contrat signé").set_input_files(photograph)
    follow(page.get_by_role("button", name="Envoyer la copie"))
    looks_right(page, axe)


def test_an_agreement_on_paper_opens_the_passport(watched_page, context, live_server, axe, tmp_path, agreement):
    page, counsellor = watched_page, Referent.objects.get(member=agreement.member).counsellor.user
    page.set_viewport_size(PHONE)
    come_in(context, live_server, counsellor)
    page.goto(f"{live_server.url}{reverse('sign_agreement_staff', args=[agreement.reference])}")
    follow(page.get_by_role("button", name="Signer ce contrat"))
    show_who_one_is(page)
    follow(page.get_by_role("link", name="Faire signer"))
    looks_right(page, axe)
    follow(page.get_by_role("link", name="Envoyer la copie"))
    looks_right(page, axe)
    send_the_copy(page, axe, tmp_path)
    follow(page.get_by_role("link", name="Remplacer la copie"))
    looks_right(page, axe)

    come_in(context, live_server, make_counsellor().user)
    page.goto(f"{live_server.url}{reverse('papers')}")
    looks_right(page, axe)
    follow(page.get_by_role("link", name="Le contrat d’Awa"))
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Oui, la copie de ce contrat"))
    show_who_one_is(page)

    page.get_by_text("La signature du membre compte").wait_for()
    assert LearningAgreement.objects.get().member_means == "papier:vu"
    assert Passport.objects.get().agreement == agreement
    come_in(context, live_server, counsellor)
    page.goto(f"{live_server.url}{reverse('agreement', args=[agreement.reference])}")
    looks_right(page, axe)

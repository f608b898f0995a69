"""The pages of an agreement signed on paper, by who has no account: sent, seen by another, and its passport opens."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accompaniment import agreements, paper_agreements
from accompaniment.forms.copy import LARGEST
from accompaniment.models import LearningAgreement, PaperAgreement
from accounts.models import Referent
from passport import opening
from passport.models import Gift, Passport
from tests.accompaniment.paths import make_agreement, make_roadmap
from tests.passport.copies import NO_COPIES, PDF, picture, too_heavy
from tests.passport.factories import MEANS, make_sheet
from tests.passport.signing import CONFIRM, PASSWORD, confirmed, logged_in
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def agreement():
    member = make_member(account=False)
    return make_agreement(make_roadmap(member), state="propose", now=timezone.now() - timedelta(days=9))


def page(name, thing):
    return reverse(name, args=[thing.reference])


def counsellor(agreement):
    return Referent.objects.get(member=agreement.member).counsellor.user


def copied(agreement, content=PDF):
    who = counsellor(agreement)
    return paper_agreements.keep_copy(agreement, content, extension=".pdf", signed_on=TODAY, by=who)


def sent(client, agreement, **data):
    return client.post(page("paper_agreement", agreement), {"signed_on": TODAY.isoformat(), "copy": picture()} | data)


def test_the_whole_way_of_somebody_without_an_account(agreement):
    Gift.objects.create(sheet=make_sheet(), member=agreement.member)
    staff, second = confirmed(counsellor(agreement)), logged_in(make_counsellor().user)
    assert staff.post(page("sign_agreement_staff", agreement)).url == page("sign_agreement_staff", agreement)
    ways = staff.get(page("agreement_to_sign", agreement)).text
    assert "n’a pas de compte" in ways
    assert "QR code" not in ways
    assert page("agreement_pdf", agreement) in ways
    assert page("paper_agreement", agreement) in ways

    assert sent(staff, agreement).url == page("agreement_to_sign", agreement)
    paper = PaperAgreement.objects.get()
    assert opening.waits_for(agreement.member) == opening.NO_AGREEMENT
    assert staff.get(page("paper_agreement_see", paper)).status_code == HTTPStatus.NOT_FOUND
    listed = second.get(reverse("papers")).text
    assert "Le contrat d’Awa" in listed
    assert "La signature du membre compte une fois que vous avez vu sa copie." in listed
    assert not Passport.objects.exists()
    address = page("paper_agreement_see", paper)
    shown = second.get(address)
    first_day, lasts = "<dt>Début</dt><dd>le jour de la première visite signée</dd>", "<dt>Durée</dt><dd>3 mois</dd>"
    for said in ("Venir aux rendez-vous.", agreement.reference, str(agreement.member), first_day, lasts):
        assert said in shown.text
    asked = second.post(address, {"copy": shown.context["copy"]})
    assert asked.url.startswith(CONFIRM)
    second.post(asked.url, {"password": PASSWORD})

    assert LearningAgreement.objects.get().member_means == "papier:vu"
    assert Passport.objects.get().agreement == agreement
    told = staff.get(page("agreement", agreement)).text
    for person in (counsellor(agreement), second.get(reverse("papers")).wsgi_request.user):
        assert str(person) in told
    assert (
        f"{agreement.member}\N{NO-BREAK SPACE}: signature comptée le"
        in staff.get(page("sign_agreement_staff", agreement)).text
    )
    assert "Le passeport est ouvert" in staff.get(page("sign_agreement_staff", agreement)).text
    assert "sa copie ne change plus" in staff.get(page("paper_agreement", agreement)).text
    assert second.get(page("agreement", agreement)).status_code == HTTPStatus.NOT_FOUND


def test_who_has_an_account_is_offered_every_way():
    agreement = make_agreement(make_roadmap(), state="propose", now=timezone.now() - timedelta(days=9))
    staff = logged_in(counsellor(agreement))

    ways = staff.get(page("agreement_to_sign", agreement)).text

    assert "QR code" in ways
    assert page("paper_agreement", agreement) in ways


def test_the_member_reads_who_has_sent_and_seen_the_copy():
    agreement = make_agreement(make_roadmap(), state="propose", now=timezone.now() - timedelta(days=9))
    paper, member = copied(agreement), logged_in(agreement.member.user)
    assert "pas encore, par une deuxième personne" in member.get(page("agreement", agreement)).text
    other = make_counsellor().user
    paper_agreements.see(paper, by=other)

    told = member.get(page("agreement", agreement)).text

    assert str(other) in told
    assert str(counsellor(agreement)) in told
    file = member.get(reverse("private_file", args=[paper_agreements.KIND, paper.reference]))
    assert b"".join(file) == PDF
    assert file["Content-Type"] == "application/pdf"


def test_the_second_person_reads_the_first_day_that_was_proposed(agreement):
    said = agreement.content | {"starts_on": "2027-03-08"}
    LearningAgreement.objects.update(content=said)
    paper = copied(agreement)

    shown = logged_in(make_counsellor().user).get(page("paper_agreement_see", paper)).text

    assert "<dt>Début</dt><dd>lundi 8\N{NO-BREAK SPACE}mars 2027</dd>" in shown
    assert "porte-t-elle la signature du membre et son jour" in shown


def test_a_signature_by_hand_is_counted_and_one_in_their_own_session_is_given():
    by_hand, by_session = (
        make_agreement(make_roadmap(), state="propose", now=timezone.now() - timedelta(days=9)) for _number in range(2)
    )
    paper_agreements.see(copied(by_hand), by=make_counsellor().user)
    copied(by_session)
    agreements.sign_as_member(by_session, means=MEANS)
    told = {}
    for signed_by in (False, True):
        for found in (by_hand, by_session):
            if signed_by:
                who = Referent.objects.get(member=found.member).counsellor
                agreements.sign_as_counsellor(found, counsellor=who, means=MEANS)
            told[found, signed_by] = logged_in(found.member.user).get(page("agreement", found)).text

    assert "Votre signature sur papier a été comptée le" in told[by_hand, False]
    assert "Par vous sur papier, signature comptée le" in told[by_hand, True]
    assert "Vous avez signé le" in told[by_session, False]
    assert "Par vous le" in told[by_session, True]


def test_a_copy_that_nobody_will_see_waits_for_nobody():
    agreement = make_agreement(make_roadmap(), state="propose", now=timezone.now() - timedelta(days=9))
    staff, nobody = logged_in(counsellor(agreement)), "par une deuxième personne"
    copied(agreement)
    assert nobody in staff.get(page("paper_agreement", agreement)).text
    agreements.sign_as_member(agreement, means=MEANS)

    sending = staff.get(page("paper_agreement", agreement)).text

    assert "a déjà signé ce contrat" in sending
    assert "ne change plus" not in sending
    signing = staff.get(page("sign_agreement_staff", agreement)).text
    assert "doit la voir" not in signing
    for reader in (staff, logged_in(agreement.member.user)):
        assert nobody not in reader.get(page("agreement", agreement)).text


def test_a_copy_is_replaced_and_the_second_person_looks_again(agreement):
    copied(agreement)
    second = confirmed(make_counsellor().user)
    address = page("paper_agreement_see", PaperAgreement.objects.get())
    shown = {"copy": second.get(address).context["copy"]}
    staff = logged_in(counsellor(agreement))
    again = staff.get(page("paper_agreement", agreement)).text
    assert "Remplacer la copie" in again
    assert f'value="{TODAY.isoformat()}"' in again

    sent(staff, agreement)

    assert "La copie a changé" in second.post(address, shown).text
    assert LearningAgreement.objects.get().member_signed_at is None
    assert PaperAgreement.objects.get().scan.name.endswith(".jpg")


def test_what_was_signed_or_withdrawn_meanwhile_is_not_seen(agreement):
    paper = copied(agreement)
    second = confirmed(make_counsellor().user)
    LearningAgreement.objects.update(state="retire", ended_at=timezone.now())

    assert second.post(page("paper_agreement_see", paper)).status_code == HTTPStatus.NOT_FOUND
    staff = logged_in(counsellor(agreement))
    assert "proposé" in sent(staff, agreement).context["form"].non_field_errors()[0]
    assert "Retiré par l’association" in staff.get(page("paper_agreement", agreement)).text


def test_before_the_end_of_the_time_to_reflect_nothing_is_sent():
    early = make_agreement(make_roadmap(make_member(account=False)), state="propose")
    staff = logged_in(counsellor(early))

    assert 'type="file"' not in staff.get(page("paper_agreement", early)).text
    assert "à partir du" in str(sent(staff, early).context["form"].errors["signed_on"])
    assert not PaperAgreement.objects.exists()


@pytest.mark.parametrize("day", ["", "hier", "2026-02-30", "0000-00-00", "\x00", "99999-01-01"])
def test_a_day_that_is_none_is_refused(agreement, day):
    answer = sent(logged_in(counsellor(agreement)), agreement, signed_on=day)

    assert answer.context["form"].errors["signed_on"]


@NO_COPIES
def test_what_is_neither_a_picture_nor_a_pdf_is_refused(agreement, content):
    file = SimpleUploadedFile("copie.pdf", content)

    answer = sent(logged_in(counsellor(agreement)), agreement, copy=file)

    assert answer.context["form"].errors["copy"]
    assert not PaperAgreement.objects.exists()


def test_a_file_that_is_too_heavy_is_refused(agreement):
    assert "trop lourd" in sent(logged_in(counsellor(agreement)), agreement, copy=too_heavy()).text


def test_the_web_server_lets_the_copies_of_telephones_through(agreement):
    """One megabyte elsewhere."""
    online = (settings.ROOT / "deploy" / "site.conf").read_text()
    allowed = re.findall(r"location ~ (\S+) \{\s+client_max_body_size (\d+)m;", online)

    address = page("paper_agreement", agreement)
    assert any(re.search(path, address) and int(size) * 1024 * 1024 > LARGEST for path, size in allowed)

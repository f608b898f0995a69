"""Cheques on paper: blank, recorded, copied, seen by a second person or confirmed by the member."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accompaniment.forms.copy import LARGEST
from accounts.models import User
from passport import ledger, paper, visits
from passport.models import Cheque, PaperCheque
from tests.passport.copies import NO_COPIES, picture, too_heavy
from tests.passport.factories import MEANS, at, counsellor_of, make_passport
from tests.passport.signing import CONFIRM, PASSWORD, confirmed, logged_in
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db
MISSING = 404


@pytest.fixture
def passport():
    first = timezone.localdate() - timedelta(days=12)
    return make_passport(starts_on=first, now=at(first, 8))


def leaf_of(passport):
    booklet = paper.print_booklet(counsellor_of(passport), 6)
    return PaperCheque.objects.filter(serial__startswith=booklet).order_by("serial").first()


@pytest.fixture
def leaf(passport):
    """Recorded for a visit of yesterday."""
    blank = leaf_of(passport)
    said = visits.Said("rv", at(timezone.localdate() - timedelta(days=1)), 1, "Relire le CV")
    facts = {"counsellor": counsellor_of(passport), "key": uuid4(), "means": MEANS}
    visits.propose(passport, said, paper=blank, **facts)
    blank.refresh_from_db()
    return blank


def copied(leaf, by=None, content=b"%PDF-1.4"):
    return paper.keep_copy(leaf, content, extension=".pdf", by=by or leaf.counsellor.user)


def state():
    return Cheque.objects.get().state


def test_a_booklet_has_leaves_with_serials_nobody_guesses(passport):
    counsellor = counsellor_of(passport)

    first, second = (paper.print_booklet(counsellor, 6) for _time in range(2))

    assert first != second
    assert [name for name, _leaves in paper.booklets(paper.given_to(counsellor.user).order_by("-pk"))] == [
        second,
        first,
    ]
    assert sorted(PaperCheque.objects.filter(serial__startswith=first).values_list("serial", flat=True)) == [
        f"{first}-0{number}" for number in range(1, 7)
    ]
    with pytest.raises(ValidationError):
        paper.print_booklet(counsellor, 1_000_000)


def test_a_leaf_is_spoilt_once_with_a_reason_and_never_once_recorded(passport, leaf):
    blank = leaf_of(passport)

    with pytest.raises(ValidationError, match="Dites pourquoi"):
        paper.spoil(blank, reason=" ")
    assert paper.spoil(blank, reason="Déchirée").spoilt_because == "Déchirée"
    for used in (blank, leaf):
        with pytest.raises(ValidationError, match="déjà"):
            paper.spoil(used, reason="Perdue")


def test_it_counts_once_a_second_person_has_seen_the_copy(leaf):
    other = make_counsellor().user
    copied(leaf)

    assert list(paper.to_see(other)) == [leaf]
    done = paper.see(leaf, by=other)

    leaf.refresh_from_db()
    assert (done.state, done.member_means, leaf.seen_by) == ("signe", "papier:vu", other)
    assert not paper.to_see(other).exists()
    with pytest.raises(ValidationError, match="Ce chèque est signé"):
        paper.see(leaf, by=other)
    with pytest.raises(ValidationError, match="Ce chèque est signé"):
        copied(leaf)


def test_who_wrote_it_sent_the_copy_or_is_the_member_sees_nothing(passport, leaf):
    copied(leaf)
    twin = make_counsellor(user=passport.member.user)

    for user in (leaf.counsellor.user, twin.user, passport.member.user, make_member().user):
        with pytest.raises(ValidationError, match="Une autre personne"):
            paper.see(leaf, by=user)
    assert state() == Cheque.State.PROPOSED


@pytest.mark.parametrize("has_account", [True, False])
def test_the_address_of_the_member_s_record_is_no_second_person(passport, leaf, has_account):
    copied(leaf)
    twin, member = make_counsellor().user, passport.member
    member.user = member.user if has_account else None
    member.email = twin.email.upper()
    member.save()

    assert not paper.to_see(twin).exists()
    with pytest.raises(ValidationError):
        paper.see(leaf, by=twin)
    assert state() == Cheque.State.PROPOSED


def test_who_has_no_address_is_nobody_s_second_account(leaf):
    copied(leaf)
    other = make_counsellor().user
    User.objects.filter(pk=other.pk).update(email="")

    assert list(paper.to_see(User.objects.get(pk=other.pk))) == [leaf]


def test_who_sent_the_copy_for_another_is_not_the_second_person(passport, leaf):
    helper = make_counsellor()
    passport.member.referents.create(
        counsellor=helper, role="remplacant", starts_at=timezone.now() - timedelta(hours=1)
    )
    copied(leaf, by=helper.user)

    assert not paper.to_see(helper.user).exists()


def test_without_a_copy_nobody_sees_it_and_the_member_confirms_alone(passport, leaf):
    other = make_counsellor().user

    with pytest.raises(ValidationError, match="Une autre personne"):
        paper.see(leaf, by=other)
    with pytest.raises(ValidationError, match="pas le vôtre"):
        paper.confirm(leaf, member=make_member())
    assert paper.confirm(leaf, member=passport.member).member_means == "papier:confirme"


def test_a_leaf_whose_visit_was_withdrawn_is_recorded_anew_without_its_copy(
    passport, leaf, django_capture_on_commit_callbacks
):
    former = copied(leaf).scan
    ledger.withdraw(leaf.cheque, counsellor=leaf.counsellor)
    leaf.refresh_from_db()
    assert paper.is_blank(leaf)
    said = visits.Said("rv", at(timezone.localdate() - timedelta(days=1), 14), 1, "Relire le CV")

    with django_capture_on_commit_callbacks(execute=True):
        made = visits.propose(passport, said, paper=leaf, counsellor=leaf.counsellor, key=uuid4(), means=MEANS)

    leaf.refresh_from_db()
    assert (leaf.cheque, leaf.scan.name, leaf.scanned_at) == (made[0], "", None)
    assert not former.storage.exists(former.name)


def test_one_visit_is_on_one_leaf_only(passport, leaf):
    said = visits.Said("rv", at(timezone.localdate() - timedelta(days=1)), 1, "Relire le CV")
    facts = {"counsellor": leaf.counsellor, "key": leaf.cheque.key, "means": MEANS}

    assert visits.propose(passport, said, paper=leaf, **facts) == [leaf.cheque]
    with pytest.raises(ValidationError, match="déjà sur un autre"):
        visits.propose(passport, said, paper=leaf_of(passport), **facts)


def test_a_blank_leaf_has_no_copy(passport):
    with pytest.raises(ValidationError, match="pas encore enregistrée"):
        copied(leaf_of(passport))


def test_a_new_copy_replaces_the_former_one(leaf, django_capture_on_commit_callbacks):
    former = copied(leaf).scan
    with django_capture_on_commit_callbacks(execute=True):
        leaf = copied(leaf, content=b"%PDF-1.5")

    assert not former.storage.exists(former.name)
    with leaf.scan.open() as kept:
        assert kept.read() == b"%PDF-1.5"


def test_the_copy_is_read_by_both_sides_and_the_second_person_while_it_waits(passport, leaf):
    other = make_counsellor().user
    nobody = make_member().user
    assert paper.find(leaf.counsellor.user, leaf.reference) is None
    copied(leaf)

    for user in (leaf.counsellor.user, passport.member.user, other):
        assert paper.find(user, leaf.reference).mimetype == "application/pdf"
    assert paper.find(nobody, leaf.reference) is None
    paper.see(leaf, by=other)
    assert paper.find(other, leaf.reference) is None
    assert paper.find(passport.member.user, leaf.reference)


# Pages


def page(name, thing):
    return reverse(name, args=[thing.reference])


def test_a_booklet_is_made_and_a_serial_leads_to_its_leaf(passport):
    client = confirmed(counsellor_of(passport).user)

    client.post(reverse("papers"), {"leaves": "6"})
    leaf = PaperCheque.objects.order_by("serial").first()
    assert reverse("blanks_pdf", args=[leaf.serial.partition("-")[0]]) in client.get(reverse("papers")).text
    assert client.post(reverse("papers"), {"serial": f" {leaf.serial.lower()} "}).url.endswith(f"/{leaf.serial}/")
    for wrong in ("", "X-01", "x" * 25, "\x00"):
        assert client.post(reverse("papers"), {"serial": wrong}).context["serial_form"].errors
    assert client.post(reverse("papers"), {"leaves": "7"}).context["new_form"].errors
    assert PaperCheque.objects.count() == 6


def test_the_qr_code_of_a_leaf_leads_to_the_visit_it_holds(passport):
    client, leaf = confirmed(counsellor_of(passport).user), leaf_of(passport)

    first = client.get(reverse("paper_record", args=[leaf.serial]))
    address = f"{page('visit_write', passport)}?papier={leaf.serial}"
    assert address in first.text
    form = client.get(f"{address}&activite=rv").context["form"]
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    data = {"kind": "rv", "key": form["key"].value(), "paper": form["paper"].value(), "day": day, "hours": "1"}
    data |= {"hour": "10:00"}
    assert leaf.serial in client.post(page("visit_write", passport), data).text
    client.post(page("visit_write", passport), data | {"sign": "1"})

    leaf.refresh_from_db()
    assert leaf.cheque.state == Cheque.State.PROPOSED
    assert client.get(reverse("paper_record", args=[leaf.serial])).url == page("paper_scan", leaf.cheque)


def test_a_leaf_is_spoilt_on_its_page(passport):
    client, leaf = confirmed(counsellor_of(passport).user), leaf_of(passport)
    address = reverse("paper_record", args=[leaf.serial])

    assert "Dites pourquoi" in client.post(address, {"reason": ""}).text
    client.post(address, {"reason": "Perdue"})

    assert "Perdue" in client.get(address).text
    other = logged_in(make_counsellor().user)
    assert other.get(address).status_code == MISSING


def test_a_photograph_is_sent_drawn_again_then_seen_by_another(leaf):
    client, address = confirmed(leaf.counsellor.user), page("paper_scan", leaf.cheque)

    assert "Choisissez la photo" in client.post(address).text
    assert client.post(address, {"copy": picture()}).url == page("cheque_staff", leaf.cheque)
    leaf.refresh_from_db()
    assert leaf.scan.name.endswith(".jpg")
    file = reverse("private_file", args=[paper.KIND, leaf.reference])
    assert client.get(file)["Content-Type"] == "image/jpeg"
    assert client.get(page("paper_see", leaf)).status_code == MISSING

    second = logged_in(make_counsellor().user)
    assert "Le chèque d’Awa" in second.get(reverse("papers")).text
    asked = second.post(page("paper_see", leaf), {"copy": second.get(page("paper_see", leaf)).context["copy"]})
    assert asked.url.startswith(CONFIRM)
    second.post(asked.url, {"password": PASSWORD})
    assert state() == Cheque.State.SIGNED
    assert "sa copie ne change plus" in client.get(address).text


def test_the_member_reads_who_saw_their_copy(passport, leaf):
    copied(leaf)
    second, third = make_counsellor().user, make_counsellor().user
    logged_in(second).get(page("paper_see", leaf))
    b"".join(logged_in(third).get(reverse("private_file", args=[paper.KIND, leaf.reference])))
    b"".join(logged_in(passport.member.user).get(reverse("private_file", args=[paper.KIND, leaf.reference])))

    assert {look.user for look in passport.looks.all()} == {second, third}


def test_a_copy_that_was_changed_meanwhile_is_looked_at_again(leaf):
    copied(leaf)
    second = confirmed(make_counsellor().user)
    shown = {"copy": second.get(page("paper_see", leaf)).context["copy"]}
    copied(leaf, content=b"%PDF-1.5")

    assert "La copie a changé" in second.post(page("paper_see", leaf), shown).text
    assert state() == Cheque.State.PROPOSED


def test_the_web_server_lets_the_copies_of_telephones_through(leaf):
    """One megabyte elsewhere."""
    online = (settings.ROOT / "deploy" / "site.conf").read_text()
    allowed = re.findall(r"location ~ (\S+) \{\s+client_max_body_size (\d+)m;", online)

    address = page("paper_scan", leaf.cheque)
    assert any(re.search(path, address) and int(size) * 1024 * 1024 > LARGEST for path, size in allowed)


@NO_COPIES
def test_what_is_neither_a_picture_nor_a_pdf_is_refused(leaf, content):
    client = confirmed(leaf.counsellor.user)
    file = SimpleUploadedFile("copie.pdf", content)

    answer = client.post(page("paper_scan", leaf.cheque), {"copy": file})

    assert answer.context["form"].errors["copy"]
    leaf.refresh_from_db()
    assert not leaf.scan


def test_a_file_that_is_too_heavy_is_refused(leaf):
    client = confirmed(leaf.counsellor.user)

    assert "trop lourd" in client.post(page("paper_scan", leaf.cheque), {"copy": too_heavy()}).text


def test_the_member_confirms_on_their_page(passport, leaf):
    address = page("paper_confirm", leaf.cheque)
    client = logged_in(passport.member.user)

    assert "Oui, j’ai signé cette visite" in client.get(address).text
    asked = client.post(address)
    assert asked.url.startswith(CONFIRM)
    client.post(asked.url, {"password": PASSWORD})

    assert Cheque.objects.get().member_means == "papier:confirme"
    assert "rien à confirmer" in client.get(address).text


def test_who_has_no_password_comes_back_with_a_code_to_confirm(passport, leaf):
    client = Client()
    client.force_login(passport.member.user)

    text = client.get(page("paper_confirm", leaf.cheque)).text

    assert "Revenir avec un code" in text
    assert "Oui, j’ai signé cette visite" not in text


def test_what_was_withdrawn_meanwhile_is_not_confirmed(passport, leaf):
    ledger.withdraw(leaf.cheque, counsellor=leaf.counsellor)

    answer = confirmed(passport.member.user).post(page("paper_confirm", leaf.cheque))

    assert "Ce chèque est retiré" in answer.text
    assert logged_in(make_member().user).get(page("paper_confirm", leaf.cheque)).status_code == MISSING

"""The public check of a printed document: authentic or not, and never of whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Member
from passport import chain, checking, guessing, keys, ledger
from passport.checking import Match, mark_of, spelled
from passport.models import Entry, EntryText, Passport
from passport.triggers import GUARD
from tests.hostile import TEXTS
from tests.passport.factories import FIRST, counsellor_of, make_passport, make_signed

pytestmark = pytest.mark.django_db
NOBODYS = "ABCDEFGHJKLMNPQR"


def make_checked():
    """A passport with two visits, and its mark when there was one."""
    passport = make_passport()
    Member.objects.filter(pk=passport.member_id).update(first_name="Ombeline", last_name="Zwymbrax")
    make_signed(passport, place="12 rue des Lilas", what="Parler de la hernie")
    before = mark_of(*chain.head(passport))
    make_signed(passport, day=FIRST + timedelta(days=10), kind="candidature", hours=2)
    return passport, before


def lift_guard():
    """As somebody would who owns the database; the end of the test puts it back."""
    GUARD.take_away(using="default")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in sorted(GUARD.tables):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def tamper(passport, at, **fields):
    lift_guard()
    Entry.objects.filter(passport=passport, seq=at).update(**fields)


def page(passport, mark="", code=""):
    address = reverse("check_document", args=[code or passport.code])
    answer = Client().get(address, {"tete": mark} if mark else {})
    return answer, answer.content.decode()


def test_the_check_says_hours_and_period_and_nobodys_name():
    passport, _before = make_checked()
    writer, sheet = counsellor_of(passport), passport.sheet

    answer, text = page(passport)

    assert answer.status_code == 200
    for said in ("Ce code est authentique", "3 h", "12 h", "35 h", "3 écritures", "1er septembre 2026", "ouvert"):
        assert said in text.replace("\N{NO-BREAK SPACE}", " ")
    unsaid = ("Ombeline", "Zwymbrax", str(writer), writer.user.email, "Lilas", "hernie", str(sheet.order.organisation))
    assert [word for word in (*unsaid, sheet.order.number, passport.reference, passport.chain) if word in text] == []


def test_the_check_is_kept_by_no_cache_and_found_by_no_search_engine():
    passport, _before = make_checked()

    for address in (reverse("check"), reverse("check_document", args=[passport.code])):
        answer = Client().get(address)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("spell", [str.lower, spelled, lambda code: f" {spelled(code).lower().replace('-', ' ')} "])
def test_a_code_is_typed_in_any_form(spell):
    passport, before = make_checked()

    answer = Client().get(reverse("check"), {"code": spell(passport.code), "tete": before}, follow=True)

    assert answer.redirect_chain[0][0].startswith(reverse("check_document", args=[passport.code]))
    assert "un plus récent" in answer.content.decode()
    assert page(passport, code=spell(passport.code))[0].status_code == 200


def test_a_document_is_the_latest_or_an_older_one_or_another():
    passport, before = make_checked()
    now = mark_of(*chain.head(passport))
    other = mark_of(*chain.head(make_passport()))

    assert "Il correspond au passeport tel qu’il est aujourd’hui" in page(passport, now)[1]
    assert "1 écriture de plus" in page(passport, before)[1].replace("\N{NO-BREAK SPACE}", " ")
    assert "Ce document ne correspond pas" in page(passport, other)[1]


@pytest.mark.parametrize(
    "mark", ["0-" + "0" * 16, "4-" + "0" * 16, "999999-" + "a" * 16, "2-abc", "x", "²-" + "0" * 16]
)
def test_a_mark_that_is_not_in_the_chain_is_another_document(mark):
    passport, _before = make_checked()

    assert checking.check(passport.code, mark).match == Match.OTHER


def test_a_mark_is_typed_in_any_form():
    passport, before = make_checked()

    for typed in (before.upper(), f"  {before} ", before.replace("-", " - "), before.replace("-", "\N{EN DASH}")):
        assert checking.check(passport.code, typed).match == Match.OLDER


@pytest.mark.parametrize(
    "change", [{"form": "{}"}, {"form": "[]"}, {"form": "not json"}, {"digest": "0" * 64}, {"hours": 2}, {"seq": 9}]
)
def test_a_tampered_chain_is_not_authentic(change):
    passport, _before = make_checked()
    tamper(passport, 2, **change)

    _answer, text = page(passport)

    assert "Ce document ne peut pas être authentifié" in text
    assert "35" not in text.partition("<main")[2].partition("</main>")[0].replace(checking.spelled(passport.code), "")


@pytest.mark.parametrize(
    "change", [{"ends_on": FIRST + timedelta(days=300)}, {"starts_on": FIRST + timedelta(days=1)}, {"state": "acheve"}]
)
def test_a_period_or_a_state_that_the_entries_do_not_come_to_is_not_authentic(change):
    passport, _before = make_checked()
    lift_guard()
    Passport.objects.filter(pk=passport.pk).update(**change)

    assert not checking.check(passport.code).is_whole


def test_a_chain_without_entries_is_not_authentic():
    passport, _before = make_checked()
    lift_guard()
    passport.cheques.update(state="retire", entry=None)
    EntryText.objects.all().delete()
    Entry.objects.all()._raw_delete("default")

    assert not checking.check(passport.code).is_whole


def test_what_was_found_holds_for_a_minute_as_long_as_the_chain_does():
    passport, _before = make_checked()
    assert checking.check(passport.code).is_whole

    tamper(passport, 2, form="{}")
    assert checking.check(passport.code).is_whole
    make_signed(passport, day=FIRST + timedelta(days=20))
    assert not checking.check(passport.code).is_whole


def test_a_cancelled_visit_is_counted_no_more_and_the_chain_stays_whole():
    passport, _before = make_checked()
    cheque = passport.cheques.get(kind="rv")
    ledger.cancel(cheque, reason="Deux fois", counsellor=counsellor_of(passport))

    found = checking.check(passport.code)

    assert (found.is_authentic, found.used, found.quota, found.entries) == (True, 2, 35, 4)


def test_an_unknown_code_has_the_same_look_and_a_clear_sentence():
    answer, text = page(None, code=NOBODYS)

    assert answer.status_code == 404
    assert "Ce code n’est celui d’aucun document" in text
    assert 'name="code"' in text


def test_guessing_is_slowed_for_a_network_and_for_known_codes_too():
    passport, _before = make_checked()
    for _time in range(guessing.UNKNOWN_AN_HOUR):
        assert page(None, code=NOBODYS)[0].status_code == 404

    assert page(None, code=NOBODYS)[0].status_code == 429
    assert page(passport)[0].status_code == 429
    elsewhere = Client(REMOTE_ADDR="198.51.100.7").get(reverse("check_document", args=[passport.code]))
    assert elsewhere.status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:203.0.113.5", "203.0.113.5", True),
        ("203.0.113.5", "203.0.113.6", False),
        ("", "not an address", True),
    ],
)
def test_a_network_is_an_address_or_a_home(rf, first, second, is_one):
    for _time in range(guessing.UNKNOWN_AN_HOUR):
        guessing.note_unknown(rf.get("/", REMOTE_ADDR=first))

    assert guessing.has_guessed_enough(rf.get("/", REMOTE_ADDR=second)) is is_one


@pytest.mark.parametrize("typed", ["", "ABC", "ABCD-EFGH-JKLM-NPQI", "é" * 16, "0" * 16, "A" * 17])
def test_what_is_no_code_is_told_beside_the_field_and_kept(typed):
    answer = Client().get(reverse("check"), {"code": typed})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="id_code_error"' in text
    assert typed in text


def test_nothing_typed_breaks_the_check():
    passport, _before = make_checked()

    for typed in TEXTS:
        assert Client().get(reverse("check"), {"code": typed, "tete": typed}).status_code in {200, 302, 400}, typed
        assert page(passport, mark=typed)[0].status_code in {200, 400}, typed


def test_the_check_writes_nothing_and_takes_no_other_method():
    passport, _before = make_checked()
    address = reverse("check_document", args=[passport.code])

    assert Client().post(address).status_code == 405
    assert Client().head(address).status_code == 200


def test_the_keys_of_the_association_are_published(client):
    key, _signature = keys.sign(b"a head")

    page = client.get(reverse("check")).text

    assert escape(key.public) in page
    assert "Comparez la clé" in page


@pytest.mark.parametrize("visits", [1, 4])
def test_the_check_costs_the_same_whatever_the_length_of_the_chain(visits, django_assert_max_num_queries):
    passport = make_passport()
    for number in range(visits):
        make_signed(passport, day=FIRST + timedelta(days=number))

    # Those of a cache in the database among them.
    with django_assert_max_num_queries(20):
        checking.check(passport.code)
    with django_assert_max_num_queries(9):
        checking.check(passport.code)


def test_the_program_that_checks_is_the_one_that_the_site_uses():
    answer = Client().get(reverse("checker"))

    assert b"def check_export" in answer.content
    assert 'filename="verifier-passeport.py"' in answer["Content-Disposition"]

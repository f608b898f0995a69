"""The first interview: who begins it, how it is kept whatever two tabs do, who reads it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accompaniment import diagnostics, grids, reading
from accompaniment.diagnostics import StaleError, Typed, seen_of
from accompaniment.models import Answer, Appointment, Diagnostic
from accounts import referents
from accounts.models import Referent
from tests.accompaniment.paths import (
    counsellor_of,
    make_agreement,
    make_diagnostic,
    make_finished,
    make_followed,
    make_grid,
    make_roadmap,
)
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
EMPTY = seen_of(None)


def make_appointment(member, counsellor, **fields):
    start = timezone.now() + timedelta(hours=1)
    defaults = {"starts_at": start, "ends_at": start + timedelta(hours=1), "place": "Ici"}
    return Appointment.objects.create(member=member, counsellor=counsellor, **defaults | fields)


def code_of(act):
    with pytest.raises(ValidationError) as refusal:
        act()
    return refusal.value.code


def test_whoever_follows_the_member_begins_it_once():
    grid, (member, counsellor) = make_grid(), make_followed()

    diagnostic = diagnostics.start(member, counsellor.user)

    assert diagnostics.start(member, counsellor.user) == diagnostic
    assert (diagnostic.grid, diagnostic.counsellor, diagnostic.appointment) == (grid, counsellor, None)


def test_beginning_counts_as_a_contact_with_the_member():
    make_grid()
    member, counsellor = make_followed(last_contact_on=timezone.localdate() - timedelta(days=30))

    diagnostics.start(member, counsellor.user)

    member.refresh_from_db()
    assert member.last_contact_on == timezone.localdate()


@pytest.mark.parametrize("role", ["remplacant", "urgence"])
def test_who_helps_begins_it_too(role):
    make_grid()
    member, _counsellor = make_followed()
    helper, now = make_counsellor(), timezone.now()
    make_referent(member, helper, role=role, starts_at=now, ends_at=now + timedelta(hours=5), reason="Absence")

    assert diagnostics.start(member, helper.user).counsellor == helper


def test_the_appointment_of_a_member_whom_nobody_follows_makes_a_referent():
    make_grid()
    member, counsellor = make_member(), make_counsellor()
    appointment = make_appointment(member, counsellor)

    diagnostic = diagnostics.start(member, counsellor.user)

    assert diagnostic.appointment == appointment
    [row] = referents.who_follows(member)
    assert (row.counsellor, row.role) == (counsellor, Referent.Role.REFERENT)


@pytest.mark.parametrize(
    "fields", [{"state": "annule"}, {"state": "manque"}, {"kind": "individuel"}], ids=["cancelled", "missed", "other"]
)
def test_no_other_appointment_opens_a_member_whom_nobody_follows(fields):
    make_grid()
    member, counsellor = make_member(), make_counsellor()
    make_appointment(member, counsellor, **fields)

    assert code_of(lambda: diagnostics.start(member, counsellor.user)) == "not_yours"
    assert referents.who_follows(member) == []


def test_an_appointment_opens_no_member_whom_somebody_follows():
    make_grid()
    member, _counsellor = make_followed()
    other = make_counsellor()
    make_appointment(member, other)

    assert code_of(lambda: diagnostics.start(member, other.user)) == "not_yours"


def test_nobody_begins_their_own():
    make_grid()
    counsellor = make_counsellor()
    member = make_member(user=counsellor.user)
    make_referent(member, counsellor)

    assert code_of(lambda: diagnostics.start(member, counsellor.user)) == "not_yours"


def test_the_given_appointment_is_linked_unless_it_is_somebody_else_s_or_has_its_own():
    make_grid()
    member, counsellor = make_followed()
    given = make_appointment(member, make_counsellor(), state="honore")
    make_appointment(member, counsellor)
    first = diagnostics.start(member, counsellor.user, given)
    Diagnostic.objects.update(finished_at=timezone.now())

    second = diagnostics.start(member, counsellor.user, given)

    assert (first.appointment, second.appointment) == (given, None)


def test_no_interview_begins_without_a_grid():
    member, counsellor = make_followed()

    assert code_of(lambda: diagnostics.start(member, counsellor.user)) == "no_grid"


def test_an_interview_keeps_the_grid_on_which_it_began():
    diagnostic = make_diagnostic()
    grids.go_live(grids.new_version(diagnostic.grid))

    diagnostic.refresh_from_db()

    assert diagnostic.grid.number == 1
    assert grids.in_force().number == 2


def test_an_answer_is_kept_and_each_saving_has_its_number():
    diagnostic, now = make_diagnostic(), timezone.now()

    first = diagnostics.save(diagnostic, Typed("projet", " Cuisiner.\r\nEt servir. ", EMPTY), now=now)
    second = diagnostics.save(diagnostic, Typed("projet", "Cuisiner.", seen_of(first)))

    assert (first.text, first.revision, first.saved_at) == ("Cuisiner.\nEt servir.", 1, now)
    assert (second.text, second.revision) == ("Cuisiner.", 2)


def test_what_arrives_twice_or_was_not_changed_is_not_saved_again():
    diagnostic = make_diagnostic()
    typed = Typed("projet", "Cuisiner.", EMPTY)
    diagnostics.save(diagnostic, typed)

    assert diagnostics.save(diagnostic, typed).revision == 1
    # A tab that stayed empty is sent with the others.
    assert diagnostics.save(diagnostic, Typed("projet", "", EMPTY)).text == "Cuisiner."


def test_the_older_of_two_tabs_is_told_and_overwrites_nothing():
    diagnostic = make_diagnostic()
    diagnostics.save(diagnostic, Typed("projet", "Cuisiner.", EMPTY))

    with pytest.raises(StaleError) as refusal:
        diagnostics.save(diagnostic, Typed("projet", "Jardiner.", EMPTY))

    assert refusal.value.answer.text == "Cuisiner."
    kept = diagnostics.save(diagnostic, Typed("projet", "Jardiner.", seen_of(refusal.value.answer)))
    assert (kept.text, kept.revision) == ("Jardiner.", 2)


def test_an_answer_can_be_emptied():
    diagnostic = make_diagnostic(answers={"projet": "Cuisiner."})
    answer = diagnostic.answers.get()

    assert diagnostics.save(diagnostic, Typed("projet", "", seen_of(answer))).text == ""


def test_an_endless_answer_is_refused():
    diagnostic = make_diagnostic()
    longest = "a" * diagnostics.LONGEST_ANSWER

    assert code_of(lambda: diagnostics.save(diagnostic, Typed("projet", longest + "b", EMPTY))) == "too_long"
    assert diagnostics.save(diagnostic, Typed("projet", longest, EMPTY)).revision == 1


def test_a_finished_one_is_not_written_until_it_is_taken_up_again():
    diagnostic = make_finished()
    assert code_of(lambda: diagnostics.save(diagnostic, Typed("projet", "Cuisiner.", EMPTY))) == "finished"

    diagnostics.reopen(diagnostic)

    assert diagnostics.save(diagnostic, Typed("projet", "Cuisiner.", EMPTY)).revision == 1


def test_it_is_finished_once_and_not_empty():
    diagnostic, now = make_diagnostic(), timezone.now()
    assert code_of(lambda: diagnostics.finish(diagnostic)) == "empty"
    diagnostics.save(diagnostic, Typed("projet", "Cuisiner.", EMPTY))

    assert diagnostics.finish(diagnostic, now=now).finished_at == now
    assert diagnostics.finish(diagnostic, now=now + timedelta(hours=1)).finished_at == now


def test_it_is_not_taken_up_again_while_an_agreement_is_proposed_or_another_is_in_progress():
    diagnostic = make_finished()
    agreement = make_agreement(make_roadmap(diagnostic=diagnostic), state="propose")
    assert code_of(lambda: diagnostics.reopen(diagnostic)) == "proposed"
    type(agreement).objects.update(state="retire")
    other = make_diagnostic(diagnostic.member)

    assert code_of(lambda: diagnostics.reopen(diagnostic)) == "in_progress"

    other.delete()
    assert diagnostics.reopen(diagnostic).finished_at is None


def test_only_the_member_and_who_follows_them_read_it():
    diagnostic = make_diagnostic(answers={"projet": "Cuisiner."})
    member, counsellor = diagnostic.member, counsellor_of(diagnostic.member)
    stranger, former, now = make_counsellor(), make_counsellor(), timezone.now()
    make_referent(member, former, starts_at=now - timedelta(days=9), ends_at=now - timedelta(days=1))

    def reads(user):
        return reading.diagnostics_read_by(user).exists(), reading.diagnostics_written_by(user).exists()

    assert reads(member.user) == (True, False)
    assert reads(counsellor.user) == (True, True)
    assert reads(stranger.user) == reads(former.user) == reads(make_member().user) == (False, False)


def test_an_erased_member_s_is_read_by_nobody():
    diagnostic = make_diagnostic()
    counsellor = counsellor_of(diagnostic.member)
    type(diagnostic.member).objects.filter(pk=diagnostic.member.pk).update(
        erased_at=timezone.now(), user=None, first_name="", last_name="", email="", telephone="", born_on=None
    )

    assert not reading.diagnostics_read_by(counsellor.user).exists()
    assert not reading.diagnostics_read_by(diagnostic.member.user).exists()
    assert Answer.objects.count() == 0

"""What is kept of a member, written by several at the same moment: on a database with several writers."""

import pytest

from accompaniment import agreements, diagnostics, roadmaps
from accompaniment.diagnostics import Typed, seen_of
from accompaniment.models import Answer, Diagnostic, LearningAgreement
from notices.models import Notice
from tests.accompaniment.paths import make_agreement, make_diagnostic, make_followed, make_grid
from tests.accompaniment.test_appointment_races import at_once, several_writers

pytestmark = [several_writers, pytest.mark.django_db(transaction=True)]


def test_two_who_begin_at_once_write_in_the_same_diagnostic():
    make_grid()
    member, counsellor = make_followed()

    answers = at_once([lambda: diagnostics.start(member, counsellor.user)] * 8)

    assert set(answers) == {Diagnostic.objects.get()}


def test_of_two_tabs_that_save_at_once_one_is_told():
    diagnostic = make_diagnostic()
    typed = [Typed("projet", f"Texte {number}", seen_of(None)) for number in range(8)]

    answers = at_once([lambda each=each: diagnostics.save(diagnostic, each) for each in typed])

    assert answers.count("stale") == 7
    answer = Answer.objects.get()
    assert (answer.revision, answer in answers) == (1, True)


def test_an_agreement_proposed_twice_at_once_is_proposed_once_on_the_roadmap_that_is_kept():
    draft = make_agreement()
    roadmap = draft.roadmap
    seen = roadmaps.seen_of(roadmap)
    jobs = [lambda: agreements.propose(draft)] * 3
    jobs += [lambda: roadmaps.write(roadmap, aim="Autre", lines=[], seen=seen)] * 3

    answers = at_once(jobs)

    # Either the roadmap was emptied first, and nothing is proposed; or what is proposed is what it still says.
    proposed = LearningAgreement.objects.filter(state="propose").first()
    if proposed:
        assert answers.count("state") == 2
        assert answers.count("proposed") == 3
        assert proposed.content == agreements.content_of(proposed)
        assert Notice.objects.count() == 1
    else:
        assert answers.count("empty") == 3
        assert answers.count("stale") == 2


def test_a_diagnostic_is_not_taken_up_again_while_its_agreement_is_proposed_at_the_same_moment():
    draft = make_agreement()
    diagnostic = draft.roadmap.diagnostic

    answers = at_once([lambda: agreements.propose(draft), lambda: diagnostics.reopen(diagnostic)])

    diagnostic.refresh_from_db()
    is_proposed = LearningAgreement.objects.filter(state="propose").exists()
    assert is_proposed == (diagnostic.finished_at is not None)
    assert {"proposed", "not_finished"} & set(answers)

"""The learning agreement: proposed, thought over, declined or withdrawn, proposed anew."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from accompaniment import agreements, diagnostics, reading, roadmaps
from accompaniment.models import LearningAgreement
from notices.models import Notice
from tests.accompaniment.paths import counsellor_of, make_agreement, make_finished, make_roadmap
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db
# 23 h 30 in universal time is the next day in Paris.
NOW = datetime(2027, 2, 23, 23, 30, tzinfo=UTC)


def code_of(act):
    with pytest.raises(ValidationError) as refusal:
        act()
    return refusal.value.error_list[0].code if not hasattr(refusal.value, "error_dict") else "field"


def test_a_draft_begins_with_the_usual_commitments_and_there_is_one_only():
    roadmap = make_roadmap()

    draft = agreements.start(roadmap, by=roadmap.counsellor.user)

    assert draft.commitments == agreements.USUAL_COMMITMENTS
    assert agreements.start(roadmap, by=roadmap.counsellor.user) == draft


def test_what_is_proposed_is_frozen_and_can_be_signed_after_a_week():
    roadmap = make_roadmap()
    draft = make_agreement(roadmap)

    proposed = agreements.propose(draft, now=NOW)

    assert (proposed.state, proposed.proposed_at) == ("propose", NOW)
    assert proposed.reflect_until == date(2027, 3, 3)
    assert not proposed.can_be_signed(datetime(2027, 3, 2, 22, 59, tzinfo=UTC))
    assert proposed.can_be_signed(datetime(2027, 3, 2, 23, 1, tzinfo=UTC))
    said = proposed.content
    assert said["package"] == {
        "name": "Forfait crédit-temps",
        "version": 1,
        "hours": 35,
        "window_months": 3,
        "reflection_days": 7,
    }
    assert [(line["kind"], line["hours"]) for line in said["lines"]] == [("rv", 1), ("rv", 1), ("candidature", 2)]
    assert (said["aim"], said["commitments"]) == ("Cuisiner", "Venir aux rendez-vous.")
    roadmap.lines.all().delete()
    proposed.refresh_from_db()
    assert proposed.content == said


def test_the_member_is_told_once_and_without_a_word_of_it():
    roadmap = make_roadmap()
    draft = make_agreement(roadmap)

    agreements.propose(draft, now=NOW)

    notice = Notice.objects.get()
    assert (notice.recipient, notice.person) == (roadmap.member.user.email, roadmap.member.user)
    assert notice.subject == "Votre contrat pédagogique vous est proposé"
    assert "/espace/membre/parcours/" in notice.text
    for secret in ("Cuisiner", "Venir", "35", "Rendez-vous", roadmap.member.last_name):
        assert secret not in notice.text


def test_a_member_without_an_account_is_sent_to_their_counsellor_and_one_without_mailbox_gets_nothing():
    for email, notices in (("jo@example.org", 1), ("", 0)):
        Notice.objects.all().delete()
        member = make_member(account=False, email=email)
        agreements.propose(make_agreement(make_roadmap(member)), now=NOW)
        assert Notice.objects.count() == notices
        assert not Notice.objects.filter(text__contains="/espace/").exists()


def test_nothing_is_proposed_twice():
    draft = make_agreement()
    agreements.propose(draft, now=NOW)

    assert code_of(lambda: agreements.propose(draft, now=NOW)) == "state"
    assert Notice.objects.count() == 1


def test_an_empty_roadmap_is_not_proposed():
    draft = make_agreement()
    draft.roadmap.lines.all().delete()

    assert code_of(lambda: agreements.propose(draft, now=NOW)) == "empty"


def test_nothing_is_proposed_on_a_diagnostic_taken_up_again():
    draft = make_agreement()
    diagnostics.reopen(draft.roadmap.diagnostic)

    assert code_of(lambda: agreements.propose(draft, now=NOW)) == "not_finished"


def test_it_has_commitments_and_begins_on_a_day_to_come():
    draft = make_agreement()
    today = date(2027, 2, 24)
    for wrong in (today - timedelta(days=1), today + timedelta(days=366)):
        assert code_of(lambda day=wrong: agreements.write(draft, starts_on=day, commitments="Oui", now=NOW)) == "field"
    agreements.write(draft, starts_on=today, commitments=" ", now=NOW)

    assert code_of(lambda: agreements.propose(draft, now=NOW)) == "field"

    agreements.write(draft, starts_on=today, commitments="Venir", now=NOW)
    assert code_of(lambda: agreements.propose(draft, now=NOW + timedelta(days=1))) == "field"
    assert agreements.propose(draft, now=NOW).content["starts_on"] == "2027-02-24"


def test_a_proposed_one_is_not_written():
    agreement = make_agreement(state="propose")

    assert code_of(lambda: agreements.write(agreement, starts_on=None, commitments="Autre")) == "state"
    assert code_of(lambda: agreements.abandon(agreement)) == "state"


def test_it_is_withdrawn_with_a_reason_then_proposed_anew():
    agreement = make_agreement(state="propose")
    assert code_of(lambda: agreements.withdraw(agreement, reason=" ")) == "field"

    withdrawn = agreements.withdraw(agreement, reason="Une erreur d’heures", now=NOW)

    assert (withdrawn.state, withdrawn.ended_because, withdrawn.ended_at) == ("retire", "Une erreur d’heures", NOW)
    assert not withdrawn.can_be_signed(NOW + timedelta(days=90))
    anew = agreements.start(agreement.roadmap, by=agreement.counsellor.user)
    assert (anew.state, anew.commitments) == ("brouillon", agreement.commitments)
    assert agreements.propose(anew, now=NOW).reflect_until == date(2027, 3, 3)


def test_the_member_declines_and_says_why_only_if_they_wish():
    declined = agreements.decline(make_agreement(state="propose"))

    assert (declined.state, declined.ended_because) == ("refuse", "")
    assert code_of(lambda: agreements.decline(declined)) == "state"
    assert code_of(lambda: agreements.withdraw(declined, reason="Trop tard")) == "state"


def test_a_reason_has_a_bearable_length():
    agreement = make_agreement(state="propose")

    assert code_of(lambda: agreements.withdraw(agreement, reason="a" * 301)) == "field"
    agreement.refresh_from_db()
    assert agreement.state == "propose"


def test_a_draft_can_be_given_up():
    agreement = make_agreement()

    agreements.abandon(agreement)

    assert not LearningAgreement.objects.exists()


def test_the_roadmap_waits_while_the_agreement_is_proposed():
    agreement = make_agreement(state="propose")
    roadmap = agreement.roadmap

    with pytest.raises(ValidationError):
        roadmaps.write(roadmap, aim="Autre", lines=[], seen=roadmaps.seen_of(roadmap))


def test_the_member_reads_what_is_proposed_and_not_what_is_prepared():
    draft, proposed = make_agreement(), make_agreement(make_roadmap(make_member()), state="propose")

    def read_by(agreement, user):
        return reading.agreements_read_by(user).filter(pk=agreement.pk).exists()

    assert not read_by(draft, draft.member.user)
    assert read_by(proposed, proposed.member.user)
    for agreement in (draft, proposed):
        user = counsellor_of(agreement.member).user
        assert read_by(agreement, user)
        assert reading.agreements_written_by(user).filter(pk=agreement.pk).exists()
        assert not read_by(agreement, make_counsellor().user)
        assert not reading.roadmaps_read_by(make_counsellor().user).exists()
    assert reading.roadmaps_read_by(proposed.member.user).get() == proposed.roadmap
    assert not reading.roadmaps_written_by(proposed.member.user).exists()


def test_a_second_diagnostic_has_a_roadmap_and_an_agreement_of_its_own():
    first = make_agreement(state="propose")

    second = make_agreement(make_roadmap(diagnostic=make_finished(first.member)))

    assert agreements.propose(second, now=NOW).member == first.member

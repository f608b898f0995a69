from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import ModelLogEntry

from events import sessions
from events.clock import on_clock
from events.models import InfoSession, State
from pages.models import SearchEntry
from tests.factories import make_place, make_session, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 1, 10, tzinfo=UTC)
TOKEN = UUID("7b1d2f0e-5a47-4b5a-9d3e-0d7a5c8e1f26")
OTHER_TOKEN = UUID("c1a86a9f-40f8-4c8e-8f7b-6b6f0f4a9d11")


def paris(day, hour):
    return on_clock(day, hour)


def session_on(day, hour=time(14), **fields):
    start = paris(day, hour)
    return make_session(**{"starts_at": start, "ends_at": start + timedelta(hours=2)} | fields)


def clocks(made):
    return [timezone.localtime(session.starts_at).time() for session in made]


def repeat(source, **changes):
    call = {"weeks": 3, "token": TOKEN, "visible": False, "by": make_user(), "now": NOW}
    return sessions.repeat_weekly(source, **call | changes)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"publish_at": None}, State.DRAFT),
        ({"publish_at": NOW + timedelta(days=1)}, State.PLANNED),
        ({"publish_at": NOW}, State.PUBLISHED),
        ({"publish_at": NOW, "cancelled_at": NOW}, State.CANCELLED),
        ({"starts_at": NOW - timedelta(hours=2), "ends_at": NOW}, State.PAST),
        ({"starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(seconds=1)}, State.PUBLISHED),
        ({"starts_at": NOW - timedelta(days=2), "publish_at": None}, State.DRAFT),
    ],
)
def test_a_session_and_the_list_agree_on_its_state(fields, state):
    session = make_session(**{"starts_at": NOW + timedelta(days=9)} | fields)

    assert session.state(NOW) == state
    assert [one for one in State if InfoSession.objects.in_state(one, NOW).filter(pk=session.pk)] == [state]


def test_editors_find_the_nearest_session_first():
    for day in (-20, 12, -3, 4):
        make_session(title=str(day), starts_at=NOW + timedelta(days=day))

    assert [session.title for session in InfoSession.objects.nearest_first(NOW)] == ["4", "12", "-3", "-20"]


def test_a_session_has_a_place_or_a_link():
    session = make_session(starts_in=timedelta(days=7), place=make_place(), online_url="https://visio.example.org/a")

    with pytest.raises(ValidationError, match="pas les deux"):
        sessions.check(session, now=timezone.now())


def test_a_session_ends_after_it_starts():
    session = make_session(starts_at=NOW + timedelta(days=1))
    session.ends_at = session.starts_at

    with pytest.raises(ValidationError, match="finir après avoir commencé") as refused:
        sessions.check(session, now=NOW)

    assert list(refused.value.message_dict) == ["ends_at"]


def test_a_session_may_be_published_before_its_place_is_known():
    session = make_session(starts_at=NOW + timedelta(days=1), place=None)

    sessions.check(session, now=NOW)


def test_a_session_that_has_begun_is_not_published_any_more():
    session = make_session(starts_at=NOW - timedelta(minutes=1), publish_at=NOW)

    with pytest.raises(ValidationError, match="date est passée"):
        sessions.check(session, now=NOW)


def test_a_published_session_does_not_move_into_the_past():
    before = make_session(starts_at=NOW + timedelta(days=1))
    after = InfoSession.objects.get(pk=before.pk)
    after.starts_at = NOW - timedelta(days=1)

    with pytest.raises(ValidationError, match="date est passée"):
        sessions.check(after, now=NOW, before=before)


def test_a_past_session_can_still_be_corrected():
    before = make_session(starts_at=NOW - timedelta(days=1))

    sessions.check(InfoSession.objects.get(pk=before.pk), now=NOW, before=before)


def test_a_draft_may_have_any_date():
    sessions.check(make_session(starts_at=NOW - timedelta(days=1), publish_at=None), now=NOW)


def test_a_publication_is_planned_before_the_session_starts():
    session = make_session(starts_at=NOW + timedelta(days=1), publish_at=NOW + timedelta(days=1))

    with pytest.raises(ValidationError, match="précéder le début"):
        sessions.check(session, now=NOW)


@pytest.mark.parametrize("publish_at", [None, NOW + timedelta(hours=1)])
def test_a_cancelled_session_cannot_be_hidden(publish_at):
    session = make_session(starts_at=NOW + timedelta(days=1), publish_at=publish_at, cancelled_at=NOW)

    with pytest.raises(ValidationError, match="reste visible"):
        sessions.check(session, now=NOW)


def test_a_published_session_is_not_deleted():
    with pytest.raises(ValidationError, match="annulez-la"):
        sessions.check_deletion(make_session(publish_at=NOW), now=NOW)


@pytest.mark.parametrize("publish_at", [None, NOW + timedelta(seconds=1)])
def test_what_nobody_has_seen_may_be_deleted(publish_at):
    sessions.check_deletion(make_session(publish_at=publish_at), now=NOW)


def test_a_place_where_people_meet_is_not_deleted():
    place = make_session().place

    with pytest.raises(ValidationError, match="ne peut pas être supprimée"):
        sessions.check_place_deletion(place)
    sessions.check_place_deletion(make_place())


def test_several_sessions_deleted_at_once_leave_the_search():
    make_session(), make_session()

    InfoSession.objects.all().delete()

    assert not SearchEntry.objects.exists()


def test_a_copy_is_a_draft_one_week_later():
    source = session_on(date(2026, 10, 20), summary="Un résumé.", seats=7, cancelled_at=NOW, cancelled_because="Grève.")

    copy = sessions.duplicate(source, token=TOKEN, by=make_user(), now=NOW)

    assert copy.starts_at == paris(date(2026, 10, 27), time(14))  # clocks went back on the 25th
    assert copy.ends_at == paris(date(2026, 10, 27), time(16))
    assert (copy.summary, copy.seats, copy.place, copy.departement) == (
        "Un résumé.",
        7,
        source.place,
        source.departement,
    )
    assert copy.state(NOW) == State.DRAFT
    assert copy.cancelled_because == ""
    assert copy.reference != source.reference


def test_a_double_click_makes_one_copy():
    source, editor = make_session(), make_user()

    first = sessions.duplicate(source, token=TOKEN, by=editor)
    again = sessions.duplicate(source, token=TOKEN, by=editor)
    another = sessions.duplicate(source, token=OTHER_TOKEN, by=editor)

    assert first == again != another
    assert InfoSession.objects.count() == 3


def test_the_history_says_who_copied():
    editor = make_user()

    copy = sessions.duplicate(make_session(), token=TOKEN, by=editor)

    entry = ModelLogEntry.objects.for_instance(copy).get()
    assert (entry.action, entry.user) == ("events.copy", editor)


@pytest.mark.parametrize(
    "day", [date(2026, 10, 12), date(2027, 3, 15)], ids=["through 25 October 2026", "through 28 March 2027"]
)
def test_a_series_keeps_its_hour_on_the_clock_through_a_change_of_hour(day):
    source = session_on(day)

    made = repeat(source, weeks=4)

    assert clocks(made) == [time(14)] * 4
    assert [timezone.localdate(session.starts_at) for session in made] == [
        day + timedelta(weeks=week) for week in range(1, 5)
    ]
    assert {session.starts_at.astimezone(UTC).hour for session in made} == {12, 13}


def test_a_series_is_made_of_drafts():
    made = repeat(session_on(date(2026, 10, 12)))

    assert {session.state(NOW) for session in made} == {State.DRAFT}


def test_a_series_may_be_planned_like_its_source():
    opens = NOW + timedelta(days=2)

    made = repeat(session_on(date(2026, 10, 12), publish_at=opens), visible=True)

    assert {session.publish_at for session in made} == {opens}


def test_a_series_sent_twice_is_made_once():
    source = session_on(date(2026, 10, 12))

    first, again = repeat(source), repeat(source)

    assert first == again
    assert InfoSession.objects.count() == 1 + 3


def test_a_series_sent_twice_keeps_what_was_changed_between():
    source = session_on(date(2026, 10, 12))
    changed = repeat(source)[1]
    InfoSession.objects.filter(pk=changed.pk).update(title="Changée")

    repeat(source)

    assert InfoSession.objects.get(pk=changed.pk).title == "Changée"


def test_another_demand_makes_another_series():
    source = session_on(date(2026, 10, 12))

    repeat(source)
    repeat(source, token=OTHER_TOKEN)

    assert InfoSession.objects.count() == 1 + 3 + 3


@pytest.mark.parametrize("weeks", [-1, 0, 53])
def test_a_series_lasts_from_one_week_to_a_year(weeks):
    with pytest.raises(ValidationError, match="1 à 52"):
        repeat(make_session(), weeks=weeks)


def test_a_week_whose_hour_does_not_exist_stops_the_whole_series():
    source = session_on(date(2027, 3, 14), time(2, 30))

    with pytest.raises(ValidationError) as refused:
        repeat(source)

    assert "28\N{NO-BREAK SPACE}mars 2027" in refused.value.message
    assert InfoSession.objects.count() == 1


def test_a_series_in_the_past_is_not_published():
    source = session_on(date(2026, 1, 12))

    with pytest.raises(ValidationError, match="date est passée"):
        repeat(source, visible=True)

    assert InfoSession.objects.count() == 1


def test_a_last_day_counts_the_weeks_up_to_it():
    source = session_on(date(2026, 10, 12), time(23, 30))

    assert sessions.weeks_until(source, date(2026, 10, 19)) == 1
    assert sessions.weeks_until(source, date(2026, 10, 25)) == 1
    assert sessions.weeks_until(source, date(2026, 10, 26)) == 2
    assert sessions.weeks_until(source, date(2026, 10, 12)) == 0


class WeeklySeries(TestCase):
    """Hypothesis takes back what each example wrote only inside its own test case."""

    @settings(max_examples=15, deadline=None)
    @given(
        day=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
        hour=st.integers(3, 21).map(time),
        weeks=st.integers(1, 8),
        sent=st.integers(1, 3),
    )
    def test_a_series_is_whole_weekly_and_made_once(self, day, hour, weeks, sent):
        source = session_on(day, hour)

        for _ in range(sent):
            made = repeat(source, weeks=weeks)

        assert len({session.reference for session in made}) == weeks
        assert InfoSession.objects.exclude(pk=source.pk).count() == weeks
        assert clocks(made) == [hour] * weeks
        days = [timezone.localdate(session.starts_at) for session in made]
        assert days == [day + timedelta(weeks=week) for week in range(1, weeks + 1)]
        assert all(session.ends_at - session.starts_at == timedelta(hours=2) for session in made)


def test_a_cancelled_session_stays_with_its_reason():
    session, editor = make_session(starts_at=NOW + timedelta(days=1)), make_user()

    sessions.cancel(session, because=" Grève des transports. ", by=editor, now=NOW)

    session.refresh_from_db()
    assert (session.cancelled_at, session.cancelled_because) == (NOW, "Grève des transports.")
    assert InfoSession.objects.open_to_all(NOW).get() == session
    assert session.sequence == 1
    assert ModelLogEntry.objects.for_instance(session).get().user == editor


@pytest.mark.parametrize(
    ("fields", "because", "told"),
    [
        ({"cancelled_at": NOW}, "Grève.", "déjà annulée"),
        ({"publish_at": None}, "Grève.", "supprimez-la"),
        ({"publish_at": NOW + timedelta(hours=1)}, "Grève.", "supprimez-la"),
        ({"starts_at": NOW - timedelta(days=1)}, "Grève.", "déjà eu lieu"),
        ({}, "  ", "Dites pourquoi"),
    ],
)
def test_what_cannot_be_cancelled_says_why(fields, because, told):
    session = make_session(**{"starts_at": NOW + timedelta(days=1)} | fields)

    with pytest.raises(ValidationError, match=told):
        sessions.cancel(session, because=because, by=make_user(), now=NOW)


def test_a_cancellation_can_be_taken_back():
    session, editor = make_session(starts_at=NOW + timedelta(days=1)), make_user()
    sessions.cancel(session, because="Grève.", by=editor, now=NOW)

    restored = sessions.restore(session, by=editor, now=NOW)

    assert restored.state(NOW) == State.PUBLISHED
    assert restored.cancelled_because == ""
    assert restored.sequence == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "n’est pas annulée"),
        ({"cancelled_at": NOW, "starts_at": NOW - timedelta(days=1)}, "est passée"),
    ],
)
def test_what_cannot_be_restored_says_why(fields, told):
    session = make_session(**{"starts_at": NOW + timedelta(days=1)} | fields)

    with pytest.raises(ValidationError, match=told):
        sessions.restore(session, by=make_user(), now=NOW)

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from tests.factories import make_video
from videos import calendar
from videos.models import FeaturedVideo

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)
TODAY = date(2026, 11, 21)


def test_the_month_shows_its_own_company():
    make_video(month=date(2026, 10, 1))
    ours = make_video(month=NOVEMBER)
    make_video(month=date(2026, 12, 1))

    assert calendar.company_of_the_month(TODAY) == ours


def test_an_empty_month_keeps_the_company_before():
    make_video(month=date(2026, 8, 1))
    latest = make_video(month=date(2026, 9, 1))
    make_video(month=date(2026, 12, 1))

    assert calendar.company_of_the_month(TODAY) == latest


def test_a_draft_gives_its_month_up_to_the_company_before():
    before = make_video(month=date(2026, 10, 1))
    make_video(month=NOVEMBER, live=False)

    assert calendar.company_of_the_month(TODAY) == before


def test_without_any_month_the_latest_video_is_shown():
    make_video()
    latest = make_video()

    assert calendar.company_of_the_month(TODAY) == latest


def test_without_any_video_there_is_no_company():
    make_video(live=False)

    assert calendar.company_of_the_month(TODAY) is None


def test_an_expired_video_is_not_shown():
    video = make_video(month=NOVEMBER)
    video.expire_at = timezone.now() - timedelta(hours=1)
    video.save()

    assert calendar.company_of_the_month(TODAY) is None


def test_the_archive_goes_back_from_this_month_and_says_nothing_of_what_is_planned():
    months = [date(2026, 9, 1), NOVEMBER, date(2026, 10, 1), date(2026, 12, 1)]
    for month in months:
        make_video(month=month)

    assert [each.month for each in calendar.archive(TODAY)] == [NOVEMBER, date(2026, 10, 1), date(2026, 9, 1)]


def test_a_month_has_one_company_at_most():
    video = make_video(month=NOVEMBER)

    with pytest.raises(IntegrityError):
        FeaturedVideo.objects.create(month=NOVEMBER, video=video)


def test_the_database_wants_the_first_day_of_a_month():
    with pytest.raises(IntegrityError):
        FeaturedVideo.objects.create(month=TODAY, video=make_video())


def test_a_second_company_is_refused_in_french():
    make_video(month=NOVEMBER)

    with pytest.raises(ValidationError, match="Ce mois a déjà son entreprise"):
        FeaturedVideo(month=NOVEMBER, video=make_video()).full_clean()


def test_months_without_a_company_are_found_across_the_year():
    make_video(month=NOVEMBER)
    make_video(month=date(2027, 1, 1))

    assert calendar.empty_months(TODAY, ahead=3) == [date(2026, 12, 1), date(2027, 2, 1)]

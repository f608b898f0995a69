"""The demonstration: all that it promises, dated from the day it is loaded, and loaded once.

It is loaded once for the module: each test works in a transaction of its own.
"""

from datetime import time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision

from association.models import Departement, Identity
from events.models import InfoSession
from guides.models import GuidePage
from home.demo import bookings, loader, moving
from home.demo.accounts import ACCOUNTS
from home.demo.dates import at, month
from home.models import HomePage
from news.models import NewsPage
from pages.models import File, Film, KeyFigure, Picture
from tests.databases import undone
from videos.models import FeaturedVideo, VideoPage

HALF_A_YEAR = timedelta(days=184)
# The first visit of a page makes the pictures that it shows: those with many are tried with the trials.
PUBLIC = ["/reunions/", "/reunions/archive/", "/plan-du-site/"]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The day on which the demonstration was loaded."""
    with django_db_blocker.unblock(), undone():
        today = timezone.localdate()
        loader.load(today=today, say=StringIO().write, warm=False)
        yield today


@pytest.fixture
def today(loaded):
    with undone():
        yield loaded


def state():
    """What a second load or an idle move must leave as it is."""
    return {
        "pages": list(Page.objects.order_by("pk").values()),
        "sessions": list(InfoSession.objects.order_by("pk").values()),
        "months": list(FeaturedVideo.objects.order_by("month").values_list("month", "video_id")),
        "revisions": Revision.objects.count(),
        "counts": [model.objects.count() for model in (Picture, File, Film, KeyFigure, Departement)],
    }


def upcoming(today):
    """What a visitor may attend, seen from the morning of that day."""
    return InfoSession.objects.open_to_all(at(today, time(12))).filter(starts_at__date__gt=today)


def test_the_territory_and_the_identity_are_there(today):
    assert Departement.objects.exclude(intro="").exclude(image=None).count() == 8
    assert Identity.load().is_demo


def test_news_go_back_over_eighteen_months(today):
    news = NewsPage.objects.live()

    assert news.count() >= 60
    assert news.filter(kind="link").count() >= 20
    oldest, newest = news.order_by("published_on").first(), news.order_by("published_on").last()
    assert today - timedelta(days=550) < oldest.published_on < today - timedelta(days=500)
    assert today - timedelta(days=7) < newest.published_on <= today
    for departement in Departement.objects.all():
        assert news.filter(departements=departement).count() >= 3, departement


def test_the_history_of_a_page_is_that_of_its_date(today):
    page = NewsPage.objects.live().order_by("published_on").first()

    for moment in (page.first_published_at, page.last_published_at, page.latest_revision.created_at):
        assert timezone.localdate(moment) == page.published_on
    assert not page.has_unpublished_changes
    assert page.live_revision == page.latest_revision


def test_guides_have_files_of_several_pages_with_a_cover(today):
    guides = GuidePage.objects.live()

    assert guides.count() >= 10
    for guide in guides:
        assert guide.document.page_count >= 4
        assert guide.document.cover is not None
        assert guide.document.file_size > 10_000


def test_each_month_has_its_company(today):
    months = dict(FeaturedVideo.objects.values_list("month", "video__live"))

    assert months == {month(today, offset): offset <= 0 for offset in range(-12, 7)}


def test_companies_of_the_months_to_come_wait_for_their_first_day(today):
    client = Client()
    waiting = VideoPage.objects.filter(live=False)

    assert waiting.count() == 6
    for page in waiting:
        entry = page.months.get()
        assert page.go_live_at == at(entry.month, time())
        assert page.scheduled_revision.approved_go_live_at == page.go_live_at
        assert client.get(f"/videos/{page.slug}/").status_code == 404


def test_films_are_short_captioned_and_transcribed(today):
    for film in Film.objects.all():
        assert 60 < film.duration < 180
        with film.captions.open() as captions:
            assert captions.read().startswith(b"WEBVTT")
        assert len(film.transcript.split()) > 100
        assert film.thumbnail


def test_drawings_are_all_different_and_described(today):
    drawings = Picture.objects.filter(collection__name="Dessins")

    assert drawings.count() >= 40
    assert len({drawing.get_file_hash() for drawing in drawings}) == drawings.count()
    assert all(len(drawing.description) > 20 and drawing.credit and drawing.licence for drawing in drawings)


def test_sessions_are_spread_over_the_months_to_come(today):
    ahead = upcoming(today).filter(starts_at__date__lte=today + HALF_A_YEAR)

    assert ahead.count() >= 16
    assert InfoSession.objects.past().count() >= 10
    assert len({(session.starts_at.year, session.starts_at.month) for session in ahead}) >= 5
    assert ahead.filter(cancelled_at__isnull=False).exclude(cancelled_because="").exists()
    assert InfoSession.objects.filter(publish_at__date__gt=today).exists()
    assert all(8 <= timezone.localtime(session.starts_at).hour <= 19 for session in ahead)


def test_the_first_words_of_the_site_lead_to_a_place(today):
    home = HomePage.objects.get()

    assert (home.first_label, home.first_url) == ("Réserver une place en réunion", "/reunions/")


@pytest.mark.parametrize("path", PUBLIC)
def test_the_schedule_and_the_site_map_show_it(today, path):
    assert Client().get(path).status_code == 200


@pytest.mark.trial
def test_every_page_opens(today):
    client = Client()
    home = HomePage.objects.get()
    paths = home.get_descendants(inclusive=True).live().values_list("url_path", flat=True)

    broken = [path for path in paths if client.get("/" + path.removeprefix(home.url_path)).status_code != 200]

    assert broken == []


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.role)
@pytest.mark.ignore_template_errors  # Wagtail's own templates use variables that are not set
def test_each_role_has_an_account_that_comes_in(today, account, settings):
    settings.SECOND_FACTOR_REQUIRED = False  # as where the demonstration is shown
    client = Client()

    assert len(account.password) >= 15
    assert client.login(username=account.email, password=account.password)
    assert client.get("/espace/", follow=True).status_code == 200
    assert client.get("/gestion/").status_code == (200 if account.is_in_the_admin else 403)


def test_loading_again_changes_nothing(today):
    before = state()

    loader.load(today=today, say=StringIO().write, warm=False)

    assert state() == before


def test_what_an_editor_changed_is_kept(today):
    page = NewsPage.objects.live().first()
    page.title = "Corrigé"
    page.save_revision().publish()
    home = HomePage.objects.get()
    home.headline = "Notre titre"
    home.save_revision().publish()

    loader.load(today=today, say=StringIO().write, warm=False)

    assert NewsPage.objects.get(pk=page.pk).title == "Corrigé"
    assert HomePage.objects.get().headline == "Notre titre"


@pytest.mark.parametrize("days", [0, 6])
def test_dates_do_not_move_within_a_week(today, days):
    before = state()

    assert loader.move_dates(today=today + timedelta(days=days)) == 0
    assert state() == before


@pytest.mark.trial
@pytest.mark.parametrize("days", [7, 400])
def test_a_demonstration_that_grew_old_is_young_again(today, days):
    becomes_young_again(today, days)


def becomes_young_again(today, days):
    later = today + timedelta(days=days)
    session = upcoming(today).soonest_first().first()
    page = NewsPage.objects.live().newest_first().first()
    guide = GuidePage.objects.first()

    moved = loader.move_dates(today=later)

    assert moved == days // 7 * 7
    again = InfoSession.objects.get(pk=session.pk)
    before, after = timezone.localtime(session.starts_at), timezone.localtime(again.starts_at)
    assert (after.date() - before.date()).days == moved
    assert (after.isoweekday(), after.time()) == (before.isoweekday(), before.time())
    assert upcoming(later).count() >= 16
    assert NewsPage.objects.get(pk=page.pk).published_on == page.published_on + timedelta(days=moved)
    assert GuidePage.objects.get(pk=guide.pk).review_on == guide.review_on + timedelta(days=moved)
    assert FeaturedVideo.objects.filter(month=month(later, 0), video__live=True).exists()
    assert FeaturedVideo.objects.filter(month__gt=month(later, 0)).count() >= 5
    assert not FeaturedVideo.objects.filter(month__gt=month(later, 0), video__live=True).exists()
    assert FeaturedVideo.objects.count() == 19


def test_a_demonstration_that_moved_is_young_and_stays_so(today):
    becomes_young_again(today, 100)
    before = state()

    assert loader.move_dates(today=today + timedelta(days=100)) == 0, "dates move once a day"
    assert state() == before

    page = NewsPage.objects.live().newest_first().first()
    page.get_latest_revision_as_object().save_revision().publish()

    again = NewsPage.objects.get(pk=page.pk)
    assert again.published_on == page.published_on, "an editor does not bring old dates back"
    assert again.first_published_at == page.first_published_at


def test_news_that_had_expired_come_back_with_their_new_dates(today):
    page = NewsPage.objects.filter(expire_at__isnull=False).first()
    # The demonstration was loaded 28 days ago, and what had to leave has left.
    moving.start_clock(HomePage.objects.get(), today - timedelta(days=28))
    page.expire_at = timezone.now() - timedelta(days=10)
    page.save_revision().publish()
    page.unpublish(set_expired=True)

    loader.move_dates(today=today)

    page.refresh_from_db()
    assert page.live
    assert page.expire_at > timezone.now()


def test_it_is_running_out_when_too_few_sessions_lie_ahead(today):
    assert not loader.is_running_out()

    keep = upcoming(today).filter(cancelled_at=None).soonest_first()[:3]
    bookings.remove()
    InfoSession.objects.exclude(pk__in=list(keep.values_list("pk", flat=True))).delete()

    assert loader.is_running_out()


def test_a_real_site_never_runs_out(today):
    bookings.remove()
    InfoSession.objects.all().delete()
    Identity.objects.update(is_demo=False)

    assert not loader.is_running_out()


def test_starting_over_asks_for_a_confirmation(today):
    before = state()

    with pytest.raises(CommandError, match="--confirm"):
        call_command("load_demo", flush=True)

    assert state() == before


def test_starting_over_takes_everything_away(today):
    loader.flush()

    assert not loader.is_loaded()
    assert state()["counts"] == [0] * 5
    assert not InfoSession.objects.exists()

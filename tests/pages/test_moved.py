"""Old addresses keep leading where the page is now."""

import sys
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from pages import moved
from pages.models import MovedPath
from tests.factories import make_admin, make_guide, make_home, make_news, make_news_index, make_page

# Wagtail's own templates use variables that are not set.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture(autouse=True)
def transactions_end(django_capture_on_commit_callbacks):
    """Wagtail tells of a new slug once the transaction is over."""

    def rename(page, slug):
        page = Page.objects.get(pk=page.pk).specific
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return rename


@pytest.fixture
def rename(transactions_end):
    return transactions_end


def redirected(client, path):
    response = client.get(path)
    return response.url if response.status_code == 301 else response.status_code


def test_an_address_that_stays_and_the_site_s_own_are_not_noted():
    news = make_news()

    moved.record(news, before=news.url_path)
    moved.record(news, before=make_home().url_path)

    assert not MovedPath.objects.exists()


def test_a_renamed_page_is_found_at_its_old_address(client, rename):
    page = make_page(title="Méthode")

    rename(page, "notre-methode")

    assert redirected(client, "/methode/") == "/notre-methode/"
    assert client.get("/notre-methode/").status_code == 200


def test_the_query_string_comes_along(client, rename):
    rename(make_page(title="Méthode"), "notre-methode")

    assert redirected(client, "/methode/?page=2&q=a%20b") == "/notre-methode/?page=2&q=a%20b"


def test_pages_below_a_renamed_one_are_found_too(client, rename):
    parent = make_page(title="Méthode")
    make_page(parent=parent, title="Étapes")

    rename(parent, "notre-methode")

    assert redirected(client, "/methode/etapes/") == "/notre-methode/etapes/"
    assert MovedPath.objects.count() == 1


def test_a_moved_page_is_found_at_its_old_address(client):
    make_home()
    page = make_page(title="Méthode")
    parent = make_page(title="Nous")

    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=parent.pk), pos="last-child")

    assert redirected(client, "/methode/") == "/nous/methode/"


def test_an_address_is_corrected_without_its_last_slash(client, rename):
    rename(make_page(title="Méthode"), "notre-methode")

    assert redirected(client, "/methode") == "/notre-methode/"


def test_renaming_again_and_again_leads_straight_to_the_present_address(client, rename):
    page = make_page(title="Un")
    rename(page, "deux")
    rename(page, "trois")

    assert redirected(client, "/un/") == "/trois/"
    assert redirected(client, "/deux/") == "/trois/"


def test_a_page_renamed_below_a_renamed_section_is_found_from_every_old_address(client, rename):
    section = make_page(title="Un")
    child = make_page(parent=section, title="Enfant")
    rename(section, "deux")
    rename(child, "petit")
    rename(section, "trois")

    for old in ("/un/enfant/", "/un/petit/", "/deux/enfant/", "/deux/petit/"):
        assert redirected(client, old) == "/trois/petit/", old


def test_going_back_to_the_first_name_works_both_ways(client, rename):
    page = make_page(title="Un")
    rename(page, "deux")
    rename(page, "un")

    assert client.get("/un/").status_code == 200
    assert redirected(client, "/deux/") == "/un/"


def test_two_pages_may_swap_their_addresses(client, rename):
    one, two = make_page(title="Un"), make_page(title="Deux")
    make_page(parent=one, title="Enfant")
    rename(one, "attente")
    rename(two, "un")
    rename(one, "deux")

    assert client.get("/un/").context["page"].pk == two.pk
    assert client.get("/deux/").context["page"].pk == one.pk
    assert redirected(client, "/attente/") == "/deux/"
    assert redirected(client, "/un/enfant/") == "/deux/enfant/"


def test_an_address_taken_again_by_a_live_page_is_that_page(client, rename):
    rename(make_page(title="Un"), "deux")
    taken = make_page(title="Un")

    assert client.get("/un/").context["page"].pk == taken.pk


def test_what_is_nowhere_stays_not_found(client, rename):
    rename(make_page(title="Un"), "deux")

    for path in ("/un/nulle-part/", "/trois/", "/un/../deux/", "/un//enfant/", "/u%00n/", "/" + "a/" * 400):
        assert redirected(client, path) in (400, 404), path


def test_a_page_that_is_no_longer_published_is_not_found(client, rename):
    page = make_page(title="Un")
    rename(page, "deux")
    Page.objects.get(pk=page.pk).unpublish()

    assert redirected(client, "/un/") == 404


def test_a_deleted_page_is_not_found(client, rename):
    page = make_page(title="Un")
    rename(page, "deux")
    Page.objects.get(pk=page.pk).delete()

    assert redirected(client, "/un/") == 404


def test_two_sections_that_took_each_other_s_place_do_not_send_a_visitor_round(client, rename):
    one, two = make_page(title="Un"), make_page(title="Deux")
    rename(one, "attente")
    rename(two, "un")
    rename(one, "deux")

    assert redirected(client, "/un/nulle-part/") == 404
    assert redirected(client, "/deux/nulle-part/") == 404


def test_a_form_sent_to_an_old_address_is_not_redirected(client, rename):
    rename(make_page(title="Un"), "deux")

    assert client.post("/un/").status_code == 404


def test_a_renamed_guide_s_file_is_found_too(client, rename):
    guide = make_guide(title="Chercher")
    rename(guide, "trouver")

    assert redirected(client, "/guides/chercher/fichier/") == "/guides/trouver/fichier/"


def test_redirects_that_editors_write_come_first(client, rename):
    page = make_page(title="Un")
    rename(page, "deux")
    Redirect.add_redirect("/un", redirect_to="/contact/")
    Redirect.add_redirect("/ancien", redirect_to=Page.objects.get(pk=page.pk))

    assert redirected(client, "/un/") == "/contact/"
    assert client.get("/ancien/").url.endswith("/deux/")


def test_an_old_address_costs_few_queries(client, rename):
    section = make_page(title="Un")
    make_page(parent=section, title="Enfant")
    rename(section, "deux")
    client.get("/un/enfant/")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert redirected(client, "/un/enfant/") == "/deux/enfant/"

    assert len(queries) <= 12


def fill(section, count):
    """That many live news under the index, in bulk."""
    first = make_news(title="Article 0")
    base = Page.objects.get(pk=first.pk)
    steplen, alphabet = Page.steplen, Page.alphabet
    rows = []
    for number in range(1, count):
        key = Page._int2str(number + 1).rjust(steplen, alphabet[0])
        rows.append(
            Page(
                path=section.path + key,
                depth=section.depth + 1,
                numchild=0,
                title=f"Article {number}",
                draft_title=f"Article {number}",
                slug=f"article-{number}",
                url_path=f"{section.url_path}article-{number}/",
                content_type=base.content_type,
                locale=base.locale,
                live=True,
            )
        )
    Page.objects.bulk_create(rows, batch_size=2000)
    Page.objects.filter(pk=section.pk).update(numchild=count)


def rename_in_the_form(client, section, slug, capture):
    """As an editor does: the form of the page, published. Returns the seconds it took."""
    client.force_login(make_admin())
    data = {"title": section.title, "slug": slug, "summary": "", "seo_title": "", "search_description": ""}
    data |= {"action-publish": "1", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    started = time.monotonic()
    with capture(execute=True):
        response = client.post(f"/gestion/pages/{section.pk}/edit/", data)
    assert response.status_code == 302
    return time.monotonic() - started


@pytest.mark.parametrize(
    "count",
    [1000, *(pytest.param(count, marks=pytest.mark.trial) for count in (3000, 10_000, 50_000))],
)
def test_renaming_a_section_of_thousands_of_pages_is_quick_and_loses_no_address(
    client, django_capture_on_commit_callbacks, capsys, count
):
    section = make_news_index()
    fill(section, count)

    seconds = rename_in_the_form(client, section, "nouvelles", django_capture_on_commit_callbacks)

    with capsys.disabled():
        sys.stdout.write(f"\n{count} pages renamed in {seconds:.2f} s on {connection.vendor}\n")
    assert seconds < 3 * max(1, count / 10_000)
    assert (
        Page.objects.filter(url_path__startswith=f"{make_home().url_path}nouvelles/", depth=section.depth + 1).count()
        == count
    )
    assert redirected(client, "/actualites/") == "/nouvelles/"
    for number in (0, count // 2, count - 1):
        assert redirected(client, f"/actualites/article-{number}/") == f"/nouvelles/article-{number}/"


def test_a_site_without_a_root_has_no_address(rf):
    Site.objects.all().delete()

    assert not moved.answers(rf.get("/"), "/actualites/")

import json
import re
from datetime import UTC, date, datetime
from http import HTTPStatus

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string

from pages import styleguide
from tests.factories import make_admin

TEN_O_CLOCK = datetime(2027, 3, 2, 9, tzinfo=UTC)


def draw(source, **context):
    return Template(source).render(Context(context))


@pytest.fixture(autouse=True)
def on_the_clocks_of_paris(settings):
    settings.TIME_ZONE = "Europe/Paris"


def test_every_component_draws_with_the_values_of_the_styleguide():
    page = render_to_string("pages/styleguide.html", styleguide.samples())

    assert page.count("<h1") == 1
    assert len(re.findall(r' id="([^"]+)"', page)) == len(set(re.findall(r' id="([^"]+)"', page)))


@pytest.mark.parametrize("code", ["400", "403", "404", "410", "500", "503"])
def test_an_error_page_needs_neither_context_nor_database(code):
    page = render_to_string(f"{code}.html")

    assert f"<b>{code}</b>" in page
    assert 'href="/"' in page


def test_values_are_escaped():
    assert "<b>" not in draw('{% card title=title url="/" %}{% endcard %}', title="<b>gras</b>")


def test_a_card_says_what_it_is_told_and_leaves_out_the_rest():
    full = draw('{% card title="A" url="/a/" origin="Ici" published_on=day %}Texte{% endcard %}', day=date(2027, 3, 2))
    bare = draw('{% card title="A" url="/a/" %}{% endcard %}')

    assert '<time datetime="2027-03-02">' in full
    assert "<p>Texte</p>" in full
    assert "<p" not in bare


@pytest.mark.parametrize(
    ("seats", "state", "said", "not_said"),
    [
        (7, "", "7\N{NO-BREAK SPACE}places", "Complet"),
        (0, "", "Complet", "place"),
        (3, "cancelled", "annulée", "places"),
        (3, "past", "a eu lieu", "places"),
        (None, "", "10\N{NO-BREAK SPACE}h", "place"),
    ],
)
def test_a_session_says_whether_one_can_still_come(seats, state, said, not_said):
    stamp = draw(
        '{% session_stamp title="A" url="/" starts_at=at seats=seats state=state %}',
        at=TEN_O_CLOCK,
        seats=seats,
        state=state,
    )

    assert said in stamp
    assert not_said not in stamp


def test_pages_of_a_list_keep_the_filters_in_force():
    page = Paginator(range(30), 10).page(2)

    links = draw("{% pagination page query %}", page=page, query=QueryDict("departement=93&page=9"))

    assert re.findall(r'<a href="([^"]+)"', links) == [
        "?departement=93&amp;page=1",
        "?departement=93&amp;page=1",
        "?departement=93&amp;page=2",
        "?departement=93&amp;page=3",
        "?departement=93&amp;page=3",
    ]


def test_a_list_of_one_page_has_no_pagination():
    assert "<nav" not in draw("{% pagination page %}", page=Paginator(range(3), 10).page(1))


def test_the_map_links_each_departement_twice_with_its_count():
    drawn = draw(
        '{% departement_map departements words="actualité,actualités" current="93" %}',
        departements=styleguide.DEPARTEMENTS,
    )

    assert drawn.count("<path") == len(styleguide.DEPARTEMENTS)
    for place in styleguide.DEPARTEMENTS:
        assert drawn.count(f'href="{place["url"]}"') == 2
    assert drawn.count('aria-current="true"') == 2
    assert "Seine-Saint-Denis\N{NO-BREAK SPACE}: 17\N{NO-BREAK SPACE}actualités" in drawn


def test_a_departement_without_an_outline_is_still_in_the_list():
    elsewhere = [{"code": "2A", "name": "Corse-du-Sud", "url": "/departements/2A/", "count": 4}]

    drawn = draw('{% departement_map departements words="actualité,actualités" %}', departements=elsewhere)

    assert "<path" not in drawn
    assert drawn.count('href="/departements/2A/"') == 1


def test_structured_data_cannot_close_its_own_element():
    told = {"name": "</script><script>alert(1)</script> & «"}

    element = draw("{% json_ld data %}", data=told)

    body = element.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in body
    assert json.loads(body) == told


class Question(forms.Form):
    name = forms.CharField(label="Votre nom", help_text="Comme sur vos papiers.")
    day = forms.ChoiceField(label="Jour", choices=[("lundi", "Lundi")], widget=forms.RadioSelect)


def test_a_refused_form_says_so_on_top_with_links_and_takes_the_focus():
    drawn = draw("{% error_summary form %}{% for field in form %}{% form_field field %}{% endfor %}", form=Question({}))

    assert "autofocus" in drawn
    assert "Il y a 2 points à corriger" in drawn
    for target in re.findall(r'href="#([^"]+)"', drawn):
        assert f'id="{target}"' in drawn


def test_a_field_is_tied_to_its_hint_and_its_error():
    drawn = draw("{% form_field field %}", field=Question({})["name"])

    described_by = re.search(r'<input[^>]*aria-describedby="([^"]+)"', drawn)[1].split()
    assert len(described_by) == 2
    for identifier in described_by:
        assert f'id="{identifier}"' in drawn


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in draw("{% error_summary form %}", form=Question())


@pytest.mark.django_db
def test_online_the_styleguide_is_for_editors(client, settings):
    settings.SHOW_STYLEGUIDE = False

    assert client.get("/guide-de-style/").status_code == HTTPStatus.NOT_FOUND
    client.force_login(make_admin())
    assert client.get("/guide-de-style/").status_code == HTTPStatus.OK

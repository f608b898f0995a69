"""The first page of each space: nothing to say for the automatic check, at both widths, by day and by night."""

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from tests.browser.following import follow
from tests.browser.looking import findings
from tests.candidates.factories import make_approved, make_consent, make_look, make_version
from tests.factories import make_user
from tests.logins import protect
from tests.people import (
    make_affiliation,
    make_counsellor,
    make_member,
    make_organisation,
    make_referent,
    make_treasurer,
    make_volunteer,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    company, counsellor, volunteer = make_organisation(name="La Ruche"), make_counsellor(), make_volunteer()
    member, other = make_member(), make_member()
    for row in (member, other):
        make_referent(row, counsellor)
    approved = make_approved(member)
    make_consent(member, company)
    make_look(member, organisation=company, user=make_user(last_name="Zola"))
    approved.profile.helps.create(volunteer=volunteer)
    make_version(make_approved(other).profile, state="envoyee", submitted_at=timezone.now())
    record = f"/espace/conseil/membres/{member.reference}/"
    prescriber = make_affiliation(organisation=make_organisation(is_prescriber=True)).user
    return [
        (member.user, ["/espace/membre/"]),
        (make_member(current=False).user, ["/espace/membre/"]),
        (
            counsellor.user,
            [
                "/espace/conseil/",
                "/espace/conseil/membres/",
                record,
                f"{record}remplacement/",
                "/espace/conseil/membres/ajouter/",
            ],
        ),
        (prescriber, ["/espace/prescripteur/"]),
        (make_affiliation(organisation=company).user, ["/espace/entreprise/"]),
        (make_treasurer(), ["/espace/tresorerie/"]),
        (volunteer, ["/espace/video/"]),
        (make_user(), ["/espace/"]),
    ]


def enter(context, client, live_server, user):
    """The browser comes with the session of a whole login."""
    client.force_login(protect(user))
    value = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])


def test_every_space_is_clean_at_both_widths_and_in_both_schemes(
    people, context, client, live_server, watched_page, axe
):
    for user, paths in people:
        enter(context, client, live_server, user)
        for path in paths:
            answer = watched_page.goto(live_server.url + path)
            assert answer.status == 200, path
            assert findings(watched_page, axe) == [], path


def test_the_account_menu_opens_and_logs_out_without_a_script(
    people, browser, browser_context_args, client, live_server
):
    user, [path] = people[0]
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    enter(context, client, live_server, user)
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url + path)

    page.locator(".account-menu summary").click()
    follow(page.get_by_role("button", name="Me déconnecter"))
    page.goto(live_server.url + path)

    assert "/compte/connexion/" in page.url
    context.close()

"""Each role has its own views, and nobody else goes in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.access import for_role
from accounts.roles import Role
from tests.factories import make_user
from tests.people import make_counsellor, make_member, make_treasurer

pytestmark = pytest.mark.django_db


@for_role(Role.COUNSELLOR, Role.TREASURER)
def room(request, reference):
    return HttpResponse(f"{reference} {[str(role) for role in sorted(request.roles)]}")


def ask(user):
    request = RequestFactory().get("/")
    request.user = user
    return room(request, reference="abc")


def test_whoever_holds_one_of_the_roles_comes_in_and_the_view_knows_all_of_theirs():
    counsellor = make_counsellor().user
    make_member(user=counsellor)

    assert ask(counsellor).text == "abc ['conseiller', 'membre']"
    assert ask(make_treasurer()).status_code == 200


@pytest.mark.parametrize("make", [lambda: make_member().user, make_user, AnonymousUser])
def test_anybody_else_is_refused(make):
    with pytest.raises(PermissionDenied):
        ask(make())


def test_the_role_is_asked_for_at_each_request():
    counsellor = make_counsellor()
    counsellor.user.is_active = False

    with pytest.raises(PermissionDenied):
        ask(counsellor.user)


def test_the_door_costs_one_query(django_assert_num_queries):
    user = make_counsellor().user

    with django_assert_num_queries(1):
        ask(user)

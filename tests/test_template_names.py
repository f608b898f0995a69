"""The suite's own eye for missing names: a template that lost a variable is found by any test that shows it."""

import pytest
from django.template import Context, Origin, Template

from tests.template_names import OURS


def show(source, file):
    return Template(source, Origin(file)).render(Context({"given": "ici"}))


def test_a_missing_name_in_a_template_of_ours_fails():
    with pytest.raises(pytest.fail.Exception, match=r"'missing' in '.*/news\.html'"):
        show("{{ given }} {{ missing }}", f"{OURS}/news.html")


def test_a_missing_name_in_another_template_is_shown_as_django_does():
    assert show("{{ missing }}{{ missing|default:'là' }}", "/elsewhere/page.html") == "là"


@pytest.mark.ignore_template_errors
def test_a_test_may_leave_names_out():
    assert show("{{ given }}{{ missing }}", f"{OURS}/news.html") == "ici"

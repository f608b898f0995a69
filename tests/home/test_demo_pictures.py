"""Pictures are ready before a visitor asks for them."""

import pytest

from home.tasks import warm_picture, warm_pictures
from pages.models import Rendition
from pages.pictures import USES
from tests.factories import make_picture

pytestmark = pytest.mark.django_db


def test_every_size_of_every_picture_is_made():
    pictures = [make_picture(), make_picture()]

    warm_pictures()

    specs = {spec for use in USES.values() for spec in use.specs} | {"fill-1200x630|format-jpeg"}
    for picture in pictures:
        assert set(picture.renditions.values_list("filter_spec", flat=True)) == specs


def test_a_picture_deleted_meanwhile_is_nobody_s_fault():
    picture = make_picture()
    pk = picture.pk
    picture.delete()

    warm_picture.call(pk)

    assert not Rendition.objects.exists()

"""Packages and grids: written as drafts, put in force, then frozen by the database itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accompaniment import grids, immutability, packages, setup
from accompaniment.models import Grid, Package, PackageKind, PackageVersion, Question
from home import site_setup
from tests.accompaniment.paths import make_grid, make_package

pytestmark = pytest.mark.django_db
KIND = {"label": "Atelier", "look": "metiers", "hours": 4, "usual_hours": 2}
QUESTION = {"label": "Où habitez-vous ?", "kind": "texte"}


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_a_new_association_has_a_package_of_35_hours_and_a_grid_in_force():
    site_setup.setup_site()

    [version] = packages.in_force()
    assert (version.number, version.hours, version.window_months, version.reflection_days) == (1, 35, 3, 7)
    assert [(kind.code, kind.hours, kind.usual_hours, kind.goes_beyond_window) for kind in version.kinds.all()] == [
        ("rv", 6, 1, False),
        ("candidature", 12, 2, False),
        ("metiers", 6, 3, False),
        ("rencontre", 7, 7, False),
        ("entreprise", 4, 4, True),
    ]
    assert [question.code for question in grids.in_force().questions.all()] == [code for code, *_ in setup.QUESTIONS]


def test_a_second_time_makes_neither_a_package_nor_a_grid():
    site_setup.setup_site()
    site_setup.setup_site()

    assert (Package.objects.count(), PackageVersion.objects.count(), Grid.objects.count()) == (1, 1, 1)
    assert (PackageKind.objects.count(), Question.objects.count()) == (5, len(setup.QUESTIONS))


def test_the_database_refuses_to_change_a_version_that_has_been_live():
    version = make_package()
    kind = version.kinds.first()

    for act in (
        lambda: PackageVersion.objects.filter(pk=version.pk).update(window_months=4),
        lambda: PackageVersion.objects.filter(pk=version.pk).update(live_from=None),
        lambda: PackageVersion.objects.filter(pk=version.pk).delete(),
        lambda: PackageKind.objects.filter(pk=kind.pk).update(hours=8),
        lambda: PackageKind.objects.filter(pk=kind.pk).delete(),
        lambda: PackageKind.objects.create(version=version, code="autre", **KIND),
    ):
        refused(act)
    assert version.hours == 35


def test_a_kind_of_a_draft_does_not_slip_into_a_version_that_has_been_live():
    version = make_package()
    draft = packages.new_version(version)

    refused(lambda: draft.kinds.filter(code="rv").update(version=version, code="autre"))


def test_the_database_refuses_to_change_a_grid_that_has_been_live():
    grid = make_grid()
    question = grid.questions.first()

    for act in (
        lambda: Grid.objects.filter(pk=grid.pk).update(number=9),
        lambda: Grid.objects.filter(pk=grid.pk).delete(),
        lambda: Question.objects.filter(pk=question.pk).update(label="Autre"),
        lambda: Question.objects.filter(pk=question.pk).delete(),
        lambda: Question.objects.create(grid=grid, code="autre", **QUESTION),
    ):
        refused(act)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases keep their triggers")
def test_triggers_that_sqlite_lost_come_back_after_the_next_migration():
    version = make_package()
    immutability.GUARD.take_away(using="default")
    PackageVersion.objects.filter(pk=version.pk).update(window_months=4)

    immutability.GUARD.install(using="default")

    refused(lambda: PackageVersion.objects.filter(pk=version.pk).update(window_months=3))


def test_installing_again_refuses_the_same():
    version = make_package()

    immutability.GUARD.install(using="default")

    refused(lambda: PackageVersion.objects.filter(pk=version.pk).update(window_months=4))
    refused(lambda: PackageKind.objects.filter(version=version).update(hours=8))


def test_nothing_is_installed_while_a_table_is_missing():
    immutability.GUARD.take_away(using="default")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accompaniment_question RENAME TO elsewhere")

        immutability.GUARD.install(using="default")

        assert "accompaniment_question" not in connection.introspection.table_names(cursor)


def test_a_new_version_is_a_draft_that_begins_as_the_old_one_and_is_made_once():
    version = make_package()

    draft = packages.new_version(version)

    assert packages.new_version(version) == draft
    assert (draft.number, draft.live_from, draft.window_months) == (2, None, 3)
    assert [getattr(draft, name) for name in packages.FACTS] == [getattr(version, name) for name in packages.FACTS]
    said = [(kind.code, kind.hours) for kind in draft.kinds.all()]
    assert said == [(kind.code, kind.hours) for kind in version.kinds.all()]
    assert packages.in_force() == [version]


def test_the_version_put_in_force_last_is_the_one_that_is_sold():
    version = make_package()
    draft, now = packages.new_version(version), timezone.now()
    packages.write(draft, window_months=4, reflection_days=10, kinds=[KIND, KIND])

    packages.go_live(draft, now=now + timedelta(days=1))

    assert packages.in_force(now) == [version]
    [sold] = packages.in_force(now + timedelta(days=2))
    assert (sold.number, sold.hours, sold.window_months) == (2, 8, 4)
    assert [kind.code for kind in sold.kinds.all()] == ["atelier", "atelier-2"]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda version: packages.write(version, window_months=3, reflection_days=7, kinds=[KIND]), "frozen"),
        (packages.go_live, "frozen"),
        (packages.remove, "frozen"),
    ],
)
def test_what_has_been_live_is_refused_with_a_sentence(act, code):
    with pytest.raises(ValidationError) as refusal:
        act(make_package())

    assert refusal.value.code == code


def test_a_draft_without_activity_or_with_too_long_sessions_does_not_go_live():
    draft = packages.create("Forfait court")
    with pytest.raises(ValidationError) as empty:
        packages.go_live(draft)
    packages.write(draft, window_months=3, reflection_days=7, kinds=[KIND | {"usual_hours": 5}])
    with pytest.raises(ValidationError) as long:
        packages.go_live(draft)

    assert (empty.value.code, long.value.code) == ("no_kind", "too_long")
    assert "Atelier" in long.value.messages[0]


def test_a_draft_refuses_impossible_durations_and_keeps_what_it_said():
    draft = packages.new_version(make_package())

    for wrong in ({"window_months": 0, "reflection_days": 7}, {"window_months": 3, "reflection_days": 91}):
        with pytest.raises(ValidationError):
            packages.write(draft, kinds=[KIND], **wrong)
    with pytest.raises(ValidationError):
        packages.write(draft, window_months=3, reflection_days=7, kinds=[KIND | {"hours": 0}])

    assert draft.kinds.count() == 5


def test_packages_of_the_same_name_are_refused_and_codes_never_meet():
    first, second = packages.create("Forfait court"), packages.create("Forfait court !")

    assert first.package.code != second.package.code
    with pytest.raises(ValidationError):
        packages.create("Forfait court")


def test_a_removed_draft_takes_its_package_with_it_only_if_it_was_alone():
    version = make_package()
    packages.remove(packages.new_version(version))
    packages.remove(packages.create("Forfait court"))

    assert list(PackageVersion.objects.all()) == [version]
    assert Package.objects.get() == version.package


def test_a_new_grid_is_written_then_asked_and_the_old_one_stays():
    grid, now = make_grid(), timezone.now()
    draft = grids.new_version(grid)
    assert grids.new_version(grid) == draft
    assert draft.questions.count() == grid.questions.count()

    grids.write(draft, [QUESTION, QUESTION, {"label": "Permis", "kind": "choix", "choices": ["oui", "non"]}])
    grids.go_live(draft, now=now + timedelta(days=1))

    assert grids.in_force(now) == grid
    assert grids.in_force(now + timedelta(days=2)) == draft
    assert [question.code for question in draft.questions.all()] == ["ou-habitez-vous", "ou-habitez-vous-2", "permis"]


@pytest.mark.parametrize(
    ("questions", "code"),
    [([], "no_question"), ([{"label": "Permis", "kind": "choix", "choices": ["oui"]}], "no_choice")],
)
def test_an_empty_grid_or_a_choice_of_one_does_not_go_live(questions, code):
    draft = grids.write(grids.new_version(make_grid()), questions)

    with pytest.raises(ValidationError) as refusal:
        grids.go_live(draft)

    assert refusal.value.code == code


def test_a_live_grid_is_refused_with_a_sentence_and_a_draft_may_be_removed():
    grid = make_grid()
    for act in (lambda: grids.write(grid, [QUESTION]), lambda: grids.go_live(grid), lambda: grids.remove(grid)):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.code == "frozen"

    grids.remove(grids.new_version(grid))

    assert list(Grid.objects.all()) == [grid]


def test_nothing_is_in_force_before_anything_is_made():
    assert (packages.in_force(), grids.in_force()) == ([], None)

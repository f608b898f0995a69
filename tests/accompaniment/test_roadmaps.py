"""What is planned, inside the hours of a package."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from accompaniment import packages, roadmaps
from accompaniment.models import PackageKind, PackageVersion
from accompaniment.roadmaps import Line
from tests.accompaniment.paths import make_agreement, make_diagnostic, make_finished, make_package, make_roadmap

pytestmark = pytest.mark.django_db


def codes_of(act):
    with pytest.raises(ValidationError) as refusal:
        act()
    return {error.code for error in refusal.value.error_list}


def write(roadmap, lines, **fields):
    return roadmaps.write(roadmap, **{"aim": "Cuisiner", "lines": lines, "seen": roadmaps.seen_of(roadmap)} | fields)


def test_it_begins_with_all_the_hours_of_the_package_in_usual_sessions():
    version, diagnostic = make_package(), make_finished()

    roadmap = roadmaps.start(diagnostic, version=version, by=diagnostic.counsellor.user)

    hours = {}
    for line in roadmap.lines.select_related("kind"):
        hours.setdefault(line.kind.code, []).append(line.hours)
    assert hours == {
        "rv": [1] * 6,
        "candidature": [2] * 6,
        "metiers": [3, 3],
        "rencontre": [7],
        "entreprise": [4],
    }
    assert roadmap.lines.first().what == "Rendez-vous individuels, séance 1"
    assert roadmap.lines.last().what == "Suivi en entreprise"
    assert roadmaps.start(diagnostic, version=version, by=diagnostic.counsellor.user) == roadmap
    assert roadmap.lines.count() == 16


def test_the_last_session_holds_what_is_left():
    version = PackageVersion(pk=1)
    version._prefetched_objects_cache = {"kinds": [PackageKind(label="Atelier", hours=7, usual_hours=3)]}

    assert [line.hours for line in roadmaps.usual_lines(version)] == [3, 3, 1]


def test_a_very_long_package_begins_with_a_line_for_each_kind():
    version = PackageVersion(pk=1)
    kinds = [PackageKind(label="Atelier", hours=hours, usual_hours=1) for hours in (60, 40)]
    version._prefetched_objects_cache = {"kinds": kinds}

    assert [line.hours for line in roadmaps.usual_lines(version)] == [60, 40]


def test_it_needs_a_finished_diagnostic_and_a_package_in_force():
    version, diagnostic = make_package(), make_diagnostic()
    by = diagnostic.counsellor.user
    assert codes_of(lambda: roadmaps.start(diagnostic, version=version, by=by)) == {"not_finished"}
    finished = make_finished()
    draft = packages.new_version(version)

    assert codes_of(lambda: roadmaps.start(finished, version=draft, by=by)) == {"not_live"}


def test_what_is_written_takes_the_place_of_what_was():
    roadmap = make_roadmap()
    kind = roadmap.version.kinds.get(code="rv")

    write(roadmap, [Line(kind, 2, " Préparer l’entretien ", "en mars"), Line(kind, 4, "La suite")], aim=" Servir ")

    roadmap.refresh_from_db()
    assert roadmap.aim == "Servir"
    assert [(line.hours, line.what, line.when) for line in roadmap.lines.all()] == [
        (2, "Préparer l’entretien", "en mars"),
        (4, "La suite", ""),
    ]


def test_no_kind_goes_beyond_its_hours_and_each_refusal_names_it():
    roadmap = make_roadmap()
    kinds = {kind.code: kind for kind in roadmap.version.kinds.all()}
    lines = [Line(kinds["rv"], 4, "Un"), Line(kinds["rv"], 3, "Deux"), Line(kinds["rencontre"], 9, "Trois")]

    with pytest.raises(ValidationError) as refusal:
        write(roadmap, lines)

    first, second = (sentence.replace("\u00a0", " ") for sentence in refusal.value.messages)
    assert "Rendez-vous individuels" in first
    assert "7 h" in first
    assert "Retirez 1 h" in first
    assert "Rencontres" in second
    assert roadmap.lines.count() == 3


@given(hours=st.lists(st.integers(1, 9), max_size=8))
@settings(deadline=None, max_examples=60)
def test_hours_pass_exactly_when_they_fit(hours):
    kind = PackageKind(pk=1, label="Atelier", hours=12, usual_hours=2)
    version = PackageVersion(pk=1)
    version._prefetched_objects_cache = {"kinds": [kind]}

    try:
        roadmaps.check_hours(version, [Line(kind, each, "Un") for each in hours])
    except ValidationError:
        assert sum(hours) > 12
    else:
        assert sum(hours) <= 12


def test_a_kind_of_another_package_and_endless_lists_are_refused():
    roadmap = make_roadmap()
    kind = roadmap.version.kinds.get(code="rv")
    other = packages.new_version(roadmap.version).kinds.get(code="rv")

    assert codes_of(lambda: write(roadmap, [Line(other, 1, "Un")])) == {"kind"}
    assert codes_of(lambda: write(roadmap, [Line(kind, 1, "Un")] * 81)) == {"too_many"}


@pytest.mark.parametrize(("hours", "what"), [(0, "Un"), (1, ""), (1, "a" * 201)])
def test_an_activity_has_hours_and_words_of_a_bearable_length(hours, what):
    roadmap = make_roadmap()
    kind = roadmap.version.kinds.get(code="rv")

    with pytest.raises(ValidationError):
        write(roadmap, [Line(kind, hours, what)])
    assert roadmap.lines.count() == 3


def test_of_two_tabs_the_older_is_told():
    roadmap = make_roadmap()
    seen, kind = roadmaps.seen_of(roadmap), roadmap.version.kinds.get(code="rv")
    write(roadmap, [Line(kind, 1, "Un")])

    assert codes_of(lambda: write(roadmap, [], seen=seen)) == {"stale"}
    assert roadmap.lines.get().what == "Un"


def test_it_does_not_change_while_an_agreement_is_proposed_on_it():
    roadmap = make_roadmap()
    agreement = make_agreement(roadmap, state="propose")
    assert codes_of(lambda: write(roadmap, [])) == {"proposed"}

    type(agreement).objects.update(state="retire")

    assert write(roadmap, []).lines.count() == 0

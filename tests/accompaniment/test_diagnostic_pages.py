"""The interview, the roadmap and the agreement on the screen: what is typed is never lost."""

import pytest
from django.urls import reverse

from accompaniment import diagnostics, grids
from accompaniment.diagnostics import Typed, seen_of
from accompaniment.models import Diagnostic, LearningAgreement, Roadmap
from association.models import Sector
from tests.accompaniment.paths import (
    counsellor_of,
    make_agreement,
    make_diagnostic,
    make_finished,
    make_followed,
    make_grid,
    make_package,
    make_roadmap,
)
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db
EMPTY = seen_of(None)


def enter(client, thing):
    """As the counsellor who follows the member."""
    client.force_login(counsellor_of(thing.member).user)
    return client


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def written(diagnostic):
    return {answer.question.code: answer.text for answer in diagnostic.answers.select_related("question")}


def sent(diagnostic, **answers):
    """All that the form holds, as an empty page would send it."""
    codes = [question.code for question in diagnostic.grid.questions.all()]
    data = {f"v-{code}": EMPTY for code in codes} | {f"q-{code}": "" for code in codes if code != "secteurs"}
    return data | {f"q-{code}": value for code, value in answers.items()}


def test_a_counsellor_begins_and_writes_without_a_script(client):
    make_grid()
    Sector.objects.create(name="Logement")
    Sector.objects.create(name="Numérique")
    member, counsellor = make_followed()
    client.force_login(counsellor.user)
    answer = client.post(reverse("diagnostic_start", args=[member.reference]))
    diagnostic = Diagnostic.objects.get()
    assert answer.url == reverse("diagnostic_write", args=[diagnostic.reference])

    data = sent(diagnostic, secteurs=["Logement", "Numérique"], projet="Cuisiner\r\nEt servir")
    client.post(answer.url, data)

    assert written(diagnostic) == {"secteurs": "Logement\nNumérique", "projet": "Cuisiner\nEt servir"}
    shown = page(client.get(answer.url))
    assert shown.count(" checked") == 2
    assert "Cuisiner" in shown


def test_a_start_asked_from_an_old_page_finds_the_finished_one(client):
    diagnostic = make_finished()
    enter(client, diagnostic)

    answer = client.post(reverse("diagnostic_start", args=[diagnostic.member.reference]))

    assert answer.url == reverse("diagnostic", args=[diagnostic.reference])
    assert Diagnostic.objects.count() == 1


def test_a_start_that_is_refused_says_why(client):
    member, counsellor = make_followed()
    client.force_login(counsellor.user)

    answer = client.post(reverse("diagnostic_start", args=[member.reference]), follow=True)

    assert "Aucune grille" in page(answer)


def test_what_another_tab_wrote_is_shown_beside_what_was_typed(client):
    diagnostic = make_diagnostic()
    path = reverse("diagnostic_write", args=[diagnostic.reference])
    enter(client, diagnostic)
    diagnostics.save(diagnostic, Typed("projet", "Jardiner", EMPTY))
    diagnostics.save(diagnostic, Typed("demarches", "Un stage", EMPTY))

    shown = client.post(path, sent(diagnostic, projet="Cuisiner", motivation="Aider"))

    body = page(shown)
    assert "Jardiner" in body
    assert "Cuisiner" in body
    assert written(diagnostic) == {"projet": "Jardiner", "demarches": "Un stage", "motivation": "Aider"}
    # The page now shows what the untouched field holds; sending it again overwrites knowingly.
    again = {name: field.value() for entry in shown.context["entries"] for name, field in both(entry)}
    assert again["q-demarches"] == "Un stage"
    client.post(path, {name: value for name, value in again.items() if value})
    assert written(diagnostic)["projet"] == "Cuisiner"
    assert written(diagnostic)["demarches"] == "Un stage"


def both(entry):
    return (entry.field.name, entry.field), (entry.seen.name, entry.seen)


def test_a_long_answer_is_refused_and_stays_on_the_page(client):
    diagnostic = make_diagnostic()
    words = "mot " * 1500

    body = page(
        enter(client, diagnostic).post(
            reverse("diagnostic_write", args=[diagnostic.reference]), sent(diagnostic, projet=words, motivation="Aider")
        )
    )

    assert "trop longue" in body
    assert words.strip() in body
    assert written(diagnostic) == {"motivation": "Aider"}


def test_a_choice_that_is_not_in_the_list_is_refused(client):
    diagnostic = make_diagnostic()
    path = reverse("diagnostic_write", args=[diagnostic.reference])

    page(enter(client, diagnostic).post(path, sent(diagnostic, secteurs=["Piraterie"], projet="Cuisiner")))

    assert written(diagnostic) == {"projet": "Cuisiner"}


def test_a_choice_is_kept_also_when_it_left_the_list(client):
    grid = grids.new_version(make_grid())
    grids.write(grid, [{"label": "Permis", "kind": "choix", "choices": ["oui", "non"]}])
    grids.go_live(grid)
    diagnostic = make_diagnostic()
    Diagnostic.objects.update(grid=grid)
    diagnostic.grid = grid
    path = reverse("diagnostic_write", args=[diagnostic.reference])

    enter(client, diagnostic).post(path, sent(diagnostic, permis="oui"))

    assert written(diagnostic) == {"permis": "oui"}
    assert "oui" in page(client.get(reverse("diagnostic", args=[diagnostic.reference])))


def test_it_is_finished_read_and_taken_up_again(client):
    diagnostic = make_diagnostic()
    path, read = (reverse(name, args=[diagnostic.reference]) for name in ("diagnostic_write", "diagnostic"))
    enter(client, diagnostic)
    assert "au moins une réponse" in page(client.post(path, sent(diagnostic) | {"finish": "1"}))

    answer = client.post(path, sent(diagnostic, projet="Cuisiner") | {"finish": "1"})

    assert answer.url == read
    assert "Faire la feuille de route" in page(client.get(read))
    assert client.get(path).url == read
    assert client.post(reverse("diagnostic_reopen", args=[diagnostic.reference])).url == path
    assert "Cuisiner" in page(client.get(path))


def test_what_is_typed_on_a_diagnostic_that_another_tab_finished_is_not_lost(client):
    diagnostic = make_finished()
    path = reverse("diagnostic_write", args=[diagnostic.reference])
    data = sent(diagnostic, projet="Cuisiner")

    body = page(enter(client, diagnostic).post(path, data))
    assert "Cuisiner" in body
    assert "Reprendre le diagnostic et enregistrer" in body

    client.post(path, data | {"reopen": "1"})
    assert written(diagnostic)["projet"] == "Cuisiner"


def test_a_proposed_agreement_keeps_the_diagnostic_closed(client):
    diagnostic = make_finished()
    make_agreement(make_roadmap(diagnostic=diagnostic), state="propose")
    path = reverse("diagnostic_write", args=[diagnostic.reference])
    enter(client, diagnostic)

    body = page(client.post(path, sent(diagnostic, projet="Cuisiner") | {"reopen": "1"}))
    assert "Un contrat est proposé" in body
    assert "Cuisiner" in body
    answer = client.post(reverse("diagnostic_reopen", args=[diagnostic.reference]), follow=True)
    assert "Un contrat est proposé" in page(answer)


def test_a_page_saves_one_answer_while_one_types(client):
    diagnostic = make_diagnostic()
    path = reverse("diagnostic_answer", args=[diagnostic.reference, "projet"])
    enter(client, diagnostic)

    kept = client.post(path, {"q-projet": "Cuisiner", "v-projet": EMPTY})
    stale = client.post(path, {"q-projet": "Jardiner", "v-projet": EMPTY})
    long = client.post(path, {"q-projet": "a" * 6000, "v-projet": kept.json()["seen"]})
    hidden = client.post(path, {"q-projet": "a\0b", "v-projet": kept.json()["seen"]})

    assert kept.json()["seen"] == seen_of(diagnostic.answers.get())
    assert (stale.status_code, stale.json()["text"]) == (409, "Cuisiner")
    assert (long.status_code, hidden.status_code) == (400, 400)
    assert "trop longue" in long.json()["error"]
    assert hidden.json()["error"]
    assert written(diagnostic) == {"projet": "Cuisiner"}


def test_no_answer_is_saved_to_a_question_that_is_not_there_nor_to_a_finished_diagnostic(client):
    diagnostic = make_finished()
    enter(client, diagnostic)
    nowhere = client.post(reverse("diagnostic_answer", args=[diagnostic.reference, "rien"]), {})
    finished = client.post(
        reverse("diagnostic_answer", args=[diagnostic.reference, "projet"]), {"q-projet": "Cuisiner"}
    )

    assert nowhere.status_code == 404
    assert (finished.status_code, "terminé" in finished.json()["error"]) == (400, True)


def test_what_is_written_stays_text(client):
    hostile = "<script>alert(1)</script>"
    diagnostic = make_diagnostic(answers={"projet": hostile})
    enter(client, diagnostic)

    for name in ("diagnostic", "diagnostic_write"):
        body = page(client.get(reverse(name, args=[diagnostic.reference])))
        assert hostile not in body
        assert "&lt;script&gt;" in body


@pytest.mark.parametrize("who", ["stranger", "other counsellor", "member"])
def test_nobody_else_reads_or_writes(client, who):
    agreement = make_agreement()
    roadmap, diagnostic = agreement.roadmap, agreement.roadmap.diagnostic
    users = {
        "stranger": make_member().user,
        "other counsellor": make_counsellor().user,
        "member": agreement.member.user,
    }
    client.force_login(users[who])
    read = {
        reverse(name, args=[thing.reference])
        for thing, names in (
            (diagnostic, ["diagnostic", "diagnostic_pdf"]),
            (roadmap, ["roadmap", "roadmap_pdf"]),
            (agreement, ["agreement", "agreement_pdf"]),
        )
        for name in names
    }
    write = {
        reverse("diagnostic_write", args=[diagnostic.reference]),
        reverse("roadmap_write", args=[roadmap.reference]),
        reverse("agreement_write", args=[agreement.reference]),
    }

    assert {client.get(path).status_code for path in write} == {404 if who == "other counsellor" else 403}
    if who == "member":  # what is prepared is not theirs to read yet
        assert [client.get(path).status_code for path in sorted(read) if "contrats" in path] == [404, 404]
        assert {client.get(path).status_code for path in read if "contrats" not in path} == {200}
    else:
        assert {client.get(path).status_code for path in read} == {404}


def test_a_roadmap_begins_with_the_chosen_package(client):
    diagnostic = make_finished()
    path = reverse("roadmap_start", args=[diagnostic.reference])
    enter(client, diagnostic)
    version = make_package()
    assert "Forfait crédit-temps" in page(client.get(path))
    assert "Choisissez un forfait" in page(client.post(path, {}))
    assert "plus proposé" in page(client.post(path, {"version": "999"}))

    answer = client.post(path, {"version": version.pk})

    roadmap = Roadmap.objects.get()
    assert answer.url == client.get(path).url == reverse("roadmap_write", args=[roadmap.reference])
    body = page(client.get(answer.url))
    assert "Ateliers candidatures, séance 6" in body


def test_a_roadmap_waits_for_the_end_of_the_diagnostic_and_for_a_package(client):
    diagnostic = make_diagnostic()
    enter(client, diagnostic)
    answer = client.get(reverse("roadmap_start", args=[diagnostic.reference]))
    assert answer.url == reverse("diagnostic_write", args=[diagnostic.reference])


def rows(roadmap, **changed):
    """What the form of this roadmap sends."""
    numbers, data = {}, {"aim": roadmap.aim, "seen": roadmap.changed_at.isoformat()}
    for line in roadmap.lines.select_related("kind"):
        number = numbers[line.kind.code] = numbers.get(line.kind.code, -1) + 1
        start = f"{line.kind.code}-{number}"
        data |= {f"{start}-hours": line.hours, f"{start}-what": line.what, f"{start}-when": line.when}
    return data | {name.replace("_", "-"): value for name, value in changed.items()}


def test_a_roadmap_is_cut_and_completed(client):
    roadmap = make_roadmap()
    path = reverse("roadmap_write", args=[roadmap.reference])
    enter(client, roadmap)

    answer = client.post(
        path, rows(roadmap, rv_0_removed="on", metiers_0_hours="3", rv_1_when="en mars") | {"aim": "Servir"}
    )

    assert answer.url == reverse("roadmap", args=[roadmap.reference])
    roadmap.refresh_from_db()
    assert roadmap.aim == "Servir"
    lines = [(line.kind.code, line.hours, line.what, line.when) for line in roadmap.lines.select_related("kind")]
    assert lines == [
        ("rv", 1, "Rendez-vous individuels 2", "en mars"),
        ("candidature", 2, "Ateliers candidatures 1", ""),
        ("metiers", 3, "Ateliers métiers", ""),
    ]
    more = client.post(path, rows(roadmap) | {"more": "1"})
    assert more.url == path


def test_too_many_hours_are_refused_with_what_was_typed(client):
    roadmap = make_roadmap()
    path = reverse("roadmap_write", args=[roadmap.reference])

    body = page(enter(client, roadmap).post(path, rows(roadmap, rv_2_hours="9", rv_2_what="Encore un")))

    assert "Rendez-vous individuels" in body
    assert "Retirez 5\u00a0h" in body
    assert "Encore un" in body
    assert roadmap.lines.count() == 3


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"rv_2_what": "Sans heures"}, "Donnez le nombre"),
        ({"rv_2_what": "Zéro", "rv_2_hours": "0"}, "au moins une heure"),
        ({"rv_2_what": "Demi", "rv_2_hours": "1,5"}, "nombre entier"),
        ({"rv_2_what": "a" * 201, "rv_2_hours": "1"}, "200"),
    ],
)
def test_a_row_that_is_not_whole_is_refused_beside_itself(client, row, told):
    roadmap = make_roadmap()
    path = reverse("roadmap_write", args=[roadmap.reference])

    body = page(enter(client, roadmap).post(path, rows(roadmap, **row)))

    assert told in body
    assert row["rv_2_what"] in body
    assert roadmap.lines.count() == 3


def test_a_removed_row_is_not_looked_at(client):
    roadmap = make_roadmap()
    path = reverse("roadmap_write", args=[roadmap.reference])

    answer = enter(client, roadmap).post(path, rows(roadmap, rv_0_hours="beaucoup", rv_0_removed="on"))

    assert answer.status_code == 302
    assert roadmap.lines.count() == 2


def test_the_older_tab_of_a_roadmap_is_told_and_may_send_again(client):
    roadmap = make_roadmap()
    path = reverse("roadmap_write", args=[roadmap.reference])
    old = rows(roadmap) | {"aim": "Ancien"}
    enter(client, roadmap).post(path, rows(roadmap) | {"aim": "Nouveau"})

    answer = client.post(path, old)

    body = page(answer)
    assert "changée ailleurs" in body
    assert "Ancien" in body
    roadmap.refresh_from_db()
    assert roadmap.aim == "Nouveau"
    client.post(path, old | {"seen": answer.context["form"]["seen"].value()})
    roadmap.refresh_from_db()
    assert roadmap.aim == "Ancien"


def test_a_roadmap_with_more_rows_than_blank_ones_is_kept_whole(client):
    roadmap = make_roadmap()
    path = reverse("roadmap_write", args=[roadmap.reference])
    many = {f"metiers_{number}_what": f"Un {number}" for number in range(6)}
    many |= {f"metiers_{number}_hours": "1" for number in range(6)}

    enter(client, roadmap).post(path, rows(roadmap, **many))

    assert roadmap.lines.filter(kind__code="metiers").count() == 6


def test_a_roadmap_is_read_as_stamps_with_their_text(client):
    roadmap = make_roadmap()
    client.force_login(roadmap.member.user)

    body = page(client.get(reverse("roadmap", args=[roadmap.reference])))

    assert body.count('class="planned"') == 4
    assert body.count('class="free"') == 31
    assert "2\u00a0h prévues sur 6" in body
    assert "Modifier" not in body


def test_an_agreement_is_prepared_proposed_read_and_declined(client):
    roadmap = make_roadmap()
    enter(client, roadmap)
    path = client.post(reverse("agreement_start", args=[roadmap.reference])).url
    agreement = LearningAgreement.objects.get()
    read = reverse("agreement", args=[agreement.reference])
    assert "Venir" not in page(client.get(path))
    assert client.post(path, {"commitments": "Venir"}).url == read
    assert "Personne d’autre que vous" in page(client.get(read))

    assert client.post(path, {"commitments": "Venir", "propose": "1"}).url == read

    assert client.get(path).url == read
    assert client.get(reverse("roadmap_write", args=[roadmap.reference])).url == reverse(
        "roadmap", args=[roadmap.reference]
    )
    assert client.post(reverse("agreement_start", args=[roadmap.reference])).url == read
    client.force_login(roadmap.member.user)
    body = page(client.get(read))
    assert "Vous pourrez le signer à partir du" in body
    assert "Venir" in body
    decline = reverse("agreement_decline", args=[agreement.reference])
    assert client.post(decline, {"reason": "Trop tôt"}).url == read
    assert "Trop tôt" in page(client.get(read))
    assert "plus proposé" in page(client.post(decline, {}))


def test_a_refused_agreement_keeps_what_was_typed(client):
    agreement = make_agreement()
    path = reverse("agreement_write", args=[agreement.reference])
    enter(client, agreement)

    body = page(client.post(path, {"commitments": "Venir à pied", "starts_on": "2020-01-01"}))
    assert "Choisissez un jour à venir" in body
    assert "Venir à pied" in body
    assert "Écrivez les engagements" in page(client.post(path, {"commitments": ""}))

    agreement.roadmap.lines.all().delete()
    body = page(client.post(path, {"commitments": "Venir à pied", "propose": "1"}))
    assert "ne prévoit encore rien" in body
    agreement.refresh_from_db()
    assert (agreement.state, agreement.commitments) == ("brouillon", "Venir à pied")


def test_what_was_proposed_meanwhile_is_not_written_and_what_was_typed_stays(client):
    agreement = make_agreement(state="propose")
    path = reverse("agreement_write", args=[agreement.reference])

    body = page(enter(client, agreement).post(path, {"commitments": "Autre chose"}))

    assert "il ne change plus" in body
    assert "Autre chose" in body


def test_an_agreement_is_withdrawn_with_a_reason_only(client):
    agreement = make_agreement(state="propose")
    path, read = (reverse(name, args=[agreement.reference]) for name in ("agreement_withdraw", "agreement"))
    enter(client, agreement)
    assert "le membre le lira" in page(client.post(path, {"reason": " "}))

    assert client.post(path, {"reason": "Une erreur"}).url == read

    client.force_login(agreement.member.user)
    assert "Une erreur" in page(client.get(read))


def test_a_draft_is_given_up_and_a_proposed_one_is_not(client):
    draft, proposed = make_agreement(), make_agreement(make_roadmap(make_member()), state="propose")
    for agreement, name in ((draft, "roadmap"), (proposed, "agreement")):
        thing = agreement.roadmap if name == "roadmap" else agreement
        enter(client, agreement)
        answer = client.post(reverse("agreement_abandon", args=[agreement.reference]))
        assert answer.url == reverse(name, args=[thing.reference])
    assert LearningAgreement.objects.get() == proposed


def test_files_are_given_for_printing(client):
    agreement = make_agreement(state="propose")
    client.force_login(agreement.member.user)

    for name, thing in (
        ("diagnostic_pdf", agreement.roadmap.diagnostic),
        ("roadmap_pdf", agreement.roadmap),
        ("agreement_pdf", agreement),
    ):
        answer = client.get(reverse(name, args=[thing.reference]))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")

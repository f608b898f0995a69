import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from errands import work
from notices.models import Notice
from spaces import exports
from spaces.models import Export
from spaces.personal_data import readable
from tests.candidates.factories import give_portrait, make_approved
from tests.people import make_member
from tests.spaces.people import EMAIL, MARK, make_marked

pytestmark = pytest.mark.django_db


def archive_of(user):
    written = BytesIO()
    exports.write(exports.person_of(user), written)
    return zipfile.ZipFile(written)


def test_an_export_holds_every_row_about_the_person_and_their_files():
    member = make_marked()
    person = exports.person_of(member.user)
    archive = archive_of(member.user)
    said = json.loads(archive.read(exports.DATA))

    expected = {}
    for holding in readable():
        if count := holding.rows(person).count():
            expected[holding.title] = expected.get(holding.title, 0) + count
    assert {title: len(rows) for title, rows in said.items()} == expected
    assert said["Votre fiche de membre"][0]["téléphone"] == "0639981234"
    assert any(archive.read(name) == MARK.encode() for name in archive.namelist() if name.startswith("video"))
    assert any(name.startswith("version") for name in archive.namelist())


def test_an_export_opens_nothing():
    member = make_marked()
    member.user.set_password("only-for-tests and long")
    member.user.save()

    said = archive_of(member.user).read(exports.DATA).decode()

    assert member.user.password not in said
    assert "digest" not in said
    assert "session_key" not in said


def test_an_export_says_nothing_of_another_person():
    make_marked()
    other = make_member()

    assert MARK not in archive_of(other.user).read(exports.DATA).decode()


def test_an_export_is_made_in_the_background_announced_and_downloaded(client, django_capture_on_commit_callbacks):
    user = make_member().user
    client.force_login(user)

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/espace/mes-donnees/copie/")
    export = Export.objects.get(user=user)
    response = client.get(f"/fichiers/export/{export.reference}/")

    assert response.status_code == 200
    assert exports.DATA in zipfile.ZipFile(BytesIO(b"".join(response.streaming_content))).namelist()
    assert Notice.objects.filter(person=user, kind="export_ready").count() == 1


def test_asking_twice_makes_one_export(client):
    user = make_member().user
    exports.ask(user)
    exports.ask(user)
    work.run_due()
    exports.make(Export.objects.get().reference)

    assert Export.objects.get().ready_at
    assert Notice.objects.filter(kind="export_ready").count() == 1


def test_an_export_belongs_to_its_owner_and_ends_after_a_week():
    export = exports.ask(make_member().user)
    exports.make(export.reference)
    later = timezone.now() + exports.STAYS

    assert exports.find(export.user, export.reference)
    assert exports.find(make_member().user, export.reference) is None
    assert exports.find(export.user, export.reference, now=later) is None
    assert exports.delete_expired(later - timedelta(hours=1)) == 0
    export.refresh_from_db()
    stored = export.file
    assert exports.delete_expired(later + timedelta(seconds=1)) == 1
    assert not stored.storage.exists(stored.name)


def test_an_archive_whose_owner_is_gone_leaves_the_disk():
    export = exports.ask(make_marked().user)
    export.file.save("export.zip", ContentFile(b"archive"), save=False)
    Export.objects.all().delete()

    exports.announce(export, now=timezone.now())
    exports.make(export.reference)

    assert not export.file.storage.exists(export.file.name)
    assert not Notice.objects.filter(kind="export_ready", recipient=EMAIL, key__startswith="export ").exists()


def test_a_file_that_the_disk_lost_does_not_stop_an_export():
    approved = give_portrait(make_approved())
    approved.portrait.storage.delete(approved.portrait.name)

    assert archive_of(approved.profile.member.user).namelist() == [exports.DATA]

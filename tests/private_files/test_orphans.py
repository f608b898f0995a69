"""A row and its file live and die together; what a killed process left is found."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from private_files import orphans
from tests.factories import make_file, make_picture

pytestmark = pytest.mark.django_db
OLD = (timezone.now() - timedelta(days=2)).timestamp()


@pytest.fixture
def left(settings):
    """A file of no row, as old as it is told."""

    def leave(name, *, at=OLD):
        path = Path(settings.PRIVATE_ROOT) / "orphelins" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        os.utime(path, (at, at))
        return path

    return leave


def test_files_of_no_row_are_found_after_a_day_and_deleted_on_demand(left, capsys):
    kept, picture = Path(make_file().file.path), Path(make_picture().file.path)
    for path in (kept, picture):
        os.utime(path, (OLD, OLD))
    old, recent = left("old.mp4"), left("recent.mp4", at=timezone.now().timestamp())

    call_command("check_files")
    assert f"Of no row: {old}" in capsys.readouterr().out
    assert old.exists()
    call_command("check_files", "--confirm")

    assert not old.exists()
    assert recent.exists()
    assert kept.exists()
    assert picture.exists()


def test_a_row_that_lost_its_file_is_told_of():
    document = make_file()
    Path(document.file.path).unlink()

    assert orphans.lost() == [f"pages.File {document.pk} file: {document.file.name}"]
    with pytest.raises(CommandError, match=r"Lost: pages\.File"):
        call_command("check_files")

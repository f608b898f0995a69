"""A site as it runs online, in processes of its own: its settings, and a database of its own that is migrated."""

import os
import subprocess
import sys

from django.conf import settings

from tests.databases import copy_migrated
from tests.keys import key_file
from tests.notices.smtp import free_port

SECONDS = 300


def settings_of(folder):
    """The environment of a site whose data are in this folder, with no mail server yet."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "actess.settings.production",
        "ACTESS_DATA": str(folder),
        "DATABASE_URL": "",
        "SECRET_KEY": "only-for-a-trial-" + "x" * 40,
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": "https://localhost",
        "PASSPORT_KEY_FILE": key_file(),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(free_port()),
        "EMAIL_TLS": "0",
    }


def make_site(folder):
    """The same, once the database is there, as the migrations leave it."""
    copy_migrated(folder / "actess.sqlite3")
    return settings_of(folder)


def run(environment, *arguments):
    """What this command of the project says."""
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(
        command, env=environment, cwd=settings.ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=SECONDS
    )
    return done.stdout
